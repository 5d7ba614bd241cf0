"""Median and 90th percentile of few, skewed values, each with an exact interval; and exact
intervals for a share and for a count.

How many of n values lie below the true quantile q is binomial, whatever their distribution. So
the r-th and the s-th smallest enclose it with a confidence that can be calculated: no resampling,
no assumption. Source: H. A. David and H. N. Nagaraja, Order Statistics (2003), section 7.1.
Shares: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934). Counts: F. Garwood, ibid. 28 (1936).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Protocol, SupportsFloat

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_STEPS = 60  # of halving: more would not change a float


class Ordered(Protocol):
    """Values in rising order: a tuple, a list, an array."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> SupportsFloat: ...


@dataclass(frozen=True)
class Interval:
    """Where the true value lies, with a confidence of at least `confidence`. A side that the
    values cannot bound is None."""

    low: float | None
    high: float | None
    confidence: float = CONFIDENCE


@dataclass(frozen=True)
class Spread:
    """What n values say, in their own unit. Nothing is known of none.

    `median_interval`: of two to five values it is their whole range, and its confidence is less
    than 0.95; of one it has no sides. `p90_interval` has an upper side from 36 values on.
    """

    n: int
    median: float | None
    median_interval: Interval
    p90: float | None
    p90_interval: Interval


NOTHING = Interval(None, None)


def spread(ordered: Ordered) -> Spread:
    """The spread of values in rising order. Quantiles between two values are interpolated
    between them (type 7 of Hyndman and Fan, as spreadsheets do)."""
    n = len(ordered)
    if not n:
        return Spread(0, None, NOTHING, None, NOTHING)
    low, high = ranks(n, 0.5)
    interval = Interval(_at(ordered, low), _at(ordered, high))
    if low == 0 and n > 1:
        interval = Interval(float(ordered[0]), float(ordered[-1]), 1 - 0.5 ** (n - 1))
    low, high = ranks(n, 0.9)
    return Spread(
        n,
        quantile(ordered, 0.5),
        interval,
        quantile(ordered, 0.9),
        Interval(_at(ordered, low), _at(ordered, high)),
    )


def quantile(ordered: Ordered, q: float) -> float:
    """The quantile `q` of at least one value in rising order."""
    place = (len(ordered) - 1) * q
    below = math.floor(place)
    first = float(ordered[below])
    if place == below:
        return first
    return first + (place - below) * (float(ordered[below + 1]) - first)


@lru_cache(maxsize=4096)
def ranks(n: int, q: float) -> tuple[int, int]:
    """Which of n values in rising order, counted from 1, enclose the quantile `q`, each side
    missing it in at most 2.5 % of samples. 0 and n + 1 stand for a side that cannot be bounded."""
    return _rank(n, q), n + 1 - _rank(n, 1 - q)


def _rank(n: int, q: float) -> int:
    """The largest r so that at most 2.5 % of samples have fewer than r values below."""
    rank = max(0, int(n * q - 1.96 * math.sqrt(n * q * (1 - q))))  # near it; now exactly
    while rank and _binomial(n, q, rank - 1) > _TAIL:
        rank -= 1
    while _binomial(n, q, rank) <= _TAIL:
        rank += 1
    return rank


def _at(ordered: Ordered, rank: int) -> float | None:
    return float(ordered[rank - 1]) if 1 <= rank <= len(ordered) else None


def share_interval(hits: int, n: int) -> Interval:
    """Where the true share lies when `hits` of n have it, from 0 to 1."""
    if not n:
        return NOTHING
    low = _solve(lambda p: 1 - _binomial(n, p, hits - 1) < _TAIL, 0, 1) if hits else 0.0
    high = _solve(lambda p: _binomial(n, p, hits) > _TAIL, 0, 1) if hits < n else 1.0
    return Interval(low, high)


def count_interval(events: int) -> Interval:
    """Where the expected number lies when `events` happened that did not cause each other.
    One outage that is written down as several incidents makes it too narrow."""
    most = events + 10 * math.sqrt(events + 1) + 10
    low = _solve(lambda mean: 1 - _poisson(mean, events - 1) < _TAIL, 0, most) if events else 0.0
    return Interval(low, _solve(lambda mean: _poisson(mean, events) > _TAIL, 0, most))


def _solve(is_below: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return low


def _binomial(n: int, p: float, most: int) -> float:
    """The chance of at most `most` hits in n tries with chance p (0 < p < 1)."""
    if most >= n:
        return 1.0
    if most > n * p:  # the smaller tail: from the other side the chances would vanish
        return 1 - _binomial(n, 1 - p, n - most - 1)
    log = math.lgamma(n + 1) - math.lgamma(most + 1) - math.lgamma(n - most + 1)
    first = math.exp(log + most * math.log(p) + (n - most) * math.log1p(-p))
    odds = p / (1 - p)
    return _sum(first, (k / ((n - k + 1) * odds) for k in range(most, 0, -1)))


def _poisson(mean: float, most: int) -> float:
    """The chance of at most `most` events where `mean` (above 0) are expected."""
    last = most if most <= mean else most + 1
    first = math.exp(last * math.log(mean) - mean - math.lgamma(last + 1))
    if most <= mean:
        return _sum(first, (k / mean for k in range(most, 0, -1)))
    return 1 - _sum(first, (mean / k for k in count(most + 2)))


def _sum(term: float, ratios: Iterable[float]) -> float:
    """`term`, and those that follow from it by their ratios, until they add nothing."""
    total = term
    for ratio in ratios:
        term *= ratio
        total += term
        if term <= total * 1e-17:
            break
    return total
