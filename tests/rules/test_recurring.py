"""Quarters, how often a factor came up in each, and this day in earlier years."""

from __future__ import annotations

from datetime import date

from models.rules.recurring import (
    earlier_anniversaries,
    factors_over_time,
    last_quarters,
)


def test_quarters_go_on_over_the_year() -> None:
    shown = last_quarters(date(2024, 5, 2), 4)
    assert [str(q) for q in shown] == ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2"]


def test_each_post_mortem_counts_once_for_a_factor_and_n_stands_beside() -> None:
    quarters = last_quarters(date(2024, 5, 2), 2)
    found = factors_over_time(
        [
            (date(2024, 1, 9), ["Capacity", "Capacity"]),
            (date(2024, 2, 9), ["Deployment", "Capacity"]),
            (date(2024, 5, 1), ["Deployment"]),
            (date(2024, 5, 2), []),
            (date(2023, 12, 31), ["Capacity"]),
        ],
        quarters,
    )
    assert found.totals == (2, 2)
    assert found.without == (0, 1)
    assert [(r.factor, r.counts, r.total) for r in found.rows] == [
        ("Capacity", (2, 0), 2),
        ("Deployment", (1, 1), 2),
    ]


def test_nothing_is_counted_where_there_is_nothing() -> None:
    found = factors_over_time([], last_quarters(date(2024, 5, 2), 2))
    assert (found.totals, found.rows) == ((0, 0), ())


def test_this_day_comes_back_every_year_and_the_29th_of_february_in_leap_years() -> None:
    assert earlier_anniversaries(date(2024, 3, 5), 2022) == (date(2023, 3, 5), date(2022, 3, 5))
    assert earlier_anniversaries(date(2024, 2, 29), 2019) == (date(2020, 2, 29),)
    assert earlier_anniversaries(date(2024, 3, 5), 2024) == ()
