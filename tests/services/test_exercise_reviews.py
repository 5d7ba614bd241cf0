"""Looking back: who may, the steps of a run, and another run beside it."""

from __future__ import annotations

import pytest

from models.rules.exercise import commands, facilitating
from models.rules.policy import Who
from models.rules.problems import NotAllowed, ProblemForUser
from services import debriefs, exercise_records, exercise_reviews, exercises
from services.scenario_library import get_scenario


def play_one(facilitator: Who, player: Who, scenario_id: str = "first-page") -> str:
    scenario, _ = get_scenario(facilitator, scenario_id)
    run_id = exercises.open_run(facilitator, scenario)
    exercises.join_run(player, run_id, scenario.seats[0].id)
    exercises.start_live(facilitator, run_id)
    exercises.act_as_seat(player, run_id, commands.declare, "errors at the shop")
    exercises.act_as_facilitator(facilitator, run_id, facilitating.end, "Time was over")
    return run_id


@pytest.fixture
def ended(ada: Who, ben: Who) -> str:
    return play_one(ben, ada)


def test_a_player_looks_back_from_when_the_talk_begins(ada: Who, ben: Who, ended: str) -> None:
    doors = (
        exercise_reviews.get_replay,
        exercise_reviews.list_comparable,
        exercise_records.get_facts,
        exercise_records.get_record,
    )
    for door in doors:
        with pytest.raises(NotAllowed, match="opens when the hot wash begins"):
            door(ada, ended)
        door(ben, ended)
    debriefs.start_debrief(ben, ended, 15)
    for door in doors:
        door(ada, ended)


def test_not_even_who_leads_looks_back_while_it_goes_on(ben: Who) -> None:
    run_id = exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    with pytest.raises(NotAllowed, match="not over yet"):
        exercise_reviews.get_replay(ben, run_id)


def test_a_replay_that_was_looked_at_is_remembered_until_the_log_grows(
    ben: Who, ended: str
) -> None:
    before = exercise_reviews.get_replay(ben, ended)
    assert exercise_reviews.get_replay(ben, ended) is before
    debriefs.start_debrief(ben, ended, 15)
    after = exercise_reviews.get_replay(ben, ended)
    assert len(after.steps) == len(before.steps) + 1


def test_runs_to_compare_with_are_ended_ones_of_the_scenario_that_one_may_read(
    ada: Who, ben: Who, ended: str
) -> None:
    debriefs.start_debrief(ben, ended, 15)
    other = play_one(ben, ada)
    play_one(ben, ada, "expired-certificate")
    exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    assert [one.id for one in exercise_reviews.list_comparable(ben, ended)] == [other]
    assert exercise_reviews.list_comparable(ada, ended) == ()
    debriefs.start_debrief(ben, other, 5)
    assert [one.id for one in exercise_reviews.list_comparable(ada, ended)] == [other]


def test_two_runs_are_compared_with_their_names(ada: Who, ben: Who, ended: str) -> None:
    other = play_one(ben, ada)
    found = exercise_reviews.get_comparison(ben, ended, other)
    assert found.names[0] == "This run"
    assert found.names[1].startswith("Ben Okafor, ")
    with pytest.raises(NotAllowed):
        exercise_reviews.get_comparison(ada, ended, other)


def test_runs_of_two_scenarios_are_not_compared(ada: Who, ben: Who, ended: str) -> None:
    other = play_one(ben, ada, "expired-certificate")
    with pytest.raises(ProblemForUser, match="two scenarios"):
        exercise_reviews.get_comparison(ben, ended, other)
