"""The parts of a review meeting with their time boxes, and what to ask in each, with why it works.

The order is fixed because it works: what happened before why, what people noticed before what will
be done. A solution that comes first ends the looking.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.rules.problems import ProblemForUser

SHORTEST_MIN, LONGEST_MIN, USUAL_MIN = 25, 90, 60


class PartKind(StrEnum):
    TIMELINE = "timeline"
    WHYS = "whys"
    LESSONS = "lessons"
    ACTIONS = "actions"
    CLOSE = "close"


@dataclass(frozen=True)
class Question:
    """What to ask, and why it works."""

    text: str
    why: str


@dataclass(frozen=True)
class Part:
    """A time box. `share` is its minutes in a meeting of USUAL_MIN; `read_aloud` is said to all,
    `guide` is for the facilitator."""

    kind: PartKind
    title: str
    share: int
    read_aloud: str
    questions: tuple[Question, ...]
    guide: str


AGENDA: tuple[Part, ...] = (
    Part(
        PartKind.TIMELINE,
        "What happened",
        15,
        "We walk through the timeline once, forwards, from before anybody noticed. Add what is "
        "missing and correct what is wrong. What to do about it comes later.",
        (
            Question(
                "What did you see at that moment, and what did it tell you?",
                "It asks for the view from inside. What is obvious today was on nobody's screen "
                "then.",
            ),
            Question(
                "What had happened before the first line of this timeline?",
                "The story begins before it was noticed. Otherwise early signs and older changes "
                "are left out.",
            ),
            Question(
                "Which line is wrong, missing, or a judgement rather than a fact?",
                "Once the facts are agreed on, nobody has to argue about them in the later parts.",
            ),
        ),
        "If somebody proposes a solution, thank them, ask them to put it on a card or keep it for "
        "the actions, and go on with the next line.",
    ),
    Part(
        PartKind.WHYS,
        "How it could happen",
        15,
        "We look for what made this possible and what made it hard to stop. There are several "
        "answers, and none of them is a person.",
        (
            Question(
                "How did this make sense to everybody at the time?",
                "“How” asks for a description. “Why did you” asks for a defence.",
            ),
            Question(
                "What made it hard to see, or slow to undo?",
                "It turns from the trigger to what we can change: signals, tools, ways back.",
            ),
            Question(
                "What else had to be so for this to happen?",
                "One cause ends the talk. Conditions are many, and each is a place to act.",
            ),
        ),
        "If an answer ends at a person, ask what they saw and what the system let them do. Stop "
        "where the answers leave what the team can change.",
    ),
    Part(
        PartKind.LESSONS,
        "What went well and wrong",
        15,
        "First everybody writes alone, without talking. Then we look at all cards together, group "
        "them, and vote for what matters most.",
        (
            Question(
                "What helped, that we want to have again the next time?",
                "What works is invisible until somebody names it, and is the first to be cut.",
            ),
            Question(
                "Where did we get lucky?",
                "Luck is no safeguard. What held by chance this time is a gap the next time.",
            ),
            Question(
                "What surprised you?",
                "A surprise shows where the system is not what we believed it to be.",
            ),
        ),
        "Keep the silence until most have stopped writing. Read the cards aloud without asking who "
        "wrote them. Let those who have said little begin.",
    ),
    Part(
        PartKind.ACTIONS,
        "What we do about it",
        10,
        "Few actions, each with a verb, one owner who is here or has agreed, and a date. Deciding "
        "to do nothing about something, with the reason, is an answer too.",
        (
            Question(
                "What is the smallest change that would make this rarer, or much shorter?",
                "Large changes are promised and not done. A small one can be finished.",
            ),
            Question(
                "Who owns it, and what will they put aside for it?",
                "A promise that costs nothing was not planned. One name is worth more than a team.",
            ),
            Question(
                "What do we leave as it is, on purpose?",
                "Said aloud, it keeps the list short enough to be done.",
            ),
        ),
        "They stay proposals until the post-mortem is published. Two days in between do them good.",
    ),
    Part(
        PartKind.CLOSE,
        "What each takes along",
        5,
        "One sentence from everybody, in turn, without comment. Then two questions on your own "
        "screen, without a name.",
        (
            Question(
                "What will you do differently tomorrow?",
                "What is said aloud is remembered, and shows whether the hour was worth it.",
            ),
            Question(
                "What is still open, and who finds out?",
                "An open question that is written down is not lost, and nobody has to guess.",
            ),
        ),
        "Say when the post-mortem will be published, and who reads it before. Thank everybody.",
    ),
)  # fmt: skip


def time_boxes(minutes: int) -> tuple[int, ...]:
    """Whole minutes for each part of the agenda, together exactly `minutes`. What does not come
    out even goes to the parts that lose most by it. Raises ProblemForUser for another length than
    25 to 90 minutes."""
    if not SHORTEST_MIN <= minutes <= LONGEST_MIN:
        raise ProblemForUser(
            f"A review meeting takes {SHORTEST_MIN} to {LONGEST_MIN} minutes. For a longer one, "
            "make it two: people stop learning when they are tired.",
            field="minutes",
        )
    exact = [part.share * minutes / USUAL_MIN for part in AGENDA]
    boxes = [int(box) for box in exact]
    by_loss = sorted(range(len(AGENDA)), key=lambda n: (boxes[n] - exact[n], n))
    for place in by_loss[: minutes - sum(boxes)]:
        boxes[place] += 1
    return tuple(boxes)
