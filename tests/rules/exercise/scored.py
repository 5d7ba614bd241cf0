"""A table in live mode, and how its log is scored."""

from __future__ import annotations

from models.rules.exercise import events as e
from models.rules.exercise.commands import post_update
from models.rules.exercise.events import Verdict
from models.rules.exercise.scoring import RuleResult, score
from models.rules.scenario.shape import Policy, Rule
from tests.rules.exercise.table import Table

MET, PARTLY, NOT_MET, NOT_OBSERVED = Verdict


def live() -> Table:
    """A table in live mode, in the minute in which the first decision opens. The page came in
    minute 0, with customers hurt; the time for the decision is over in minute 7."""
    table = Table().sit("ic", "ops", "comms").live()
    table.wait(2)
    return table


def ruled(table: Table, rule: Rule, team: Policy | None = None) -> RuleResult:
    found = score(table.scenario, table.log, team)
    return next(one for one in found.rules if one.rule is rule)


def verdict(table: Table, rule: Rule, team: Policy | None = None) -> Verdict:
    return ruled(table, rule, team).verdict


def update(
    table: Table, following: int | None = 30, audience: e.Audience = e.Audience.CUSTOMERS
) -> None:
    table.do(post_update, audience, "Orders are late. We work on it.", following, by="comms")
