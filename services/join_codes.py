"""The codes by which people find what they take part in: each belongs to one exercise or one
meeting."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal

from sqlmodel import select

from models.rules.join_code import RANDOM_BYTES, make_join_code, read_join_code
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotFound, ProblemForUser
from models.tables.exercise import ExerciseRun
from models.tables.meeting import Meeting
from services.unit_of_work import Work, reading


@dataclass(frozen=True)
class Joinable:
    """What a code belongs to, and its id."""

    kind: Literal["exercise", "meeting"]
    id: str


def find_by_code(who: Who, code: str) -> Joinable:
    """What a join code belongs to, however it was typed. Raises NotFound, and ProblemForUser for
    what cannot be a code."""
    read = read_join_code(code)
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        work.require(Verb.READ, Thing.MEETING)
        found = _belongs_to(work, read)
    if found is None:
        raise NotFound(
            "No exercise and no meeting has this code. Read it again from the facilitator's screen."
        )
    return found


def free_code(work: Work) -> str:
    """Part of a transaction: a code that nothing has."""
    for _ in range(100):
        code = make_join_code(secrets.token_bytes(RANDOM_BYTES))
        if _belongs_to(work, code) is None:
            return code
    raise ProblemForUser("No join code could be made. Try again.")


def _belongs_to(work: Work, code: str) -> Joinable | None:
    run = select(ExerciseRun.id).where(ExerciseRun.join_code == code)
    if run_id := work.session.exec(run).first():
        return Joinable("exercise", run_id)
    meeting = select(Meeting.id).where(Meeting.join_code == code)
    if meeting_id := work.session.exec(meeting).first():
        return Joinable("meeting", meeting_id)
    return None
