from __future__ import annotations

from typing import Any

import pytest

from models.rules.exercise.commands import decide, note, post_update
from models.rules.exercise.events import Audience
from models.rules.exercise.facilitating import choose_branch, end, observe
from models.rules.exercise.headless import HeadlessResult, play, read_answers
from models.rules.exercise.report import after_action
from models.rules.exercise.scoring import score
from models.rules.problems import BadFile, ProblemForUser
from models.rules.scenario.shape import Rule
from tests.rules.exercise.queue_scenario import NODES, queue_scenario
from tests.rules.exercise.table import Table

BEST = [
    {"node": "first", "option": "declare"},
    {"node": "repair", "option": "drain"},
    {"node": "quiet", "option": "hold"},
]


def played(*answers: dict[str, Any]) -> HeadlessResult:
    scenario = queue_scenario()
    return play(scenario, read_answers(scenario, answers))


def test_answers_lead_to_the_ending_that_belongs_to_them() -> None:
    result = played(*BEST)
    assert result.path == ("page", "first", "board", "repair", "quiet", "end_good")
    assert (result.ending, result.minutes, result.score.decision) == ("good", 42, 1)


def test_what_is_not_answered_takes_its_default_when_its_time_is_over() -> None:
    result = played()
    assert (result.ending, result.minutes) == ("mixed", 39)
    assert [c.how for c in result.score.choices] == ["timeout"] * 3


def test_an_answer_can_wait_for_its_minute() -> None:
    result = played({"node": "first", "option": "declare", "at_min": 6}, *BEST[1:])
    decided = next(x for x in result.log if x.kind == "decided")
    assert decided.story == 6 * 60


@pytest.mark.parametrize("at_min", [1, 7])
def test_a_minute_in_which_the_decision_is_not_open_is_a_problem(at_min: int) -> None:
    with pytest.raises(BadFile, match=r"Answer 1: .*open from minute 2 to minute 7"):
        played({"node": "first", "option": "declare", "at_min": at_min})


def test_answers_for_the_same_node_are_used_one_after_the_other() -> None:
    twice = [{"node": "repair", "option": "search"}, {"node": "repair", "option": "vendor"}]
    result = played(BEST[0], *twice, BEST[2])
    assert [c.option for c in result.score.choices] == ["declare", "search", "vendor", "hold"]


def test_an_option_that_is_not_available_then_is_a_problem_with_its_place() -> None:
    with pytest.raises(BadFile, match=r"Answer 2: .*“vendor” is not available.*late >= 90.*drain"):
        played(BEST[0], {"node": "repair", "option": "vendor"})


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"node": "frist", "option": "declare"}, "no node “frist”. Did you mean “first”"),
        ({"node": "first", "option": "declear"}, "no option “declear”. Did you mean “declare”"),
        ({"node": "board", "option": "declare"}, "nothing to decide"),
        ({"node": "first", "option": "declare", "at": 3}, "“at” is no part of an answer"),
        ({"node": "first", "option": "declare", "at_min": "3"}, "whole number of minutes"),
        ("first: declare", "is not an item"),
        ({**BEST[0], "severity": "SEV11"}, "“severity” is one of SEV0, SEV1, SEV2, SEV3. Did you"),
        ({**BEST[0], "severity": None}, "“severity” is one of"),
        ({**BEST[0], "roles": "ic"}, "“roles” gives roles to seats"),
        ({**BEST[0], "roles": {"comander": "ic"}}, "no role “comander”. Did you mean “commander”"),
        ({**BEST[0], "roles": {"commander": "icc"}}, "no seat “icc”. Did you mean “ic”"),
    ],
)
def test_a_faulty_answer_is_named_with_a_suggestion(answer: Any, words: str) -> None:
    with pytest.raises(BadFile, match=f"Answer 2 .line 4.: .*{words}"):
        read_answers(queue_scenario(), [BEST[0], answer], [1, 4])


def test_answers_for_decisions_that_never_opened_are_given_back() -> None:
    result = played(*BEST, {"node": "repair", "option": "search"})
    assert [(a.place, a.node) for a in result.unused] == [(4, "repair")]


def test_rules_that_need_more_than_decisions_are_not_held_against_a_script() -> None:
    values = {r.rule: r.value for r in played(*BEST).score.rules}
    assert values[Rule.SEVERITY] is None
    assert values[Rule.IC_ASSIGNED] is None
    assert values[Rule.STABLE_30] == 1


def test_answers_can_choose_the_severity_and_give_roles() -> None:
    leading = {**BEST[0], "severity": "SEV1", "roles": {"commander": "ic", "scribe": "comms"}}
    values = {r.rule: r.value for r in played(leading, *BEST[1:]).score.rules}
    assert values[Rule.SEVERITY] == values[Rule.IC_ASSIGNED] == values[Rule.IC_HANDS_OFF] == 1
    too_low = {**leading, "severity": "SEV3"}
    assert {r.rule: r.value for r in played(too_low).score.rules}[Rule.SEVERITY] == 0


def test_a_story_that_goes_round_for_ever_is_stopped() -> None:
    quiet = NODES["quiet"]
    again = {**quiet["decision"]["options"][0], "next": "quiet"}
    round_and_round = {**quiet, "decision": {**quiet["decision"], "options": [again]}}
    scenario = queue_scenario(nodes={**NODES, "quiet": round_and_round})
    with pytest.raises(ProblemForUser, match="comes to no end"):
        play(scenario, read_answers(scenario, BEST[:2]))


def test_the_report_tells_what_happened_in_order() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    table.do(decide, "declare", by="ic", rationale="Customers call.")
    table.do(post_update, Audience.CUSTOMERS, "Orders are late.", 30, by="ic")
    table.do(observe, "Quick and calm.", "O1")
    table.do(choose_branch, "quiet", "We lack time.")
    table.do(note, "Who owns the queue?", by="ops")
    table.do(end, "The room is needed.")
    record = after_action(table.scenario, table.log)
    told = [(line.group, line.who, line.text) for line in record.timeline]
    assert told == [
        ("clock", "Facilitator", "The exercise began"),
        ("inject", "", "Pager: Queue over 10,000"),
        ("inject", "", "What now?"),
        ("decision", "Incident commander", "Option declare. Because: Customers call."),
        ("act", "Incident commander", "Declared: Option declare"),
        ("update", "Incident commander",
         "To customers: Orders are late. Next update in 30 minutes."),
        ("observation", "Facilitator", "Observed: Quick and calm."),
        ("decision", "Facilitator",
         "The story was led to “Can we close?”. Because: We lack time."),
        ("inject", "", "Can we close?"),
        ("clock", "Facilitator", "The exercise ended"),
    ]  # fmt: skip
    assert record.people[0] == ("Player of ic", "Incident commander")
    assert [(o.text, o.objective) for o in record.observations] == [("Quick and calm.", "O1")]
    assert [n.text for n in record.notes] == ["Who owns the queue?"]
    assert (record.minutes, record.ending) == (2, None)
    assert record.ended_early_because == "The room is needed."
    assert record.score == score(table.scenario, table.log)


def test_a_run_that_never_started_has_a_report_too() -> None:
    record = after_action(queue_scenario(), ())
    assert (record.started_at, record.timeline, record.score.process) == (None, (), None)
