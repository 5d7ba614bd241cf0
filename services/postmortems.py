"""Writing a post-mortem: starting one, its people and times, impact, lessons, summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import PostmortemRecord
from models.rules.review import due_at, words_hash
from models.rules.text import clean, clean_line
from models.rules.vocabulary import (
    ActionStatus,
    ImpactKind,
    LessonKind,
    PostmortemStatus,
    Severity,
)
from models.tables.incident import Incident, IncidentParticipant, TimelineEvent
from models.tables.people import Person
from models.tables.postmortem import (
    ActionItem,
    Impact,
    Lesson,
    Participant,
    Postmortem,
    Review,
)
from services.people import person_id_of
from services.postmortem_state import editing, refresh_due
from services.record_out import load_postmortem
from services.unit_of_work import ALL_ROWS, Work, compare_and_set, pick, reading, writing


@dataclass(frozen=True)
class PostmortemRow:
    """A line of the list. `actions_open` counts what is neither done nor declined."""

    id: str
    title: str
    status: PostmortemStatus
    severity: Severity | None
    owner: str
    due_at: datetime | None
    meeting_at: datetime | None
    published_at: datetime | None
    actions: int
    actions_open: int


def start_postmortem(who: Who, incident_ids: Sequence[str], title: str = "") -> str:
    """A draft for one or more incidents, with the people and times they bring; its id.

    An incident that already has a post-mortem leads to that one instead of a second.
    """
    if not incident_ids:
        raise ProblemForUser("Choose the incident that the post-mortem is about.")
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.POSTMORTEM)
        rows = [work.get(Incident, incident_id, "incident") for incident_id in incident_ids]
        existing = [row.postmortem_id for row in rows if row.postmortem_id]
        if existing:
            return existing[0]
        resolved = [row.resolved_at or row.mitigated_at for row in rows]
        postmortem = work.add(
            Postmortem(
                title=clean_line(title, field="title") or rows[0].title,
                owner_id=who.person_id,
                due_at=due_at(max((t for t in resolved if t), default=None)),
                created_at=work.now,
            )
        )
        for row in rows:
            row.postmortem_id = postmortem.id
        _bring_people(work, postmortem.id, [row.id for row in rows])
        work.audit("postmortem.started", Thing.POSTMORTEM, postmortem.id)
        return postmortem.id


def _bring_people(work: Work, postmortem_id: str, incident_ids: Sequence[str]) -> None:
    """Everybody the incidents name, with their role. Where the source lists nobody, the authors
    of its events: a source that lists people knows which authors are machines."""
    p, e = IncidentParticipant, TimelineEvent
    listed = work.session.exec(
        select(p.incident_id, p.name, p.role).where(col(p.incident_id).in_(incident_ids))
    ).all()
    silent = set(incident_ids) - {incident_id for incident_id, _, _ in listed}
    authors = work.session.exec(
        select(e.author)
        .where(col(e.incident_id).in_(silent), ~col(e.is_noise), ~col(e.is_removed))
        .distinct()
    ).all()
    people = [(name, role) for _, name, role in listed]
    people += [(name, "responder") for name in authors if name]
    known: set[str] = set()
    for name, role in people:
        if name.casefold() not in known:
            known.add(name.casefold())
            work.add(Participant(postmortem_id=postmortem_id, name=name, role=role))


def add_incident(who: Who, postmortem_id: str, incident_id: str) -> None:
    """Lets the post-mortem cover one more incident."""
    with editing(who, postmortem_id, "postmortem.incident_added") as (work, row):
        incident = work.get(Incident, incident_id, "incident")
        if incident.postmortem_id not in (None, row.id):
            raise ProblemForUser(f"“{incident.title}” already has a post-mortem of its own.")
        incident.postmortem_id = row.id
        refresh_due(work, row.id)


def list_free_incidents(
    who: Who, *, text: str = "", limit: int = 20
) -> tuple[tuple[str, str, datetime], ...]:
    """Incidents without a post-mortem, the newest first, as (id, title, when it began)."""
    query = (
        select(Incident.id, Incident.title, Incident.began_at)
        .where(col(Incident.postmortem_id).is_(None), col(Incident.duplicate_of_id).is_(None))
        .order_by(col(Incident.began_at).desc(), col(Incident.id))
        .limit(limit)
    )
    if text:
        query = query.where(col(Incident.title).icontains(text, autoescape=True))
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        return tuple((i, title, began) for i, title, began in work.session.exec(query))


@cache
def _list_query() -> Any:
    """The query of a list, built once: building it takes longer than the reading."""
    p = Postmortem
    actions = select(func.count()).where(ActionItem.postmortem_id == p.id)
    over = [ActionStatus.DONE, ActionStatus.DECLINED]
    worst = select(func.min(Incident.severity)).where(Incident.postmortem_id == p.id)
    return (
        pick(
            p.id,
            p.title,
            p.status,
            worst.scalar_subquery(),
            Person.name,
            p.due_at,
            p.meeting_at,
            p.published_at,
            actions.scalar_subquery(),
            actions.where(col(ActionItem.status).not_in(over)).scalar_subquery(),
        )
        .outerjoin(Person, col(p.owner_id) == col(Person.id))
        .order_by(col(p.created_at).desc(), p.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def list_postmortems(
    who: Who,
    *,
    statuses: Sequence[PostmortemStatus] = (),
    limit: int | None = 50,
    offset: int = 0,
) -> tuple[PostmortemRow, ...]:
    """Post-mortems, the newest first; of these statuses, or of any when none are given."""
    query = _list_query()
    page = {"limit": ALL_ROWS if limit is None else limit, "offset": offset}
    if statuses:
        query = query.where(col(Postmortem.status).in_(statuses))
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        rows = work.session.exec(query, params=page).all()
    return tuple(
        PostmortemRow(i, title, status, Severity(worst) if worst else None, owner or "", *rest)
        for i, title, status, worst, owner, *rest in rows
    )


def count_postmortems(who: Who, *, statuses: Sequence[PostmortemStatus] = ()) -> int:
    """How many post-mortems there are; of these statuses, or of any when none are given."""
    query = select(func.count()).select_from(Postmortem)
    if statuses:
        query = query.where(col(Postmortem.status).in_(statuses))
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        return work.session.exec(query).one()


def get_postmortem(who: Who, postmortem_id: str, *, with_files: bool = False) -> PostmortemRecord:
    """A whole post-mortem as it stands now, with sign-offs of older words marked stale.
    `with_files` brings the bytes of kept files too."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        return with_stale_reviews(work, load_postmortem(work, postmortem_id, with_files=with_files))


