"""Every scenario that is shipped: clean, walked to every ending, and winnable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from integrations.scenario_yaml import read_scenario
from models.rules.exercise.headless import Answer, play
from models.rules.scenario.check import check
from models.rules.scenario.findings import Report
from models.rules.scenario.shape import Ending, Option, Scenario
from models.rules.scenario.story import available_options, begin, choose, follow

FILES = sorted((Path(__file__).resolve().parents[3] / "scenarios").glob("*.yaml"))
shipped = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def report_of(file: Path) -> Report:
    return check(read_scenario(file.read_bytes()))


def answers(scenario: Scenario, pick: Callable[[Sequence[Option]], Option]) -> list[Answer]:
    """The way through the story when `pick` decides everywhere."""
    position, given = begin(scenario), list[Answer]()
    while scenario.nodes[position.node].ending is None:
        if scenario.nodes[position.node].decision is None:
            position = follow(scenario, position)
            continue
        options = available_options(scenario, position.node, position.state, position.visits)
        option = pick(options)
        given.append(Answer(len(given) + 1, position.node, option.id))
        position = choose(scenario, position, option)
    return given


def test_there_are_scenarios_from_ten_to_ninety_minutes_and_from_beginner_to_expert() -> None:
    scenarios = [report_of(file).scenario for file in FILES]
    assert len(scenarios) >= 13
    minutes = [s.duration_min for s in scenarios if s]
    assert (min(minutes), max(minutes)) == (10, 90)
    assert len({s.difficulty for s in scenarios if s}) == 4


@shipped
def test_a_shipped_scenario_has_no_finding_and_every_ending_is_walked_to(file: Path) -> None:
    report = report_of(file)
    assert report.findings == ()
    assert report.scenario is not None
    assert report.explored is not None
    assert not report.explored.partial
    endings = {name for name, node in report.scenario.nodes.items() if node.ending}
    assert set(report.explored.endings) == endings
    assert len(endings) >= 2


@shipped
def test_what_every_seat_sees_of_the_world_says_more_than_yes_or_no(file: Path) -> None:
    scenario = report_of(file).scenario
    assert scenario is not None
    assert not [n for n, v in scenario.state.items() if v.visible == "all" and v.type == "bool"]


@shipped
def test_a_small_team_can_play_it_since_every_seat_is_covered_by_another(file: Path) -> None:
    scenario = report_of(file).scenario
    assert scenario is not None
    assert scenario.min_players <= 2
    hands_on = {seat.id: seat.hands_on for seat in scenario.seats}
    for seat in scenario.seats:
        assert seat.covered_by not in (None, seat.id), seat.id
        if seat.id == "ic":
            assert not hands_on[seat.covered_by or ""]


@shipped
def test_the_best_choices_end_well_with_every_point(file: Path) -> None:
    scenario = report_of(file).scenario
    assert scenario is not None
    best = play(scenario, answers(scenario, lambda options: max(options, key=lambda o: o.score)))
    assert best.ending is Ending.GOOD
    assert best.score.decision == 1
    assert best.score.process == 1
