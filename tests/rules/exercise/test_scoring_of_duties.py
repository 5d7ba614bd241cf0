"""Updates, calling for help, and closing."""

from __future__ import annotations

import copy

import pytest

from models.rules.exercise import events as e
from models.rules.exercise.commands import (
    choose_severity,
    close,
    decide,
    declare,
    escalate,
    vote,
)
from models.rules.exercise.events import Verdict
from models.rules.exercise.facilitating import choose_branch, end
from models.rules.scenario.shape import CommsMinutes, Policy, Rule
from models.rules.vocabulary import Severity
from tests.rules.exercise.queue_scenario import NODES, queue_scenario
from tests.rules.exercise.scored import (
    MET,
    NOT_MET,
    PARTLY,
    live,
    ruled,
    update,
    verdict,
)
from tests.rules.exercise.table import Table


def cadence(*gaps: int, first: int = 5, after: int = 0, following: int | None = 30) -> Table:
    """Updates `first` minutes after the declaration, then after each gap; ended after `after`."""
    table = live()
    table.do(choose_severity, Severity.SEV1, by="ic")
    table.do(declare, by="ic")
    table.do(choose_branch, "quiet", "The test needs a long decision.")
    for gap in (first, *gaps):
        table.wait(gap)
        update(table, following)
    table.wait(after)
    table.do(end, "Enough seen.")
    return table


