"""Who is reminded of which action, and when.

Three days before an action is due and one day after, its owner is told; seven days after, who owns
the post-mortem (or ran the exercise). Each is told once for a due date, and everything for a person
goes into one message a day. Somebody who asked for peace with a reason is told again on the day
they named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.rules.following.life import PROMISED
from models.rules.times import zone_named
from models.rules.vocabulary import ActionStatus

BEFORE, AFTER, LONG_AFTER = timedelta(days=3), timedelta(days=1), timedelta(days=7)
MORNING = time(8)  # in the person's zone: nobody is told at night
LONGEST_SNOOZE = timedelta(days=90)
LISTED = 20  # lines of a message; the others are counted


class Kind(StrEnum):
    SOON = "soon"
    LATE = "late"
    LONG_LATE = "long_late"
    AGAIN = "again"  # the peace that was asked for is over


@dataclass(frozen=True)
class Person:
    """Who can be told. `zone` is the IANA name of theirs."""

    id: str
    zone: str = "UTC"


@dataclass(frozen=True)
class Promise:
    """An action as reminders see it. `answers` owns the post-mortem or ran the exercise."""

    id: str
    text: str
    status: ActionStatus
    due_on: date | None
    snoozed_until: date | None
    owner: Person | None
    answers: Person | None = None


@dataclass(frozen=True)
class Sent:
    """A reminder that somebody got. `due_on` is the day that it was about."""

    action_id: str
    kind: Kind
    due_on: date
    person_id: str
    at: datetime


@dataclass(frozen=True)
class Line:
    promise: Promise
    kind: Kind
    due_on: date


@dataclass(frozen=True)
class Batch:
    """One message for one person: the longest overdue first."""

    person: Person
    lines: tuple[Line, ...]


def reminders_due(
    actions: Iterable[Promise], sent: Iterable[Sent], now: datetime
) -> tuple[Batch, ...]:
    """The messages to send at `now` (aware). Asking again with what was sent gives none."""
    told = tuple(sent)
    known = {(s.action_id, s.kind, s.due_on, s.person_id) for s in told}
    lately: dict[str, datetime] = {}
    for one in told:
        lately[one.person_id] = max(one.at, lately.get(one.person_id, one.at))
    found: dict[Person, list[Line]] = defaultdict(list)
    for promise in actions:
        for person, line in _lines(promise, now):
            key = (promise.id, line.kind, line.due_on, person.id)
            if key not in known and _may_be_told(person, lately.get(person.id), now):
                found[person].append(line)
    return tuple(
        Batch(person, tuple(sorted(lines, key=lambda line: (line.promise.due_on, line.promise.id))))
        for person, lines in sorted(found.items(), key=lambda pair: pair[0].id)
    )


def _lines(promise: Promise, now: datetime) -> Iterator[tuple[Person, Line]]:
    """What each person should have been told by now: of several things the last one only."""
    if promise.status not in PROMISED or promise.due_on is None:
        return
    due, until = promise.due_on, promise.snoozed_until
    if (owner := promise.owner) is not None:
        today = _day(owner, now)
        if until is not None and today >= until:
            yield owner, Line(promise, Kind.AGAIN, until)
        elif until is None and today >= due + LONG_AFTER and promise.answers in (None, owner):
            yield owner, Line(promise, Kind.LONG_LATE, due)
        elif until is None and today >= due + AFTER:
            yield owner, Line(promise, Kind.LATE, due)
        elif until is None and due - BEFORE <= today <= due:
            yield owner, Line(promise, Kind.SOON, due)
    if (other := promise.answers) is not None and other != promise.owner:
        today = _day(other, now)
        if today >= due + LONG_AFTER and (until is None or today >= until):
            yield other, Line(promise, Kind.LONG_LATE, due)


def _may_be_told(person: Person, last: datetime | None, now: datetime) -> bool:
    """In the daytime of theirs, and at most once a day."""
    local = now.astimezone(zone_named(person.zone))
    return local.time() >= MORNING and (last is None or _day(person, last) < local.date())


def _day(person: Person, at: datetime) -> date:
    return at.astimezone(zone_named(person.zone)).date()


def line_words(line: Line, today: date) -> str:
    """What a message says about one action, without its words: `due in 3 days, on 3 May 2024`."""
    due = line.promise.due_on or line.due_on
    on = f"{due.day} {due:%b %Y}"
    days = (due - today).days
    if days == 0:
        said = f"due today, {on}"
    elif days > 0:
        said = f"due in {days} {'day' if days == 1 else 'days'}, on {on}"
    else:
        said = f"due {on}, {-days} {'day' if days == -1 else 'days'} ago"
    return f"{said}; you asked to be told again now" if line.kind is Kind.AGAIN else said


def subject(batch: Batch) -> str:
    """The line above the message."""
    count = len(batch.lines)
    late = sum(line.kind is not Kind.SOON for line in batch.lines)
    if not late:
        return "An action of yours is due soon" if count == 1 else f"{count} actions are due soon"
    if count == 1:
        return "An action waits for you"
    return f"{count} actions wait for you"


def message(batch: Batch, now: datetime, names: dict[str, str], address: str = "") -> str:
    """The message as plain text. `names` are people by id; `address` is where Hotwash is, with no
    slash at its end, "" when nobody knows."""
    today = _day(batch.person, now)
    parts = []
    for line in batch.lines[:LISTED]:
        owner = line.promise.owner
        whose = ""
        if owner is None:
            whose = " It has no owner."
        elif owner != batch.person:
            whose = f" Its owner is {names.get(owner.id, 'somebody else')}."
        link = f"\n  {address}/action?id={line.promise.id}" if address else ""
        parts.append(f"- {line.promise.text}\n  {line_words(line, today)}.{whose}{link}")
    if len(batch.lines) > LISTED:
        parts.append(f"And {len(batch.lines) - LISTED} more, on the page Actions.")
    close = (
        "If one is done, say what shows it. If it will not be done, decline it with the reason. "
        "If it needs more time, move its date or ask for no reminders until a day that you choose."
    )
    return "\n\n".join((*parts, close)) + "\n"
