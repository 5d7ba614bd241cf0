"""Exercises ahead: planning one or a series, changing, cancelling, and opening one when it is time.

Every change raises the sequence, which calendars read, and which tells a writer that somebody else
was faster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import col, delete, select

from models.rules.exercise.schedule import Invited, PlannedExercise, begins_at, check_planned
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, NotFound, ProblemForUser
from models.rules.text import clean
from models.rules.times import zone_named
from models.tables.base import new_id
from models.tables.exercise import ExercisePlan, PlannedSeat
from models.tables.people import Person, Team
from services.exercises import add_run
from services.people import person_of
from services.scenario_library import get_scenario
from services.unit_of_work import ALL_ROWS, Work, pick, reading, writing

NOTE = 2000  # characters
KEPT = timedelta(days=7)  # so long one that was missed can still be opened
Times = Sequence[datetime]


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked to come; `seat` is an id of the scenario's, or ""."""

    person_id: str
    seat: str = ""


@dataclass(frozen=True)
class Wish:
    """What an exercise is to be, without its time. `led_by` and the people are ids."""

    scenario_id: str
    minutes: int
    led_by: str
    team_id: str | None = None
    people: tuple[Asked, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PlanRow:
    """An exercise ahead. `names` are those of its people, in the same order."""

    id: str
    title: str
    starts_at: datetime
    zone: str
    wish: Wish
    team: str
    leader: str
    names: tuple[str, ...]
    series_id: str | None
    sequence: int
    run_id: str | None
    cancelled_at: datetime | None

    def planned(self) -> PlannedExercise:
        """As the rules and calendars know it."""
        people = zip(self.names, self.wish.people, strict=True)
        return PlannedExercise(
            id=self.id,
            title=self.title,
            starts_at=self.starts_at,
            minutes=self.wish.minutes,
            zone=self.zone,
            people=tuple(Invited(name, seat=asked.seat) for name, asked in people),
            note=self.wish.note,
            sequence=self.sequence,
        )


@dataclass(frozen=True)
class FoundPlans:
    """A page of plans, the next first, and how many there are altogether."""

    rows: tuple[PlanRow, ...]
    count: int
    now: datetime


def find_plans(who: Who, *, skip: int = 0, limit: int = 25) -> FoundPlans:
    """What is planned and not opened yet, cancelled ones too until their time has passed."""
    p = ExercisePlan
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        stands = col(p.cancelled_at).is_(None) & (col(p.starts_at) >= work.now - KEPT)
        ahead = col(p.run_id).is_(None), stands | (col(p.starts_at) >= work.now)
        rows = planned_rows(work, *ahead, skip=skip, limit=limit)
        count = work.session.exec(select(func.count()).select_from(p).where(*ahead)).one()
        return FoundPlans(rows, count, work.now)


def get_plan(who: Who, plan_id: str) -> PlanRow:
    """Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        return _one(work, plan_id)


def list_following(who: Who, plan_id: str) -> tuple[PlanRow, ...]:
    """Those of the same series that come later and can still be changed, in order."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        row = work.get(ExercisePlan, plan_id, "planned exercise")
        return planned_rows(work, *_later(row)) if row.series_id else ()


def plan_exercises(who: Who, wish: Wish, times: Times, *, zone: str, plan_id: str) -> str:
    """Plans an exercise at each of these moments (UTC), several as a series; the id of the first,
    which the caller has made, so that a second click plans nothing twice. `zone` is the one that
    the times were chosen in. Raises ProblemForUser for what cannot be planned."""
    scenario, _ = get_scenario(who, wish.scenario_id)
    wish = _tidy(wish)
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.EXERCISE)
        if work.find(ExercisePlan, plan_id) is not None:
            return plan_id
        people = _invited(work, wish)
        series = new_id() if len(times) > 1 else None
        ids = [plan_id, *(new_id() for _ in times[1:])]
        for each, starts_at in zip(ids, times, strict=True):
            row = ExercisePlan(
                id=each,
                scenario_id=scenario.id,
                title=scenario.title,
                starts_at=starts_at,
                minutes=wish.minutes,
                zone=zone,
                note=wish.note,
                series_id=series,
                team_id=wish.team_id,
                planned_by=person_of(who),
                led_by=wish.led_by,
                created_at=work.now,
            )
            check_planned(_as_planned(row, people), scenario, work.now)
            work.add(row)
            _invite(work, row, wish.people)
        work.audit("exercise.planned", Thing.EXERCISE, plan_id)
    return plan_id


