"""Vague wording of actions, default due dates, and the share of actions that are done."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.actions import ACTION_RULES, completion, default_due, vague_action
from models.rules.vocabulary import ActionStatus, Severity
from models.rules.wording import read_wording

FINDS = [(rule.id, example) for rule in ACTION_RULES for example in rule.finds]
LEAVES = [example for rule in ACTION_RULES for example in rule.leaves]


@pytest.mark.parametrize(("rule", "example"), FINDS)
def test_a_rule_points_out_its_examples(rule: str, example: str) -> None:
    finding = vague_action(example)
    assert finding is not None
    assert finding.rule == rule
    assert finding.span in finding.suggestion
    assert example[finding.start : finding.end] == finding.span


@pytest.mark.parametrize("example", LEAVES)
def test_a_specific_action_passes(example: str) -> None:
    assert vague_action(example) is None


@pytest.mark.parametrize(
    "text",
    [
        "- Investigate the memory leak",
        "To look into the slow restore",
        "P1: consider another vendor",
        "[checkout] improve logging",
        "Improve monitoring.",
        "Enhance the resilience of the platform",
        "Optimise queries",
        "Clean up old alerts",
        "Monitor the replica more closely",
        "Follow up with the vendor",
        "Check whether the cache is needed",
        "Ensure everyone knows the runbook",
        "Tell the team to use the new script",
        "Set up alerting",
        "Proper testing",
        "Someone should own the importer",
        "Adding a check to the pipeline",
        "Documentation of the failover",
        "Add a retry, if possible",
        "Need a dashboard",
        "Ada will look at the alert",
    ],
)
def test_a_vague_action_is_pointed_out(text: str) -> None:
    finding = vague_action(text)
    assert finding is not None
    assert finding.why.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Add an alert on replica lag above 60 s",
        "Remove the shared credential from the importer",
        "Move the certificate renewal to the agent",
        "Ask for the cluster's name before a table is dropped",
        "Limit the connection pool to 50 per worker",
        "Write the failover runbook and link it from the alert",
        "Rotate the signing key",
        "Implement priority classes for the daemon sets",
        "Alert on certificates that expire within 14 days",
        "Test the restore of the orders database every month",
        "Provision a second broker in eu-west-1",
        "Pin the version of the deploy tool",
        "Ping the health page from outside the network",
        "checkout: return 503 instead of hanging when the pool is empty",
        "Review the 40 muted alerts and delete those without an owner",
        "Make the deploy stop when the error rate passes 2 %",
        "Show the name of the cluster in the prompt",
        "Speed up the restore to under 30 minutes",
        "Setup monitoring for file watches",
        "",
        "   ",
    ],
)
def test_a_clear_action_is_left_alone(text: str) -> None:
    assert vague_action(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Be more careful with the console",
        "Pay closer attention to alerts",
        "Take extra care when editing the routes",
        "Retrain Ada",
        "Remind Ben to check the host",
        "Nobody bothered to read the alert",
    ],
)
def test_what_the_blame_aware_reading_points_out_is_not_pointed_out_again(text: str) -> None:
    assert read_wording(text)
    assert vague_action(text) is None


def test_what_else_is_vague_about_an_action_that_blames_is_pointed_out() -> None:
    finding = vague_action("Try to be more careful")
    assert finding is not None
    assert finding.span == "Try to"


def test_the_place_is_given_in_the_line_where_it_stands() -> None:
    text = "Add an alert on lag above 60 s\nand try to test it"
    finding = vague_action(text)
    assert finding is not None
    assert (finding.line, finding.span) == (2, "try to")
    assert text.split("\n")[1][finding.start : finding.end] == "try to"


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        (Severity.SEV0, date(2024, 3, 16)),
        (Severity.SEV1, date(2024, 3, 16)),
        (Severity.SEV2, date(2024, 3, 31)),
        (Severity.SEV3, date(2024, 4, 30)),
        (None, date(2024, 4, 30)),
    ],
)
def test_the_due_date_follows_the_severity(severity: Severity | None, due: date) -> None:
    assert default_due(severity, date(2024, 3, 1)) == due


def test_declined_actions_do_not_count_towards_completion() -> None:
    done, declined, open_ = ActionStatus.DONE, ActionStatus.DECLINED, ActionStatus.IN_PROGRESS
    assert completion([done, declined, open_, done]) == (2, 3)


def test_completion_of_nothing_is_nothing_of_nothing() -> None:
    assert completion([]) == (0, 0)
    assert completion([ActionStatus.DECLINED]) == (0, 0)


def test_a_proposal_counts_as_not_done_and_an_idea_not_at_all() -> None:
    assert completion([ActionStatus.PROPOSED, ActionStatus.ACCEPTED]) == (0, 2)
    assert completion([ActionStatus.IDEA, ActionStatus.DONE]) == (1, 1)
