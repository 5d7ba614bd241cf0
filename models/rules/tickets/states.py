"""How far a push is, how far the ticket is, and how a try can end.

A try whose end nobody knows is the one to fear: the tracker may have made the ticket. It is looked
for by its mark before another is made, and not before `SETTLING` is over, because trackers may
still work on a request that nobody waits for, and their search lags behind.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from models.rules.problems import ProblemForUser

SETTLING = timedelta(minutes=2)
FORSAKEN = timedelta(minutes=5)  # longer than any try can take with the time limits of http.py


class PushState(StrEnum):
    """`unsure`: the ticket may or may not be there. `failed`: it surely is not."""

    SENDING = "sending"
    MADE = "made"
    UNSURE = "unsure"
    FAILED = "failed"


class Stage(StrEnum):
    """What the words of any tracker come down to. `gone`: not there, or not for our token."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"
    GONE = "gone"


STAGE_WORDS = {
    Stage.OPEN: "open",
    Stage.IN_PROGRESS: "in progress",
    Stage.DONE: "done",
    Stage.DROPPED: "closed without being done",
    Stage.GONE: "not there any more, or not shown to Hotwash",
}


class End(StrEnum):
    """How a try ended that made no ticket. `refused`: this one. `stopped`: any other would be
    refused too. `unknown`: it may have been made."""

    REFUSED = "refused"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class TrackerProblem(ProblemForUser):
    """A tracker did not do what it was asked for; the message says so to a person."""

    def __init__(self, end: End, message: str) -> None:
        super().__init__(message)
        self.end = end


class NotThere(TrackerProblem):
    """The tracker knows no such thing, or does not show it to our token."""


class Step(StrEnum):
    """What a push does next."""

    MAKE = "make"
    LOOK = "look"  # it may be there already
    LEAVE = "leave"  # it is there
    WAIT = "wait"  # somebody else is at it


def next_step(state: PushState, claimed_at: datetime, now: datetime) -> Step:
    """What another push does about an action that was pushed before."""
    if state is PushState.MADE:
        return Step.LEAVE
    if state is PushState.UNSURE:
        return Step.LOOK
    if state is PushState.SENDING:
        return Step.LOOK if now - claimed_at > FORSAKEN else Step.WAIT
    return Step.MAKE


def may_make_again(tried_at: datetime, now: datetime) -> bool:
    """Whether a ticket that was not found can be made anew: the last try has settled."""
    return now - tried_at > SETTLING