def change_plan(
    who: Who,
    plan_id: str,
    wish: Wish,
    starts_at: datetime,
    *,
    sequence: int,
    following: bool = False,
) -> None:
    """Changes an exercise ahead; its scenario stays. With `following`, what is changed here is
    changed in the later ones of its series too, but for the day. `sequence` is the one that the
    person began with. Raises Conflict with both versions when it has been changed meanwhile."""
    wish = _tidy(wish)
    scenario, _ = get_scenario(who, get_plan(who, plan_id).wish.scenario_id)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.EXERCISE)
        row = work.get(ExercisePlan, plan_id, "planned exercise")
        saved = _one(work, plan_id)
        before = _tidy(saved.wish)
        if (before, saved.starts_at) == (wish, starts_at):
            return
        _require_open(row)
        if row.sequence != sequence:
            raise Conflict(
                "Somebody else changed this exercise while you were writing. What is saved now is "
                "shown; choose one.",
                field="plan",
                theirs=saved,
                yours=wish,
            )
        people = _invited(work, wish)
        later = work.session.exec(select(ExercisePlan).where(*_later(row))).all()
        at = starts_at.astimezone(zone_named(row.zone)).time()
        at_before = saved.starts_at.astimezone(zone_named(row.zone)).time()
        row.starts_at = starts_at
        for each in (row, *later) if following and row.series_id else (row,):
            if each is not row and at != at_before:
                day = each.starts_at.astimezone(zone_named(each.zone)).date()
                each.starts_at = begins_at(day, at, each.zone)
            _set_changes(work, each, before, wish)
            check_planned(_as_planned(each, people), scenario, work.now)
        work.audit("exercise.plan_changed", Thing.EXERCISE, plan_id)