def with_stale_reviews(work: Work, record: PostmortemRecord) -> PostmortemRecord:
    """The record with every sign-off marked that was given for other words than these."""
    if not any(review.signed_at for review in record.reviews):
        return record
    signed = dict(
        work.session.exec(
            select(Person.name, Review.signed_hash)
            .join(Person, col(Review.person_id) == col(Person.id))
            .where(Review.postmortem_id == record.id)
        ).all()
    )
    now = words_hash(record)
    return replace(
        record,
        reviews=tuple(
            replace(r, stale=bool(r.signed_at) and signed.get(r.name) != now)
            for r in record.reviews
        ),
    )


def save_title(who: Who, postmortem_id: str, title: str, was: str) -> None:
    """The title of the post-mortem."""
    title = clean_line(title, field="title")
    if not title:
        raise ProblemForUser("The title cannot be empty.", field="title")
    _save(who, postmortem_id, "title", title, was)


def save_summary(who: Who, postmortem_id: str, text: str, was: str) -> None:
    """The summary that leadership reads first."""
    _save(who, postmortem_id, "summary", clean(text, field="summary"), was)


def save_no_actions_reason(who: Who, postmortem_id: str, text: str, was: str) -> None:
    """Why nothing will be done: a valid outcome."""
    _save(who, postmortem_id, "no_actions_reason", clean(text, field="reason"), was)


def save_meeting(who: Who, postmortem_id: str, at: datetime | None, was: datetime | None) -> None:
    """When the review meeting is held."""
    _save(who, postmortem_id, "meeting_at", at, was, words="meeting time")


def save_owner(who: Who, postmortem_id: str, name: str, was: str) -> None:
    """The one person accountable for the post-mortem; "" for nobody."""
    _save_person(who, postmortem_id, "owner_id", name, was, words="owner")


def save_facilitator(who: Who, postmortem_id: str, name: str, was: str) -> None:
    """Who leads the meeting; best somebody who did not respond."""
    _save_person(who, postmortem_id, "facilitator_id", name, was, words="facilitator")


def _save(
    who: Who, postmortem_id: str, field: str, value: object, was: object, words: str = ""
) -> None:
    with editing(who, postmortem_id, f"postmortem.{field}_saved") as (_, row):
        compare_and_set(row, field, value, was, words=words or field.replace("_", " "))


