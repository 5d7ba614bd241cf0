"""Measures in words: the same on the page, on paper and for who cannot see a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import floor

from models.rules.clocks import length_in_words
from models.rules.metrics.change import Verdict
from models.rules.metrics.intervals import CONFIDENCE, Interval, Spread
from models.rules.metrics.measures import COMPLETION_TARGET, Exclusion

NO_CHANGE = "No detectable change"
COMPARING = (
    "A change is claimed only where the 95 % intervals of the two medians have no point in common. "
    "“No detectable change” does not say that nothing changed: with few incidents, or fewer than "
    "six values in a period, only large changes could be seen."
)
NO_FIGURE = "Below three failures there is no figure."
_CLAIMS = {
    Verdict.LOWER: "Lower", Verdict.HIGHER: "Higher", Verdict.NOTHING: "Nothing to compare",
}  # fmt: skip
_REASONS = {
    Exclusion.UNRESOLVED: ("not resolved yet", "not resolved yet"),
    Exclusion.DRILL: ("drill", "drills"),
    Exclusion.MAINTENANCE: ("maintenance", "maintenance"),
    Exclusion.ZERO_OR_NEGATIVE: ("with a length of zero or less", "with a length of zero or less"),
    Exclusion.MISSING_CLOCK: ("without one of the two times", "without one of the two times"),
}


def verdict_words(verdict: Verdict) -> str:
    """`Lower`, `Higher`, `Nothing to compare` without a value in either period; for everything
    else that no change can be detected."""
    return _CLAIMS.get(verdict, NO_CHANGE)


def left_out_words(excluded: Mapping[Exclusion, int]) -> str:
    """`Left out: 3 drills, 2 not resolved yet.`"""
    found = [
        f"{count:,} {_REASONS[reason][count != 1]}" for reason, count in excluded.items() if count
    ]
    return f"Left out: {', '.join(found)}." if found else "Nothing is left out."


def estimated_words(estimated: int, n: int) -> str:
    """How many values rest on an estimated time."""
    if not n:
        return ""
    if not estimated:
        return "None rests on an estimated time."
    rest = "rests" if estimated == 1 else "rest"
    return f"{estimated:,} of {n:,} {rest} on an estimated time."


def minutes_words(minutes: float | None) -> str:
    """`1 h 20 min`, which no line breaks; a dash where it is not known."""
    if minutes is None:
        return "–"
    return length_in_words(to_the_minute(minutes)).replace(" ", "\u00a0")


def to_the_minute(minutes: float) -> timedelta:
    """A length to show: whole minutes, half a minute up; one below a minute keeps its seconds."""
    exact = round(minutes, 6)  # what seconds since 1970 leave behind is not half a minute
    return timedelta(minutes=exact if abs(exact) < 1 else floor(exact + 0.5))


def interval_words(interval: Interval) -> str:
    """`12 min to 1 h`; `54 min or more` where the values cannot bound a side."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return "–"
    if low is None or high is None:
        return f"{minutes_words(low)} or more" if high is None else f"{minutes_words(high)} or less"
    said = f"{minutes_words(low)} to {minutes_words(high)}"
    return said if interval.confidence >= CONFIDENCE else f"{said}, the whole range"


def with_interval(minutes: float | None, interval: Interval) -> str:
    """`20 min (12 min to 1 h)`."""
    said = interval_words(interval)
    return minutes_words(minutes) if said == "–" else f"{minutes_words(minutes)} ({said})"


def spread_words(spread: Spread) -> str:
    """`n = 12, median 20 min (12 min to 1 h), 90th percentile 3 h`."""
    if not spread.n:
        return "n = 0"
    median = with_interval(spread.median, spread.median_interval)
    if spread.n == 1:
        return f"n = 1, {median}"
    ninetieth = with_interval(spread.p90, spread.p90_interval)
    return f"n = {spread.n:,}, median {median}, 90th percentile {ninetieth}"


def percent(share: float) -> str:
    """`75 %` for 0.75."""
    return f"{share * 100:.0f}\u202f%"


def share_words(hits: int, n: int) -> str:
    """`9 of 12 (75 %)`: a percentage never stands without its n."""
    return f"{hits:,} of {n:,} ({percent(hits / n)})" if n else "0 of 0"


def done_words(done: int, promised: int) -> str:
    """`9 of 12 (75 %) done, not over 90 %`: against the target of the field."""
    if not promised:
        return "No action has been promised."
    over = "over" if done / promised > COMPLETION_TARGET else "not over"
    return f"{share_words(done, promised)} done, {over} {percent(COMPLETION_TARGET)}."
