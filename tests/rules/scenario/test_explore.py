"""Playing every path: bounded, the same every time, and honest about what was not seen."""

from __future__ import annotations

from pathlib import Path

from integrations.scenario_yaml import read_scenario
from models.rules.scenario.check import check
from models.rules.scenario.explore import PLAYS, STATES_AT_MOST
from models.rules.scenario.findings import Exploration, Report

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"


def report_of(name: str) -> Report:
    return check(read_scenario((FIXTURES / name).read_bytes()))


def explored(name: str) -> Exploration:
    found = report_of(name).explored
    assert found is not None
    return found


def test_a_small_scenario_is_played_whole() -> None:
    found = explored("queue.yaml")
    assert (found.states, found.partial) == (28, False)
    assert (found.longest_min, found.longest_table_min) == (55, 32)


def test_beyond_the_bound_the_exploration_says_that_it_is_partial() -> None:
    report = report_of("wide.yaml")
    assert report.explored is not None
    assert report.explored.partial
    assert report.explored.states == STATES_AT_MOST
    assert report.findings == ()  # what only all paths could show is not claimed


def test_a_thousand_plays_at_random_are_the_same_every_time() -> None:
    first, second = explored("queue.yaml"), explored("queue.yaml")
    assert first.visits == second.visits
    assert first.visits["alarm"] == first.plays == PLAYS
    assert first.visits["end_good"] + first.visits["end_mixed"] == PLAYS
    assert first.visits["repair"] > PLAYS
