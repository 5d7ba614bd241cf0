"""hotwash import: files of other tools, and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.shell import (
    Line,
    Verb,
    acting,
    counted,
    json_option,
    plain,
    print_json,
    read_input,
    say,
)
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.record import IncidentRecord, PostmortemRecord, ReadOptions
from models.rules.text import DOCUMENT, clean_line
from models.rules.times import parse_moment, zone_named
from models.rules.vocabulary import Source

if TYPE_CHECKING:
    from services.bring_in import Preview

FORMATS = ["auto", *(source.value for source in Source if source is not Source.HAND)]
EVENT = ("at", "until", "precision", "kind", "text", "author", "line")


@click.command("import", cls=Verb)
@click.argument(
    "files", metavar="FILE|-…", type=click.Path(allow_dash=True), nargs=-1, required=True
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="auto",
    help="What the file is. It is recognised when nothing is said.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be stored; store nothing.")
@click.option("--channel", type=Line(), help="The channel of a Slack export.")
@click.option("--from", "since", type=Line(), metavar="TIME", help="Slack: nothing before.")
@click.option("--to", "until", type=Line(), metavar="TIME", help="Slack: nothing after.")
@click.option("--zone", type=Line(), help="Where times do not say: a name like Europe/Berlin.")
@click.option(
    "--date",
    "day",
    type=Line(),
    metavar="DATE[THH:MM]",
    help="Where times do not say: their day, and the moment that T+0 means.",
)
@json_option
def import_file(
    files: tuple[str, ...], format_name: str, dry_run: bool, as_json: bool, **given: str | None
) -> None:
    """Bring in incidents and post-mortems from a file, or from standard input (-).

    Several files are those of one incident.io export, read together.
    """
    from services import bring_in

    who = acting()
    names = ["" if file == "-" else Path(file).name for file in files]
    options = read_options(names[0], **given)
    given_bytes = [read_input(file) for file in files]
    data = given_bytes[0]
    if len(files) > 1:
        shown = (clean_line(name, limit=DOCUMENT) or "Standard input" for name in names)
        data = bring_in.join_files(list(zip(shown, given_bytes, strict=True)))
    chosen = None if format_name == "auto" else Source(format_name)
    if dry_run:
        seen = bring_in.preview(who, data, options, chosen)
        nothing = [None] * len(seen.incidents), [None] * len(seen.postmortems)
        outcome = Outcome(seen, *nothing)
    else:
        stored = bring_in.bring_in(who, data, options, chosen)
        outcome = Outcome(stored.preview, stored.incident_ids, stored.postmortem_ids)
    if as_json:
        print_json(as_plain(outcome, who))
    else:
        say_outcome(outcome, dry_run)


def read_options(
    name: str,
    *,
    channel: str | None,
    since: str | None,
    until: str | None,
    zone: str | None,
    day: str | None,
) -> ReadOptions:
    """The options of an importer from those of the command."""
    from services import bring_in
    from services.settings import settings

    try:
        where = zone_named(zone if zone is not None else settings().zone)
        first = moment(day, where) if day is not None else None
        return bring_in.read_options(
            name=name,
            zone=zone,
            date=first.astimezone(where).date() if first else None,
            start=first if day and not _is_day(day) else None,
            channel=channel,
            since=moment(since, where) if since is not None else None,
            until=moment(until, where, time(23, 59, 59)) if until is not None else None,
        )
    except ProblemForUser as problem:
        raise click.UsageError(problem.message) from problem


def moment(text: str, zone: tzinfo, clock: time = time(0, 0)) -> datetime:
    """The UTC moment of `2024-05-06T09:00`, or of `2024-05-06` at `clock`."""
    return parse_moment(f"{text} {clock}" if _is_day(text) else text, zone)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do: then the ids are None."""

    preview: Preview
    incident_ids: Sequence[str | None]
    postmortem_ids: Sequence[str | None]


def as_plain(outcome: Outcome, who: Who) -> dict[str, Any]:
    """The answer as JSON. Incidents that came inside a post-mortem are listed too."""
    new, reading = outcome.preview, outcome.preview.reading
    incidents = list(zip(outcome.incident_ids, new.incidents, strict=True))
    postmortems = list(zip(outcome.postmortem_ids, new.postmortems, strict=True))
    for postmortem_id, record in postmortems:
        inside = _stored(who, postmortem_id) if postmortem_id else record.incidents
        incidents += [(incident.id if postmortem_id else None, incident) for incident in inside]
    joined = {known.source_key for known in new.joined}
    incidents = [(i, incident) for i, incident in incidents if incident.source_key not in joined]
    return {
        "incidents": [
            {
                "id": incident_id,
                "title": incident.title,
                "severity": plain(incident.severity),
                "events": [
                    {name: plain(getattr(event, name)) for name in EVENT}
                    for event in incident.events
                ],
            }
            for incident_id, incident in incidents
        ],
        "unread": plain(reading.unread),
        "duplicates": [{"id": k.id, "title": k.title} for k in (*new.duplicates, *new.joined)],
        "postmortems": [{"id": i, "title": record.title} for i, record in postmortems],
        "assumed": list(reading.assumed),
        "used": [{"line": line, "read_as": meant} for line, meant in reading.used],
    }


def _stored(who: Who, postmortem_id: str) -> Sequence[IncidentRecord]:
    from services.postmortems import get_postmortem

    return get_postmortem(who, postmortem_id).incidents


def say_outcome(outcome: Outcome, dry_run: bool) -> None:
    """The answer in words."""
    new = outcome.preview
    joined = {known.source_key for known in new.joined}
    inside = [i for record in new.postmortems for i in record.incidents]
    inside = [incident for incident in inside if incident.source_key not in joined]
    say(
        f"{'Would bring in' if dry_run else 'Brought in'} "
        f"{counted(len(new.incidents) + len(inside), 'incident')} and "
        f"{counted(len(new.postmortems), 'post-mortem')}."
    )
    ids = (*outcome.incident_ids, *outcome.postmortem_ids)
    brought: tuple[IncidentRecord | PostmortemRecord, ...] = (*new.incidents, *new.postmortems)
    for new_id, record in zip(ids, brought, strict=True):
        shown_id = f"{new_id}  " if new_id else ""
        say(f"  {shown_id}{record.title} ({counted(len(record.events), 'event')})")
    for duplicate in new.duplicates:
        say(f"Already there, unchanged: {duplicate.id}  {duplicate.title}")
    for known in new.joined:
        say(f"Already there, and joins the post-mortem: {known.id}  {known.title}")
    for line in new.reading.unread:
        place = f"line {line.line:,}: " if line.line else ""
        say(f"Not read, {place}{clean_line(line.text, limit=DOCUMENT)[:100]} – {line.why}")
    for sentence in new.reading.assumed:
        say(sentence)
