"""What exercises leave behind: lists of runs, and the facts that reports and trends are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from models.rules.exercise.hotwash import AfterActionFacts
from models.rules.exercise.report import AfterActionRecord, after_action
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotAllowed
from models.tables.exercise import (
    ExerciseFacilitator,
    ExercisePlayer,
    ExerciseRun,
)
from models.tables.people import Person, Team
from services.debriefs import list_improvements, list_notes
from services.exercise_log import Run
from services.exercises import get_run
from services.unit_of_work import ALL_ROWS, Work, pick, reading


@dataclass(frozen=True)
class RunRow:
    """A line of the list. `ending` is good, mixed, bad, stopped, or "" while it goes on."""

    id: str
    scenario_id: str
    title: str
    team: str
    opened_by: str
    is_solo: bool
    phase: str
    players: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    ending: str
    is_mine: bool
    is_facilitator: bool


def list_runs(who: Who, *, scenario_id: str = "") -> tuple[RunRow, ...]:
    """Every run that the person may know of, the newest first: nothing that another one played
    alone, and none that was called off."""
    wanted = [ExerciseRun.scenario_id == scenario_id] if scenario_id else []
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        return _rows(work, *wanted)


@dataclass(frozen=True)
class WantedRuns:
    """Which runs to show: still going on or ended, of a team (its id) or a scenario ("": any)."""

    ended: bool
    team_id: str = ""
    scenario_id: str = ""
    skip: int = 0
    limit: int = 25


@dataclass(frozen=True)
class FoundRuns:
    """A page of runs, the newest first, and how many there are altogether."""

    rows: tuple[RunRow, ...]
    count: int


def find_runs(who: Who, wanted: WantedRuns) -> FoundRuns:
    """A page of the runs that the person may know of, as in `list_runs`."""
    r = ExerciseRun
    ended = col(r.ended_at)
    where: list[ColumnElement[bool]] = [ended.is_not(None) if wanted.ended else ended.is_(None)]
    where += [col(r.team_id) == wanted.team_id] if wanted.team_id else []
    where += [col(r.scenario_id) == wanted.scenario_id] if wanted.scenario_id else []
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        count = select(func.count()).select_from(r).where(_known_to(who), *where)
        rows = _rows(work, *where, skip=wanted.skip, limit=wanted.limit)
        return FoundRuns(rows, work.session.exec(count).one())


@dataclass(frozen=True)
class Played:
    """A scenario of which there are ended runs; `last_at` is the end of the last one."""

    title: str
    last_at: datetime


def list_played(who: Who) -> dict[str, Played]:
    """The scenarios that were played, by whomever, by id, in order of the titles."""
    r = ExerciseRun
    title = func.max(r.title)
    played = pick(r.scenario_id, title, func.max(r.ended_at)).where(col(r.ended_at).is_not(None))
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        rows = work.session.exec(played.group_by(r.scenario_id).order_by(title)).all()
    return {scenario_id: Played(name, last_at) for scenario_id, name, last_at in rows}


def _known_to(who: Who) -> ColumnElement[bool]:
    """What somebody else plays alone is theirs. What was called off is in no list."""
    r = ExerciseRun
    own = ~col(r.is_solo) | (col(r.opened_by) == who.person_id)
    return (col(r.phase) != "called_off") & own


def _rows(
    work: Work, *where: ColumnElement[bool] | bool, skip: int = 0, limit: int = ALL_ROWS
) -> tuple[RunRow, ...]:
    r, me = ExerciseRun, work.who.person_id
    newest = col(r.created_at).desc(), col(r.id)
    page = select(r.id).where(_known_to(work.who), *where)
    page = page.order_by(*newest).offset(skip).limit(limit)
    players = (
        select(func.count()).where(ExercisePlayer.run_id == r.id).correlate(r).scalar_subquery()
    )
    query = (
        pick(
            r.id, r.scenario_id, r.title, Team.name, Person.name, r.is_solo, r.phase, players,
            r.created_at, r.started_at, r.ended_at, r.ending, ExercisePlayer.person_id,
            ExerciseFacilitator.person_id,
        )
        .outerjoin(Team, col(r.team_id) == col(Team.id))
        .join(Person, col(r.opened_by) == col(Person.id))
        .outerjoin(
            ExercisePlayer,
            (col(ExercisePlayer.run_id) == col(r.id)) & (col(ExercisePlayer.person_id) == me),
        )
        .outerjoin(
            ExerciseFacilitator,
            (col(ExerciseFacilitator.run_id) == col(r.id))
            & (col(ExerciseFacilitator.person_id) == me),
        )
        .where(col(r.id).in_(page))
        .order_by(*newest)
    )  # fmt: skip
    return tuple(
        RunRow(*row[:3], row[3] or "", *row[4:12], row[12] is not None, row[13] is not None)
        for row in work.session.exec(query)
    )


def may_read_report(who: Who, run: Run) -> bool:
    """A report holds the answers. It is read after the end; of an exercise with others first by
    who facilitated, and by everybody from when the feedback was shown. Who played alone rehearsed:
    only they read it, and whoever they give the file to. That they played is counted all the
    same (`exercise_trends`, `list_played`)."""
    if run.play.ended is None:
        return False
    if run.is_solo:
        return who.person_id == run.opened_by
    return run.play.revealed or who.person_id in run.facilitators


def get_finished(who: Who, run_id: str) -> Run:
    """A run to look back at. Raises NotAllowed while its report may not be read."""
    run = get_run(who, run_id)
    if run.play.ended is None:
        raise NotAllowed("This exercise is not over yet. What happened can be read at its end.")
    if not may_read_report(who, run):
        if run.is_solo:
            raise NotAllowed("This was played alone. Who played can give you the report as a file.")
        raise NotAllowed(
            "The report opens when the hot wash begins, so that everybody reads it together."
        )
    return run


def get_record(who: Who, run_id: str) -> AfterActionRecord:
    """What a run was and how it went, from its frozen copy and its log."""
    return record_of(get_finished(who, run_id))


def record_of(run: Run) -> AfterActionRecord:
    """The same, of a run in hand. Remembered: a log that did not grow gives the same record."""
    return _record(_Known(run.id, run.play.last_seq, run))


def get_facts(who: Who, run_id: str) -> AfterActionFacts:
    """Everything that the after-action report says. Notes are in it as far as the person may
    read them. Raises NotAllowed while the report may not be read."""
    run = get_finished(who, run_id)
    with reading(who) as work:
        team = work.find(Team, run.team_id or "")
        opened = work.find(Person, run.opened_by)
        names = (team.name if team else "", opened.name if opened and not run.is_solo else "")
    return AfterActionFacts(
        record=record_of(run),
        team=names[0],
        facilitator=names[1],
        notes=tuple(row.note for row in list_notes(who, run_id)),
        improvements=tuple(row.improvement for row in list_improvements(who, run_id)),
    )


@dataclass(frozen=True)
class _Known:
    """A run whose log ends at `last_seq`: that much tells what its record is."""

    run_id: str
    last_seq: int
    run: Run = field(compare=False)


@lru_cache(maxsize=256)
def _record(known: _Known) -> AfterActionRecord:
    run = known.run
    return after_action(run.scenario, run.log, run.policy)
