"""The timeline of an incident: add, edit, split, merge, shift, undo, and evidence.

Every edit can be undone as long as nobody has changed the same rows since (timeline_changes.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.clocks import length_in_words
from models.rules.evidence import check_link
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotFound, ProblemForUser
from models.rules.record import EventRecord, ReadOptions
from models.rules.text import DOCUMENT, clean, clean_line
from models.rules.timeline import TimelineReading, read_timeline
from models.rules.times import to_utc, zone_named
from models.rules.vocabulary import EventKind, Precision, Source
from models.tables.base import new_id
from models.tables.incident import Evidence, Incident, StoredFile, TimelineEvent
from services.evidence_files import prepare_file
from services.postmortem_state import check_incident_editable
from services.record_in import event_row, store_file
from services.timeline_changes import (
    Touched,
    editing_timeline,
    events_of,
    move_links,
    newest_change,
    take_back,
)
from services.unit_of_work import Work, compare_and_set, pick, reading, writing


@dataclass(frozen=True)
class EvidenceRow:
    """A link or a kept file of an event; `media_type` is None for a link."""

    id: str
    event_id: str
    title: str
    url: str | None
    media_type: str | None


def add_event(
    who: Who,
    incident_id: str,
    text: str,
    *,
    at: datetime,
    kind: EventKind = EventKind.NOTE,
    precision: Precision = Precision.MINUTE,
    until: datetime | None = None,
    author: str = "",
    event_id: str = "",
) -> str:
    """A new line of the timeline; returns its id. `event_id` may be made by the caller. A line
    that is there already (same moment, same words) is not added again: a double click arrives
    twice."""
    record = EventRecord(
        at=at,
        text=event_text(text),
        until=_until(at, until),
        precision=precision,
        kind=kind,
        author=clean_line(author, limit=80, field="author"),
        source=Source.HAND,
    )
    with editing_timeline(who, incident_id, "added an event") as (work, touched):
        return place_event(work, touched, incident_id, record, event_id)


def place_event(
    work: Work, touched: Touched, incident_id: str, record: EventRecord, event_id: str = ""
) -> str:
    """Part of an edit: a new line, unless it is there already. Returns its id."""
    if event_id and events_of(work, [event_id]):
        return event_id
    if twin := _same_line(work, incident_id, record):
        return twin
    position = _last_position(work, incident_id) + 1
    row = work.add(event_row(incident_id, event_id or new_id(), position, record))
    touched.new([row.id])
    return row.id


def _same_line(work: Work, incident_id: str, record: EventRecord) -> str | None:
    return work.session.exec(
        select(TimelineEvent.id).where(
            TimelineEvent.incident_id == incident_id,
            TimelineEvent.at == record.at,
            TimelineEvent.text == record.text,
            ~col(TimelineEvent.is_removed),
        )
    ).first()


def preview_events(who: Who, incident_id: str, text: str) -> TimelineReading:
    """What would be added out of pasted lines. Times without a zone are read in the person's, and
    days that are not given are the day on which the incident began. Stores nothing."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        began = work.get(Incident, incident_id, "incident").began_at
        day = began.astimezone(zone_named(who.zone)).date()
        options = ReadOptions(now=work.now, default_zone=who.zone, date=day, start=began)
    return read_timeline(clean(text, limit=DOCUMENT, field="text"), options)


def add_events(who: Who, incident_id: str, events: Sequence[EventRecord]) -> int:
    """Adds many lines, all or none, as one edit. A line that is there already (same moment, same
    words) is left out, so that adding the same text twice adds nothing. Returns how many came."""
    e = TimelineEvent
    here = select(e.at, e.text).where(e.incident_id == incident_id, ~col(e.is_removed))
    with editing_timeline(who, incident_id, f"added {_count(len(events))}") as (work, touched):
        known = set(work.session.exec(here).all())
        position = _last_position(work, incident_id)
        fresh = [event for event in events if (event.at, event.text) not in known]
        rows = [
            event_row(incident_id, new_id(), position + place, event)
            for place, event in enumerate(fresh, start=1)
        ]
        work.session.add_all(rows)
        touched.new(row.id for row in rows)
        return len(rows)


def edit_event(who: Who, event_id: str, changes: dict[str, tuple[Any, Any]]) -> None:
    """Changes fields of an event: `{"text": (was, now), "at": (was, now), …}`.

    Fields: text, at, until, precision, kind, author. Raises Conflict when one of them no longer
    holds what the person saw.
    """
    unknown = set(changes) - {"text", "at", "until", "precision", "kind", "author"}
    if unknown:
        raise ValueError(f"not fields of an event: {unknown}")
    with editing_timeline(who, _incident_of(who, event_id), "edited an event") as (work, touched):
        change_event(work, touched, event_id, changes)


