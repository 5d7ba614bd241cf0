"""What people say after an exercise, and everything that its report is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.rules.exercise.report import AfterActionRecord
from models.rules.vocabulary import ActionStatus


@dataclass(frozen=True)
class DebriefNote:
    """A silent note: the moment that somebody remembers, the gap that it showed, and what should
    follow. `objective` is an id, "" when the note is about the whole; `by` "" when anonymous."""

    objective: str
    question: str
    moment: str
    gap: str
    action: str
    by: str


@dataclass(frozen=True)
class Improvement:
    """An action that the debrief ended with. `objective` is an id or ""."""

    text: str
    owner: str
    due_on: date | None
    status: ActionStatus
    objective: str


@dataclass(frozen=True)
class AfterActionFacts:
    """`team` and `facilitator` are names as they are shown, "" when there is none."""

    record: AfterActionRecord
    team: str
    facilitator: str
    notes: tuple[DebriefNote, ...] = ()
    improvements: tuple[Improvement, ...] = ()
