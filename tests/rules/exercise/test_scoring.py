from __future__ import annotations

import pytest

from models.rules.exercise.commands import (
    become_aware,
    choose_severity,
    decide,
    decide_notification,
    declare,
    escalate,
    mitigate,
    set_role,
)
from models.rules.exercise.events import Verdict
from models.rules.exercise.facilitating import mark, pause, resume
from models.rules.exercise.scoring import formula_in_words, score
from models.rules.scenario.shape import Policy, Rule
from models.rules.vocabulary import IncidentRole, Severity
from tests.rules.exercise.queue_scenario import queue_scenario
from tests.rules.exercise.scored import (
    MET,
    NOT_MET,
    NOT_OBSERVED,
    PARTLY,
    live,
    ruled,
    update,
    verdict,
)
from tests.rules.exercise.table import Table

COMMANDER = IncidentRole.COMMANDER


@pytest.mark.parametrize(("minute", "expected"), [(5, MET), (6, NOT_MET)])
def test_declared_within_five_minutes_of_the_first_signal(minute: int, expected: Verdict) -> None:
    table = live()
    table.wait(minute - 2)
    table.do(declare, by="ic")
    assert verdict(table, Rule.DECLARE_EARLY) is expected


def test_the_time_of_a_pause_does_not_count_against_the_team() -> None:
    table = live()
    table.do(pause)
    table.wait(60)
    table.do(resume)
    table.do(declare, by="ic")
    assert verdict(table, Rule.DECLARE_EARLY) is MET


def test_when_a_second_team_is_called_in_it_is_declared_at_once() -> None:
    table = live()
    table.do(escalate, "The database team, for the queue.", by="ops")
    table.wait(2)
    table.do(declare, by="ic")
    found = ruled(table, Rule.DECLARE_EARLY)
    assert found.verdict is NOT_MET
    assert "a second team" in found.sentence


def test_customers_who_write_make_it_due_at_once_under_a_patient_policy() -> None:
    table = live()
    table.wait(12)
    table.do(declare, by="ic")
    patient = Policy(declare_within_min=30)
    assert "Forty calls" in ruled(table, Rule.DECLARE_EARLY, patient).sentence
    assert verdict(table, Rule.DECLARE_EARLY, patient) is NOT_MET


def test_never_declared_is_not_met_and_too_soon_to_say_is_not_observed() -> None:
    table = live()
    assert verdict(table, Rule.DECLARE_EARLY) is NOT_OBSERVED
    table.wait(6)
    assert verdict(table, Rule.DECLARE_EARLY) is NOT_MET


def test_a_declaration_by_the_facilitator_is_neither_won_nor_lost() -> None:
    table = live()
    table.do(decide, "declare", reason="The commander lost the line.")
    assert verdict(table, Rule.DECLARE_EARLY) is NOT_OBSERVED


def test_the_event_that_decided_is_named() -> None:
    table = live()
    table.do(declare, by="ic")
    found = ruled(table, Rule.DECLARE_EARLY)
    assert (found.event, found.story) == (table.log[-1].seq, 120)


@pytest.mark.parametrize(
    ("level", "expected"),
    [(Severity.SEV1, MET), (Severity.SEV0, PARTLY), (Severity.SEV2, NOT_MET)],
)
def test_one_severity_too_high_is_partly_too_low_is_not(level: Severity, expected: Verdict) -> None:
    table = live()
    table.do(choose_severity, level, by="ic")
    assert verdict(table, Rule.SEVERITY) is expected


def test_two_severities_too_high_is_not_met() -> None:
    document = {"answers": [{"when": "true", "level": "SEV2", "why": "Few orders"}]}
    table = Table(queue_scenario(severity=document)).sit("ic").live()
    table.do(choose_severity, Severity.SEV0, by="ic")
    assert verdict(table, Rule.SEVERITY) is NOT_MET


@pytest.mark.parametrize(("minutes", "expected"), [(5, MET), (6, PARTLY)])
def test_the_severity_is_raised_within_five_minutes_when_it_gets_worse(
    minutes: int, expected: Verdict
) -> None:
    answers = [
        {"when": "late >= 60", "level": "SEV0", "why": "All orders"},
        {"when": "true", "level": "SEV1", "why": "Many orders"},
    ]
    table = Table(queue_scenario(severity={"answers": answers})).sit("ic", "ops").live()
    table.wait(2)
    table.do(choose_severity, Severity.SEV1, by="ic")
    table.do(decide, "debug", by="ic")
    table.wait(12 + minutes)
    table.do(choose_severity, Severity.SEV0, by="ic")
    table.wait(1)
    assert verdict(table, Rule.SEVERITY) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(5, MET), (6, NOT_MET)])
def test_a_commander_within_five_minutes(minutes: int, expected: Verdict) -> None:
    table = live()
    table.do(declare, by="ic")
    table.wait(minutes)
    table.do(set_role, COMMANDER, "ic", by="ic")
    assert verdict(table, Rule.IC_ASSIGNED) is expected


@pytest.mark.parametrize(("commander", "expected"), [("ic", MET), ("ops", NOT_MET)])
def test_the_commander_keeps_their_hands_off(commander: str, expected: Verdict) -> None:
    table = live()
    table.do(set_role, COMMANDER, commander, by="ic")
    table.do(decide, "declare", by="ic")
    table.wait(5)
    table.do(decide, "drain", by="ops")
    assert verdict(table, Rule.IC_HANDS_OFF) is expected


