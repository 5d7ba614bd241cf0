"""From records to rows: what an importer, the worked example or a page hands over is stored whole.

Ids that the record brings are kept when they are free, so that an export that is imported
elsewhere is the same post-mortem; otherwise new ones are made and links follow them.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from sqlmodel import select

from models.rules.lifecycle import EDITABLE
from models.rules.record import (
    ActionRecord,
    EventRecord,
    EvidenceRecord,
    ImpactRecord,
    IncidentRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
    ReviewRecord,
    WhyRecord,
)
from models.rules.record_json import dump
from models.rules.review import words_hash
from models.rules.vocabulary import Clock, ImpactKind
from models.tables.base import new_id
from models.tables.incident import (
    Evidence,
    Incident,
    IncidentParticipant,
    IncidentService,
    StoredFile,
    TimelineEvent,
)
from models.tables.people import Factor, Service
from models.tables.postmortem import (
    ActionItem,
    FactorTag,
    Impact,
    Lesson,
    Participant,
    Postmortem,
    Review,
    Revision,
    Transition,
    Why,
    WhyEvent,
)
from services.meeting_records import store_meetings
from services.people import NAME, named, person_id_of
from services.record_out import load_postmortem
from services.unit_of_work import Work, free_id


def _fitting(name: str) -> str:
    """The name as the lists of the team can hold it. Other tools allow longer ones, and a file
    must not stay outside because of it."""
    return name if len(name) <= NAME else f"{name[: NAME - 2].rstrip()} …"


def store_incident(
    work: Work, record: IncidentRecord, *, postmortem_id: str | None = None
) -> Incident:
    """A new incident with its clocks, services, people and timeline."""
    known = [c.at for c in record.clocks.values()]
    first = min((e.at for e in record.events), default=work.now)
    incident = Incident(
        id=free_id(work, Incident, record.id),
        title=record.title,
        summary=record.summary,
        kind=record.kind,
        severity=record.severity,
        severity_path=json.dumps(record.severity_path),
        began_at=min(known, default=first),
        postmortem_id=postmortem_id,
        source=record.source,
        source_key=record.source_key or None,
        source_url=record.source_url,
        created_at=work.now,
        created_by_id=work.who.person_id,
    )
    for clock in Clock:
        if at := record.clocks.get(clock):
            setattr(incident, f"{clock.value}_at", at.at)
            setattr(incident, f"{clock.value}_estimated", at.estimated)
    work.add(incident)
    services = {
        named(work, Service, _fitting(name), "service").id for name in record.services if name
    }
    work.session.add_all(IncidentService(incident_id=incident.id, service_id=s) for s in services)
    work.session.add_all(
        IncidentParticipant(incident_id=incident.id, name=name, role=role)
        for name, role in _each_once(record.participants)
    )
    store_events(work, incident.id, record.events)
    return incident


def _each_once(participants: Iterable[ParticipantRecord]) -> list[tuple[str, str]]:
    """Name and role of everybody once, letter case aside; who has several roles, with all."""
    names: dict[str, str] = {}
    roles: dict[str, dict[str, None]] = defaultdict(dict)
    for person in participants:
        if key := person.name.casefold():
            names.setdefault(key, person.name)
            roles[key] |= dict.fromkeys(person.roles)
    return [(name, ", ".join(roles[key])) for key, name in names.items()]


def store_events(
    work: Work, incident_id: str, events: Iterable[EventRecord], first: int = 0
) -> dict[str, str]:
    """Stores events in their order, behind `first` others; returns the new id of each id that the
    records brought."""
    events = tuple(events)
    taken = _taken(work, [e.id for e in events if e.id])
    ids: dict[str, str] = {}
    rows: list[TimelineEvent] = []
    proofs: list[tuple[str, int, EvidenceRecord]] = []
    for position, event in enumerate(events, first):
        event_id = event.id if event.id and event.id not in taken else new_id()
        taken.add(event_id)
        ids[event.id] = event_id
        rows.append(event_row(incident_id, event_id, position, event))
        proofs.extend((event_id, place, proof) for place, proof in enumerate(event.evidence))
    work.session.add_all(rows)
    work.session.flush()
    for event_id, place, proof in proofs:
        file_id = None
        if proof.content is not None:
            file_id = store_file(work, proof.content, proof.media_type or "").id
        work.add(
            Evidence(
                event_id=event_id, title=proof.title, url=proof.url, file_id=file_id, position=place
            )
        )
    return ids


def _taken(work: Work, ids: list[str]) -> set[str]:
    taken: set[str] = set()
    for start in range(0, len(ids), 500):  # SQLite takes a limited number of variables
        part = ids[start : start + 500]
        query = select(TimelineEvent.id).where(TimelineEvent.id.in_(part))  # type: ignore[attr-defined]
        taken.update(work.session.exec(query).all())
    return taken


def event_row(incident_id: str, event_id: str, position: int, event: EventRecord) -> TimelineEvent:
    return TimelineEvent(
        id=event_id,
        incident_id=incident_id,
        at=event.at,
        until=event.until,
        precision=event.precision,
        kind=event.kind,
        text=event.text,
        author=event.author,
        line=event.line,
        position=position,
        source=event.source,
        source_text=event.source_text,
        zone=event.zone,
        is_noise=event.is_noise,
    )


def store_file(work: Work, content: bytes, media_type: str) -> StoredFile:
    """Keeps a file that has been checked and re-encoded before."""
    digest = hashlib.sha256(content).hexdigest()
    return work.add(StoredFile(media_type=media_type, sha256=digest, content=content))


def store_postmortem(
    work: Work, record: PostmortemRecord, known: Mapping[str, str] | None = None
) -> Postmortem:
    """A new post-mortem with everything in it; a published one with its revision, by who brings it
    in when it does not say by whom. `known` are ids of incidents, by source key, that join it."""
    if record.status not in EDITABLE and record.publication is None:
        stamp = PublicationRecord(1, work.who.name, work.now)
        record = replace(record, publication=stamp)
    postmortem = work.add(
        Postmortem(
            id=free_id(work, Postmortem, record.id),
            title=record.title,
            status=record.status,
            owner_id=person_id_of(work, _fitting(record.owner)),
            facilitator_id=person_id_of(work, _fitting(record.facilitator)),
            meeting_at=record.meeting_at,
            due_at=record.due_at,
            summary=record.summary,
            no_actions_reason=record.no_actions_reason,
            source_key=record.source_key or None,
            created_at=work.now,
            published_at=record.publication.at if record.publication else None,
        )
    )
    event_ids: dict[str, str] = {}
    keys: set[str] = set()
    for incident in record.incidents:
        if incident.source_key in keys:  # which only one incident can have
            incident = replace(incident, source_key="")
        keys.add(incident.source_key)
        if there := (known or {}).get(incident.source_key):
            event_ids.update(_join(work, there, postmortem.id, incident.events))
            continue
        stored = store_incident(work, incident, postmortem_id=postmortem.id)
        rows = work.session.exec(
            select(TimelineEvent.id)
            .where(TimelineEvent.incident_id == stored.id)
            .order_by(TimelineEvent.position)  # type: ignore[arg-type]
        ).all()
        event_ids.update(zip((e.id for e in incident.events), rows, strict=True))
    event_ids.pop("", None)
    _store_words(work, postmortem.id, record)
    for position, why in enumerate(record.whys):
        store_why(work, postmortem.id, None, position, why, event_ids)
    for position, action in enumerate(record.actions):
        store_action(work, postmortem.id, position, action)
    work.session.flush()
    _store_history(work, postmortem, record)
    store_meetings(work, postmortem.id, record.meetings)
    return postmortem


def _join(
    work: Work, incident_id: str, postmortem_id: str, events: Iterable[EventRecord]
) -> dict[str, str]:
    """Gives a stored incident its post-mortem, and the events that it lacks; the id of each event
    by the id that the record brought."""
    row = work.get(Incident, incident_id, "incident")
    row.postmortem_id = postmortem_id
    there = {
        (event.at, event.text): event.id
        for event in work.session.exec(
            select(TimelineEvent).where(TimelineEvent.incident_id == incident_id)
        )
    }
    events = tuple(events)
    lacking = [event for event in events if (event.at, event.text) not in there]
    ids = store_events(work, incident_id, lacking, first=len(there))
    same = {e.id: there[e.at, e.text] for e in events if (e.at, e.text) in there}
    return ids | same


def _store_words(work: Work, postmortem_id: str, record: PostmortemRecord) -> None:
    for name, role in _each_once(record.participants):
        work.add(Participant(postmortem_id=postmortem_id, name=name, role=role))
    for kind, impacts in groupby(sorted(record.impacts, key=_kind), _kind):
        same = list(impacts)  # a post-mortem has one of a kind
        text = "\n".join(impact.text for impact in same if impact.text)
        estimated = any(impact.estimated for impact in same)
        work.add(Impact(postmortem_id=postmortem_id, kind=kind, text=text, is_estimated=estimated))
    for position, lesson in enumerate(record.lessons):
        work.add(
            Lesson(
                id=free_id(work, Lesson, lesson.id),
                postmortem_id=postmortem_id,
                kind=lesson.kind,
                text=lesson.text,
                position=position,
            )
        )
    store_factors(work, postmortem_id, None, record.factors)


def _kind(impact: ImpactRecord) -> ImpactKind:
    return impact.kind


def store_factors(work: Work, postmortem_id: str, why_id: str | None, names: Iterable[str]) -> None:
    """Tags a post-mortem (or one of its whys) with factors, once each."""
    for factor_id in {named(work, Factor, _fitting(name), "factor").id for name in names if name}:
        work.add(FactorTag(postmortem_id=postmortem_id, why_id=why_id, factor_id=factor_id))


def store_why(
    work: Work,
    postmortem_id: str,
    parent_id: str | None,
    position: int,
    record: WhyRecord,
    event_ids: dict[str, str],
) -> None:
    """A why with all below it."""
    why = work.add(
        Why(
            id=free_id(work, Why, record.id),
            postmortem_id=postmortem_id,
            parent_id=parent_id,
            text=record.text,
            position=position,
        )
    )
    for event_id in dict.fromkeys(record.event_ids):
        if event_id in event_ids:
            work.add(WhyEvent(why_id=why.id, event_id=event_ids[event_id]))
    store_factors(work, postmortem_id, why.id, record.factors)
    for place, child in enumerate(record.children):
        store_why(work, postmortem_id, why.id, place, child, event_ids)


def store_action(
    work: Work, postmortem_id: str | None, position: int, record: ActionRecord
) -> ActionItem:
    """A new action item."""
    factor = named(work, Factor, _fitting(record.factor), "factor").id if record.factor else None
    return work.add(
        ActionItem(
            id=free_id(work, ActionItem, record.id),
            postmortem_id=postmortem_id,
            text=record.text,
            owner_id=person_id_of(work, _fitting(record.owner)),
            due_on=record.due_on,
            priority=record.priority,
            type=record.type,
            status=record.status,
            factor_id=factor,
            tracker_url=record.tracker_url,
            reason=record.reason,
            position=position,
            created_at=work.now,
            done_at=_noon(record.done_on),
        )
    )


def _noon(day: date | None) -> datetime | None:
    """A moment of that day in UTC, which is the same day in most zones."""
    return datetime.combine(day, time(12), UTC) if day else None


def _store_history(work: Work, postmortem: Postmortem, record: PostmortemRecord) -> None:
    stored = load_postmortem(work, postmortem.id)  # with the ids that the rows have now
    signed = words_hash(stored)
    for place, (person_id, review) in enumerate(_reviews(work, record).items()):
        work.add(
            Review(
                postmortem_id=postmortem.id,
                person_id=person_id,
                # When they were asked is not in the record; this keeps their order.
                asked_at=work.now + timedelta(microseconds=place),
                signed_at=review.signed_at,
                signed_hash=signed if review.signed_at and not review.stale else "",
                comment=review.comment,
            )
        )
    for move in record.transitions:
        work.add(
            Transition(
                postmortem_id=postmortem.id,
                from_status=move.from_status,
                to_status=move.to_status,
                reason=move.reason,
                at=move.at,
                by_id=person_id_of(work, _fitting(move.by)),
            )
        )
    if record.publication:
        frozen = replace(
            stored,
            reviews=record.reviews,
            transitions=record.transitions,
            publication=record.publication,
        )
        work.add(
            Revision(
                postmortem_id=postmortem.id,
                number=record.publication.number,
                content=dump(frozen),
                content_hash=signed,
                published_at=record.publication.at,
                published_by_id=person_id_of(work, _fitting(record.publication.by)),
            )
        )


def _reviews(work: Work, record: PostmortemRecord) -> dict[str, ReviewRecord]:
    """One review for each person: of several, the last one that was signed."""
    found: dict[str, ReviewRecord] = {}
    for review in record.reviews:
        person_id = person_id_of(work, _fitting(review.name))
        if person_id and (review.signed_at or person_id not in found):
            found[person_id] = review
    return found
