"""One unfinished run of a scenario for each person who plays alone."""

from __future__ import annotations

import pytest

from models.rules.exercise import commands
from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed, NotFound
from services.exercises import act_as_seat, get_run, open_run
from services.scenario_library import get_scenario
from services.solo_play import find_unfinished, leave_alone, play_alone


def play_to_the_end(who: Who, run_id: str) -> None:
    for option in ("wait", "alone", "repair", "again"):
        act_as_seat(who, run_id, commands.decide, option)


def test_a_second_click_goes_on_with_the_same_run(ada: Who) -> None:
    scenario = get_scenario(ada, "first-page")[0]
    run_id = play_alone(ada, scenario)
    assert play_alone(ada, scenario) == run_id
    found = find_unfinished(ada)
    assert found is not None
    assert (found.run_id, found.title) == (run_id, "Your first page")


def test_a_run_that_has_ended_is_not_gone_on_with(ada: Who) -> None:
    scenario = get_scenario(ada, "first-page")[0]
    run_id = play_alone(ada, scenario)
    play_to_the_end(ada, run_id)
    assert find_unfinished(ada) is None
    assert play_alone(ada, scenario) != run_id


def test_an_unfinished_run_can_be_left_and_begun_anew(ada: Who) -> None:
    scenario = get_scenario(ada, "first-page")[0]
    run_id = play_alone(ada, scenario)
    act_as_seat(ada, run_id, commands.decide, "wait")
    for _ in range(2):  # a double click
        leave_alone(ada, run_id)
    run = get_run(ada, run_id)
    assert run.ended_at is not None
    assert [event.kind for event in run.log].count("ended") == 1
    assert find_unfinished(ada) is None
    assert play_alone(ada, scenario) != run_id


def test_only_ones_own_exercise_played_alone_is_left(ada: Who, ben: Who) -> None:
    scenario = get_scenario(ada, "first-page")[0]
    with pytest.raises(NotFound):
        leave_alone(ben, play_alone(ada, scenario))
    with pytest.raises(NotAllowed, match="facilitator"):
        leave_alone(ada, open_run(ada, scenario))


def test_each_person_and_each_scenario_has_its_own(ada: Who, ben: Who) -> None:
    first, breach = (get_scenario(ada, name)[0] for name in ("first-page", "data-breach"))
    runs = {play_alone(ada, first), play_alone(ada, breach), play_alone(ben, first)}
    assert len(runs) == 3


def test_who_has_no_name_does_not_play(database_file: object, ada: Who) -> None:
    with pytest.raises(NotAllowed):
        play_alone(NOBODY, get_scenario(ada, "first-page")[0])
