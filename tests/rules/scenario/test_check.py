"""Every defect that can be planted in a clean scenario is found, where it is, and nothing else."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from integrations.scenario_yaml import read_scenario
from models.rules.scenario.check import check
from models.rules.scenario.findings import CODES, Finding, Report

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
CLEAN = (FIXTURES / "queue.yaml").read_text("utf-8")


def checked(text: str) -> Report:
    return check(read_scenario(text.encode()))


def planted(old: str, new: str) -> str:
    assert CLEAN.count(old) == 1, f"{old!r} stands {CLEAN.count(old)} times"
    return CLEAN.replace(old, new)


# What is planted: the text that is replaced, by what; the code, a piece of the line that the
# finding points at, and its place in words.
DEFECTS = {
    "a misspelt key": (
        "    delay_min: 2\n", "    delay_mins: 2\n",
        "E01", "delay_mins: 2", "node first, delay_mins"),
    "an unquoted comma inside braces": (
        "{objective: O3, text: Who waited for a word from whom?}",
        "{objective: O3, text: Who waited, for a word from whom?}",
        "E01", "Who waited", "debrief, question 3, for a word from whom?"),
    "minutes written as a clock": (
        "takes_min: 12", "takes_min: 1:30",
        "E01", "1:30", "node repair, option wake, takes_min"),
    "a word for true": (
        "hands_on: true", "hands_on: yes",
        "E01", "hands_on: yes", "seat ops, hands_on"),
    "a missing text": (
        "          feedback: It stays quiet.\n", "",
        "E01", "id: hold", "node quiet, option hold, feedback"),
    "a word that is not in the list": (
        "channel: statuspage", "channel: statspage",
        "E01", "statspage", "node quiet, channel"),
    "evidence without content": (
        ("        csv: |\n          time,minutes\n          18:40,0\n          18:50,0\n"
        "          18:58,7\n"), "",
        "E01", "id: age", "node alarm, evidence age"),
    "a start without a zone": (
        "2026-05-09T19:00:00Z", "2026-05-09T19:00:00",
        "E01", "start:", "clock, start"),
    "a node written twice": (
        "  end_good: {", "  again: {ending: good, title: Twice, body: Twice.}\n  end_good: {",
        "E02", "title: Twice", "node again"),
    "an option id twice": (
        "- id: restart", "- id: skip",
        "E02", "- id: skip", "node repair, option skip, id"),
    "a seat id twice": (
        "  - id: comms\n", "  - id: ops\n",
        "E02", "- id: ops", "seat ops, id"),
    "an option that leads nowhere": (
        "          next: repair\n", "          next: repare\n",
        "E03", "repare", "node repair, option restart, next"),
    "a next that leads nowhere": (
        "    next: end_mixed", "    next: end_bad",
        "E03", "end_bad", "node again, next"),
    "a default that is no option": (
        "default: skip", "default: skipp",
        "E03", "default: skipp", "node repair, default"),
    "a question about no objective": (
        "{objective: O3,", "{objective: O4,",
        "E03", "O4", "debrief, question 3, objective"),
    "a clock inject after no node": (
        "    after: first\n", "    after: fist\n",
        "E03", "after: fist", "clock inject k-support, after"),
    "an unknown seat": (
        "to: [ic, comms]", "to: [ic, coms]",
        "E04", "coms]", "node boss, to 2"),
    "an unknown seat that covers": (
        "covered_by: ic", "covered_by: boss",
        "E04", "covered_by", "seat comms, covered_by"),
    "an unknown variable in an effect": (
        "{waiting: waiting + 20}", "{wating: waiting + 20}",
        "E05", "wating", "node repair, option restart, effect, wating"),
    "an unknown variable in an expression": (
        "progress_when: skipping", "progress_when: skiping",
        "E05", "skiping", "progress_when"),
    "an expression that is code": (
        "requires: skipping", "requires: __import__('os')",
        "E05", "__import__", "node quiet, option hold, requires"),
    "an effect of the wrong kind": (
        "{skipping: true, waiting: 10}", "{skipping: 1, waiting: 10}",
        "E05", "skipping: 1", "node repair, option skip, effect, skipping"),
    "a word that the enum lacks": (
        "mood == angry", "mood == furious",
        "E05", "furious", "node repair, option wake, requires"),
    "a value that leaves its range on a path": (
        "min: 0, max: 200", "min: 0, max: 120",
        "E05", "waiting + 20", "node repair, option restart, effect, waiting"),
    "a first value out of range": (
        "initial: 20, min: 0", "initial: 20, min: 30",
        "E05", "min: 30", "variable waiting, initial"),
    "a start that is no node": (
        "  start: alarm", "  start: alert",
        "E06", "start: alert", "opening, start"),
    "a node that nothing leads to": (
        "  end_good: {", ("  lost:\n    title: Lost\n    body: Lost.\n    next: end_good\n"
        "  end_good: {"),
        "E07", "  lost:", "node lost"),
    "a node that no play leads to": (
        "requires: skipping", "requires: not skipping",
        "E07", "end_good:", "node end_good"),
    "a node without a way on": (
        "    next: repair\n  repair", "  repair",
        "E08", "  boss:", "node boss"),
    "a node with two ways on": (
        "  end_good: {", "  end_good: {next: end_mixed, ",
        "E08", "end_good:", "node end_good, ending"),
    "a state without an available option": (
        "          feedback: The others flow", ("          requires: skipping\n"
        "          feedback: The others flow"),
        "E08", "decision:", "node repair, decision"),
    "a circle without a limit": (
        "    max_visits: 2\n", "",
        "E09", "  repair:", "node repair"),
    "a negative delay": (
        "    delay_min: 6", "    delay_min: -6",
        "E10", "-6", "node again, delay_min"),
    "clock injects out of order": (
        "contingencies:", ("  - {id: k-two, at_min: 3, channel: exec, title: Two, body: Two.}\n"
        "contingencies:"),
        "E10", "k-two", "clock inject k-two, at_min"),
    "a log line from the future": (
        "18:59:40 retry", "19:04:40 retry",
        "E10", "id: consumer-log", "node alarm, evidence consumer-log"),
    "an unknown severity": (
        "level: SEV1, accept", "level: SEV7, accept",
        "E12", "SEV7", "severity, answer 1, level"),
    "a severity outside the scale": (
        "scale: [SEV1, SEV2, SEV3]", "scale: [SEV1, SEV2]",
        "E12", "A few buyers wait", "severity, answer 3, level"),
    "a state without a severity": (
        '    - {when: "true", level: SEV3, why: A few buyers wait}\n', "",
        "E12", "answers:", "severity, answers"),
    "an unknown rule": (
        "[mitigate_first, stable_30]", "[mitigate_frist, stable_30]",
        "E13", "mitigate_frist", "objective O2, rule 1"),
    "a rule with a weight that is none": (
        "weights: {declare_early: 2,", "weights: {declare_soon: 2,",
        "E13", "declare_soon", "weights, declare_soon"),
    "a default that may not be there": (
        "default: skip", "default: wake",
        "E14", "default: wake", "node repair, default"),
    "a missing default": (
        "      default: now\n", "",
        "E14", "decision:", "node quiet, default"),
    "an option that never comes": (
        "requires: mood == angry", "requires: mood == calm",
        "W01", "id: wake", "node repair, option wake"),
    "a decision with one option": (
        ("        - id: declare\n          label: Declare an incident\n"
        "          takes_min: 2\n          tags: [declare]\n          score: 10\n"
        "          effect: {waiting: waiting + 30, mood: annoyed}\n"
        "          feedback: Declaring early costs little.\n          next: boss\n"), "",
        "W02", "options:", "node first, options"),
    "an objective without a question": (
        "    - {objective: O3, text: Who waited for a word from whom?}\n", "",
        "W03", "id: O3", "objective O3"),
    "an objective without rules": (
        "    rules: [comms_cadence]\n", "",
        "W03", "id: O3", "objective O3"),
    "a long wait": (
        "    delay_min: 2\n", "    delay_min: 40\n",
        "W05", "delay_min: 40", "node first, delay_min"),
    "two options that do the same": (
        ("takes_min: 12\n          tags: [escalate]\n          score: 5\n"
        "          requires: mood == angry\n          effect: {skipping: true, waiting: 5}"),
        ("takes_min: 5\n          tags: [mitigate]\n          score: 10\n"
        "          effect: {skipping: true, waiting: 2 * 5}"),
        "W02", "id: wake", "node repair, option wake"),
    "a session that is too short": (
        "duration_min: 45", "duration_min: 30",
        "W08", "duration_min: 30", "duration_min"),
    "the cause in an inject": (
        "body: The promoter sees complaints.", "body: The root cause is a bad order.",
        "W09", "The root cause is", "node boss, body"),
    "a spoiler in the opening": (
        "a concert has just gone on sale.", "a poison message has come.",
        "W09", "poison message has", "opening, text"),
    "a clock inject after every ending": (
        "at_min: 6", "at_min: 90",
        "W10", "at_min: 90", "clock inject k-support, at_min"),
    "a clock inject before its subject": (
        "    after: first\n", "    after: quiet\n",
        "W10", "at_min: 6", "clock inject k-support, at_min"),
    "a clock inject whose time never fits": (
        "    when: waiting >= 40\n    channel: customer",
        "    when: waiting >= 150\n    channel: customer",
        "W10", "when: waiting >= 150", "clock inject k-support, when"),
    "no help": (
        "    kind: help", "    kind: pressure",
        "W11", "decision:", "node first, decision"),
    "a best option that is not there": (
        "          score: 5\n          requires: mood == angry",
        "          score: 90\n          requires: mood == angry and waiting < 5",
        "W12", "nodes:", "nodes"),
    "a best way to a bad end": (
        "feedback: Nobody was watching when it came back.",
        "score: 50\n          feedback: Nobody was watching when it came back.",
        "W12", "nodes:", "nodes"),
    "a promise of another update where none is sent": (
        "takes_min: 12", "takes_min: 12\n          next_update_min: 30",
        "E01", "next_update_min: 30", "node repair, option wake, next_update_min"),
    "a rule that no path can score": (
        "rules: [comms_cadence]", "rules: [comms_cadence, gdpr_72h]",
        "W13", "gdpr_72h", "objective O3, rule 2"),
}  # fmt: skip


def test_a_story_that_can_only_end_badly_is_told() -> None:
    text = CLEAN.replace("ending: good", "ending: bad").replace("ending: mixed", "ending: bad")
    assert w12(text).message == "Every ending that can be reached is bad."


def test_a_best_option_that_ends_badly_beside_one_that_ends_well_is_told_with_its_way() -> None:
    text = planted(
        "feedback: Nobody was watching when it came back.",
        "score: 10\n          feedback: Nobody was watching when it came back.",
    )
    assert "W12" not in {f.code for f in checked(text).findings}
    found = w12(text.replace("ending: mixed", "ending: bad"))
    assert found.message == "Somebody who takes a best option at every decision can end badly."
    assert "quiet: now" in found.reproduce


def test_where_the_best_end_is_mixed_the_best_way_leads_to_it() -> None:
    text = planted(
        "feedback: Nobody was watching when it came back.",
        "score: 50\n          feedback: Nobody was watching when it came back.",
    ).replace("ending: mixed", "ending: bad")
    assert "W12" not in {
        f.code for f in checked(CLEAN.replace("ending: good", "ending: mixed")).findings
    }
    found = w12(text.replace("ending: good", "ending: mixed"))
    assert "does not lead to the mixed ending" in found.message


def w12(text: str) -> Finding:
    [found] = [f for f in checked(text).findings if f.code == "W12"]
    return found


def test_a_good_scenario_has_no_findings() -> None:
    report = checked(CLEAN)
    assert report.findings == ()
    assert report.explored is not None
    assert report.explored.endings == ("end_good", "end_mixed")
    assert not report.explored.partial


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found_where_it_is(defect: str) -> None:
    old, new, code, line, place = DEFECTS[defect]
    text = planted(old, new)
    found = [f for f in checked(text).findings if f.code == code]
    assert found, [f.code for f in checked(text).findings]
    lines = text.splitlines()
    assert any(f.place == place and line in lines[(f.line or 0) - 1] for f in found), found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    covered_by: ic\n", "    covered_by: comms\n", [("E04", "covered by itself")]),
        ("seats:\n", "min_players: 5\nmax_players: 2\nseats:\n", [("E01", "max_players")]),
        ("rules: [comms_cadence]", "rules: [comms_cadenc]", [("E13", "Did you mean")]),
        ("title: Operations", f"title: {'x' * 5_000}", [("E01", "too long")]),
    ],
)
def test_one_fault_is_told_once(old: str, new: str, told: list[tuple[str, str]]) -> None:
    found = [(f.code, f.message) for f in edited((old, new)).findings if f.level == "error"]
    assert [code for code, _ in found] == [code for code, _ in told]
    assert all(words in message for (_, message), (_, words) in zip(found, told, strict=True))


def edited(*pairs: tuple[str, str]) -> Report:
    text = CLEAN
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return checked(text)


DBA = ("  - id: comms\n", "  - id: dba\n    title: Databases\n    brief: Tables.\n  - id: comms\n")
NOT_ALL = ("to: [all]", "to: [ic, ops, comms]")


def test_a_required_seat_that_is_never_addressed_is_named() -> None:
    (found,) = edited(DBA, NOT_ALL).findings
    assert (found.code, found.place) == ("W04", "seat dba")
    assert "never addressed" in found.message


def test_a_required_seat_that_waits_for_long_is_named_with_the_way_there() -> None:
    first = ("to: [ic, ops, comms]\n    title: Oldest order waits for nine",
             "to: [all]\n    title: Oldest order waits for nine")  # fmt: skip
    (found,) = edited(DBA, NOT_ALL, first).findings
    assert (found.code, found.place) == ("W04", "seat dba")
    assert "for 32 minutes" in found.message
    assert found.reproduce[:2] == ("first: watch", "repair: restart")


def test_a_severe_incident_needs_somebody_who_asks() -> None:
    (found,) = edited(
        ("channel: exec", "channel: chat"), ("channel: customer", "channel: chat")
    ).findings
    assert (found.code, found.place) == ("W06", "nodes")
    assert "SEV1" in found.message


def test_a_best_option_that_is_always_the_longest_is_named() -> None:
    (found,) = edited(
        ("Declare an incident", "Declare an incident, and say who leads it from here"),
        ("Set the order aside", "Set the order aside, so that the others can pass"),
    ).findings
    assert (found.code, found.place) == ("W07", "nodes")
    assert "has the longest label" in found.message


def test_a_best_option_that_always_stands_first_is_named() -> None:
    source = read_scenario(CLEAN.encode())
    document: Any = deepcopy(source.document)
    for node in ("first", "quiet"):
        document["nodes"][node]["decision"]["options"].reverse()
    (found,) = check(replace(source, document=document)).findings
    assert (found.code, found.place) == ("W07", "nodes")
    assert "stands first" in found.message


def test_a_rule_that_needs_a_severe_incident_cannot_be_scored_without_one() -> None:
    (found,) = edited(
        ("rules: [comms_cadence]", "rules: [comms_cadence, customer_mail_60]"),
        ("tags: [escalate]", "tags: [escalate, comms]"),
        ("level: SEV1, accept: [SEV2]", "level: SEV2"),
    ).findings
    assert (found.code, found.place) == ("W13", "objective O3, rule 2")
    assert "SEV0 or SEV1" in found.message


def test_mitigation_cannot_be_scored_where_nobody_is_hurt() -> None:
    findings = edited(("impact_when: waiting >= 40", "impact_when: waiting >= 150")).findings
    assert [
        (f.code, "mitigate" in f.message) for f in findings if "mitigate_first" in f.message
    ] == [("W13", True)]


def test_every_code_has_a_planted_defect() -> None:
    planted_codes = {defect[2] for defect in DEFECTS.values()}
    assert planted_codes | {"E00", "E11", "W04", "W06", "W07"} == set(CODES)


def test_a_story_without_an_ending_is_turned_back() -> None:
    text = CLEAN.replace("{ending: good,", "{next: first,").replace(
        "{ending: mixed,", "{next: first,"
    )
    assert "E11" in {f.code for f in checked(text).findings}


def test_all_faults_are_told_at_once() -> None:
    text = CLEAN
    for defect in ("a misspelt key", "an unknown seat", "an unknown variable in an effect",
                   "an option that leads nowhere", "an unknown rule", "no help"):  # fmt: skip
        old, new, *_ = DEFECTS[defect]
        text = text.replace(old, new)
    codes = {f.code for f in checked(text).findings}
    assert {"E01", "E03", "E04", "E05", "E13", "W11"} <= codes


def test_a_misspelling_does_not_hide_what_only_playing_shows() -> None:
    text = CLEAN
    for defect in ("an option that leads nowhere", "an unknown variable in an effect",
                   "an unknown variable in an expression", "an option that never comes",
                   "a value that leaves its range on a path"):  # fmt: skip
        old, new, *_ = DEFECTS[defect]
        text = text.replace(old, new)
    found = checked(text).findings
    assert {"E03", "E05", "W01"} == {f.code for f in found}
    assert any(f.code == "E05" and f.reproduce for f in found)


def test_a_fault_in_play_comes_with_the_options_that_lead_there() -> None:
    old, new, *_ = DEFECTS["a value that leaves its range on a path"]
    (found,) = (f for f in checked(planted(old, new)).findings if f.code == "E05")
    assert found.reproduce == ("first: watch", "repair: restart")
