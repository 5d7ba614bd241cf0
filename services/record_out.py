"""From rows to records: a whole incident or post-mortem in a fixed number of statements, however
many rows it has. Columns, not objects: reading 200 events costs little more than the bare SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import func
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
from services.event_memory import remembered_events
from services.meeting_records import load_meetings
from services.unit_of_work import Work, pick

T = TypeVar("T")


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
        select(Incident)
        .where(col(Incident.id).in_(ids))
        .order_by(col(Incident.began_at), Incident.id)
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
    events: Mapping[str, Sequence[EventRecord]]
    if with_files:
        events = _load_events(work, ids, with_files=True)
    else:
        events = remembered_events(work, ids, partial(_load_events, work, with_files=False))
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
            events=tuple(events.get(row.id, ())),
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
            func.nullif(StoredFile.media_type, ""),
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
    return load_postmortems(work, [row], with_files=with_files)[0]


def load_postmortems(
    work: Work, rows: Sequence[Postmortem], *, with_files: bool = True
) -> list[PostmortemRecord]:
    """Whole post-mortems in the order of their rows, in as many statements as for one."""
    ids = [row.id for row in rows]
    leads = [lead for row in rows for lead in (row.owner_id, row.facilitator_id)]
    names = select(Person.id, Person.name).where(col(Person.id).in_(leads))
    people = dict(work.session.exec(names).all())
    incidents = _load_incidents_of(work, ids, with_files=with_files)
    participants = _load_participants(work, ids)
    impacts = _load_impacts(work, ids)
    factors = _load_factors(work, ids)
    whys = _load_whys(work, ids, factors)
    lessons = _load_lessons(work, ids)
    actions = _load_actions(work, ids)
    reviews = _load_reviews(work, ids)
    transitions = _load_transitions(work, ids)
    publications = _load_publications(work, ids)
    meetings = load_meetings(work, ids)
    return [
        PostmortemRecord(
            id=row.id,
            title=row.title,
            status=row.status,
            owner=people.get(row.owner_id or "", ""),
            facilitator=people.get(row.facilitator_id or "", ""),
            participants=tuple(participants[row.id]),
            meeting_at=row.meeting_at,
            due_at=row.due_at,
            summary=row.summary,
            incidents=tuple(incidents[row.id]),
            impacts=tuple(impacts[row.id]),
            whys=whys[row.id],
            factors=tuple(factors[row.id, None]),
            lessons=tuple(lessons[row.id]),
            actions=tuple(actions[row.id]),
            no_actions_reason=row.no_actions_reason,
            reviews=tuple(reviews[row.id]),
            transitions=tuple(transitions[row.id]),
            publication=publications.get(row.id),
            source_key=row.source_key or "",
            meetings=tuple(meetings[row.id]),
        )
        for row in rows
    ]


def _each(rows: Iterable[Any], make: Callable[..., T]) -> dict[str, list[T]]:
    """What is made of the other columns, by the first one, in the order of the rows."""
    found: dict[str, list[T]] = defaultdict(list)
    for owner, *fields in rows:
        found[owner].append(make(*fields))
    return found


def _load_incidents_of(
    work: Work, ids: Sequence[str], *, with_files: bool
) -> dict[str, list[IncidentRecord]]:
    rows = work.session.exec(
        select(Incident.id, Incident.postmortem_id).where(col(Incident.postmortem_id).in_(ids))
    ).all()
    owners = {incident_id: owner or "" for incident_id, owner in rows}
    found = load_incidents(work, list(owners), with_files=with_files)
    return _each(((owners[incident.id], incident) for incident in found), lambda i: i)


def _load_participants(work: Work, ids: Sequence[str]) -> dict[str, list[ParticipantRecord]]:
    rows = work.session.exec(
        select(Participant.postmortem_id, Participant.name, Participant.role)
        .where(col(Participant.postmortem_id).in_(ids))
        .order_by(Participant.name)
    )
    return _each(rows, ParticipantRecord)


def _load_impacts(work: Work, ids: Sequence[str]) -> dict[str, list[ImpactRecord]]:
    rows = work.session.exec(
        pick(Impact.postmortem_id, Impact.kind, Impact.text, Impact.is_estimated).where(
            col(Impact.postmortem_id).in_(ids)
        )
    )
    order = list(ImpactKind)
    return _each(sorted(rows, key=lambda row: order.index(row[1])), ImpactRecord)


def _load_factors(work: Work, ids: Sequence[str]) -> dict[tuple[str, str | None], list[str]]:
    """The names of the tagged factors by post-mortem and why; None for those on the whole."""
    rows = work.session.exec(
        select(FactorTag.postmortem_id, FactorTag.why_id, Factor.name)
        .join(Factor)
        .where(col(FactorTag.postmortem_id).in_(ids))
        .order_by(Factor.name_key)
    )
    found: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for owner, why_id, name in rows:
        found[owner, why_id].append(name)
    return found


def _load_whys(
    work: Work, ids: Sequence[str], factors: dict[tuple[str, str | None], list[str]]
) -> dict[str, tuple[WhyRecord, ...]]:
    rows = work.session.exec(
        pick(Why.postmortem_id, Why.parent_id, Why.id, Why.text)
        .where(col(Why.postmortem_id).in_(ids))
        .order_by(col(Why.position), Why.id)
    )
    children: dict[tuple[str, str | None], list[tuple[str, str]]] = defaultdict(list)
    for owner, parent_id, why_id, text in rows:
        children[owner, parent_id].append((why_id, text))
    links = grouped(
        work.session.exec(
            select(WhyEvent.why_id, WhyEvent.event_id)
            .join(Why)
            .join(TimelineEvent)
            .where(col(Why.postmortem_id).in_(ids), ~col(TimelineEvent.is_removed))
            .order_by(col(TimelineEvent.at), col(TimelineEvent.position), TimelineEvent.id)
        )
    )

    def below(owner: str, parent_id: str | None) -> tuple[WhyRecord, ...]:
        return tuple(
            WhyRecord(
                text=text,
                id=why_id,
                event_ids=tuple(event_id for _, event_id in links[why_id]),
                factors=tuple(factors[owner, why_id]),
                children=below(owner, why_id),
            )
            for why_id, text in children[owner, parent_id]
        )

    return {owner: below(owner, None) for owner in ids}


def _load_lessons(work: Work, ids: Sequence[str]) -> dict[str, list[LessonRecord]]:
    rows = work.session.exec(
        pick(Lesson.postmortem_id, Lesson.kind, Lesson.text, Lesson.id)
        .where(col(Lesson.postmortem_id).in_(ids))
        .order_by(col(Lesson.position), Lesson.id)
    )
    return _each(rows, LessonRecord)


def load_actions(work: Work, postmortem_id: str) -> tuple[ActionRecord, ...]:
    """The actions of a post-mortem as they stand now."""
    return tuple(_load_actions(work, [postmortem_id])[postmortem_id])


def _load_actions(work: Work, ids: Sequence[str]) -> dict[str, list[ActionRecord]]:
    a = ActionItem
    rows = work.session.exec(
        pick(
            a.postmortem_id,
            a.text,
            a.id,
            func.coalesce(Person.name, ""),
            a.due_on,
            a.priority,
            a.type,
            a.status,
            func.coalesce(Factor.name, ""),
            a.tracker_url,
            a.reason,
            a.done_at,
        )
        .outerjoin(Person, col(a.owner_id) == col(Person.id))
        .outerjoin(Factor, col(a.factor_id) == col(Factor.id))
        .where(col(a.postmortem_id).in_(ids))
        .order_by(a.position, a.id)
    )
    on_days = ((*fields, done_at and done_at.date()) for *fields, done_at in rows)
    return _each(on_days, ActionRecord)


def _load_reviews(work: Work, ids: Sequence[str]) -> dict[str, list[ReviewRecord]]:
    rows = work.session.exec(
        select(Review.postmortem_id, Person.name, Review.signed_at, Review.comment)
        .join(Person, col(Review.person_id) == col(Person.id))
        .where(col(Review.postmortem_id).in_(ids))
        .order_by(col(Review.asked_at), Person.name_key)
    )
    return _each(rows, ReviewRecord)


def _load_transitions(work: Work, ids: Sequence[str]) -> dict[str, list[TransitionRecord]]:
    t = Transition
    rows = work.session.exec(
        pick(
            t.postmortem_id, t.at, func.coalesce(Person.name, ""),
            t.from_status, t.to_status, t.reason,
        )
        .outerjoin(Person, col(t.by_id) == col(Person.id))
        .where(col(t.postmortem_id).in_(ids))
        .order_by(t.id)
    )  # fmt: skip
    return _each(rows, TransitionRecord)


def _load_publications(work: Work, ids: Sequence[str]) -> dict[str, PublicationRecord]:
    """The newest revision of each."""
    rows = work.session.exec(
        pick(
            Revision.postmortem_id,
            Revision.number,
            func.coalesce(Person.name, ""),
            Revision.published_at,
        )
        .outerjoin(Person, col(Revision.published_by_id) == col(Person.id))
        .where(col(Revision.postmortem_id).in_(ids))
        .order_by(Revision.number)
    )
    return {owner: PublicationRecord(*fields) for owner, *fields in rows}
