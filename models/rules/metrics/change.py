"""Whether a measure changed between two periods.

The rule: a change is claimed only when the 95 % intervals of the two medians have no point in
common. With fewer than six values in either period there is no such interval, and nothing is said.
It is a careful rule. Where nothing changed it claims a change in fewer than 1 of 100 comparisons,
so that a page of all measures together stays below 5 % (tests/rules/metrics/test_change.py draws
both periods from the same skewed values and counts). The price is what it does not find: of values
as skewed as the durations of incidents, a median cut by half is found 6 times of 10 with 100
incidents in each period, and once in 8 with 30. “No detectable change” is never “no change”.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.rules.metrics.intervals import CONFIDENCE, Interval, Spread, count_interval


class Verdict(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NO_CHANGE = "no detectable change"
    TOO_FEW = "too few to compare"
    NOTHING = "nothing to compare"  # in neither period


@dataclass(frozen=True)
class Change:
    before: Spread
    now: Spread
    verdict: Verdict


@dataclass(frozen=True)
class CountChange:
    """Counts with the expected number in 30 days, so that periods of any length compare."""

    before: int
    now: int
    before_in_30_days: Interval
    now_in_30_days: Interval
    verdict: Verdict


def change(before: Spread, now: Spread) -> Change:
    """Whether the medians differ, by their intervals."""
    if not before.n and not now.n:
        return Change(before, now, Verdict.NOTHING)
    return Change(before, now, _verdict(before.median_interval, now.median_interval))


def change_in_counts(before: int, days_before: int, now: int, days_now: int) -> CountChange:
    """Whether incidents became rarer or more frequent, by the exact intervals of their numbers."""
    first, then = _in_30_days(before, days_before), _in_30_days(now, days_now)
    verdict = _verdict(first, then) if before or now else Verdict.NOTHING
    return CountChange(before, now, first, then, verdict)


def _in_30_days(events: int, days: int) -> Interval:
    low, high = _sides(count_interval(events)) or (0.0, 0.0)
    return Interval(low * 30 / days, high * 30 / days)


def _verdict(before: Interval, now: Interval) -> Verdict:
    first, then = _sides(before), _sides(now)
    if first is None or then is None:
        return Verdict.TOO_FEW
    if then[1] < first[0]:
        return Verdict.LOWER
    if then[0] > first[1]:
        return Verdict.HIGHER
    return Verdict.NO_CHANGE


def _sides(interval: Interval) -> tuple[float, float] | None:
    """Both sides of an interval that one may lean on, else None."""
    if interval.low is None or interval.high is None or interval.confidence < CONFIDENCE:
        return None
    return interval.low, interval.high
