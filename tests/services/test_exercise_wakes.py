"""Screens that wait hear of what another process did."""

from __future__ import annotations

from models.rules.policy import Who
from services import announcements, exercise_wakes, exercises
from services.scenario_library import get_scenario


def test_a_screen_that_has_just_begun_to_wait_hears_of_what_it_may_have_missed(ben: Who) -> None:
    run_id = exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    heard: list[str] = []
    clockwork = exercise_wakes.Clockwork(lambda _: None)
    with announcements.waiting_for(run_id, lambda: heard.append(run_id)):
        clockwork.look_once()
        assert heard == [run_id]
        clockwork.look_once()
        assert heard == [run_id]
