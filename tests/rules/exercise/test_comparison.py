"""Two runs of one scenario, side by side."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.exercise import events as e
from models.rules.exercise.comparison import Comparison, Run, compare
from models.rules.exercise.facilitating import choose_branch, end
from models.rules.exercise.headless import play, read_answers
from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Rule, Scenario
from tests.rules.exercise.queue_scenario import queue_scenario
from tests.rules.exercise.table import Table
from tests.rules.exercise.test_properties import STEPS, no_look, played

BEST = {"first": "declare", "repair": "drain", "quiet": "hold"}


def run(name: str, scenario: Scenario | None = None, **chosen: str) -> Run:
    scenario = scenario or queue_scenario()
    answers = [{"node": node, "option": option} for node, option in (BEST | chosen).items()]
    return Run(name, scenario, play(scenario, read_answers(scenario, answers)).log)


def test_where_the_ways_part_is_named_with_what_followed() -> None:
    found = compare(run("March"), run("May", quiet="now"))
    assert found.parting is not None
    assert (found.parting.title, found.parting.first, found.parting.second) == (
        "Can we close?", "Closed for good", "Full again"
    )  # fmt: skip
    assert found.differences == ()


def test_the_same_way_parts_nowhere() -> None:
    found = compare(run("March"), run("May"))
    assert found.parting is None
    assert all(decision.same for decision in found.decisions)
    assert all(m.first == m.second for m in found.moments)


def test_decisions_stand_side_by_side_also_those_that_only_one_run_came_to() -> None:
    found = compare(run("March"), run("May", repair="search"))
    assert [
        (d.node, d.visit, d.first and d.first.option, d.second and d.second.option, d.same)
        for d in found.decisions
    ] == [
        ("first", 1, "declare", "declare", True),
        ("repair", 1, "drain", "search", False),
        ("repair", 2, None, "drain", False),
        ("quiet", 1, "hold", "hold", True),
    ]


def test_the_moments_of_response_are_compared_in_the_time_of_the_story() -> None:
    found = compare(run("March"), run("May", first="debug"))
    moments = {m.name: (m.first, m.second) for m in found.moments}
    assert moments["Declared"] == (2 * 60, None)
    assert moments["Mitigated"] == (12 * 60, 21 * 60)
    assert moments["Customers no longer hurt"] == (12 * 60, 21 * 60)
    assert moments["Commander named"] == (None, None)


def test_every_rule_stands_beside_itself() -> None:
    found = compare(run("March"), run("May", first="debug"))
    values = {r.rule: (r.first and r.first.value, r.second and r.second.value) for r in found.rules}
    assert values[Rule.DECLARE_EARLY] == (1, 0)
    assert found.scores[0].decision == 1


def test_different_versions_and_contents_are_said() -> None:
    newer = queue_scenario(version="1.1.0")
    assert "version 1.0.0 in “March” and at version 1.1.0 in “May”" in said(newer)
    changed = queue_scenario(summary="Other words.")
    assert "although both say version 1.0.0" in said(changed)
    stricter = queue_scenario(policy={"declare_within_min": 1})
    assert "different thresholds" in said(stricter)


def said(scenario: Scenario) -> str:
    return " ".join(compare(run("March"), run("May", scenario)).differences)


def test_runs_that_were_led_or_ended_early_are_said_to_be() -> None:
    table = Table().sit("ic", "ops").live()
    table.do(choose_branch, "quiet", "We lack time.")
    table.do(end, "The room is needed.")
    both = compare(run("March"), Run("May", table.scenario, tuple(table.log)))
    told = " ".join(both.differences)
    for part in ("in turns", "played alone", "“May” was ended early", "led the story in places"):
        assert part in told
    open_run = Table().sit("ic").turns()
    found = compare(Run("June", open_run.scenario, tuple(open_run.log)), run("March"))
    assert any("“June” has not ended" in line for line in found.differences)


def test_runs_of_two_scenarios_are_not_compared() -> None:
    with pytest.raises(ProblemForUser, match="same one"):
        compare(run("March"), run("May", queue_scenario(id="another")))


@settings(max_examples=60, deadline=None)
@given(
    mode=st.sampled_from(e.Mode),
    one=st.lists(STEPS, max_size=30),
    other=st.lists(STEPS, max_size=30),
)
def test_any_two_runs_compare_and_turning_them_round_turns_the_result_round(
    mode: e.Mode, one: Any, other: Any
) -> None:
    runs = [
        Run(name, table.scenario, tuple(table.log))
        for name, table in (("a", played(mode, one, no_look)), ("b", played(mode, other, no_look)))
    ]
    there, back = compare(*runs), compare(*reversed(runs))
    assert beside(there) == [pair[::-1] for pair in beside(back)]
    made = sum(d.first is not None for d in there.decisions)
    assert made == len(there.scores[0].choices)
    same = compare(runs[0], runs[0])
    assert same.parting is None
    assert all(d.same for d in same.decisions)


def beside(found: Comparison) -> list[tuple[Any, Any]]:
    pairs = [(m.first, m.second) for m in found.moments]
    pairs += [(r.first, r.second) for r in found.rules]
    return [*pairs, (found.parting.first, found.parting.second)] if found.parting else pairs
