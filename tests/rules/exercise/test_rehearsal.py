"""What an author sees of each seat, without an exercise."""

from __future__ import annotations

import pytest

from models.rules.exercise.rehearsal import rehearse, seen_from
from models.rules.policy import NOBODY
from models.rules.problems import NotFound
from models.rules.scenario.shape import Ending, Scenario
from services.scenario_library import get_scenario, list_scenarios


@pytest.fixture(scope="module")
def first_page() -> Scenario:
    return get_scenario(NOBODY, "first-page")[0]


def first_options(scenario: Scenario) -> list[str]:
    """Chooses what stands first until the end."""
    made: list[str] = []
    while (opened := rehearse(scenario, made).play.decision) is not None:
        made.append(opened.options[0])
    return made


def test_nothing_chosen_is_the_first_decision(first_page: Scenario) -> None:
    rehearsal = rehearse(first_page, [])
    assert rehearsal.made == ()
    assert rehearsal.play.decision is not None


def test_each_seat_reads_what_is_for_it_alone(first_page: Scenario) -> None:
    rehearsal = rehearse(first_page, [])
    views = {seat.id: seen_from(rehearsal, seat.id) for seat in first_page.seats}
    for seat in first_page.seats:
        assert views[seat.id].brief == seat.brief
        assert all(seat.id in m.to or "all" in m.to for m in views[seat.id].inbox)
    assert [seat for seat, one in views.items() if one.decision and one.decision.may_decide] == [
        "ic"
    ]


def test_nobody_reads_the_feedback_before_the_end(first_page: Scenario) -> None:
    rehearsal = rehearse(first_page, first_options(first_page)[:1])
    assert seen_from(rehearsal, "ic").feedback == ()


def test_a_choice_that_is_not_there_ends_the_walk(first_page: Scenario) -> None:
    first = rehearse(first_page, []).play.decision
    assert first is not None
    rehearsal = rehearse(first_page, [first.options[0], "no-such-option", first.options[0]])
    assert rehearsal.made == (first.options[0],)


@pytest.mark.parametrize("name", [row.id for row in list_scenarios(NOBODY)])
def test_every_shipped_scenario_can_be_walked_to_an_end_with_the_eyes_of_each_seat(
    name: str,
) -> None:
    scenario, _ = get_scenario(NOBODY, name)
    rehearsal = rehearse(scenario, first_options(scenario))
    for seat in scenario.seats:
        assert seen_from(rehearsal, seat.id).ending in list(Ending)


def test_there_is_nothing_to_see_from_a_seat_that_is_not_there(first_page: Scenario) -> None:
    with pytest.raises(NotFound):
        seen_from(rehearse(first_page, []), "nobody")
