"""What needs somebody now, and what was published lately: one transaction, a fixed number of
statements however much there is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.review import words_hash
from models.rules.vocabulary import ActionStatus, IncidentKind, PostmortemStatus, Severity
from models.tables.exercise import ExercisePlan, ExerciseRun
from models.tables.incident import Incident
from models.tables.people import Person
from models.tables.postmortem import ActionItem, ArchiveEntry, Postmortem, Review
from services.action_outcomes import count_questions
from services.exercise_plans import mine
from services.record_out import load_postmortems
from services.reminders import ReminderRow, reminders_of
from services.unit_of_work import Work, pick, reading

SHOWN = 5  # lines of what can be long
READ_AGAIN = 20  # reviews of which is found out whether the words have changed since
SOON = timedelta(days=7)
FRESH = timedelta(days=30)  # an incident resolved before that is history, not work that waits
EXERCISE_MISSED = timedelta(hours=12)  # so long after its time one may still be opened
_BEING_WRITTEN = (PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW)
_PROMISED = (ActionStatus.ACCEPTED, ActionStatus.IN_PROGRESS)
_TO_LEARN_FROM = (IncidentKind.INCIDENT, IncidentKind.NEAR_MISS)


@dataclass(frozen=True)
class OwnPostmortem:
    """One that the person owns and that is not published. `due_at` is 48 hours after the
    incident was resolved; `met` when its meeting has been held."""

    id: str
    title: str
    status: PostmortemStatus
    due_at: datetime | None
    meeting_at: datetime | None
    met: bool


@dataclass(frozen=True)
class Unlearned:
    """An incident resolved within the last 30 days that has no post-mortem. Older ones are only
    counted."""

    id: str
    title: str
    severity: Severity | None
    resolved_at: datetime


@dataclass(frozen=True)
class AskedReview:
    """One to read; `signed_at` when it was signed before, and the words have changed since."""

    postmortem_id: str
    title: str
    owner: str
    asked_at: datetime
    signed_at: datetime | None = None


@dataclass(frozen=True)
class DueAction:
    """An action that the person promised, overdue or due within a week."""

    id: str
    text: str
    due_on: date
    postmortem_id: str | None
    postmortem_title: str
    overdue: bool


@dataclass(frozen=True)
class ComingExercise:
    """One that the person leads or is asked to. With a run it has been opened and goes on."""

    id: str
    title: str
    starts_at: datetime
    leads: bool
    run_id: str | None


@dataclass(frozen=True)
class Published:
    postmortem_id: str
    title: str
    severity: Severity | None
    owner: str
    published_at: datetime


@dataclass(frozen=True)
class Home:
    """The counts are of all, of which at most SHOWN are listed."""

    now: datetime
    is_empty: bool
    own: tuple[OwnPostmortem, ...]
    own_count: int
    unlearned: tuple[Unlearned, ...]
    unlearned_count: int
    reviews: tuple[AskedReview, ...]
    reviews_count: int
    actions: tuple[DueAction, ...]
    actions_count: int
    reminders: tuple[ReminderRow, ...]
    reminders_count: int
    questions: int
    exercises: tuple[ComingExercise, ...]
    exercises_count: int
    published: tuple[Published, ...]

    @property
    def nothing_waits(self) -> bool:
        waits = self.own, self.unlearned, self.reviews, self.actions, self.exercises
        return not (any(waits) or self.reminders or self.questions)


def get_home(who: Who) -> Home:
    """Everything that the first page shows to the acting person."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        own, own_count = _own(work)
        unlearned, unlearned_count = _unlearned(work)
        reviews, reviews_count = _reviews(work)
        reminders = reminders_of(work)
        actions, actions_count = _actions(work, {one.action_id for one in reminders})
        exercises, exercises_count = _exercises(work)
        return Home(
            now=work.now,
            is_empty=_is_empty(work),
            own=own,
            own_count=own_count,
            unlearned=unlearned,
            unlearned_count=unlearned_count,
            reviews=reviews,
            reviews_count=reviews_count,
            actions=actions,
            actions_count=actions_count,
            reminders=reminders[:SHOWN],
            reminders_count=len(reminders),
            questions=count_questions(work),
            exercises=exercises,
            exercises_count=exercises_count,
            published=_published(work),
        )


def _is_empty(work: Work) -> bool:
    either = select(Incident.id).limit(1), select(Postmortem.id).limit(1)
    return all(work.session.exec(query).first() is None for query in either)


def _own(work: Work) -> tuple[tuple[OwnPostmortem, ...], int]:
    """Those that are due first, first."""
    p = Postmortem
    mine = p.owner_id == work.who.person_id, col(p.status).in_(_BEING_WRITTEN)
    rows = work.session.exec(
        select(p.id, p.title, p.status, p.due_at, p.meeting_at)  # type: ignore[call-overload]
        .where(*mine)
        .order_by(col(p.due_at).is_(None), p.due_at, p.id)
        .limit(SHOWN)
    ).all()
    found = tuple(
        OwnPostmortem(i, title, status, due, meeting, met=bool(meeting and meeting <= work.now))
        for i, title, status, due, meeting in rows
    )
    return found, _count(work, select(func.count()).where(*mine))


