"""An exercise that was opened and does not take place."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from models.rules.exercise import facilitating
from models.rules.exercise.commands import Request
from models.rules.exercise.events import FACILITATOR
from models.rules.policy import Thing, Who
from models.tables.exercise import ExercisePlan
from services.announcements import announce
from services.exercise_log import append, reached
from services.exercises import facilitated
from services.unit_of_work import writing


def call_off(who: Who, run_id: str) -> None:
    """A facilitator closes an exercise that has not begun: it leaves all lists and counts nowhere.
    One that was planned is ahead again, as its plan says. Again is no harm."""
    with writing(who) as work:
        row = facilitated(work, run_id)
        play, _ = reached(work, row)
        if play.called_off:
            return
        request = Request(work.now, FACILITATOR, "call off")
        append(work, row, play, facilitating.call_off(play, request))
        planned = update(ExercisePlan).where(col(ExercisePlan.run_id) == run_id)
        work.session.execute(planned.values(run_id=None))
        work.audit("exercise.called_off", Thing.EXERCISE, run_id)
    announce(run_id)
