"""The life of an action: idea → proposed → accepted → in progress → done, or declined.

A step may be left out on the way forward, but an idea is proposed or accepted before it is worked
on. What is over can be opened again; its history stays. Done needs a proof and declined a reason
(FIELD.md, "Post-mortem" point 6: declining with a reason is honourable).
"""

from __future__ import annotations

from models.rules.problems import ProblemForUser
from models.rules.vocabulary import ActionStatus, words

NOTED, P, A, W, D, X = (
    ActionStatus.IDEA,
    ActionStatus.PROPOSED,
    ActionStatus.ACCEPTED,
    ActionStatus.IN_PROGRESS,
    ActionStatus.DONE,
    ActionStatus.DECLINED,
)
MOVES: dict[ActionStatus, tuple[ActionStatus, ...]] = {
    NOTED: (P, A, X),
    P: (NOTED, A, W, D, X),
    A: (P, W, D, X),
    W: (A, D, X),
    D: (A, W),
    X: (NOTED, P, A),
}
OPEN = (P, A, W)  # what can be late: a proposal that nobody decides on is not done either
PROMISED = (A, W)  # given, and not over
OVER = (D, X)
EVER_PROMISED = (A, W, D)


def check_move(old: ActionStatus, new: ActionStatus, word: str) -> None:
    """Raises ProblemForUser when the move is not one of the life, or when `word`, the proof of
    what is done or the reason of what is declined, is missing."""
    if new != old and new not in MOVES[old]:
        ways = " or ".join(words(way) for way in MOVES[old])
        raise ProblemForUser(
            f"An action that is {_now(old)} cannot become {words(new)} in one step. "
            f"It can become {ways}.",
            field="status",
        )
    if new is X and not word:
        raise ProblemForUser(
            "Say why it was decided not to do this; the reason is part of the record.",
            field="reason",
        )
    if new is D and not word:
        raise ProblemForUser(
            "Say what shows that it is done, with a link or in a few words; that is part of the "
            "record.",
            field="reason",
        )


def word_after(old: ActionStatus, new: ActionStatus, word: str) -> str:
    """The proof or reason that still holds after a move: none when it is opened again."""
    return "" if old in OVER and new not in OVER else word


def _now(status: ActionStatus) -> str:
    return "only an idea" if status is NOTED else words(status)
