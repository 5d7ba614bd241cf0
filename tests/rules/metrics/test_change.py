"""A change is claimed only when the intervals say so."""

from __future__ import annotations

import random

import pytest

from models.rules.metrics.change import Verdict, change, change_in_counts
from models.rules.metrics.intervals import Spread, spread

CLAIMS = (Verdict.LOWER, Verdict.HIGHER)


def minutes(*values: float) -> Spread:
    return spread(sorted(values))


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (range(10, 16), range(16, 22), Verdict.HIGHER),
        (range(16, 22), range(10, 16), Verdict.LOWER),
        (range(10, 16), range(15, 21), Verdict.NO_CHANGE),  # they touch
        (range(15, 21), range(10, 16), Verdict.NO_CHANGE),
        (range(10, 16), range(10, 16), Verdict.NO_CHANGE),
        (range(10, 15), range(100, 200), Verdict.TOO_FEW),  # five before
        (range(100, 200), range(10, 15), Verdict.TOO_FEW),
        ([], range(10, 16), Verdict.TOO_FEW),
        ([], [], Verdict.NOTHING),
    ],
)
def test_a_change_is_claimed_when_the_intervals_have_no_point_in_common(
    before: range, now: range, verdict: Verdict
) -> None:
    assert change(minutes(*before), minutes(*now)).verdict is verdict


def skewed(chance: random.Random, n: int, times: float = 1) -> Spread:
    """Whole minutes, as skewed as public incidents are: a mean twice the median."""
    return minutes(*(round(chance.lognormvariate(4.33, 1.14) * times) for _ in range(n)))


@pytest.mark.parametrize("n", [6, 12, 30, 100])
def test_where_nothing_changed_hardly_ever_a_change_is_claimed(n: int) -> None:
    chance = random.Random(n)
    draws = 1_000
    claimed = sum(
        change(skewed(chance, n), skewed(chance, n)).verdict in CLAIMS for _ in range(draws)
    )
    assert claimed / draws <= 0.01  # so that seven measures on a page stay below 5 % together


def test_periods_of_different_size_are_no_change_either() -> None:
    chance = random.Random(2)
    claimed = sum(
        change(skewed(chance, 8), skewed(chance, 120)).verdict in CLAIMS for _ in range(1_000)
    )
    assert claimed / 1_000 <= 0.02


def test_a_large_change_is_found() -> None:
    chance = random.Random(3)
    found = [change(skewed(chance, 100), skewed(chance, 100, 0.3)).verdict for _ in range(100)]
    assert found.count(Verdict.LOWER) > 95


@pytest.mark.parametrize(
    ("before", "days_before", "now", "days_now", "verdict"),
    [
        (10, 90, 10, 90, Verdict.NO_CHANGE),
        (10, 90, 18, 90, Verdict.NO_CHANGE),
        (10, 90, 40, 90, Verdict.HIGHER),
        (40, 90, 10, 90, Verdict.LOWER),
        (40, 360, 10, 90, Verdict.NO_CHANGE),  # as many a day
        (0, 90, 0, 90, Verdict.NOTHING),
        (0, 90, 9, 90, Verdict.HIGHER),
    ],
)
def test_counts_are_compared_by_their_expected_number_in_the_same_time(
    before: int, days_before: int, now: int, days_now: int, verdict: Verdict
) -> None:
    assert change_in_counts(before, days_before, now, days_now).verdict is verdict