@pytest.fixture
def patient_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last decision of the scenario stays open for a day."""
    from tests.rules.exercise import queue_scenario as source

    quiet = {**source.NODES["quiet"]}
    quiet["decision"] = {**quiet["decision"], "timeout_min": 1_000}
    monkeypatch.setitem(source.DOCUMENT, "nodes", {**source.NODES, "quiet": quiet})


@pytest.mark.usefixtures("patient_scenario")
class TestUpdates:
    def test_all_on_time_is_met(self) -> None:
        assert verdict(cadence(30, 29), Rule.COMMS_CADENCE) is MET

    def test_a_late_one_is_partly_and_named(self) -> None:
        found = ruled(cadence(31), Rule.COMMS_CADENCE)
        assert found.verdict is PARTLY
        assert "was due by minute 37 and came in minute 38" in found.sentence

    @pytest.mark.parametrize(("first", "expected"), [(5, MET), (6, PARTLY), (11, PARTLY)])
    def test_the_first_is_due_in_five_minutes(self, first: int, expected: Verdict) -> None:
        assert verdict(cadence(first=first), Rule.COMMS_CADENCE) is expected

    def test_the_first_after_ten_minutes_and_no_promise_is_not_met(self) -> None:
        assert verdict(cadence(first=11, following=None), Rule.COMMS_CADENCE) is NOT_MET

    def test_a_promise_that_is_shorter_than_the_cadence_binds(self) -> None:
        assert verdict(cadence(20, following=15), Rule.COMMS_CADENCE) is PARTLY

    def test_the_one_that_is_missing_at_the_end_counts(self) -> None:
        assert verdict(cadence(after=30), Rule.COMMS_CADENCE) is MET
        assert verdict(cadence(after=31), Rule.COMMS_CADENCE) is PARTLY

    def test_the_teams_own_interval_counts(self) -> None:
        strict = Policy(comms_minutes=CommsMinutes(SEV1=10))
        assert verdict(cadence(20), Rule.COMMS_CADENCE, strict) is PARTLY

    def test_a_higher_severity_asks_for_more_from_then_on(self) -> None:
        table = live()
        table.do(choose_severity, Severity.SEV1, by="ic")
        table.do(declare, by="ic")
        table.do(choose_branch, "quiet", "The test needs a long decision.")
        update(table, 100)
        table.do(choose_severity, Severity.SEV0, by="ic")
        table.wait(16)
        update(table, 100)
        assert "due by minute 17" in ruled(table, Rule.COMMS_CADENCE).sentence

    @pytest.mark.parametrize(
        ("level", "due"),
        [(Severity.SEV2, 31), (Severity.SEV1, 31), (Severity.SEV0, 16)],
    )
    def test_a_severity_chosen_too_low_takes_no_update_away(
        self, level: Severity, due: int
    ) -> None:
        table = live()
        table.do(choose_severity, level, by="ic")
        table.do(declare, by="ic")
        update(table, 100)
        table.do(choose_branch, "quiet", "The test needs a long decision.")
        table.wait(due)
        table.do(end, "Enough seen.")
        found = ruled(table, Rule.COMMS_CADENCE)
        assert found.verdict is PARTLY
        assert f"due by minute {2 + due - 1} and did not come" in found.sentence

    def test_a_lower_severity_that_is_right_too_owes_no_more_than_its_own(self) -> None:
        answers = [{"when": "true", "level": "SEV1", "accept": ["SEV2"], "why": "Many orders"}]
        table = Table(queue_scenario(severity={"answers": answers})).sit("ic", "comms").live()
        table.wait(2)
        table.do(choose_severity, Severity.SEV2, by="ic")
        table.do(declare, by="ic")
        update(table, 300)
        table.do(choose_branch, "quiet", "The test needs a long decision.")
        table.wait(60)
        table.do(end, "Enough seen.")
        assert verdict(table, Rule.COMMS_CADENCE) is MET

    def test_when_the_state_gets_worse_more_is_owed_though_nobody_says_so(self) -> None:
        nodes = copy.deepcopy(NODES)
        nodes["quiet"]["effect"] = {"late": "90"}
        nodes["quiet"]["decision"]["timeout_min"] = 1_000
        answers = [
            {"when": "late >= 60", "level": "SEV0", "why": "All orders"},
            {"when": "true", "level": "SEV2", "why": "Some orders"},
        ]
        scenario = queue_scenario(nodes=nodes, severity={"answers": answers})
        table = Table(scenario).sit("ic", "comms").live()
        table.wait(2)
        table.do(choose_severity, Severity.SEV2, by="ic")
        table.do(declare, by="ic")
        update(table, 300)
        table.wait(3)
        table.do(choose_branch, "quiet", "The test needs a long decision.")
        table.wait(30)
        table.do(end, "Enough seen.")
        assert "due by minute 20 and did not come" in ruled(table, Rule.COMMS_CADENCE).sentence

    def test_customers_are_to_be_told_of_a_sev1_that_was_called_sev2(self) -> None:
        table = live()
        table.do(choose_severity, Severity.SEV2, by="ic")
        table.do(declare, by="ic")
        table.do(choose_branch, "quiet", "The test needs a long decision.")
        table.wait(61)
        table.do(end, "Enough seen.")
        assert verdict(table, Rule.CUSTOMER_MAIL_60) is NOT_MET

    def test_the_checks_that_were_not_kept_are_named_each(self) -> None:
        said = ruled(cadence(31, 29, 32), Rule.COMMS_CADENCE).sentence
        assert said.startswith("6 of 8 checks were kept. Not kept: The update after minute 7 was")
        assert "The update after minute 67 was due by minute 97 and came in minute 99." in said

    def test_when_all_were_kept_they_are_named_and_long_lists_are_counted(self) -> None:
        said = ruled(cadence(30, 29), Rule.COMMS_CADENCE).sentence
        assert said.startswith("All 6 checks were kept. The first update came in minute 7")
        assert said.endswith("And 2 more.")

    def test_none_at_all_is_not_met(self) -> None:
        table = live()
        table.do(declare, by="ic")
        table.wait(5)
        table.do(end, "Enough seen.")
        assert verdict(table, Rule.COMMS_CADENCE) is NOT_MET

    @pytest.mark.parametrize(("minutes", "expected"), [(60, MET), (61, NOT_MET)])
    def test_customers_are_told_within_the_hour(self, minutes: int, expected: Verdict) -> None:
        table = live()
        table.do(declare, by="ic")
        table.do(choose_branch, "quiet", "The test needs a long decision.")
        update(table, audience=e.Audience.LEADERSHIP)
        table.wait(minutes)
        update(table)
        assert verdict(table, Rule.CUSTOMER_MAIL_60) is expected

    @pytest.mark.parametrize(("minutes", "expected"), [(30, MET), (31, NOT_MET)])
    def test_help_is_called_before_thirty_minutes_without_progress(
        self, minutes: int, expected: Verdict
    ) -> None:
        table = live()
        table.do(choose_branch, "quiet", "The test needs a long decision.")
        table.wait(minutes - 2)
        table.do(escalate, "The vendor, because nothing helps.", by="ic")
        table.do(end, "Enough seen.")
        assert verdict(table, Rule.ESCALATE_30) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(29, NOT_MET), (30, MET)])
def test_closed_only_after_thirty_minutes_of_quiet(minutes: int, expected: Verdict) -> None:
    table = live()
    table.do(decide, "declare", by="ic")
    table.wait(5)
    table.do(decide, "drain", by="ops")
    table.wait(5)
    table.do(vote, "hold", by="ic")
    table.do(vote, "hold", by="ops")
    table.wait(minutes)
    if minutes < 30:
        table.do(close, by="ic")
        table.do(end, "Enough seen.")
    assert verdict(table, Rule.STABLE_30) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(29, NOT_MET), (30, MET)])
def test_a_repair_under_a_way_round_is_watched_before_closing(
    minutes: int, expected: Verdict
) -> None:
    nodes = copy.deepcopy(NODES)
    nodes["quiet"]["decision"] |= {"timeout_min": 1_000, "by": "seat", "seat": "ops"}
    nodes["quiet"]["decision"]["options"] = [
        {"id": "mend", "label": "Mend it", "takes_min": 40, "tags": ["fix"], "feedback": "Done.",
         "next": "last"},
    ]  # fmt: skip
    nodes["last"] = {**NODES["quiet"], "decision": {**NODES["quiet"]["decision"]}}
    nodes["last"]["decision"] |= {"timeout_min": 1_000}
    table = Table(queue_scenario(nodes=nodes)).sit("ic", "ops").live()
    table.wait(2)
    table.do(decide, "declare", by="ic")
    table.wait(5)
    table.do(decide, "drain", by="ops")  # the impact ends here
    table.wait(5)
    table.do(decide, "mend", by="ops")
    table.wait(40)
    table.wait(minutes)
    table.do(close, by="ic")
    found = ruled(table, Rule.STABLE_30)
    assert found.verdict is expected
    assert f"{minutes} minutes after the last change; 30 minutes were asked" in found.sentence


def test_closing_while_customers_are_hurt_is_not_met() -> None:
    table = live()
    table.do(declare, by="ic")
    table.do(close, by="ic")
    assert "while customers were hurt" in ruled(table, Rule.STABLE_30).sentence
