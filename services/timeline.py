"""The timeline of an incident: add, edit, split, merge, shift, undo, and evidence.

Every edit notes the rows it touched before and after, so that it can be undone as long as
nobody has changed the same rows since.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from models.rules.evidence import check_link
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, NotFound, ProblemForUser
from models.rules.record import EventRecord
from models.rules.text import clean, clean_line
from models.rules.vocabulary import EventKind, Precision, Source
from models.tables.base import new_id
from models.tables.incident import (
    Evidence,
    Incident,
    StoredFile,
    TimelineChange,
    TimelineEvent,
)
from models.tables.postmortem import WhyEvent
from services.evidence_files import prepare_file
from services.postmortem_state import check_incident_editable
from services.record_in import event_row, store_file
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
    """A new line of the timeline; returns its id. `event_id` may be made by the caller, so that
    a repeated save adds nothing twice."""
    record = EventRecord(
        at=at,
        text=_text(text),
        until=_until(at, until),
        precision=precision,
        kind=kind,
        author=clean_line(author, limit=80, field="author"),
        source=Source.HAND,
    )
    with _editing(who, incident_id, "added an event") as (work, touched):
        if work.find(TimelineEvent, event_id):
            return event_id
        position = _last_position(work, incident_id) + 1
        row = work.add(event_row(incident_id, event_id or new_id(), position, record))
        touched[row.id] = None
        return row.id


def edit_event(who: Who, event_id: str, changes: dict[str, tuple[Any, Any]]) -> None:
    """Changes fields of an event: `{"text": (was, now), "at": (was, now), …}`.

    Fields: text, at, until, precision, kind, author, is_noise. Raises Conflict when one of them
    no longer holds what the person saw.
    """
    unknown = set(changes) - {"text", "at", "until", "precision", "kind", "author", "is_noise"}
    if unknown:
        raise ValueError(f"not fields of an event: {unknown}")
    with reading(who) as work:
        incident_id = work.get(TimelineEvent, event_id, "event").incident_id
    with _editing(who, incident_id, "edited an event") as (work, touched):
        row = work.get(TimelineEvent, event_id, "event")
        touched[row.id] = _as_json(work, row)
        for field, (was, now) in changes.items():
            if field == "text":
                now = _text(now)
            if field == "author":
                now = clean_line(now, limit=80, field="author")
            compare_and_set(row, field, now, was, words=f"{field} of the event")
        row.until = _until(row.at, row.until)


def remove_event(who: Who, event_id: str) -> None:
    """Takes a line out of the timeline. Undo brings it back with its evidence and links."""
    with reading(who) as work:
        incident_id = work.get(TimelineEvent, event_id, "event").incident_id
    with _editing(who, incident_id, "removed an event") as (work, touched):
        row = work.get(TimelineEvent, event_id, "event")
        touched[row.id] = _as_json(work, row)
        row.is_removed = True


def split_event(who: Who, event_id: str, at_character: int, second_at: datetime) -> str:
    """Splits an event in two at a place in its text; the second part happens at `second_at`.
    Returns the id of the second part."""
    with reading(who) as work:
        incident_id = work.get(TimelineEvent, event_id, "event").incident_id
    with _editing(who, incident_id, "split an event") as (work, touched):
        row = work.get(TimelineEvent, event_id, "event")
        touched[row.id] = _as_json(work, row)
        first, second = row.text[:at_character].strip(), row.text[at_character:].strip()
        if not first or not second:
            raise ProblemForUser("Both parts need words. Choose a place inside the text.")
        row.text = first
        fields = row.model_dump(exclude={"id", "text", "at", "until"})
        new = TimelineEvent(**fields, text=second, at=second_at)
        new.position = row.position + 1
        work.add(new)
        touched[new.id] = None
        return new.id


def merge_events(who: Who, event_ids: Sequence[str]) -> str:
    """Puts events of one incident together into the earliest of them: texts below one another,
    evidence and links of all, the span from first to last. Returns the id of the one that stays."""
    if len(set(event_ids)) < 2:
        raise ProblemForUser("Choose two or more events to merge.")
    with reading(who) as work:
        incident_id = work.get(TimelineEvent, event_ids[0], "event").incident_id
    with _editing(who, incident_id, "merged events") as (work, touched):
        rows = [work.get(TimelineEvent, event_id, "event") for event_id in set(event_ids)]
        if any(row.incident_id != incident_id for row in rows):
            raise ProblemForUser("Events of different incidents cannot be merged.")
        rows.sort(key=lambda row: (row.at, row.position))
        for row in rows:
            touched[row.id] = _as_json(work, row)
        stays, *rest = rows
        last = max(row.until or row.at for row in rows)
        stays.text = _text("\n".join(row.text for row in rows))
        stays.until = last if last > stays.at else None
        for row in rest:
            _move_links(work, row.id, stays.id)
            row.is_removed = True
        return stays.id


def shift_events(who: Who, incident_id: str, event_ids: Sequence[str], by: timedelta) -> int:
    """Moves events (all of the incident when none are named) by an offset, for a source whose
    clock was wrong or whose zone was misread. Returns how many moved."""
    with _editing(who, incident_id, f"shifted events by {by}") as (work, touched):
        query = select(TimelineEvent).where(
            TimelineEvent.incident_id == incident_id, ~col(TimelineEvent.is_removed)
        )
        rows = [r for r in work.session.exec(query) if not event_ids or r.id in set(event_ids)]
        for row in rows:
            touched[row.id] = _as_json(work, row)
            try:
                row.at += by
                row.until = row.until + by if row.until else None
            except OverflowError:
                raise ProblemForUser("That shift leads out of the calendar.") from None
        return len(rows)


def last_change(who: Who, incident_id: str) -> str:
    """What undo would take back, in words ("edited an event"); "" when there is nothing."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        change = _newest_change(work, incident_id)
        return change.what if change else ""


