"""One unfinished run of a scenario for each person who plays alone."""

from __future__ import annotations

import pytest

from models.rules.exercise import commands
from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed
from services.exercises import act_as_seat
from services.scenario_library import get_scenario
from services.solo_play import find_unfinished, play_alone


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


def test_each_person_and_each_scenario_has_its_own(ada: Who, ben: Who) -> None:
    first, breach = (get_scenario(ada, name)[0] for name in ("first-page", "data-breach"))
    runs = {play_alone(ada, first), play_alone(ada, breach), play_alone(ben, first)}
    assert len(runs) == 3


def test_who_has_no_name_does_not_play(database_file: object, ada: Who) -> None:
    with pytest.raises(NotAllowed):
        play_alone(NOBODY, get_scenario(ada, "first-page")[0])
