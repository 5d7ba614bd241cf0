"""Completion, on time, age: with the numbers they are of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.rules.following.rates import Followed, rates, rates_by, share
from models.rules.vocabulary import ActionStatus, Severity

S = ActionStatus
TODAY = date(2026, 6, 30)


def followed(status: S, *, age: int = 10, due: int | None = None, done: int | None = None,
             team: str = "", severity: Severity | None = None) -> Followed:  # fmt: skip
    """`age`, `due` and `done` in days before today."""
    day = lambda n: None if n is None else TODAY - timedelta(days=n)  # noqa: E731
    return Followed(status, TODAY - timedelta(days=age), day(due), day(done), severity, team)


def test_ideas_and_declined_ones_are_not_counted() -> None:
    found = rates([followed(status) for status in S], TODAY)
    assert (found.done, found.promised, found.declined, found.open) == (1, 4, 1, 3)
    assert found.completion == pytest.approx(1 / 4)


@pytest.mark.parametrize(("done", "still", "meets"), [(9, 1, False), (10, 1, True), (0, 0, None)])
def test_the_target_is_more_than_nine_in_ten(done: int, still: int, meets: bool | None) -> None:
    every = [followed(S.DONE)] * done + [followed(S.ACCEPTED)] * still
    assert rates(every, TODAY).meets_target is meets


def test_on_time_is_of_those_with_both_days() -> None:
    found = rates(
        [
            followed(S.DONE, due=5, done=5),
            followed(S.DONE, due=5, done=4),
            followed(S.DONE, due=5),
            followed(S.DONE, done=4),
            followed(S.ACCEPTED, due=5),
        ],
        TODAY,
    )
    assert (found.on_time, found.dated, found.overdue) == (1, 2, 1)


def test_age_is_of_what_is_neither_done_nor_an_idea() -> None:
    ages = [followed(S.ACCEPTED, age=a) for a in (3, 10, 40, 50)]
    found = rates([*ages, followed(S.DONE, age=900), followed(S.IDEA, age=800)], TODAY)
    assert (found.median_age, found.oldest, found.open) == (25, 50, 4)


def test_without_promises_there_are_no_rates() -> None:
    found = rates([], TODAY)
    assert (found.completion, found.median_age, found.oldest) == (None, None, None)
    assert share(0, 0) == "–"
    assert share(9, 12) == "9 of 12 (75\u202f%)"


def test_groups_stand_by_name_and_none_last() -> None:
    every = [followed(S.DONE, team=t) for t in ("Search", "", "payments")]
    assert [name for name, _ in rates_by(every, lambda a: a.team, TODAY)] == [
        "payments", "Search", "",
    ]  # fmt: skip
