"""Looking back at runs: step by step, and beside another run of the same scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sqlmodel import col, select

from models.rules.exercise.comparison import Comparison, compare
from models.rules.exercise.comparison import Run as Side
from models.rules.exercise.replay import Replay, replay
from models.rules.policy import Thing, Verb, Who
from models.rules.times import zone_named
from models.tables.exercise import ExerciseEvent, ExerciseRun
from services.exercise_log import Run
from services.exercise_records import RunRow, get_finished, list_runs
from services.unit_of_work import reading


@dataclass(frozen=True)
class Comparable:
    """Another run of the same scenario. `name` says whose it was and when."""

    id: str
    name: str


def get_replay(who: Who, run_id: str) -> Replay:
    """A run to step through. Remembered for the runs that were looked at last. Raises NotAllowed
    while its report may not be read."""
    run = get_finished(who, run_id)
    return _replay(_Known(run.id, run.play.last_seq, run))


def list_comparable(who: Who, run_id: str) -> tuple[Comparable, ...]:
    """The other runs of the scenario that have ended and whose report the person may read, the
    newest first."""
    scenario = get_finished(who, run_id).scenario.id
    shown_to_all = (
        select(ExerciseEvent.run_id)
        .join(ExerciseRun, col(ExerciseEvent.run_id) == col(ExerciseRun.id))
        .where(ExerciseRun.scenario_id == scenario, ExerciseEvent.kind == "revealed")
    )
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        shown = set(work.session.exec(shown_to_all))
    return tuple(
        Comparable(row.id, _name(who, row))
        for row in list_runs(who, scenario_id=scenario)
        if row.id != run_id
        and row.ended_at is not None
        and (row.is_solo or row.is_facilitator or row.id in shown)
    )


def get_comparison(who: Who, run_id: str, other_id: str) -> Comparison:
    """Both runs, the first as “This run”, measured by its thresholds. Raises NotAllowed while the
    report of one of them may not be read, and ProblemForUser for runs of different scenarios."""
    first, second = get_finished(who, run_id), get_finished(who, other_id)
    rows = list_runs(who, scenario_id=second.scenario.id)
    name = next(_name(who, row) for row in rows if row.id == second.id)
    return compare(
        Side("This run", first.scenario, first.log),
        Side(name, second.scenario, second.log),
        first.policy,
    )


def _name(who: Who, row: RunRow) -> str:
    """`Payments, 12 May 2026, 10:00`: the team, or who opened it."""
    at = (row.started_at or row.created_at).astimezone(zone_named(who.zone))
    return f"{row.team or row.opened_by}, {at:%-d %b %Y, %H:%M}"


@dataclass(frozen=True)
class _Known:
    """A run whose log ends at `last_seq`: that much tells what its replay is."""

    run_id: str
    last_seq: int
    run: Run = field(compare=False)


@lru_cache(maxsize=8)
def _replay(known: _Known) -> Replay:
    return replay(known.run.scenario, known.run.log)
