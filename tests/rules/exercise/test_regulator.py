"""The decision about the regulator when only decisions are given."""

from __future__ import annotations

from typing import Any

from models.rules.exercise.events import Verdict
from models.rules.exercise.headless import play, read_answers
from models.rules.exercise.scoring import RuleResult
from models.rules.scenario.shape import Rule, Scenario
from tests.rules.exercise.queue_scenario import NODES, queue_scenario

MET, PARTLY, NOT_MET, NOT_OBSERVED = Verdict


def breach(*options: dict[str, Any]) -> Scenario:
    """The page leads to one decision about the regulator, and that to the end."""
    nodes = {**NODES, "first": {**NODES["first"], "decision": {
        "seat": "ic", "timeout_min": 5, "default": "silent", "options": [
            {"id": "silent", "label": "Say nothing", "takes_min": 10, "feedback": "KEY",
             "next": "end_good"}, *options],
    }}}  # fmt: skip
    kept = {name: nodes[name] for name in ("page", "first", "end_good")}
    return queue_scenario(nodes=kept)


def scripted_verdict(scenario: Scenario, *chosen: str) -> RuleResult:
    answers = read_answers(scenario, [{"node": "first", "option": one} for one in chosen])
    found = play(scenario, answers).score
    return next(r for r in found.rules if r.rule is Rule.GDPR_72H)


DECLINE = {"id": "decline", "label": "Not needed: only order numbers", "takes_min": 5_000,
           "tags": ["decline"], "feedback": "KEY", "next": "end_good"}  # fmt: skip
NOTIFY = {**DECLINE, "id": "notify", "tags": ["notify"], "takes_min": 90}


def test_declining_to_notify_with_a_reason_is_a_decision() -> None:
    found = scripted_verdict(breach(DECLINE, NOTIFY), "decline")
    assert (found.verdict, found.sentence) == (
        MET, "It was decided not to notify within 72 hours, with a reason."
    )  # fmt: skip


def test_a_decision_not_to_notify_that_is_taken_back_is_judged_by_the_notification() -> None:
    again = {**DECLINE, "next": "first"}
    scenario = breach(again, NOTIFY)
    scenario = scenario.model_copy(update={"nodes": {
        **scenario.nodes, "first": scenario.nodes["first"].model_copy(update={"max_visits": 2}),
    }})  # fmt: skip
    found = scripted_verdict(scenario, "decline", "notify")
    assert (found.verdict, found.story) == (NOT_MET, (2 + 5_000 + 2 + 90) * 60)


def test_a_script_that_lets_the_72_hours_pass_did_not_decide() -> None:
    slow = {**DECLINE, "id": "slow", "tags": []}
    found = scripted_verdict(breach(slow, NOTIFY), "slow")
    assert (found.verdict, found.sentence) == (NOT_MET, "There was no decision within 72 hours.")
    assert scripted_verdict(breach(slow, NOTIFY), "silent").verdict is NOT_OBSERVED
    assert scripted_verdict(breach(slow), "slow").verdict is NOT_OBSERVED


def test_deciding_against_a_notification_tells_no_customer() -> None:
    scenario = breach({**DECLINE, "tags": ["declare", "decline"], "takes_min": 90})
    answers = read_answers(scenario, [{"node": "first", "option": "decline"}])
    found = next(r for r in play(scenario, answers).score.rules
                 if r.rule is Rule.CUSTOMER_MAIL_60)  # fmt: skip
    assert found.verdict is not MET
