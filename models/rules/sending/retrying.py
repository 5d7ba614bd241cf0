"""How a try to hand a message to the mail server can end, and when the next one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)  # after the first try, the second, and so on; then somebody has to look


class MailState(StrEnum):
    """`unsure`: the end of a try is unknown, so that another could send it twice."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"


class End(StrEnum):
    """How a try ended. `later` for what may go well another time (RFC 5321: 4yz, and whatever
    happens before the server saw the message), `unreachable` if that is about the server rather
    than the message, `refused` for good (5yz), `unknown` when the message was on its way and no
    answer came back."""

    TAKEN = "taken"
    LATER = "later"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Delivery:
    """The end of one try, with the problem in a whole sentence ("" when it was taken)."""

    end: End
    problem: str = ""


@dataclass(frozen=True)
class After:
    """What becomes of a message after a try."""

    state: MailState
    next_try_at: datetime | None = None


def after_try(end: End, tries: int, now: datetime) -> After:
    """What follows a try that ended like this, the `tries`th. What may go well later is tried
    again after growing pauses, until those are used up."""
    if end is End.TAKEN:
        return After(MailState.SENT)
    if end is End.UNKNOWN:
        return After(MailState.UNSURE)
    if end is End.REFUSED or tries > len(PAUSES):
        return After(MailState.FAILED)
    return After(MailState.WAITING, now + PAUSES[tries - 1])