def undo(who: Who, incident_id: str) -> str:
    """Takes back the newest edit of the timeline; returns what it was.

    Raises Conflict when a row it touched has been changed since (by an edit that is not noted,
    which should not happen) and ProblemForUser when there is nothing to undo.
    """
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        check_incident_editable(work, incident_id)
        change = _newest_change(work, incident_id)
        if change is None:
            raise ProblemForUser("There is nothing to undo.")
        before, after = json.loads(change.before), json.loads(change.after)
        for event_id, fields in before.items():
            row = work.session.get(TimelineEvent, event_id)
            now = _as_json(work, row) if row else None
            if now != after[event_id]:
                raise Conflict(
                    "The event has been changed since, so this cannot be undone.",
                    field="event",
                    theirs=now,
                    yours=fields,
                )
            if row is not None:
                _put_back(work, row, fields)
        change.is_undone = True
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
        event = work.get(TimelineEvent, event_id, "event")
        check_incident_editable(work, event.incident_id)
        count = select(func.count()).where(Evidence.event_id == event_id)
        evidence = make(work)
        evidence.position = work.session.exec(count).one()
        work.add(evidence)
        work.audit("evidence.added", Thing.INCIDENT, event.incident_id)


@contextmanager
def _editing(who: Who, incident_id: str, what: str) -> Iterator[tuple[Work, dict[str, Any]]]:
    """A write to a timeline that can be undone. The caller puts into the second value, for each
    event it touches, the event as it was before (None for a new one)."""
    touched: dict[str, Any] = {}
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        work.get(Incident, incident_id, "incident")
        check_incident_editable(work, incident_id)
        yield work, touched
        work.session.flush()
        after = {}
        for event_id in touched:
            row = work.session.get(TimelineEvent, event_id)
            after[event_id] = _as_json(work, row) if row else None
        if after != touched:
            change = TimelineChange(
                incident_id=incident_id,
                what=what,
                before=json.dumps(touched),
                after=json.dumps(after),
                at=work.now,
                by_id=who.person_id,
            )
            work.add(change)
            work.audit("timeline.edited", Thing.INCIDENT, incident_id)


def _newest_change(work: Work, incident_id: str) -> TimelineChange | None:
    return work.session.exec(
        select(TimelineChange)
        .where(TimelineChange.incident_id == incident_id, ~col(TimelineChange.is_undone))
        .order_by(col(TimelineChange.id).desc())
        .limit(1)
    ).first()


def _as_json(work: Work, row: TimelineEvent) -> dict[str, Any]:
    """The event with the ids of its evidence and of the whys it is linked to."""
    proofs = select(Evidence.id).where(Evidence.event_id == row.id).order_by(Evidence.id)
    whys = select(WhyEvent.why_id).where(WhyEvent.event_id == row.id).order_by(WhyEvent.why_id)
    return {
        **row.model_dump(mode="json"),
        "evidence": list(work.session.exec(proofs)),
        "whys": list(work.session.exec(whys)),
    }


def _put_back(work: Work, row: TimelineEvent, fields: dict[str, Any] | None) -> None:
    """Makes the event what it was; one that was new then (None) is removed."""
    if fields is None:
        row.is_removed = True
        return
    evidence, whys = fields.pop("evidence"), fields.pop("whys")
    for name, value in TimelineEvent.model_validate(fields).model_dump().items():
        setattr(row, name, value)
    for proof in work.session.exec(select(Evidence).where(col(Evidence.id).in_(evidence))).all():
        proof.event_id = row.id
    work.session.execute(delete(WhyEvent).where(col(WhyEvent.event_id) == row.id))
    work.session.add_all(WhyEvent(why_id=why_id, event_id=row.id) for why_id in whys)
    work.session.flush()


def _move_links(work: Work, old_id: str, new_id: str) -> None:
    for proof in work.session.exec(select(Evidence).where(Evidence.event_id == old_id)).all():
        proof.event_id = new_id
    for link in work.session.exec(select(WhyEvent).where(WhyEvent.event_id == old_id)).all():
        if work.session.get(WhyEvent, (link.why_id, new_id)) is None:
            work.add(WhyEvent(why_id=link.why_id, event_id=new_id))
    work.session.flush()


def _last_position(work: Work, incident_id: str) -> int:
    query = select(func.max(TimelineEvent.position)).where(TimelineEvent.incident_id == incident_id)
    return work.session.exec(query).one() or 0


def _text(text: str) -> str:
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
