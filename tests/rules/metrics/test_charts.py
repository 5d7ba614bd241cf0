"""Values and spreads as they are drawn; measures in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from models.rules.metrics.change import Verdict
from models.rules.metrics.charts import (
    By,
    chart,
    months_between,
    period_ends,
    period_name,
    periods,
)
from models.rules.metrics.intervals import Interval, spread
from models.rules.metrics.measures import MEASURES, Exclusion, Key
from models.rules.metrics.said import (
    done_words,
    estimated_words,
    interval_words,
    left_out_words,
    minutes_words,
    share_words,
    spread_words,
    verdict_words,
)
from models.rules.vocabulary import Severity

TWO = (
    "n = 2, median 30 min (20 min to 40 min, the whole range), 90th percentile 38 min "
    "(20 min or more)"
)


@dataclass(frozen=True)
class Seen:
    month: str
    minutes: float
    severity: Severity | None = Severity.SEV1

    @property
    def started_at(self) -> float:
        return period_ends(self.month)[0].timestamp() + 60


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("month", "by", "name"),
    [
        ("2024-05", By.MONTH, "2024-05"),
        ("2024-01", By.QUARTER, "2024-Q1"),
        ("2024-03", By.QUARTER, "2024-Q1"),
        ("2024-04", By.QUARTER, "2024-Q2"),
        ("2024-12", By.QUARTER, "2024-Q4"),
    ],
)
def test_each_month_lies_in_its_period(month: str, by: By, name: str) -> None:
    assert period_name(month, by) == name


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2024-12", (2024, 12), (2025, 1)),
        ("2024-02", (2024, 2), (2024, 3)),
        ("2024-Q4", (2024, 10), (2025, 1)),
    ],
)
def test_a_period_ends_where_the_next_begins(
    name: str, start: tuple[int, int], end: tuple[int, int]
) -> None:
    assert period_ends(name) == (datetime(*start, 1, tzinfo=UTC), datetime(*end, 1, tzinfo=UTC))


def test_months_between_cross_a_year() -> None:
    assert months_between("2023-11", "2024-02") == ("2023-11", "2023-12", "2024-01", "2024-02")
    assert months_between("2024-02", "2024-02") == ("2024-02",)


def test_each_period_has_the_spread_of_its_own_values() -> None:
    values = [Seen("2024-04", 30), Seen("2024-01", 5), Seen("2024-03", 7), Seen("2024-02", 6)]
    found = periods(values, By.QUARTER)
    assert [(each.name, each.spread.n, each.spread.median) for each in found] == [
        ("2024-Q1", 3, 6),
        ("2024-Q2", 1, 30),
    ]


@pytest.mark.parametrize(("last", "by"), [("2025-12", By.MONTH), ("2026-01", By.QUARTER)])
def test_long_times_are_told_by_quarter(last: str, by: By) -> None:
    values = [Seen("2024-01", 5), Seen(last, 6)]
    assert chart(MEASURES[Key.RECOVER], values).by is by
    assert chart(MEASURES[Key.RECOVER], values, By.MONTH).by is By.MONTH


def test_every_value_is_a_point_of_the_chart() -> None:
    values = [Seen("2024-01", 5), Seen("2024-02", 6, None)]
    found = chart(MEASURES[Key.RECOVER], values)
    assert [(p.minutes, p.severity) for p in found.points] == [(5, Severity.SEV1), (6, None)]
    assert (found.start, found.end) == (period_ends("2024-01")[0], period_ends("2024-02")[1])


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.LOWER, "Lower"),
        (Verdict.HIGHER, "Higher"),
        (Verdict.NO_CHANGE, "No detectable change"),
        (Verdict.TOO_FEW, "No detectable change"),
        (Verdict.NOTHING, "Nothing to compare"),
    ],
)
def test_only_a_claim_is_said_to_be_a_change(verdict: Verdict, words: str) -> None:
    assert verdict_words(verdict) == words


def test_what_was_left_out_is_said_with_its_reason() -> None:
    excluded = dict.fromkeys(Exclusion, 0)
    assert left_out_words(excluded) == "Nothing is left out."
    excluded |= {Exclusion.UNRESOLVED: 3, Exclusion.DRILL: 1, Exclusion.MISSING_CLOCK: 1_200}
    assert left_out_words(excluded) == (
        "Left out: 3 not resolved yet, 1 drill, 1,200 without one of the two times."
    )


@pytest.mark.parametrize(
    ("estimated", "n", "words"),
    [
        (0, 0, ""),
        (0, 4, "None rests on an estimated time."),
        (1, 4, "1 of 4 rests on an estimated time."),
        (3, 4, "3 of 4 rest on an estimated time."),
    ],
)
def test_estimates_are_counted(estimated: int, n: int, words: str) -> None:
    assert estimated_words(estimated, n) == words


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(None, None), "–"),
        (Interval(12, 60), "12 min to 1 h"),
        (Interval(12, None), "12 min or more"),
        (Interval(None, 12), "12 min or less"),
        (Interval(12, 60, 0.75), "12 min to 1 h, the whole range"),
    ],
)
def test_an_interval_says_how_sure_it_is(interval: Interval, words: str) -> None:
    assert plain(interval_words(interval)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ([], "n = 0"),
        ([20], "n = 1, 20 min"),
        ([20, 40], TWO),
    ],
)
def test_n_stands_before_everything(minutes: list[float], words: str) -> None:
    assert plain(spread_words(spread(minutes))) == words


def test_a_percentage_never_stands_alone() -> None:
    assert plain(share_words(3, 4)) == "3 of 4 (75 %)"
    assert share_words(0, 0) == "0 of 0"
    assert plain(done_words(9, 10)) == "9 of 10 (90 %) done, not over 90 %."
    assert plain(done_words(19, 20)) == "19 of 20 (95 %) done, over 90 %."
    assert done_words(0, 0) == "No action has been promised."
    assert minutes_words(None) == "–"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(58.5, "59 min"), (58.4999, "58 min"), (236.00000000000026, "3 h 56 min"), (0.5, "30 s"),
     (59.9999999999, "1 h"), (-5.0, "-5 min")],
)  # fmt: skip
def test_half_a_minute_is_rounded_up_and_seconds_stay(minutes: float, said: str) -> None:
    assert minutes_words(minutes) == said.replace(" ", "\u00a0")
