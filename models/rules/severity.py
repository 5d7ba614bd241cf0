"""Severity: what each level means, and the decision tree that leads to it.

The levels and the tree are the standard ones of incident response. In doubt, take the higher:
"not sure" therefore counts as the answer that leads to the higher level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.vocabulary import Severity

YES, NO, NOT_SURE = "yes", "no", "not sure"
ANSWERS = (YES, NO, NOT_SURE)


@dataclass(frozen=True)
class Level:
    impact: str
    response: str
    example: str


LEVELS: dict[Severity, Level] = {
    Severity.SEV0: Level(
        "Complete outage, critical data loss, or payments down",
        "Page at once at any hour; everyone needed joins; executives are told",
        "The API is down for every customer",
    ),
    Severity.SEV1: Level(
        "A major function degraded for many customers",
        "Page in business hours, escalate outside them; a commander is assigned",
        "15 % of requests fail, or a critical feature is gone",
    ),
    Severity.SEV2: Level(
        "A minor function impaired for few users",
        "Mail or chat alert, worked on the next business day",
        "A feature that is not critical is slow",
    ),
    Severity.SEV3: Level(
        "Cosmetic; no customer function affected",
        "A ticket and planned work",
        "A wrong word or a visual fault",
    ),
}


@dataclass(frozen=True)
class Question:
    """One question of the tree. `unsure_means` is the answer that leads to the higher level."""

    key: str
    text: str
    yes: str | Severity
    no: str | Severity
    unsure_means: str


TREE: dict[str, Question] = {
    q.key: q
    for q in (
        Question(
            "down",
            "Is production completely down, or is critical data at risk?",
            yes=Severity.SEV0,
            no="major",
            unsure_means=YES,
        ),
        Question(
            "major",
            "Is a major function degraded?",
            yes="workaround",
            no="customers",
            unsure_means=YES,
        ),
        Question(
            "workaround",
            "Is there a workaround for customers?",
            yes=Severity.SEV1,
            no=Severity.SEV0,
            unsure_means=NO,
        ),
        Question(
            "customers",
            "Are customers impacted?",
            yes=Severity.SEV2,
            no=Severity.SEV3,
            unsure_means=YES,
        ),
    )
}
START = "down"


def walk(answers: Sequence[tuple[str, str]]) -> Question | Severity:
    """Follows (question key, answer) pairs from the start: the next question, or the level.

    Answers that do not belong to the path (left over from an earlier one) are ignored.
    Raises ValueError for an answer that is none of ANSWERS.
    """
    given = dict(answers)
    step: str | Severity = START
    while not isinstance(step, Severity):
        question = TREE[step]
        answer = given.get(question.key)
        if answer is None:
            return question
        if answer not in ANSWERS:
            raise ValueError(f"not an answer: {answer!r}")
        if answer == NOT_SURE:
            answer = question.unsure_means
        step = question.yes if answer == YES else question.no
    return step


def path_taken(answers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The (question in words, answer) pairs that were on the path, to be kept on the record."""
    given = dict(answers)
    asked: list[tuple[str, str]] = []
    kept: list[tuple[str, str]] = []
    while isinstance(question := walk(asked), Question) and question.key in given:
        asked.append((question.key, given[question.key]))
        kept.append((question.text, given[question.key]))
    return tuple(kept)