def _save_person(who: Who, postmortem_id: str, field: str, name: str, was: str, words: str) -> None:
    with editing(who, postmortem_id, f"postmortem.{field}_saved") as (work, row):
        new, old = person_id_of(work, name), person_id_of(work, was)
        try:
            compare_and_set(row, field, new, old, words=words)
        except Conflict as conflict:
            theirs = work.session.get(Person, conflict.theirs)
            conflict.theirs, conflict.yours = theirs.name if theirs else "", name
            raise


def save_participant(
    who: Who, postmortem_id: str, name: str, role: str, *, was: str | None = None
) -> None:
    """Adds somebody with their role in the incident (`was` None: not seen on the list), or
    changes their role from the one that was seen. Raises Conflict when it is another by now."""
    name = clean_line(name, limit=80, field="name")
    role = clean_line(role, limit=80, field="role")
    if not name:
        raise ProblemForUser("Write the name of the participant.", field="name")
    with editing(who, postmortem_id, "postmortem.participant_saved") as (work, row):
        found = _participant(work, row.id, name)
        if found is None:
            work.add(Participant(postmortem_id=row.id, name=name, role=role))
        else:
            compare_and_set(found, "role", role, was, words=f"role of {found.name}")


def remove_participant(who: Who, postmortem_id: str, name: str) -> None:
    """Takes somebody off the list; doing it again changes nothing."""
    with editing(who, postmortem_id, "postmortem.participant_removed") as (work, row):
        found = _participant(work, row.id, name)
        if found is not None:
            work.session.delete(found)


def _participant(work: Work, postmortem_id: str, name: str) -> Participant | None:
    query = select(Participant).where(Participant.postmortem_id == postmortem_id)
    same = (p for p in work.session.exec(query) if p.name.casefold() == name.casefold())
    return next(same, None)


def save_impact(
    who: Who,
    postmortem_id: str,
    kind: ImpactKind,
    now: tuple[str, bool],
    was: tuple[str, bool],
) -> None:
    """One kind of impact as (words, whether they are an estimate). Only what the person changed
    is compared and saved."""
    text = clean(now[0], field=str(kind))
    with editing(who, postmortem_id, "postmortem.impact_saved") as (work, row):
        impact = work.session.exec(
            select(Impact).where(Impact.postmortem_id == row.id, Impact.kind == kind)
        ).first() or work.add(Impact(postmortem_id=row.id, kind=kind))
        if now[0] != was[0]:
            compare_and_set(impact, "text", text, was[0], words=f"impact on {kind}")
        if now[1] != was[1]:
            compare_and_set(impact, "is_estimated", now[1], was[1], words=f"{kind} estimate")


def add_lesson(
    who: Who, postmortem_id: str, kind: LessonKind, text: str, *, lesson_id: str = ""
) -> str:
    """Something learned; returns its id. `lesson_id` made by the caller makes a retry harmless."""
    text = clean(text, field="lesson")
    if not text:
        raise ProblemForUser("Write a few words first.", field="lesson")
    with editing(who, postmortem_id, "postmortem.lesson_added") as (work, row):
        if work.find(Lesson, lesson_id):
            return lesson_id
        last = select(func.max(Lesson.position)).where(Lesson.postmortem_id == row.id)
        position = (work.session.exec(last).one() or 0) + 1
        lesson = Lesson(postmortem_id=row.id, kind=kind, text=text, position=position)
        if lesson_id:
            lesson.id = lesson_id
        return work.add(lesson).id


def save_lesson(who: Who, lesson_id: str, text: str, was: str) -> None:
    """Rewrites a lesson; an empty text removes it."""
    text = clean(text, field="lesson")
    with reading(who) as work:
        postmortem_id = work.get(Lesson, lesson_id, "lesson").postmortem_id
    with editing(who, postmortem_id, "postmortem.lesson_saved") as (work, _):
        lesson = work.get(Lesson, lesson_id, "lesson")
        compare_and_set(lesson, "text", text, was, words="lesson")
        if not text:
            work.session.delete(lesson)


def remove_lesson(who: Who, lesson_id: str) -> None:
    """Takes a lesson away; doing it again changes nothing."""
    with reading(who) as work:
        row = work.session.get(Lesson, lesson_id)
        postmortem_id = row.postmortem_id if row else ""
    if postmortem_id:
        with editing(who, postmortem_id, "postmortem.lesson_removed") as (work, _):
            lesson = work.session.get(Lesson, lesson_id)
            if lesson is not None:
                work.session.delete(lesson)
