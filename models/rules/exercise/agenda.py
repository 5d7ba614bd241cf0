"""The talk right after an exercise, in time boxes: what to read aloud, what to ask, and how it ends
in actions.

The order is fixed because it works: rules first, everybody writes alone before anybody speaks (so
that the loudest voice does not set the theme), what the log shows before what people think of it,
and solutions last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.rules.exercise.facts import at_minute
from models.rules.exercise.report import AfterActionRecord
from models.rules.exercise.scoring import ObjectiveResult
from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Scenario

SHORTEST_MIN, LONGEST_MIN = 5, 30
ACTIONS_AT_MOST = 3
_RECAP_FROM_MIN = 12  # a shorter talk goes to the questions at once
_QUESTION_MIN, _QUESTION_IN_HASTE_MIN = 2, 1
_HASTE_BELOW_MIN = 10

Kind = Literal["rules", "silent", "recap", "objective", "gaps", "close"]


@dataclass(frozen=True)
class Part:
    """A time box. `objective` is an id, "" where the part is about the whole; `evidence` are
    sentences from the log to show beside the questions; `guide` is for the facilitator."""

    kind: Kind
    title: str
    minutes: int
    read_aloud: str
    questions: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    guide: str = ""
    objective: str = ""


def agenda(scenario: Scenario, record: AfterActionRecord, minutes: int) -> tuple[Part, ...]:
    """The parts of a talk of 5 to 30 minutes, together exactly that long. Objectives come in the
    order of need: the least reached first, then those that nothing could show; what does not fit
    is named in the last part. Raises ProblemForUser for another length."""
    if not SHORTEST_MIN <= minutes <= LONGEST_MIN:
        raise ProblemForUser(
            f"The talk takes {SHORTEST_MIN} to {LONGEST_MIN} minutes. Longer ones are better as a "
            "meeting of their own.",
            field="minutes",
        )
    silent, gaps, close = max(1, minutes // 6), max(1, minutes // 4), max(1, minutes // 15)
    recap = minutes // 10 if minutes >= _RECAP_FROM_MIN else 0
    left = minutes - 1 - silent - recap - gaps - close
    each = _QUESTION_MIN if minutes >= _HASTE_BELOW_MIN else _QUESTION_IN_HASTE_MIN
    objectives = _by_need(record)
    asked = objectives[: max(1, left // each)]
    boxes = _shared(left, len(asked))
    parts = [_rules(), _silent(silent)]
    if recap:
        parts.append(_recap(scenario, record, recap))
    parts += [
        _objective(scenario, record, objective, box)
        for objective, box in zip(asked, boxes, strict=True)
    ]
    return (*parts, _gaps(gaps), _close(scenario, close, objectives[len(asked) :]))


def without_time(scenario: Scenario, parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The objectives that have no part of their own, in the order of the scenario."""
    asked = {part.objective for part in parts}
    return tuple(one.text for one in scenario.objectives if one.id not in asked)


def enough_minutes(scenario: Scenario, record: AfterActionRecord) -> int | None:
    """From how many minutes on every objective has a part; None where no talk is long enough. A
    talk in haste may have them all, and one that is a little longer not."""
    enough: int | None = None
    for minutes in range(LONGEST_MIN, SHORTEST_MIN - 1, -1):
        if without_time(scenario, agenda(scenario, record, minutes)):
            break
        enough = minutes
    return enough


def _by_need(record: AfterActionRecord) -> list[ObjectiveResult]:
    def need(objective: ObjectiveResult) -> tuple[bool, float]:
        return objective.share is None, objective.share or 0

    return sorted(record.score.objectives, key=need)


def _shared(minutes: int, parts: int) -> list[int]:
    """Whole minutes, the first ones a minute longer where it does not come out even."""
    size, more = divmod(minutes, parts)
    return [size + (n < more) for n in range(parts)]


def _rules() -> Part:
    return Part(
        "rules",
        "How we talk",
        1,
        "The exercise is over; step out of your role. We talk about what the situation made easy "
        "or hard, and not about who was good. Everybody did what made sense with what they saw. "
        "Say “I saw”, “I thought”, “I did not know”. Nothing said here is used to judge anyone.",
        guide="Whoever led the exercise speaks last. If a sentence is about a person, ask what "
        "that person could see at that moment.",
    )


def _silent(minutes: int) -> Part:
    return Part(
        "silent",
        "Everybody writes alone",
        minutes,
        "Write without talking. One moment that you remember. The gap that it showed: what was "
        "missing, unclear or slow. And one thing that we could do about it. Half a sentence each "
        "is enough.",
        ("Which moment do you remember?", "Which gap did it show?", "What could we do about it?"),
        guide="Keep the silence to the end of the time, also when the first have finished.",
    )


def _recap(scenario: Scenario, record: AfterActionRecord, minutes: int) -> Part:
    turns = [line for line in record.timeline if line.group in ("decision", "act")]
    shown = tuple(f"{at_minute(x.story).capitalize()}: {x.text}" for x in turns[:8])
    ended = f" It ended with “{record.ending_title}”." if record.ending_title else ""
    return Part(
        "recap",
        "What happened",
        minutes,
        f"This is what the log shows, without judgement.{ended} Correct what is wrong or missing.",
        tuple(scenario.debrief.hot_wash) or ("What did we know, and when did we know it?",),
        shown,
        "Facts only. Opinions have their place in the next parts.",
    )


def _objective(
    scenario: Scenario, record: AfterActionRecord, objective: ObjectiveResult, minutes: int
) -> Part:
    questions = tuple(q.text for q in scenario.debrief.questions if q.objective == objective.id)
    seen = tuple(
        r.sentence
        for r in record.score.rules
        if r.rule in objective.rules and r.value is not None and r.sentence
    )
    noted = tuple(o.text for o in record.observations if o.objective == objective.id)
    if objective.share is None:
        guide = "Nothing in the log shows this. Rely on what people saw."
    elif objective.share == 1:
        guide = "This went as intended. Ask what made it easy, so that it stays so."
    else:
        guide = "Ask what the situation looked like from the seat concerned, before asking why."
    return Part(
        "objective",
        objective.text,
        minutes,
        "Read the question, wait, and begin with somebody who has said little.",
        questions or ("What helped us with this, and what was in the way?",),
        (*seen, *noted),
        guide,
        objective.id,
    )


def _gaps(minutes: int) -> Part:
    return Part(
        "gaps",
        "From the moment to the gap to the action",
        minutes,
        "Now look at the notes. Which gaps were noticed more than once? Take the one that would "
        f"hurt most in a real incident. At most {ACTIONS_AT_MOST} actions: each begins with a "
        "verb, has one owner who is in this room or has agreed, and a date.",
        ("Which gap would hurt most?", "What is the smallest step that closes it?",
         "Who owns it, and until when?"),
        guide="An idea without an owner is a note. Deciding to do nothing, with a reason, is an "
        "answer too.",
    )  # fmt: skip


def _close(scenario: Scenario, minutes: int, left_out: list[ObjectiveResult]) -> Part:
    later = "; ".join(objective.text for objective in left_out)
    return Part(
        "close",
        "What each takes along",
        minutes,
        "One sentence from each, in turn, without comment. Thank you for playing.",
        (scenario.debrief.takeaway_prompt,),
        guide=f"There was no time for: {later}. Ask for it in writing." if later else "",
    )
