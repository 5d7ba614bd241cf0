"""From rows to records: a whole incident or post-mortem in a fixed number of statements, however
many rows it has. Columns, not objects: reading 200 events costs little more than the bare SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import col, select

from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    EvidenceRecord,
    ImpactRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
    ReviewRecord,
    TransitionRecord,
    WhyRecord,
)
from models.rules.vocabulary import Clock, ImpactKind
from models.tables.incident import (
    Evidence,
    Incident,
    IncidentParticipant,
    IncidentService,
    StoredFile,
    TimelineEvent,
)
from models.tables.people import Factor, Person, Service
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
from services.unit_of_work import Work, pick


def grouped(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    """Rows by their first column."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row)
    return groups


def load_incidents(
    work: Work, ids: Sequence[str], *, with_files: bool = True
) -> list[IncidentRecord]:
    """The incidents of these ids in the order of their start. `with_files` False leaves the
    bytes of kept files out (their titles stay)."""
    found = work.session.exec(
        select(Incident).where(col(Incident.id).in_(ids)).order_by(col(Incident.began_at))
    ).all()
    people = grouped(
        work.session.exec(
            select(
                IncidentParticipant.incident_id, IncidentParticipant.name, IncidentParticipant.role
            )
            .where(col(IncidentParticipant.incident_id).in_(ids))
            .order_by(IncidentParticipant.name)
        )
    )
    services = grouped(
        work.session.exec(
            select(IncidentService.incident_id, Service.name)
            .join(Service)
            .where(col(IncidentService.incident_id).in_(ids))
            .order_by(Service.name_key)
        )
    )
    events = _load_events(work, ids, with_files=with_files)
    return [
        IncidentRecord(
            id=row.id,
            title=row.title,
            summary=row.summary,
            kind=row.kind,
            severity=row.severity,
            severity_path=tuple((q, a) for q, a in json.loads(row.severity_path)),
            clocks=clocks_of(row),
            services=tuple(name for _, name in services[row.id]),
            participants=tuple(ParticipantRecord(n, r) for _, n, r in people[row.id]),
            events=tuple(events[row.id]),
            source=row.source,
            source_key=row.source_key or "",
            source_url=row.source_url,
        )
        for row in found
    ]


def clocks_of(row: Incident) -> dict[Clock, ClockTime]:
    """The clocks of an incident that are known."""
    return {
        clock: ClockTime(at, getattr(row, f"{clock.value}_estimated"))
        for clock in Clock
        if (at := getattr(row, f"{clock.value}_at")) is not None
    }


def _load_events(
    work: Work, incident_ids: Sequence[str], *, with_files: bool
) -> dict[str, list[EventRecord]]:
    e = TimelineEvent
    evidence = _load_evidence(work, incident_ids, with_files=with_files)
    rows = work.session.exec(
        pick(
            e.incident_id,
            e.at,
            e.text,
            e.id,
            e.until,
            e.precision,
            e.kind,
            e.author,
            e.line,
            e.source,
            e.source_text,
            e.zone,
            e.is_noise,
        )
        .where(col(e.incident_id).in_(incident_ids), ~col(e.is_removed))
        .order_by(e.incident_id, e.at, e.position, e.id)
    )
    events: dict[str, list[EventRecord]] = defaultdict(list)
    for incident_id, *fields in rows:
        events[incident_id].append(EventRecord(*fields, tuple(evidence.get(fields[2], ()))))
    return events


def _load_evidence(
    work: Work, incident_ids: Sequence[str], *, with_files: bool
) -> dict[str, list[EvidenceRecord]]:
    rows = work.session.exec(
        pick(
            Evidence.event_id,
            Evidence.title,
            Evidence.url,
            StoredFile.media_type,
            *([StoredFile.content] if with_files else []),
        )
        .join(TimelineEvent, col(Evidence.event_id) == col(TimelineEvent.id))
        .outerjoin(StoredFile, col(Evidence.file_id) == col(StoredFile.id))
        .where(col(TimelineEvent.incident_id).in_(incident_ids), ~col(TimelineEvent.is_removed))
        .order_by(Evidence.event_id, col(Evidence.position), Evidence.id)
    )
    found: dict[str, list[EvidenceRecord]] = defaultdict(list)
    for event_id, *fields in rows:
        found[event_id].append(EvidenceRecord(*fields))
    return found


def load_postmortem(work: Work, postmortem_id: str, *, with_files: bool = True) -> PostmortemRecord:
    """A whole post-mortem as it stands now. Raises NotFound. Whether a sign-off is stale is
    decided by the caller, who can hash the words."""
    row = work.get(Postmortem, postmortem_id, "post-mortem")
    ids = work.session.exec(select(Incident.id).where(Incident.postmortem_id == row.id)).all()
    people = {
        p.id: p.name
        for p in work.session.exec(
            select(Person).where(col(Person.id).in_([row.owner_id, row.facilitator_id]))
        )
    }
    factors = _load_factors(work, row.id)
    return PostmortemRecord(
        id=row.id,
        title=row.title,
        status=row.status,
        owner=people.get(row.owner_id or "", ""),
        facilitator=people.get(row.facilitator_id or "", ""),
        participants=_load_participants(work, row.id),
        meeting_at=row.meeting_at,
        due_at=row.due_at,
        summary=row.summary,
        incidents=tuple(load_incidents(work, ids, with_files=with_files)),
        impacts=_load_impacts(work, row.id),
        whys=_load_whys(work, row.id, factors),
        factors=tuple(factors[None]),
        lessons=_load_lessons(work, row.id),
        actions=load_actions(work, row.id),
        no_actions_reason=row.no_actions_reason,
        reviews=_load_reviews(work, row.id),
        transitions=_load_transitions(work, row.id),
        publication=_load_publication(work, row.id),
        source_key=row.source_key or "",
    )


