"""What is drawn of a measure: its values, and their spread in each month or quarter.

Plain values without numpy, so that documents can carry them to where they are drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from models.rules.following.loop import Quarter
from models.rules.metrics.intervals import Spread, spread
from models.rules.metrics.measures import Measure
from models.rules.vocabulary import Severity

MONTHS_DRAWN = 24  # beyond, the spreads are those of quarters unless months are asked for


class By(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"


class Value(Protocol):
    """A value of a measure: when its incident started (seconds since 1970), and its minutes."""

    @property
    def severity(self) -> Severity | None: ...
    @property
    def month(self) -> str: ...
    @property
    def started_at(self) -> float: ...
    @property
    def minutes(self) -> float: ...


@dataclass(frozen=True)
class Point:
    """One value, to be drawn; `started_at` in seconds since 1970."""

    started_at: float
    minutes: float
    severity: Severity | None


@dataclass(frozen=True)
class PeriodSpread:
    """The spread of a period in UTC; `name` is like `2024-05` or `2024-Q2`."""

    name: str
    start: datetime
    end: datetime
    spread: Spread


@dataclass(frozen=True)
class Chart:
    """One measure, to be drawn from `start` to `end`; `periods` are those that have values."""

    measure: Measure
    by: By
    points: tuple[Point, ...]
    periods: tuple[PeriodSpread, ...]
    start: datetime
    end: datetime


def chart(
    measure: Measure,
    values: Sequence[Value],
    by: By | None = None,
    span: tuple[datetime, datetime] | None = None,
) -> Chart:
    """At least one value, with their spreads. Without a wish for months or quarters, what can be
    told apart; without a span, from the first period with values to the last."""
    by = by or readable(values)
    points = tuple(Point(v.started_at, v.minutes, v.severity) for v in values)
    found = periods(values, by)
    start, end = span or (found[0].start, found[-1].end)
    return Chart(measure, by, points, found, start, end)


def periods(values: Iterable[Value], by: By) -> tuple[PeriodSpread, ...]:
    """The spread of each period that has values, the earliest first."""
    groups: dict[str, list[float]] = defaultdict(list)
    for value in values:
        groups[period_name(value.month, by)].append(value.minutes)
    return tuple(
        PeriodSpread(name, *period_ends(name), spread(sorted(groups[name])))
        for name in sorted(groups)
    )


def period_name(month: str, by: By) -> str:
    """The period that a month (`2024-05`) lies in."""
    return month if by is By.MONTH else f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def period_ends(name: str) -> tuple[datetime, datetime]:
    """The first moment of a period, and the first one after it."""
    year, part = int(name[:4]), name[5:]
    if part.startswith("Q"):
        quarter = Quarter(year, int(part[1:]))
        return quarter.start, quarter.end
    month = int(part)
    after = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return datetime(year, month, 1, tzinfo=UTC), after


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from the first to the last one, both of them too."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return tuple(f"{place // 12:04}-{place % 12 + 1:02}" for place in range(start, end + 1))


def readable(values: Sequence[Value]) -> By:
    """Months, or quarters where there would be too many months."""
    names = {value.month for value in values}
    spans = len(months_between(min(names), max(names))) if names else 0
    return By.QUARTER if spans > MONTHS_DRAWN else By.MONTH