def change_event(
    work: Work, touched: Touched, event_id: str, changes: dict[str, tuple[Any, Any]]
) -> None:
    """Part of an edit: see `edit_event`."""
    row = _event(work, event_id)
    touched.old([row])
    for field, (was, now) in changes.items():
        if field == "text":
            now = event_text(now)
        if field == "author":
            now = clean_line(now, limit=80, field="author")
        compare_and_set(row, field, now, was, words=f"{field} of the event")
    row.until = _until(row.at, row.until)


def remove_events(who: Who, event_ids: Sequence[str]) -> int:
    """Takes lines of one incident out of its timeline. Undo brings them back with their evidence
    and links. Returns how many were there."""
    what = f"removed {_count(len(event_ids))}"
    with editing_timeline(who, _incident_of(who, *event_ids), what) as (work, touched):
        rows = _present(work, event_ids)
        touched.old(rows)
        for row in rows:
            row.is_removed = True
        return len(rows)


def save_noise(who: Who, event_ids: Sequence[str], is_noise: bool) -> None:
    """Collapses lines of one incident as noise, or brings them back into the timeline."""
    what = f"{'collapsed' if is_noise else 'brought back'} {_count(len(event_ids))}"
    with editing_timeline(who, _incident_of(who, *event_ids), what) as (work, touched):
        rows = _present(work, event_ids)
        touched.old(rows)
        for row in rows:
            row.is_noise = is_noise


def split_event(who: Who, event_id: str, at_character: int, second_at: datetime) -> str:
    """Splits an event in two at a place in its text; the second part happens at `second_at`.
    Returns the id of the second part."""
    with editing_timeline(who, _incident_of(who, event_id), "split an event") as (work, touched):
        row = _event(work, event_id)
        touched.old([row])
        first, second = row.text[:at_character].strip(), row.text[at_character:].strip()
        if not first or not second:
            raise ProblemForUser("Both parts need words. Choose a place inside the text.")
        row.text = first
        fields = row.model_dump(exclude={"id", "text", "at", "until"})
        new = TimelineEvent(**fields, text=second, at=second_at)
        new.position = row.position + 1
        work.add(new)
        touched.new([new.id])
        return new.id


def merge_events(who: Who, event_ids: Sequence[str]) -> str:
    """Puts events of one incident together into the earliest of them: texts below one another,
    evidence and links of all, the span from first to last. Returns the id of the one that stays."""
    if len(set(event_ids)) < 2:
        raise ProblemForUser("Choose two or more events to merge.")
    what = f"merged {_count(len(event_ids))}"
    with editing_timeline(who, _incident_of(who, *event_ids), what) as (work, touched):
        rows = _present(work, event_ids)
        if len(rows) < 2:
            raise ProblemForUser("Some of these events have been removed since. Choose again.")
        touched.old(rows)
        stays, *rest = rows
        last = max(row.until or row.at for row in rows)
        stays.text = event_text("\n".join(row.text for row in rows))
        stays.until = last if last > stays.at else None
        for row in rest:
            move_links(work, row.id, stays.id)
            row.is_removed = True
        return stays.id


def shift_events(who: Who, incident_id: str, event_ids: Sequence[str], by: timedelta) -> int:
    """Moves events (all of the incident when none are named) by an offset, for a source whose
    clock was wrong or whose zone was misread. Returns how many moved."""
    if not by:
        raise ProblemForUser("Say by how much to shift, for example 1 hour.", field="shift")
    direction = "later" if by > timedelta(0) else "earlier"
    moved = _count(len(event_ids)) if event_ids else "all events"
    what = f"shifted {moved} {length_in_words(abs(by))} {direction}"
    with editing_timeline(who, incident_id, what) as (work, touched):
        query = select(TimelineEvent).where(
            TimelineEvent.incident_id == incident_id, ~col(TimelineEvent.is_removed)
        )
        wanted = set(event_ids)
        rows = [r for r in work.session.exec(query) if not wanted or r.id in wanted]
        touched.old(rows)
        for row in rows:
            try:
                row.at = to_utc(row.at + by, UTC)
                row.until = row.until + by if row.until else None
            except OverflowError:
                raise ProblemForUser("That shift leads out of the calendar.") from None
        return len(rows)


