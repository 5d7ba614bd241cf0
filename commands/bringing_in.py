"""hotwash import: files of other tools, and texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from pathlib import Path

import click

from commands.bringing_in_folder import Files, files_in, import_folder, read_each
from commands.bringing_in_said import Outcome, as_plain, say_outcome
from commands.shell import Line, Verb, acting, json_option, print_json, read_input
from models.rules.problems import ProblemForUser
from models.rules.record import ReadOptions
from models.rules.text import DOCUMENT, clean_line
from models.rules.times import parse_moment, zone_named
from models.rules.vocabulary import Source

FORMATS = ["auto", *(source.value for source in Source if source is not Source.HAND)]


@click.command("import", cls=Verb)
@click.argument(
    "files", metavar="FILE|DIRECTORY|-…", type=click.Path(allow_dash=True), nargs=-1, required=True
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="auto",
    help="What the file is. It is recognised when nothing is said.",
)
@click.option(
    "--published",
    is_flag=True,
    help="Markdown documents are finished: they come in as published, on their own dates.",
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
    files: tuple[str, ...],
    format_name: str,
    published: bool,
    dry_run: bool,
    as_json: bool,
    **given: str | None,
) -> None:
    """Bring in incidents and post-mortems from a file, or from standard input (-).

    Several files are those of one incident.io export, read together. Of a directory (or a zip
    archive of one) each file is brought in for itself, however deep it lies; an incident.io export
    in one folder is read together.
    """
    from services import bring_in

    who = acting()
    chosen = None if format_name == "auto" else Source(format_name)
    folder = folder_of(files)
    if folder is not None:

        def options_of(name: str) -> ReadOptions:
            return read_options(name, finished=published, **given)

        import_folder(who, *folder, options_of, chosen, dry_run=dry_run, as_json=as_json)
        return
    names = ["" if file == "-" else Path(file).name for file in files]
    options = read_options(names[0], finished=published, **given)
    given_bytes = [read_input(file) for file in files]
    data = given_bytes[0]
    if len(files) > 1:
        shown = (clean_line(name, limit=DOCUMENT) or "Standard input" for name in names)
        data = bring_in.join_files(list(zip(shown, given_bytes, strict=True)))
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


def folder_of(files: tuple[str, ...]) -> tuple[Files, Sequence[str], Sequence[str]] | None:
    """The documents of a directory or of a zip archive of one, its links, and what is passed over;
    None for other files. Raises UsageError for a directory beside something else."""
    from services.bring_in_folder import documents_in_zip, is_folder

    if any(file != "-" and Path(file).is_dir() for file in files):
        if len(files) > 1:
            raise click.UsageError("Name one directory alone, or the files of one export.")
        paths, links, others = files_in(files[0])
        return read_each(files[0], paths), links, others
    if len(files) == 1 and files[0].lower().endswith(".zip"):
        data = read_input(files[0])
        if is_folder(data, files[0]):
            packed, passed = documents_in_zip(data)
            return packed, (), passed
    return None


def read_options(
    name: str,
    *,
    finished: bool = False,
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
            finished=finished,
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
