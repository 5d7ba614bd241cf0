"""What an import says of itself, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from commands.shell import counted, plain, say
from models.rules.policy import Who
from models.rules.record import IncidentRecord, PostmortemRecord
from models.rules.text import DOCUMENT, clean_line
from models.rules.vocabulary import words

if TYPE_CHECKING:
    from services.bring_in import Preview

EVENT = ("at", "until", "precision", "kind", "text", "author", "line")


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
        "postmortems": [
            {"id": i, "title": record.title, "status": plain(record.status)}
            for i, record in postmortems
        ],
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


def said_of_file(outcome: Outcome) -> Iterator[str]:
    """One file of many in short: what it became, and what in it could not be used."""
    new = outcome.preview
    for incident in new.incidents:
        yield f"incident: {incident.title} ({counted(len(incident.events), 'event')})"
    for record in new.postmortems:
        stated = words(record.status)
        if record.publication:
            stated += f" {record.publication.at:%-d %b %Y}"
        yield f"post-mortem, {stated}: {record.title} ({counted(len(record.events), 'event')})"
    if unread := len(new.reading.unread):
        yield f"{counted(unread, 'line')} not read; --json lists them"
