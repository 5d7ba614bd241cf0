"""An exercise that was opened and not begun is called off: it is in no list and counts nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.rules.exercise import facilitating
from models.rules.policy import Who
from models.rules.problems import NotAllowed, ProblemForUser
from services import clock, exercise_plans, exercise_records, exercise_trends, exercises
from services.calling_off import call_off
from services.exercise_plans import Asked, Wish
from services.exercise_records import WantedRuns
from services.home import get_home
from services.scenario_library import get_scenario


@pytest.fixture
def opened(ben: Who) -> str:
    return exercises.open_run(ben, get_scenario(ben, "first-page")[0])


def test_what_is_called_off_is_in_no_list_and_counts_nowhere(
    ada: Who, ben: Who, opened: str
) -> None:
    for _ in range(2):
        call_off(ben, opened)
    assert exercise_records.list_runs(ben) == ()
    for ended in (False, True):
        assert exercise_records.find_runs(ben, WantedRuns(ended=ended)).count == 0
    assert exercise_records.list_played(ben) == {}
    assert exercise_trends.get_progress(ben).runs == 0
    assert [e.kind for e in exercises.get_run(ben, opened).log] == ["called_off"]


def test_nobody_joins_starts_or_seats_what_was_called_off(ada: Who, ben: Who, opened: str) -> None:
    seat = get_scenario(ben, "first-page")[0].seats[0].id
    exercises.join_run(ada, opened)
    call_off(ben, opened)
    for act in (
        lambda: exercises.join_run(ada, opened, seat),
        lambda: exercises.give_seat(ben, opened, ada.person_id or "", seat),
        lambda: exercises.start_live(ben, opened),
        lambda: exercises.act_as_facilitator(ben, opened, facilitating.end, "Over"),
    ):
        with pytest.raises(ProblemForUser, match="called off"):
            act()


def test_only_who_leads_calls_it_off_and_only_before_it_begins(
    ada: Who, ben: Who, opened: str
) -> None:
    with pytest.raises(NotAllowed):
        call_off(ada, opened)
    exercises.join_run(ada, opened, get_scenario(ben, "first-page")[0].seats[0].id)
    exercises.start_live(ben, opened)
    with pytest.raises(ProblemForUser, match="has begun"):
        call_off(ben, opened)


def test_a_planned_exercise_that_is_called_off_is_ahead_again(
    ada: Who, ben: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    wish = Wish("first-page", 30, ben.person_id or "", None, (Asked(ada.person_id or ""),), "")
    exercise_plans.plan_exercises(
        ben, replace(wish), [now + timedelta(days=1)], zone="UTC", plan_id="p"
    )
    run_id = exercise_plans.open_plan(ben, "p")
    assert get_home(ada).exercises[0].run_id == run_id
    call_off(ben, run_id)
    assert get_home(ada).exercises[0].run_id is None
    assert exercise_plans.find_plans(ada).count == 1
    assert exercise_plans.open_plan(ben, "p") != run_id
