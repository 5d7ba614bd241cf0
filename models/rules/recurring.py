"""What comes back: how often each contributing factor appeared, quarter by quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from models.rules.following.loop import Quarter, quarter_of

SHOWN_QUARTERS = 8


def last_quarters(today: date, count: int = SHOWN_QUARTERS) -> tuple[Quarter, ...]:
    """The quarter of today and those before it, the oldest first."""
    quarters = [quarter_of(today)]
    while len(quarters) < count:
        quarters.insert(0, quarters[0].before)
    return tuple(quarters)


@dataclass(frozen=True)
class FactorRow:
    """A factor: in how many post-mortems of each quarter it was found, and in how many of all."""

    factor: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class FactorsOverTime:
    """`totals` is how many post-mortems each quarter has at all, `without` how many of them name
    no factor. The most frequent factor comes first."""

    quarters: tuple[Quarter, ...]
    totals: tuple[int, ...]
    without: tuple[int, ...]
    rows: tuple[FactorRow, ...]


def factors_over_time(
    postmortems: Iterable[tuple[date, Collection[str]]], quarters: tuple[Quarter, ...]
) -> FactorsOverTime:
    """Counts post-mortems by the quarter in which their incident began (a day each) and by their
    factors; a factor that one names several times counts once. Other quarters are left out."""
    totals: Counter[Quarter] = Counter()
    without: Counter[Quarter] = Counter()
    found: dict[str, Counter[Quarter]] = {}
    shown = set(quarters)
    for day, factors in postmortems:
        quarter = quarter_of(day)
        if quarter not in shown:
            continue
        totals[quarter] += 1
        without[quarter] += not factors
        for factor in set(factors):
            found.setdefault(factor, Counter())[quarter] += 1
    rows = [FactorRow(name, tuple(c[q] for q in quarters)) for name, c in found.items()]
    return FactorsOverTime(
        quarters,
        tuple(totals[q] for q in quarters),
        tuple(without[q] for q in quarters),
        tuple(sorted(rows, key=lambda row: (-row.total, row.factor.casefold()))),
    )


def earlier_anniversaries(today: date, first_year: int) -> tuple[date, ...]:
    """This calendar day in earlier years, the latest first. The 29th of February has only those
    of leap years."""
    days = []
    for year in range(today.year - 1, first_year - 1, -1):
        try:
            days.append(today.replace(year=year))
        except ValueError:
            continue
    return tuple(days)
