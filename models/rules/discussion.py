"""What people say to each other about a draft: which part it is about, and corrections that they
propose for the timeline.

A part is a word: the name of a step (`timeline`), `summary`, or a kind and what it is about
(`impact:customers`, `event:<id>`, `why:<id>`, `lesson:<id>`, `action:<id>`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.rules.problems import ProblemForUser
from models.rules.record import PostmortemRecord
from models.rules.review import Step
from models.rules.vocabulary import EventKind, ImpactKind, label

SHORT = 90  # characters of what a comment is about
_STEPS: dict[str, Step] = {
    "summary": Step.REVIEW,
    "impact": Step.IMPACT,
    "event": Step.TIMELINE,
    "why": Step.WHY,
    "lesson": Step.LEARNED,
    "action": Step.ACTIONS,
}


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class EventWords:
    """What a correction is about: when (aware, UTC), what, and of which kind."""

    at: datetime
    text: str
    kind: EventKind

    def changes_from(self, other: EventWords) -> tuple[str, ...]:
        """The fields that differ, as they are called in a timeline event."""
        names = ("at", "text", "kind")
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


def step_of(part: str) -> Step:
    """The step of the workspace on which a part stands. Raises ProblemForUser for no part."""
    kind, _, what = part.partition(":")
    if part in set(Step):
        return Step(part)
    if kind in _STEPS and bool(what) == (kind != "summary"):
        return _STEPS[kind]
    raise ProblemForUser("Say which part of the post-mortem the comment is about.")


def parts_of(record: PostmortemRecord) -> dict[str, str]:
    """Every part that a post-mortem has now, in the order of its steps, with what it says in
    short. What is not in here (any more) was removed."""
    found: dict[str, str] = {}
    for step in Step:
        found[step.value] = f"{label(step)}, as a whole"
        found.update({part: short(text) for part, text in _inside(record, step).items()})
    return found


def _inside(record: PostmortemRecord, step: Step) -> dict[str, str]:
    match step:
        case Step.TIMELINE:
            return {f"event:{event.id}": event.text for event in record.events}
        case Step.IMPACT:
            return {f"impact:{kind}": f"Impact: {label(kind)}" for kind in ImpactKind}
        case Step.WHY:
            return {f"why:{w.id}": w.text for root in record.whys for _, w in root.walk()}
        case Step.LEARNED:
            return {f"lesson:{lesson.id}": lesson.text for lesson in record.lessons}
        case Step.ACTIONS:
            return {f"action:{action.id}": action.text for action in record.actions}
        case Step.REVIEW:
            return {"summary": "Summary"}
        case _:
            return {}


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def may_decide(person_id: str | None, deciders: frozenset[str]) -> bool:
    """Whether somebody may accept corrections: who owns the post-mortem or leads its meeting;
    anybody while nobody does."""
    return person_id is not None and (not deciders or person_id in deciders)
