"""Exercises ahead: planned once or as a series, changed, cancelled, opened with their people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from models.rules.exercise.schedule import MonthlySeries, OnWeekday, Weekday, expand
from models.rules.policy import NOBODY, Who
from models.rules.problems import Conflict, NotAllowed, NotFound, ProblemForUser
from services import clock, exercise_plans, exercise_records, exercises, home, people
from services.exercise_plans import Asked, Wish
from services.scenario_library import get_scenario
from tests.statements import statements

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUESDAYS = MonthlySeries(OnWeekday(1, Weekday.TUESDAY), time(14), "Europe/Berlin")
NEXT_DAY = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def wish(ada: Who, ben: Who) -> Wish:
    """Ben leads, Ada sits on the first seat."""
    seat = get_scenario(ben, "first-page")[0].seats[0].id
    return Wish("first-page", 30, ben.person_id or "", None, (Asked(ada.person_id or "", seat),))


def plan(who: Who, wish: Wish, *times: datetime, plan_id: str = "p1") -> str:
    times = times or (NEXT_DAY,)
    return exercise_plans.plan_exercises(who, wish, times, zone="Europe/Berlin", plan_id=plan_id)


def a_series(who: Who, wish: Wish) -> list[exercise_plans.PlanRow]:
    plan(who, wish, *expand(TUESDAYS, date(2026, 3, 3), 4))
    return list(exercise_plans.find_plans(who).rows)


def test_a_second_click_plans_nothing_twice(ben: Who, wish: Wish) -> None:
    assert plan(ben, wish) == plan(ben, wish)
    found = exercise_plans.find_plans(ben)
    assert (found.count, found.rows[0].leader, found.rows[0].names) == (
        1, "Ben Okafor", ("Ada Brandt",),
    )  # fmt: skip


def test_the_next_comes_first_and_long_lists_come_in_pages(ben: Who, wish: Wish) -> None:
    for n, days in enumerate((9, 2, 5)):
        plan(ben, wish, NOW + timedelta(days=days), plan_id=f"p{n}")
    first = exercise_plans.find_plans(ben, limit=2)
    second = exercise_plans.find_plans(ben, skip=2, limit=2)
    assert [row.id for row in (*first.rows, *second.rows)] == ["p1", "p2", "p0"]
    assert first.count == second.count == 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"minutes": 2}, "10 to 480 minutes"),
        ({"led_by": ""}, "who leads"),
        ({"people": (Asked("nobody"),)}, "not there any more"),
    ],
)
def test_what_cannot_be_planned_is_said_and_leaves_nothing(
    ben: Who, wish: Wish, changed: Mapping[str, Any], words: str
) -> None:
    with pytest.raises(ProblemForUser, match=words):
        plan(ben, replace(wish, **changed))
    with pytest.raises(ProblemForUser, match="in the past"):
        plan(ben, wish, NEXT_DAY, NOW - timedelta(minutes=1))
    assert exercise_plans.find_plans(ben).count == 0


def test_who_leads_cannot_have_a_seat(ada: Who, ben: Who, wish: Wish) -> None:
    with pytest.raises(ProblemForUser, match="Ada Brandt leads"):
        plan(ben, replace(wish, led_by=ada.person_id or ""))


def test_a_change_raises_the_sequence_and_saving_it_again_does_not(ben: Who, wish: Wish) -> None:
    plan(ben, wish)
    longer = replace(wish, minutes=60)
    for _ in range(2):
        exercise_plans.change_plan(ben, "p1", longer, NEXT_DAY, sequence=0)
    row = exercise_plans.get_plan(ben, "p1")
    assert (row.wish, row.sequence) == (longer, 1)


def test_two_windows_on_one_plan_never_overwrite_each_other(ben: Who, wish: Wish) -> None:
    plan(ben, wish)
    exercise_plans.change_plan(ben, "p1", replace(wish, minutes=60), NEXT_DAY, sequence=0)
    with pytest.raises(Conflict) as conflict:
        exercise_plans.change_plan(ben, "p1", replace(wish, minutes=45), NEXT_DAY, sequence=0)
    assert isinstance(conflict.value.theirs, exercise_plans.PlanRow)
    assert conflict.value.theirs.wish.minutes == 60
    assert exercise_plans.get_plan(ben, "p1").wish.minutes == 60


def test_a_change_of_those_that_follow_keeps_their_days_and_what_is_their_own(
    ben: Who, wish: Wish
) -> None:
    first, second, third, fourth = a_series(ben, wish)
    own = replace(wish, note="Bring the new phone list")
    exercise_plans.change_plan(ben, fourth.id, own, fourth.starts_at, sequence=0)
    later = replace(wish, minutes=60)
    moved = second.starts_at + timedelta(hours=1)
    exercise_plans.change_plan(ben, second.id, later, moved, sequence=0, following=True)
    rows = exercise_plans.find_plans(ben).rows
    assert [row.wish.minutes for row in rows] == [30, 60, 60, 60]
    assert [row.wish.note for row in rows] == ["", "", "", "Bring the new phone list"]
    hours = [row.starts_at - was.starts_at for row, was in zip(
        rows, (first, second, third, fourth), strict=True)]  # fmt: skip
    assert hours == [timedelta(0)] + [timedelta(hours=1)] * 3
    assert [row.sequence for row in rows] == [0, 1, 1, 2]


def test_the_later_ones_of_a_series_are_what_a_change_would_meet(ben: Who, wish: Wish) -> None:
    rows = a_series(ben, wish)
    exercise_plans.cancel_plan(ben, rows[3].id)
    assert exercise_plans.list_following(ben, rows[1].id) == (rows[2],)
    alone = plan(ben, wish, plan_id="alone")
    assert exercise_plans.list_following(ben, alone) == ()


def test_one_or_all_that_follow_are_cancelled(ben: Who, wish: Wish) -> None:
    rows = a_series(ben, wish)
    exercise_plans.cancel_plan(ben, rows[0].id)
    exercise_plans.cancel_plan(ben, rows[2].id, following=True)
    exercise_plans.cancel_plan(ben, rows[2].id, following=True)
    left = exercise_plans.find_plans(ben).rows
    assert [row.cancelled_at is None for row in left] == [False, True, False, False]
    assert [row.sequence for row in left] == [1, 0, 1, 1]
    with pytest.raises(ProblemForUser, match="was cancelled"):
        exercise_plans.open_plan(ben, rows[0].id)


def test_an_opened_plan_is_a_run_with_its_leader_and_its_seats(
    ada: Who, ben: Who, wish: Wish
) -> None:
    plan(ben, wish)
    run_id = exercise_plans.open_plan(ada, "p1")
    assert exercise_plans.open_plan(ben, "p1") == run_id
    assert exercises.find_planned_seat(ada, run_id) == wish.people[0].seat
    exercises.join_run(ada, run_id)
    run = exercises.get_run(ben, run_id)
    assert run.facilitators == {ben.person_id}
    assert run.play.seats == {ada.person_id: wish.people[0].seat}
    assert exercise_plans.find_plans(ben).count == 0
    with pytest.raises(ProblemForUser, match="has been opened"):
        exercise_plans.change_plan(
            ben, "p1", replace(wish, minutes=60), NEXT_DAY, sequence=0
        )  # fmt: skip
    with pytest.raises(ProblemForUser, match="has been opened"):
        exercise_plans.cancel_plan(ben, "p1")


def test_somebody_who_was_not_asked_joins_without_a_seat(ben: Who, wish: Wish) -> None:
    plan(ben, wish)
    run_id = exercise_plans.open_plan(ben, "p1")
    cleo = people.introduce("Cleo Marsh")
    assert exercises.find_planned_seat(cleo, run_id) == ""
    exercises.join_run(cleo, run_id)
    assert exercises.get_run(ben, run_id).play.seats == {}


def test_home_shows_what_is_ahead_within_a_week_and_what_goes_on(
    ada: Who, ben: Who, wish: Wish
) -> None:
    for n, days in enumerate((2, 6, 9)):
        plan(ben, wish, NOW + timedelta(days=days), plan_id=f"p{n}")
    run_id = exercise_plans.open_plan(ben, "p0")
    mine = home.get_home(ada).exercises
    assert [(one.id, one.leads, one.run_id) for one in mine] == [
        ("p0", False, run_id), ("p1", False, None)
    ]  # fmt: skip
    assert [one.leads for one in home.get_home(ben).exercises] == [True, True]
    assert home.get_home(people.introduce("Cleo Marsh")).exercises == ()


def test_nobody_without_a_name_plans(ben: Who, wish: Wish) -> None:
    with pytest.raises(NotAllowed):
        plan(NOBODY, wish)
    with pytest.raises(NotFound):
        exercise_plans.get_plan(ben, "nothing")


def test_the_number_of_queries_does_not_grow_with_the_plans(ben: Who, wish: Wish) -> None:
    def counts() -> list[int]:
        first = exercise_plans.find_plans(ben).rows[0].id
        reads = (
            lambda: exercise_plans.find_plans(ben),
            lambda: exercise_plans.list_following(ben, first),
            lambda: home.get_home(ben),
            lambda: exercise_records.find_runs(ben, exercise_records.WantedRuns(ended=False)),
            lambda: exercise_records.list_played(ben),
        )
        found = []
        for read in reads:
            with statements() as sent:
                read()
            found.append(len(sent))
        return found

    plan(ben, wish, NEXT_DAY, NEXT_DAY + timedelta(days=1))
    few = counts()
    for n in range(3):
        plan(ben, wish, *(NEXT_DAY + timedelta(days=d) for d in range(2, 6)), plan_id=f"more{n}")
        exercise_plans.open_plan(ben, f"more{n}")
    assert counts() == few