def test_a_long_search_before_any_mitigation_is_not_met() -> None:
    table = live()
    table.do(decide, "debug", by="ic")
    found = ruled(table, Rule.MITIGATE_FIRST)
    assert found.verdict is NOT_MET
    assert "12 minutes" in found.sentence


def test_mitigation_first_is_met_also_when_it_is_reported_directly() -> None:
    table = live()
    table.do(mitigate, "Shed half of the load.", by="ops")
    table.do(decide, "debug", by="ic")
    assert verdict(table, Rule.MITIGATE_FIRST) is MET


def test_the_regulator_is_decided_on_with_a_reason() -> None:
    table = live()
    assert verdict(table, Rule.GDPR_72H) is NOT_OBSERVED
    table.do(decide_notification, False, "Only order numbers, no people.", by="comms")
    assert verdict(table, Rule.GDPR_72H) is PARTLY
    table = live()
    table.do(become_aware, "Addresses were readable.", by="ops")
    table.do(decide_notification, True, "A risk for customers.", by="comms")
    assert verdict(table, Rule.GDPR_72H) is MET


def test_marks_of_the_facilitator_count_in_the_rule_that_they_name() -> None:
    table = live()
    table.do(declare, by="ic")
    table.do(mark, "x-look", NOT_MET)
    found = ruled(table, Rule.DECLARE_EARLY)
    assert found.verdict is PARTLY  # 10 points of the log, 0 of 5 for the expectation
    assert [(x.id, x.verdict) for x in found.expectations] == [("x-look", NOT_MET)]
    table.do(mark, "x-look", MET)
    assert verdict(table, Rule.DECLARE_EARLY) is MET


def test_the_log_decides_an_expectation_that_it_can_show() -> None:
    table = live()
    table.do(decide, "declare", by="ic")
    table.wait(4)
    update(table)
    [shown] = ruled(table, Rule.COMMS_CADENCE).expectations
    assert (shown.id, shown.verdict) == ("x-board", MET)


def test_the_process_score_is_the_weighted_mean_of_what_was_observed() -> None:
    table = Table(queue_scenario(weights={"declare_early": 3, "severity": 0})).sit("ic").live()
    table.do(declare, by="ic")
    table.do(set_role, COMMANDER, "ic", by="ic")
    table.wait(1)
    found = score(table.scenario, table.log)
    assert found.process == 1
    table = Table(queue_scenario(weights={"declare_early": 3})).sit("ic").live()
    table.wait(2)
    table.do(decide, "debug", by="ic")
    table.do(declare, by="ic")
    table.do(set_role, COMMANDER, "ic", by="ic")
    table.do(choose_severity, Severity.SEV1, by="ic")
    found = score(table.scenario, table.log)
    observed = {r.rule: r.value for r in found.rules if r.value is not None}
    assert observed == {
        Rule.DECLARE_EARLY: 1, Rule.SEVERITY: 1, Rule.IC_ASSIGNED: 1, Rule.MITIGATE_FIRST: 0,
    }  # fmt: skip
    assert found.process == pytest.approx((3 * 1 + 1 + 1 + 0) / 6)
    assert [o.share for o in found.objectives] == [1, 0, None]


def test_the_decision_score_is_out_of_what_the_path_offered_and_leaves_overrides_out() -> None:
    table = Table().sit("ic", "ops").turns()
    table.do(decide, "debug", by="ic")
    table.do(decide, "drain", reason="To save time.")
    found = score(table.scenario, table.log)
    assert (found.gained, found.possible) == (2, 10)
    assert [choice.counts for choice in found.choices] == [True, False]


def test_an_option_that_was_not_available_is_not_held_against_the_team() -> None:
    scenario = queue_scenario()
    table = Table(scenario).sit("ic", "ops").turns()
    table.do(decide, "declare", by="ic")
    table.do(decide, "search", by="ops")
    table.do(decide, "vendor", by="ops")
    assert [c.possible for c in score(scenario, table.log).choices] == [10, 10, 10]


def test_the_scenarios_own_thresholds_stand_above_the_teams() -> None:
    table = Table(queue_scenario(policy={"declare_within_min": 3})).sit("ic").live()
    table.wait(4)
    table.do(declare, by="ic")
    assert verdict(table, Rule.DECLARE_EARLY, Policy(declare_within_min=9)) is NOT_MET


def test_in_turn_mode_nobody_is_late_for_what_nobody_could_do() -> None:
    table = Table().sit("ic", "ops", "comms").turns()
    table.do(declare, by="ic")
    update(table, 15)
    table.do(decide, "debug", by="ic")  # twelve minutes, then a message, then the next stop
    update(table, 15)
    assert verdict(table, Rule.COMMS_CADENCE) is MET
    table.do(decide, "search", by="ops")  # twenty minutes
    update(table, 15)
    assert verdict(table, Rule.COMMS_CADENCE) is MET


def test_in_turn_mode_who_could_have_declared_and_did_not_is_late() -> None:
    table = Table().sit("ic", "ops").turns()
    table.do(decide, "debug", by="ic")
    table.do(declare, by="ic")
    assert verdict(table, Rule.DECLARE_EARLY) is NOT_MET


def test_the_formula_is_told_with_the_weights() -> None:
    scenario = queue_scenario(weights={"declare_early": 3})
    assert "except declare early 3" in formula_in_words(scenario)
