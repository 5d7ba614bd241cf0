"""Quarters, and the numbers of a loop in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.rules.following.helped import asked_of_those_done_by, since_words
from models.rules.following.loop import Loop, Quarter, quarter_of, read_quarter
from models.rules.problems import ProblemForUser


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), "2026-Q1"), (date(2026, 3, 31), "2026-Q1"), (date(2026, 4, 1), "2026-Q2"),
     (date(2026, 12, 31), "2026-Q4")],
)  # fmt: skip
def test_a_day_is_in_one_quarter(day: date, quarter: str) -> None:
    found = quarter_of(day)
    assert str(found) == quarter
    assert read_quarter(quarter) == found
    assert found.start.date() <= day < found.end.date()


def test_quarters_follow_each_other_over_new_year() -> None:
    assert Quarter(2026, 4).after == Quarter(2027, 1)
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter(2026, 4).end == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "Q1-2026", "0026-Q1"])
def test_what_is_no_quarter_is_told(text: str) -> None:
    with pytest.raises(ProblemForUser, match="no quarter"):
        read_quarter(text)


def test_every_step_says_of_how_many() -> None:
    loop = Loop(Quarter(2026, 1), 12, 8, 20, 15, 6, 4, 2)
    assert [(number, of) for _, number, of in loop.steps] == [
        (12, "began in the quarter"), (8, "of 12 incidents"), (20, "actions from these reviews"),
        (15, "of 20 actions"), (4, "of 6 judged"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "factor", "said"),
    [
        (0, "", "no contributing factor"),
        (0, "Capacity", "No reviewed incident since then shares its factor, Capacity."),
        (1, "Capacity", "1 reviewed incident since then shares"),
        (1_200, "Capacity", "1,200 reviewed incidents since then share"),
    ],
)
def test_what_stands_beside_the_question(count: int, factor: str, said: str) -> None:
    assert said in since_words(count, factor)


def test_six_weeks_are_forty_two_days() -> None:
    now = datetime(2026, 6, 30, 9, tzinfo=UTC)
    assert asked_of_those_done_by(now, 6) == datetime(2026, 5, 19, 9, tzinfo=UTC)
