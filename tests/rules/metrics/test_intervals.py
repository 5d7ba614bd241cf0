"""Quantiles, and exact intervals for them, for shares and for counts."""

from __future__ import annotations

import random
import statistics
from math import comb

import pytest

from models.rules.metrics.intervals import (
    count_interval,
    quantile,
    ranks,
    share_interval,
    spread,
)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(5, 0, 6), (6, 1, 6), (8, 1, 8), (10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)],
)
def test_the_ranks_around_the_median_are_those_of_printed_tables(
    n: int, low: int, high: int
) -> None:
    assert ranks(n, 0.5) == (low, high)


@pytest.mark.parametrize("q", [0.5, 0.9])
@pytest.mark.parametrize("n", [1, 2, 7, 29, 36, 63, 250])
def test_each_side_misses_in_at_most_one_of_forty_and_a_closer_one_would_not(
    n: int, q: float
) -> None:
    def at_most(k: int) -> float:
        return sum(comb(n, i) * q**i * (1 - q) ** (n - i) for i in range(k + 1))

    low, high = ranks(n, q)
    assert at_most(low - 1) <= 0.025 < at_most(low)
    assert 1 - at_most(high - 1) <= 0.025 < 1 - at_most(high - 2)


def test_the_ranks_of_very_many_values_are_near_the_normal_approximation() -> None:
    low, high = ranks(100_000, 0.5)
    assert low == pytest.approx(50_000 - 1.96 * 158.1, abs=2)
    assert low + high == 100_001


def test_quantiles_are_those_of_the_standard_library() -> None:
    chance = random.Random(3)
    for n in (2, 3, 10, 11, 57):
        values = sorted(chance.lognormvariate(4, 1) for _ in range(n))
        assert quantile(values, 0.5) == pytest.approx(statistics.median(values))
        tenths = statistics.quantiles(values, n=10, method="inclusive")
        assert quantile(values, 0.9) == pytest.approx(tenths[8])


def test_of_nothing_nothing_is_known() -> None:
    found = spread([])
    assert (found.n, found.median, found.p90) == (0, None, None)
    assert (found.median_interval.low, found.median_interval.high) == (None, None)


def test_one_value_has_no_interval() -> None:
    found = spread([7])
    assert (found.median, found.p90) == (7, 7)
    assert (found.median_interval.low, found.median_interval.high) == (None, None)


@pytest.mark.parametrize(
    ("n", "confidence"), [(2, 0.5), (3, 0.75), (4, 0.875), (5, 0.9375), (6, 0.95)]
)
def test_the_interval_of_few_values_is_their_range_and_says_how_sure_it_is(
    n: int, confidence: float
) -> None:
    found = spread(range(1, n + 1)).median_interval
    assert (found.low, found.high, found.confidence) == (1, n, confidence)


@pytest.mark.parametrize(("n", "bounded"), [(35, False), (36, True)])
def test_the_90th_percentile_has_an_upper_side_from_36_values_on(n: int, bounded: bool) -> None:
    assert (spread(range(n)).p90_interval.high is not None) is bounded


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (0, 10, 0, 0.3085),
        (10, 10, 0.6915, 1),
        (5, 10, 0.1871, 0.8129),
        (90_000, 100_000, 0.89812, 0.90185),
    ],
)
def test_the_interval_of_a_share_is_that_of_clopper_and_pearson(
    hits: int, n: int, low: float, high: float
) -> None:
    found = share_interval(hits, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_a_share_of_none_has_no_interval() -> None:
    assert share_interval(0, 0).low is None


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39)]
)
def test_the_interval_of_a_count_is_that_of_garwood(events: int, low: float, high: float) -> None:
    found = count_interval(events)
    assert (found.low, found.high) == (pytest.approx(low, rel=1e-3), pytest.approx(high, rel=1e-3))