def _unlearned(work: Work) -> tuple[tuple[Unlearned, ...], int]:
    i = Incident
    open_ones = (
        col(i.resolved_at).is_not(None),
        col(i.postmortem_id).is_(None),
        col(i.duplicate_of_id).is_(None),
        col(i.part_of_id).is_(None),
        col(i.kind).in_(_TO_LEARN_FROM),
    )
    rows = work.session.exec(
        select(i.id, i.title, i.severity, i.resolved_at)
        .where(*open_ones)
        .order_by(col(i.resolved_at).desc(), i.id)
        .limit(SHOWN)
    ).all()
    since = work.now - FRESH
    found = tuple(Unlearned(*row) for row in rows if row[3] and row[3] >= since)
    return found, _count(work, select(func.count()).where(*open_ones))


def _reviews(work: Work) -> tuple[tuple[AskedReview, ...], int]:
    """Those not signed yet, and those signed for other words than there are now. The words of at
    most READ_AGAIN are read for that, those asked for first; others come when these are done."""
    mine = (
        col(Review.postmortem_id) == col(Postmortem.id),
        Review.person_id == work.who.person_id,
        col(Postmortem.status).in_(_BEING_WRITTEN),
    )
    asked = pick(Postmortem, Person.name, Review.asked_at, Review.signed_at, Review.signed_hash)
    asked = asked.outerjoin(Person, col(Postmortem.owner_id) == col(Person.id)).where(*mine)
    first = asked.order_by(col(Review.asked_at), col(Postmortem.id))
    signed_at = col(Review.signed_at)
    new = work.session.exec(first.where(signed_at.is_(None)).limit(SHOWN)).all()
    signed = work.session.exec(first.where(signed_at.is_not(None)).limit(READ_AGAIN)).all()
    records = (
        load_postmortems(work, [row for row, *_ in signed], with_files=False) if signed else []
    )
    now = {record.id: words_hash(record) for record in records}
    changed = [row for row in signed if row[4] != now[row[0].id]]
    found = tuple(
        AskedReview(row.id, row.title, owner or "", asked_at, signed)
        for row, owner, asked_at, signed, _ in [*new, *changed][:SHOWN]
    )
    count = select(func.count()).where(*mine, signed_at.is_(None))
    return found, _count(work, count) + len(changed)


def _actions(work: Work, reminded: Collection[str]) -> tuple[tuple[DueAction, ...], int]:
    """Those that no reminder stands for already."""
    a, today = ActionItem, work.now.date()
    mine = (
        a.owner_id == work.who.person_id,
        col(a.status).in_(_PROMISED),
        col(a.due_on) <= today + SOON,
        col(a.id).not_in(reminded),
    )
    rows = work.session.exec(
        select(a.id, a.text, a.due_on, a.postmortem_id, Postmortem.title)  # type: ignore[call-overload]
        .outerjoin(Postmortem, col(a.postmortem_id) == col(Postmortem.id))
        .where(*mine)
        .order_by(a.due_on, a.id)
        .limit(SHOWN)
    ).all()
    found = tuple(DueAction(i, t, due, p, title or "", due < today) for i, t, due, p, title in rows)
    return found, _count(work, select(func.count()).where(*mine))


def _exercises(work: Work) -> tuple[tuple[ComingExercise, ...], int]:
    """Planned within a week and not opened, or opened from a plan and not over yet."""
    p, run, me = ExercisePlan, ExerciseRun, work.who.person_id
    soon = col(p.starts_at).between(work.now - EXERCISE_MISSED, work.now + SOON)
    where = (
        mine(work.who),
        col(p.cancelled_at).is_(None),
        (col(p.run_id).is_(None) & soon) | (col(run.id).is_not(None) & col(run.ended_at).is_(None)),
    )
    joined = col(p.run_id) == col(run.id)
    rows = work.session.exec(
        pick(p.id, p.title, p.starts_at, p.led_by, p.run_id)
        .outerjoin(run, joined)
        .where(*where)
        .order_by(p.starts_at, p.id)
        .limit(SHOWN)
    ).all()
    found = tuple(ComingExercise(i, t, at, led_by == me, r) for i, t, at, led_by, r in rows)
    count = select(func.count()).select_from(p).outerjoin(run, joined).where(*where)
    return found, _count(work, count)


def _published(work: Work) -> tuple[Published, ...]:
    """The newest published words, also while the next revision of them is being written."""
    a = ArchiveEntry
    rows = work.session.exec(
        select(a.postmortem_id, a.title, a.severity, Person.name, a.published_at)  # type: ignore[call-overload]
        .join(Postmortem, col(a.postmortem_id) == col(Postmortem.id))
        .outerjoin(Person, col(Postmortem.owner_id) == col(Person.id))
        .order_by(col(a.published_at).desc(), a.postmortem_id)
        .limit(SHOWN)
    ).all()
    return tuple(
        Published(i, title, Severity(severity) if severity else None, owner or "", at)
        for i, title, severity, owner, at in rows
    )


def _count(work: Work, query: Any) -> int:
    return int(work.session.exec(query).one())