def last_change(who: Who, incident_id: str) -> str:
    """What undo would take back for the acting person, in words ("edited an event"); "" when
    there is nothing."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        change = newest_change(work, incident_id)
        return change.what if change else ""


def undo(who: Who, incident_id: str) -> str:
    """Takes back the acting person's newest edit of the timeline; returns what it was. Edits that
    others made stay.

    Raises Conflict when a row it touched is no longer what the edit left, and ProblemForUser when
    there is nothing to undo.
    """
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        check_incident_editable(work, incident_id)
        change = newest_change(work, incident_id)
        if change is None:
            raise ProblemForUser("There is nothing to undo.")
        take_back(work, change)
        work.audit("timeline.undone", Thing.INCIDENT, incident_id)
        return change.what


def list_evidence(who: Who, incident_ids: Sequence[str]) -> tuple[EvidenceRow, ...]:
    """The evidence of all events of the incidents."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        rows = work.session.exec(
            pick(
                Evidence.id, Evidence.event_id, Evidence.title, Evidence.url, StoredFile.media_type
            )
            .join(TimelineEvent, col(Evidence.event_id) == col(TimelineEvent.id))
            .outerjoin(StoredFile, col(Evidence.file_id) == col(StoredFile.id))
            .where(col(TimelineEvent.incident_id).in_(incident_ids), ~col(TimelineEvent.is_removed))
            .order_by(Evidence.event_id, col(Evidence.position))
        ).all()
        return tuple(EvidenceRow(*row) for row in rows)


def add_link(who: Who, event_id: str, url: str, title: str = "") -> None:
    """A link as evidence for an event."""
    url = check_link(url)
    title = clean_line(title, field="title") or url
    _add_evidence(who, event_id, lambda work: Evidence(event_id=event_id, title=title, url=url))


def add_file(who: Who, event_id: str, name: str, content: bytes) -> None:
    """A screenshot, graph or file as evidence. Images are decoded and written anew, at most
    2,000 pixels wide, so that nothing but the picture is kept."""
    kept = prepare_file(name, content)
    title = clean_line(name, field="file name")

    def evidence(work: Work) -> Evidence:
        file = store_file(work, kept.content, kept.media_type)
        return Evidence(event_id=event_id, title=title, file_id=file.id)

    _add_evidence(who, event_id, evidence)


def remove_evidence(who: Who, evidence_id: str) -> None:
    """Takes a piece of evidence away; doing it again changes nothing."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        row = work.session.get(Evidence, evidence_id)
        if row is not None:
            event = work.get(TimelineEvent, row.event_id, "event")
            check_incident_editable(work, event.incident_id)
            work.session.delete(row)
            work.audit("evidence.removed", Thing.INCIDENT, event.incident_id)


def get_file(who: Who, evidence_id: str) -> tuple[str, str, bytes]:
    """(title, media type, bytes) of a kept file. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        evidence = work.get(Evidence, evidence_id, "file")
        if evidence.file_id is None:
            raise NotFound("There is no such file.")
        file = work.get(StoredFile, evidence.file_id, "file")
        return evidence.title, file.media_type, file.content


def _add_evidence(who: Who, event_id: str, make: Any) -> None:
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        event = _event(work, event_id)
        check_incident_editable(work, event.incident_id)
        count = select(func.count()).where(Evidence.event_id == event_id)
        evidence = make(work)
        same = select(Evidence.id).where(
            Evidence.event_id == event_id, Evidence.url == evidence.url
        )
        if evidence.url and work.session.exec(same).first() is not None:
            return
        evidence.position = work.session.exec(count).one()
        work.add(evidence)
        work.audit("evidence.added", Thing.INCIDENT, event.incident_id)


def _incident_of(who: Who, *event_ids: str) -> str:
    """The one incident whose events these are. Raises ProblemForUser when there are several."""
    if not event_ids:
        raise ProblemForUser("Choose the events first.")
    with reading(who) as work:
        rows = events_of(work, event_ids)
        incidents = {row.incident_id for row in rows}
    if not incidents:
        raise NotFound("There is no such event. It may have been removed; go back to the list.")
    if len(incidents) > 1:
        raise ProblemForUser("These events belong to different incidents. Choose those of one.")
    return incidents.pop()


def _event(work: Work, event_id: str) -> TimelineEvent:
    """The row. Raises NotFound when it is not in the timeline, or no longer."""
    row = work.get(TimelineEvent, event_id, "event")
    if row.is_removed:
        raise NotFound("This event has been removed from the timeline. Undo brings it back.")
    return row


def _present(work: Work, event_ids: Sequence[str]) -> list[TimelineEvent]:
    return [row for row in events_of(work, list(set(event_ids))) if not row.is_removed]


def _count(events: int) -> str:
    return "an event" if events == 1 else f"{events:,} events"


def _last_position(work: Work, incident_id: str) -> int:
    query = select(func.max(TimelineEvent.position)).where(TimelineEvent.incident_id == incident_id)
    return work.session.exec(query).one() or 0


def event_text(text: str) -> str:
    """The words of an event as they are kept. Raises ProblemForUser for none."""
    text = clean(text, field="event")
    if not text:
        raise ProblemForUser("Say what happened; an event needs words.", field="text")
    return text


def _until(at: datetime, until: datetime | None) -> datetime | None:
    if until is not None and until < at:
        raise ProblemForUser(
            f"The event ends ({until:%d %b %H:%M} UTC) before it begins ({at:%d %b %H:%M} UTC).",
            field="until",
        )
    return until if until != at else None
