"""The steps that the exploration and the engine share."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations.scenario_yaml import read_scenario
from models.rules.problems import ProblemForUser
from models.rules.scenario.check import check
from models.rules.scenario.graph import GraphEdge, GraphNode, graph_of, transcript
from models.rules.scenario.shape import Channel, Option, Scenario
from models.rules.scenario.story import (
    Position,
    apply_effect,
    available_options,
    begin,
    choose,
    follow,
    impact,
    initial_state,
    made_progress,
    severity_answer,
)
from models.rules.vocabulary import Severity

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
GOLDEN = """\
Orders without an answer (stuck-queue 1.0.0)
    0  alert to all: Oldest order waits for nine minutes
    2  chat to all: Is this ours?
    2  decided declare: Declare an incident (2 min, 10)
    4  waiting 20 → 50; mood calm → annoyed; SEV3 → SEV2; impact begins
    5  exec to ic, comms: What do I tell the promoter?
    6  chat to ops, ic: One order is tried again and again
    6  decided skip: Set the order aside (5 min, 10)
    6  customer to comms: Forty mails
   11  waiting 50 → 10; skipping false → true; SEV2 → SEV3; impact ends
   11  statuspage to all: Can this be closed?
   11  decided now: Close it, everybody is tired (0 min, 0)
   17  waiting 10 → 60; SEV3 → SEV2; impact begins
   17  alert to all: Oldest order waits for five minutes
   17  chat to all: Opened again
   17  ending mixed
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    found = check(read_scenario((FIXTURES / "queue.yaml").read_bytes())).scenario
    assert found is not None
    return found


def option_of(scenario: Scenario, node: str, option: str) -> Option:
    decision = scenario.nodes[node].decision
    assert decision is not None
    return next(o for o in decision.options if o.id == option)


def at_repair(scenario: Scenario, first: str) -> Position:
    position = follow(scenario, begin(scenario))
    assert position is not None
    position = choose(scenario, position, option_of(scenario, "first", first))
    after = follow(scenario, position)
    assert after is not None
    return after


def ids(scenario: Scenario, position: Position) -> list[str]:
    found = available_options(scenario, position.node, position.state, position.visits)
    return [option.id for option in found]


def test_an_option_is_hidden_until_what_it_requires_holds(scenario: Scenario) -> None:
    assert ids(scenario, at_repair(scenario, "declare")) == ["skip", "restart"]
    assert ids(scenario, at_repair(scenario, "watch")) == ["skip", "restart", "wake"]


def test_an_option_to_a_node_that_is_used_up_is_hidden(scenario: Scenario) -> None:
    position = at_repair(scenario, "declare")
    again = choose(scenario, position, option_of(scenario, "repair", "restart"))
    assert (again.node, again.visits["repair"]) == ("repair", 2)
    assert ids(scenario, again) == ["skip"]


def test_an_effect_sets_values_from_the_state_before(scenario: Scenario) -> None:
    state = apply_effect(scenario, initial_state(scenario), option_of(scenario, "first", "watch"))
    assert state == {"waiting": 110, "skipping": False, "mood": "angry"}


def test_a_number_stops_at_the_end_of_its_range(scenario: Scenario) -> None:
    full = {"waiting": 190, "skipping": False, "mood": "angry"}
    after = apply_effect(scenario, full, option_of(scenario, "repair", "restart"))
    assert after["waiting"] == 200


def test_the_world_can_change_when_a_node_is_delivered(scenario: Scenario) -> None:
    quiet = Position("quiet", {"waiting": 10, "skipping": True, "mood": "calm"}, {})
    assert choose(scenario, quiet, option_of(scenario, "quiet", "now")).state["waiting"] == 60


def test_severity_impact_and_progress_follow_the_state(scenario: Scenario) -> None:
    before = {"waiting": 120, "skipping": False, "mood": "calm"}
    after = {**before, "waiting": 10, "skipping": True}
    answers = [severity_answer(scenario, state) for state in (before, after)]
    assert [a.level if a else None for a in answers] == [Severity.SEV1, Severity.SEV3]
    assert [impact(scenario, state) for state in (before, after)] == [True, False]
    assert made_progress(scenario, before, after)
    assert not made_progress(scenario, after, after)
    assert not made_progress(scenario, after, before)


def test_a_way_through_the_story_reads_as_it_did(scenario: Scenario) -> None:
    assert transcript(scenario, ["declare", "skip", "now"]) == GOLDEN


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (["declare", "wake"], "“wake” is not available at repair; there is skip, restart."),
        (["declare"], "No choice is left for the decision at repair."),
        (["declare", "skip", "now", "more"], "left over: more"),
    ],
)
def test_choices_that_do_not_fit_are_refused(
    scenario: Scenario, choices: list[str], words: str
) -> None:
    with pytest.raises(ProblemForUser, match=words):
        transcript(scenario, choices)


def test_the_graph_has_every_node_and_way(scenario: Scenario) -> None:
    graph = graph_of(scenario)
    assert [n.id for n in graph.nodes] == list(scenario.nodes)
    assert graph.nodes[0] == GraphNode(
        "alarm", "Oldest order waits for nine minutes", "message", Channel.ALERT, True
    )
    assert [n.kind for n in graph.nodes][-2:] == ["good", "mixed"]
    assert GraphEdge("alarm", "first", "", None, 2) in graph.edges
    assert GraphEdge("repair", "repair", "Restart all consumers", "restart", 9) in graph.edges
    assert len(graph.edges) == 10
