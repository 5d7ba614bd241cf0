"""What the talks with all trackers share. A talk is a generator that yields requests, is given
their answers and returns what it found out: it can be read, and tested, without a network."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from integrations.http import Answer, Request
from models.rules.evidence import check_link
from models.rules.problems import ProblemForUser
from models.rules.text import clean_line
from models.rules.tickets.draft import Draft
from models.rules.tickets.states import End, NotThere, Stage, TrackerProblem

T = TypeVar("T")
Talk = Generator[Request, Answer, T]
_FINE = range(200, 300)
_TOO_MANY = 429


@dataclass(frozen=True)
class Ticket:
    """A ticket that is there. `ref` is how the API calls it, `name` how people do."""

    ref: str
    name: str
    url: str


@dataclass(frozen=True)
class Reading:
    """How far a ticket is; `said` in the tracker's own words."""

    stage: Stage
    said: str


class Dialect(Protocol):
    """How one tracker is talked to."""

    def make(self, draft: Draft) -> Talk[Ticket]: ...
    def find(self, draft: Draft, since: datetime) -> Talk[Ticket | None]: ...
    def look(self, ref: str) -> Talk[Reading]: ...


def hold(talk: Talk[T], send: Callable[[Request], Answer]) -> T:
    """Holds a talk over `send`. Raises TrackerProblem."""
    try:
        request = next(talk)
        while True:
            request = talk.send(send(request))
    except StopIteration as end:
        result: T = end.value
        return result


def check(name: str, request: Request, answer: Answer, said: str = "") -> None:
    """Raises TrackerProblem for an answer that is no success; `said` are the tracker's words."""
    status = answer.status
    if status in _FINE:
        return
    words = f" It said: {clean_line(said[:300])}" if said else ""
    if status == _TOO_MANY or (status == 403 and _is_throttled(answer)):
        raise TrackerProblem(End.STOPPED, f"{name} takes no more requests now. {_pause(answer)}")
    if status == 401:
        raise TrackerProblem(End.STOPPED, f"{name} does not accept the token of the settings.")
    if status == 403:
        raise TrackerProblem(End.STOPPED, f"{name} does not let this token do that.{words}")
    if status in (404, 410):
        raise NotThere(End.STOPPED, f"{name} knows no such place, or hides it from this token.")
    if status >= 500:
        end = End.UNKNOWN if request.makes else End.STOPPED
        raise TrackerProblem(end, f"{name} has trouble of its own (status {status}).")
    if status in range(300, 400):
        raise TrackerProblem(
            End.STOPPED, f"{name} sent Hotwash elsewhere, where it does not follow with a token. "
            "Check the address in the settings."
        )  # fmt: skip
    raise TrackerProblem(End.REFUSED, f"{name} did not take it (status {status}).{words}")


def unreadable(name: str, request: Request) -> TrackerProblem:
    """For an answer that is a success and not what it should be."""
    end = End.UNKNOWN if request.makes else End.STOPPED
    return TrackerProblem(end, f"{name} gave an answer that Hotwash cannot read.")


def dig(value: Any, *path: str | int) -> Any:
    """What stands at a place in JSON, None where there is no such place."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def text(value: Any, limit: int = 200) -> str:
    """A short text in JSON, on one line; "" for anything else."""
    return clean_line(value[:limit]) if isinstance(value, str) else ""


def ticket(ref: Any, name: str, url: Any) -> Ticket | None:
    """The ticket, when all that is known of it can be kept."""
    known = text(ref)
    try:
        link = check_link(url) if isinstance(url, str) else ""
    except ProblemForUser:
        return None
    return Ticket(known, name, link) if known and name and link else None


def _is_throttled(answer: Answer) -> bool:
    return "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"


def _pause(answer: Answer) -> str:
    seconds = answer.headers.get("retry-after", "")
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 6):
        return "Try again in some minutes."
    return f"Try again in {seconds} seconds."
