"""What exercises leave behind: lists of runs, and the facts that reports and trends are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.exercise.hotwash import AfterActionFacts, Improvement
from models.rules.exercise.report import AfterActionRecord, after_action
from models.rules.policy import Thing, Verb, Who
from models.tables.exercise import (
    ExerciseFacilitator,
    ExerciseImprovement,
    ExercisePlayer,
    ExerciseRun,
)
from models.tables.people import Person, Team
from models.tables.postmortem import ActionItem
from services.debriefs import list_notes
from services.exercise_log import Run
from services.exercises import get_run
from services.unit_of_work import pick, reading


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
    """Every run that the person may know of, the newest first; another one's solo run only when
    it has ended."""
    r = ExerciseRun
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
            (col(ExercisePlayer.run_id) == col(r.id))
            & (col(ExercisePlayer.person_id) == who.person_id),
        )
        .outerjoin(
            ExerciseFacilitator,
            (col(ExerciseFacilitator.run_id) == col(r.id))
            & (col(ExerciseFacilitator.person_id) == who.person_id),
        )
        .where(~col(r.is_solo) | col(r.ended_at).is_not(None) | (r.opened_by == who.person_id))
        .order_by(col(r.created_at).desc(), r.id)
    )  # fmt: skip
    if scenario_id:
        query = query.where(r.scenario_id == scenario_id)
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        rows = work.session.exec(query).all()
    return tuple(
        RunRow(*row[:3], row[3] or "", *row[4:12], row[12] is not None, row[13] is not None)
        for row in rows
    )


def get_record(who: Who, run_id: str) -> AfterActionRecord:
    """What a run was and how it went, from its frozen copy and its log."""
    return record_of(get_run(who, run_id))


def record_of(run: Run) -> AfterActionRecord:
    """The same, of a run in hand. Remembered: a log that did not grow gives the same record."""
    return _record(_Known(run.id, run.play.last_seq, run))


def get_facts(who: Who, run_id: str) -> AfterActionFacts:
    """Everything that the after-action report says. Notes are in it as far as the person may
    read them."""
    run = get_run(who, run_id)
    query = (
        pick(
            ActionItem.text, Person.name, ActionItem.due_on, ActionItem.status,
            ExerciseImprovement.objective,
        )
        .join(ExerciseImprovement, col(ExerciseImprovement.action_id) == col(ActionItem.id))
        .outerjoin(Person, col(ActionItem.owner_id) == col(Person.id))
        .where(ExerciseImprovement.run_id == run_id)
        .order_by(ActionItem.due_on, ActionItem.id)
    )  # fmt: skip
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        team = work.find(Team, run.team_id or "")
        opened = work.find(Person, run.opened_by)
        improvements = work.session.exec(query).all()
        names = (team.name if team else "", opened.name if opened and not run.is_solo else "")
    return AfterActionFacts(
        record=record_of(run),
        team=names[0],
        facilitator=names[1],
        notes=tuple(row.note for row in list_notes(who, run_id)),
        improvements=tuple(
            Improvement(text, owner or "", due_on, status, objective)
            for text, owner, due_on, status, objective in improvements
        ),
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
