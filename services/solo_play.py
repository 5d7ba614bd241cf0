"""Playing alone: a person has one unfinished run of a scenario, and goes on with that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col

from models.rules.exercise.facilitating import end
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotAllowed
from models.rules.scenario.shape import Scenario
from models.tables.exercise import ExerciseRun
from services.exercises import act_as_facilitator, get_run, open_run
from services.people import person_of
from services.unit_of_work import pick, reading


@dataclass(frozen=True)
class Unfinished:
    """A run that the person began alone and has not ended. `begun_at` is UTC."""

    run_id: str
    title: str
    begun_at: datetime


def play_alone(who: Who, scenario: Scenario) -> str:
    """The id of the person's own run of this scenario: the unfinished one if there is one, so
    that a second click opens no second, otherwise a new one."""
    found = _newest_unfinished(who, scenario.id)
    return found.run_id if found else open_run(who, scenario, solo=True)


def leave_alone(who: Who, run_id: str) -> None:
    """Ends an exercise that the person plays alone, before its story does; a second click changes
    nothing. What was done in it stays to be read. Raises NotAllowed for one with others."""
    if not get_run(who, run_id).is_solo:
        raise NotAllowed("Others play in this exercise too. Its facilitator can end it early.")
    act_as_facilitator(who, run_id, end, "Left by the person who played it.", click="left")


def find_unfinished(who: Who) -> Unfinished | None:
    """What the person last began alone and can go on with; None when there is nothing."""
    return _newest_unfinished(who)


def _newest_unfinished(who: Who, scenario_id: str = "") -> Unfinished | None:
    r = ExerciseRun
    query = (
        pick(r.id, r.title, r.created_at)
        .where(r.opened_by == person_of(who), r.is_solo, col(r.ended_at).is_(None))
        .order_by(col(r.created_at).desc(), r.id)
        .limit(1)
    )
    if scenario_id:
        query = query.where(r.scenario_id == scenario_id)
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        row = work.session.exec(query).first()
    return Unfinished(*row) if row else None
