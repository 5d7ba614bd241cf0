"""Exercises ahead: one, or a monthly series, on the clock of the people's own zone."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Scenario
from models.rules.scenario.wording import counted
from models.rules.times import LATEST_YEAR, zone_named

SHORTEST_MIN, LONGEST_MIN = 10, 480
SERIES_AT_MOST = 36  # exercises, three years of monthly drills


class Weekday(IntEnum):
    """As `date.weekday()` counts."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True)
class OnWeekday:
    """The `which`th such day of each month, 1 to 4, or -1 for the last."""

    which: int
    weekday: Weekday


@dataclass(frozen=True)
class OnDay:
    """The same day of each month, 1 to 31; where a month is shorter, its last day."""

    day: int


@dataclass(frozen=True)
class MonthlySeries:
    """`at` is the time on the wall in `zone`, an IANA name; `every` counts months."""

    on: OnWeekday | OnDay
    at: time
    zone: str
    every: int = 1


@dataclass(frozen=True)
class Invited:
    """Somebody who is asked to come, perhaps with a seat. `email` is "" where none is known."""

    name: str
    email: str = ""
    seat: str = ""


@dataclass(frozen=True)
class PlannedExercise:
    """`starts_at` is aware, `zone` the one it was planned in. `sequence` counts the changes that
    calendars must hear of; `id` stays the same through all of them."""

    id: str
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    people: tuple[Invited, ...] = ()
    note: str = ""
    sequence: int = 0

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def expand(series: MonthlySeries, from_on: date, count: int) -> tuple[datetime, ...]:
    """The first `count` moments of a series (UTC) on `from_on` or later, in order.

    The time on the wall stays the same across daylight saving. Raises ProblemForUser for a rule or
    a count that cannot be meant.
    """
    _check(series, count)
    found: list[datetime] = []
    month = from_on.year * 12 + from_on.month - 1
    while len(found) < count:
        year, number = divmod(month, 12)
        if year > LATEST_YEAR:
            raise ProblemForUser(f"The series goes beyond the year {LATEST_YEAR}.", field="date")
        on = _day_in(series.on, year, number + 1)
        if on >= from_on:
            found.append(begins_at(on, series.at, series.zone))
        month += series.every if found else 1  # months are counted from the first exercise
    return tuple(found)


def begins_at(on: date, at: time, zone: str) -> datetime:
    """The moment (UTC) of a time on the wall in `zone`, an IANA name. On a day on which it is
    skipped the exercise begins as much later as the clocks went forward; where it comes twice, the
    first counts (RFC 5545, 3.3.5)."""
    return datetime.combine(on, at, zone_named(zone)).replace(fold=0).astimezone(UTC)


def in_words(series: MonthlySeries) -> str:
    """`On the first Tuesday of each month at 14:00 (Europe/Berlin)`."""
    months = "each month" if series.every == 1 else f"every {_ordinal(series.every)} month"
    if isinstance(series.on, OnWeekday):
        which = "last" if series.on.which == -1 else _ORDINALS[series.on.which - 1]
        day = f"the {which} {series.on.weekday.name.capitalize()} of {months}"
    else:
        day = f"the {_ordinal(series.on.day)} of {months}"
        if series.on.day > 28:
            day += ", or its last day"
    return f"On {day} at {series.at:%H:%M} ({series.zone})"


def check_planned(planned: PlannedExercise, scenario: Scenario, now: datetime) -> None:
    """Raises ProblemForUser when an exercise cannot be planned like this: in the past, too short
    or long, with seats that the scenario does not have, or a seat or a person twice."""
    zone_named(planned.zone)
    if planned.starts_at <= now:
        raise ProblemForUser("The exercise would begin in the past. Choose a later time.",
                             field="starts_at")  # fmt: skip
    if not SHORTEST_MIN <= planned.minutes <= LONGEST_MIN:
        raise ProblemForUser(
            f"An exercise takes {SHORTEST_MIN} to {LONGEST_MIN} minutes.", field="minutes"
        )
    titles = {seat.id: seat.title for seat in scenario.seats}
    people = Counter(_who(person) for person in planned.people)
    seats = Counter(person.seat for person in planned.people if person.seat)
    for person in planned.people:
        if people[_who(person)] > 1:
            raise ProblemForUser(f"{person.name} is invited twice.", field="people")
        if person.seat and person.seat not in titles:
            raise ProblemForUser(
                f"The scenario has no seat “{person.seat}” for {person.name}.", field="people"
            )
        if seats[person.seat] > 1:
            raise ProblemForUser(
                f"The seat {titles[person.seat]} is given to more than one person.", field="people"
            )
    if len(planned.people) > scenario.max_players:
        raise ProblemForUser(
            f"{counted(scenario.max_players, 'person', 'people')} can play this scenario; "
            f"{len(planned.people)} are invited.",
            field="people",
        )


def open_seats(planned: PlannedExercise, scenario: Scenario) -> tuple[str, ...]:
    """Titles of the required seats that nobody has been asked to take yet."""
    given = {person.seat for person in planned.people}
    return tuple(s.title for s in scenario.seats if s.required and s.id not in given)


def _who(person: Invited) -> str:
    return (person.email or person.name).casefold()


_ORDINALS = ("first", "second", "third", "fourth")


def _check(series: MonthlySeries, count: int) -> None:
    on = series.on
    if isinstance(on, OnWeekday) and on.which not in (1, 2, 3, 4, -1):
        raise ProblemForUser("Choose the first to fourth such day of a month, or the last.",
                             field="which")  # fmt: skip
    if isinstance(on, OnDay) and not 1 <= on.day <= 31:
        raise ProblemForUser("A month has the days 1 to 31.", field="day")
    if not 1 <= series.every <= 12:
        raise ProblemForUser("A series comes every 1 to 12 months.", field="every")
    if not 1 <= count <= SERIES_AT_MOST:
        raise ProblemForUser(f"A series has 1 to {SERIES_AT_MOST} exercises.", field="count")


def _day_in(on: OnWeekday | OnDay, year: int, month: int) -> date:
    first_weekday, length = calendar.monthrange(year, month)
    if isinstance(on, OnDay):
        return date(year, month, min(on.day, length))
    first = 1 + (on.weekday - first_weekday) % 7
    last = first + (length - first) // 7 * 7
    return date(year, month, last if on.which == -1 else first + 7 * (on.which - 1))


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