def _load_participants(work: Work, postmortem_id: str) -> tuple[ParticipantRecord, ...]:
    rows = work.session.exec(
        select(Participant.name, Participant.role)
        .where(Participant.postmortem_id == postmortem_id)
        .order_by(Participant.name)
    )
    return tuple(ParticipantRecord(name, role) for name, role in rows)


def _load_impacts(work: Work, postmortem_id: str) -> tuple[ImpactRecord, ...]:
    rows = work.session.exec(
        pick(Impact.kind, Impact.text, Impact.is_estimated).where(
            Impact.postmortem_id == postmortem_id
        )
    )
    order = list(ImpactKind)
    found = (ImpactRecord(kind, text, estimated) for kind, text, estimated in rows)
    return tuple(sorted(found, key=lambda impact: order.index(impact.kind)))


def _load_factors(work: Work, postmortem_id: str) -> dict[str | None, list[str]]:
    """The names of the tagged factors by why id; None for those on the whole."""
    rows = work.session.exec(
        select(FactorTag.why_id, Factor.name)
        .join(Factor)
        .where(FactorTag.postmortem_id == postmortem_id)
        .order_by(Factor.name_key)
    )
    found: dict[str | None, list[str]] = defaultdict(list)
    for why_id, name in rows:
        found[why_id].append(name)
    return found


def _load_whys(
    work: Work, postmortem_id: str, factors: dict[str | None, list[str]]
) -> tuple[WhyRecord, ...]:
    rows = work.session.exec(
        select(Why.parent_id, Why.id, Why.text)
        .where(Why.postmortem_id == postmortem_id)
        .order_by(col(Why.position), Why.id)
    )
    children = grouped(rows)
    links = grouped(
        work.session.exec(
            select(WhyEvent.why_id, WhyEvent.event_id)
            .join(Why)
            .join(TimelineEvent)
            .where(Why.postmortem_id == postmortem_id, ~col(TimelineEvent.is_removed))
            .order_by(WhyEvent.event_id)
        )
    )

    def below(parent_id: str | None) -> tuple[WhyRecord, ...]:
        return tuple(
            WhyRecord(
                text=text,
                id=why_id,
                event_ids=tuple(event_id for _, event_id in links[why_id]),
                factors=tuple(factors[why_id]),
                children=below(why_id),
            )
            for _, why_id, text in children[parent_id]
        )

    return below(None)


def _load_lessons(work: Work, postmortem_id: str) -> tuple[LessonRecord, ...]:
    rows = work.session.exec(
        pick(Lesson.kind, Lesson.text, Lesson.id)
        .where(Lesson.postmortem_id == postmortem_id)
        .order_by(col(Lesson.position), Lesson.id)
    )
    return tuple(LessonRecord(kind, text, lesson_id) for kind, text, lesson_id in rows)


def load_actions(work: Work, postmortem_id: str) -> tuple[ActionRecord, ...]:
    """The actions of a post-mortem as they stand now."""
    a = ActionItem
    rows = work.session.exec(
        pick(
            a.text,
            a.id,
            Person.name,
            a.due_on,
            a.priority,
            a.type,
            a.status,
            Factor.name,
            a.tracker_url,
            a.reason,
        )
        .outerjoin(Person, col(a.owner_id) == col(Person.id))
        .outerjoin(Factor, col(a.factor_id) == col(Factor.id))
        .where(a.postmortem_id == postmortem_id)
        .order_by(a.position, a.id)
    )
    return tuple(
        ActionRecord(text, action_id, owner or "", due, priority, kind, status, factor or "", *rest)
        for text, action_id, owner, due, priority, kind, status, factor, *rest in rows
    )


def _load_reviews(work: Work, postmortem_id: str) -> tuple[ReviewRecord, ...]:
    rows = work.session.exec(
        select(Person.name, Review.signed_at, Review.comment)
        .join(Person, col(Review.person_id) == col(Person.id))
        .where(Review.postmortem_id == postmortem_id)
        .order_by(col(Review.asked_at), Person.name_key)
    )
    return tuple(ReviewRecord(name, signed_at, comment) for name, signed_at, comment in rows)


def _load_transitions(work: Work, postmortem_id: str) -> tuple[TransitionRecord, ...]:
    t = Transition
    rows = work.session.exec(
        pick(t.at, Person.name, t.from_status, t.to_status, t.reason)
        .outerjoin(Person, col(t.by_id) == col(Person.id))
        .where(t.postmortem_id == postmortem_id)
        .order_by(t.id)
    )
    return tuple(TransitionRecord(at, by or "", *rest) for at, by, *rest in rows)


def _load_publication(work: Work, postmortem_id: str) -> PublicationRecord | None:
    row = work.session.exec(
        select(Revision.number, Person.name, Revision.published_at)
        .outerjoin(Person, col(Revision.published_by_id) == col(Person.id))
        .where(Revision.postmortem_id == postmortem_id)
        .order_by(col(Revision.number).desc())
        .limit(1)
    ).first()
    return PublicationRecord(row[0], row[1] or "", row[2]) if row else None