def cancel_plan(who: Who, plan_id: str, *, following: bool = False) -> None:
    """Cancels an exercise ahead, with `following` the later ones of its series too. Calendars hear
    of it. Again is no harm."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.EXERCISE)
        row = work.get(ExercisePlan, plan_id, "planned exercise")
        if row.run_id is not None:
            raise ProblemForUser("This exercise has been opened, so that it cannot be cancelled.")
        rows = [row] if row.cancelled_at is None else []
        if following and row.series_id:
            rows += work.session.exec(select(ExercisePlan).where(*_later(row))).all()
        for each in rows:
            each.cancelled_at = work.now
            each.sequence += 1
            work.session.add(each)
        if rows:
            work.audit("exercise.plan_cancelled", Thing.EXERCISE, plan_id)


def open_plan(who: Who, plan_id: str) -> str:
    """Makes a run of a plan, led by whom the plan says; the id of the run. The people find their
    seats when they join. Again gives the same run."""
    scenario, _ = get_scenario(who, get_plan(who, plan_id).wish.scenario_id)
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.EXERCISE)
        row = work.get(ExercisePlan, plan_id, "planned exercise")
        if row.run_id is not None:
            return row.run_id
        _require_open(row)
        run = add_run(work, scenario, row.led_by, row.team_id)
        row.run_id = run.id
        work.session.add(row)
        work.audit("exercise.opened", Thing.EXERCISE, run.id)
        return run.id


def _tidy(wish: Wish) -> Wish:
    """Two wishes for the same are equal: the order of people means nothing."""
    people = tuple(sorted(wish.people, key=lambda asked: (asked.person_id, asked.seat)))
    return replace(wish, people=people, note=clean(wish.note, limit=NOTE, field="note"))


def _require_open(row: ExercisePlan) -> None:
    if row.cancelled_at is not None:
        raise ProblemForUser("This exercise was cancelled. Plan a new one instead.")
    if row.run_id is not None:
        raise ProblemForUser("This exercise has been opened, so that its plan stays as it is.")


def _set_changes(work: Work, row: ExercisePlan, before: Wish, now: Wish) -> None:
    """Sets what differs between two wishes; the rest of a row may be its own."""
    for name in ("minutes", "led_by", "team_id", "note"):
        if getattr(before, name) != getattr(now, name):
            setattr(row, name, getattr(now, name))
    if before.people != now.people:
        work.session.exec(delete(PlannedSeat).where(col(PlannedSeat.plan_id) == row.id))
        _invite(work, row, now.people)
    row.sequence += 1
    work.session.add(row)
    work.session.flush()


def _invite(work: Work, row: ExercisePlan, people: Iterable[Asked]) -> None:
    for asked in people:
        work.session.add(PlannedSeat(plan_id=row.id, person_id=asked.person_id, seat=asked.seat))


def _invited(work: Work, wish: Wish) -> tuple[Invited, ...]:
    """The people of a wish by their names. Raises ProblemForUser when the one who leads is nobody,
    or plays too."""
    ids = [asked.person_id for asked in wish.people]
    found = work.session.exec(select(Person).where(col(Person.id).in_([*ids, wish.led_by])))
    names = {person.id: person.name for person in found}
    if wish.led_by not in names:
        raise ProblemForUser("Choose who leads the exercise.", field="led_by")
    if wish.led_by in ids:
        raise ProblemForUser(
            f"{names[wish.led_by]} leads and so reads the whole story, and cannot have a seat as "
            "well. Choose somebody else to lead, or take them out of the people.",
            field="led_by",
        )
    if set(ids) - set(names):
        raise NotFound("Somebody of these people is not there any more. Choose again.")
    return tuple(Invited(names[asked.person_id], seat=asked.seat) for asked in wish.people)


def _as_planned(row: ExercisePlan, people: tuple[Invited, ...]) -> PlannedExercise:
    return PlannedExercise(row.id, row.title, row.starts_at, row.minutes, row.zone, people)


def mine(who: Who) -> ColumnElement[bool]:
    """Those that the person leads or is asked to."""
    p, s = ExercisePlan, PlannedSeat
    asked = select(s.plan_id).where(s.person_id == who.person_id)
    return (col(p.led_by) == who.person_id) | col(p.id).in_(asked)


def _later(row: ExercisePlan) -> tuple[ColumnElement[bool], ...]:
    """The later ones of a series that can still be changed."""
    p = ExercisePlan
    return (
        col(p.series_id) == row.series_id,
        col(p.starts_at) > row.starts_at,
        col(p.run_id).is_(None),
        col(p.cancelled_at).is_(None),
    )


def _one(work: Work, plan_id: str) -> PlanRow:
    rows = planned_rows(work, col(ExercisePlan.id) == plan_id)
    if not rows:
        raise NotFound("There is no such planned exercise. It may have been removed.")
    return rows[0]


def planned_rows(
    work: Work, *where: ColumnElement[bool], skip: int = 0, limit: int = ALL_ROWS
) -> tuple[PlanRow, ...]:
    """Part of a reading: plans, the next first, in two statements."""
    p, s = ExercisePlan, PlannedSeat
    found = work.session.exec(
        pick(p, Team.name, Person.name)
        .outerjoin(Team, col(p.team_id) == col(Team.id))
        .join(Person, col(p.led_by) == col(Person.id))
        .where(*where)
        .order_by(p.starts_at, p.id)
        .offset(skip)
        .limit(limit)
    ).all()
    asked: dict[str, list[tuple[Asked, str]]] = defaultdict(list)
    seats = (
        pick(s.plan_id, s.person_id, s.seat, Person.name)
        .join(Person, col(s.person_id) == col(Person.id))
        .where(col(s.plan_id).in_([row.id for row, *_ in found]))
        .order_by(Person.name_key)
    )
    for plan_id, person_id, seat, name in work.session.exec(seats):
        asked[plan_id].append((Asked(person_id, seat), name))
    return tuple(_row(row, team, leader, asked[row.id]) for row, team, leader in found)


def _row(
    row: ExercisePlan, team: str | None, leader: str, asked: list[tuple[Asked, str]]
) -> PlanRow:
    people = tuple(one for one, _ in asked)
    return PlanRow(
        id=row.id,
        title=row.title,
        starts_at=row.starts_at,
        zone=row.zone,
        wish=Wish(row.scenario_id, row.minutes, row.led_by, row.team_id, people, row.note),
        team=team or "",
        leader=leader,
        names=tuple(name for _, name in asked),
        series_id=row.series_id,
        sequence=row.sequence,
        run_id=row.run_id,
        cancelled_at=row.cancelled_at,
    )
