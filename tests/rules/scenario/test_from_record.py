"""A draft from a post-mortem passes the check, whatever the post-mortem holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from integrations.formats import read
from integrations.scenario_text import scenario_text
from integrations.scenario_yaml import read_scenario
from models.rules.record import (
    EventRecord,
    ImpactRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    ReadOptions,
    WhyRecord,
)
from models.rules.scenario.check import check
from models.rules.scenario.findings import Report
from models.rules.scenario.from_record import Draft, draft_scenario
from models.rules.scenario.from_timeline import clipped
from models.rules.scenario.shape import Scenario
from models.rules.vocabulary import EventKind, ImpactKind, LessonKind, Severity
from reports.redaction import redact
from services.sample_data.story import read_story
from tests.any_record import ANY_POSTMORTEM
from tests.small_postmortem import small_postmortem

NOW = datetime(2026, 5, 4, 13, 0, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "postmortems_markdown"


def checked(draft: Draft) -> Report:
    return check(read_scenario(scenario_text(draft.document, draft.comments).encode()))


def drafted(record: PostmortemRecord) -> Scenario:
    report = checked(draft_scenario(record, redact))
    assert report.findings == ()
    assert report.scenario is not None
    return report.scenario


def with_events(*events: tuple[int, EventKind, str]) -> PostmortemRecord:
    began = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    lines = tuple(EventRecord(began + timedelta(minutes=m), text, kind=k) for m, k, text in events)
    incident = IncidentRecord("Orders waited", severity=Severity.SEV1, events=lines)
    return PostmortemRecord("Orders waited", incidents=(incident,))


@settings(max_examples=100, deadline=None)
@given(ANY_POSTMORTEM)
def test_any_post_mortem_makes_a_draft_without_a_finding(record: PostmortemRecord) -> None:
    draft = draft_scenario(record, redact)
    text = scenario_text(draft.document, draft.comments)
    source = read_scenario(text.encode())
    assert source.document == draft.document
    report = check(source)
    assert report.findings == (), text
    assert report.explored is not None
    assert len(report.explored.endings) == 2


@pytest.mark.parametrize("name", ["checkout", "search", "mails"])
def test_the_worked_example_makes_drafts(name: str) -> None:
    story = read_story(name, NOW, "Ada Brandt")
    if isinstance(story, IncidentRecord):
        story = PostmortemRecord(story.title, incidents=(story,))
    drafted(story)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_post_mortems_of_others_make_drafts() -> None:
    files = sorted(SAMPLES.glob("PM*.md"))
    assert len(files) > 20
    for file in files:
        reading = read(file.read_bytes(), ReadOptions(NOW, name=file.name))
        assert reading.postmortems
        for record in reading.postmortems:
            drafted(record)


def test_an_empty_post_mortem_makes_a_draft_full_of_blanks() -> None:
    scenario = drafted(PostmortemRecord(""))
    assert scenario.title == "A draft from our incident"
    assert list(scenario.nodes) == [
        "sign", "declare", "restore", "setback", "close", "end_good", "end_again"
    ]  # fmt: skip


def test_ten_thousand_events_of_long_text_still_fit_into_a_file() -> None:
    kinds = (EventKind.NOTE, EventKind.ALERT, EventKind.DECISION, EventKind.MITIGATION)
    events = [(n, kinds[n % 4], "\U0001f525" * 900) for n in range(10_000)]
    scenario = drafted(with_events(*events))
    assert sum(node.decision is not None for node in scenario.nodes.values()) == 11


def test_decisions_and_mitigations_of_the_timeline_become_choices_with_blanks_beside_them() -> None:
    scenario = drafted(
        with_events(
            (0, EventKind.ALERT, "Queue age alert"),
            (20, EventKind.DECISION, "Leave the queue as it is and look further"),
            (60, EventKind.MITIGATION, "Double the consumers"),
            (70, EventKind.RESOLUTION, "The queue was empty"),
        )
    )
    assert list(scenario.nodes) == [
        "event1", "declare", "turn1", "restore", "setback", "event2", "close", "end_good",
        "end_again",
    ]  # fmt: skip
    restore = scenario.nodes["restore"].decision
    assert restore is not None
    assert {o.label: o.effect for o in restore.options} == {
        "Double the consumers": {"affected": "0"},
        "Write another choice that a careful team could have made": {},
    }


def test_what_the_players_do_themselves_is_left_to_them() -> None:
    scenario = drafted(
        with_events(
            (0, EventKind.ALERT, "Alert"),
            (3, EventKind.UPDATE, "Status page: investigating"),
            (4, EventKind.ESCALATION, "The database team was called"),
            (5, EventKind.OBSERVATION, "The pool is full"),
        )
    )
    bodies = [node.body for node in scenario.nodes.values()]
    assert "The pool is full" in bodies
    assert not any("Status page" in body or "database team" in body for body in bodies)
    notes = scenario.nodes["event2"].facilitator
    assert notes is not None
    assert "09:03 UTC Status page: investigating 09:04 UTC The database team" in (notes.notes or "")


def test_every_mitigation_leaves_fewer_customers_affected_and_the_last_one_none() -> None:
    scenario = drafted(
        with_events(
            (0, EventKind.ALERT, "Alert"),
            (20, EventKind.MITIGATION, "End the export"),
            (60, EventKind.MITIGATION, "Limit the requests"),
        )
    )
    effects = {
        option.label: option.effect.get("affected")
        for node in scenario.nodes.values()
        for option in (node.decision.options if node.decision else ())
    }
    assert scenario.state["affected"].initial == 50
    assert (effects["End the export"], effects["Limit the requests"]) == ("25", "0")


def test_waits_are_shortened() -> None:
    scenario = drafted(
        with_events(
            (0, EventKind.ALERT, "Alert"),
            (1, EventKind.OBSERVATION, "One minute later"),
            (600, EventKind.OBSERVATION, "Ten hours later"),
        )
    )
    assert [scenario.nodes[f"event{n}"].delay_min for n in (1, 2, 3)] == [0, 1, 3]


def test_what_happened_before_anybody_could_see_it_is_for_the_facilitator_only() -> None:
    scenario = drafted(small_postmortem())
    read_by_players = " ".join(f"{n.title} {n.body}" for n in scenario.nodes.values())
    assert "retry limit" not in read_by_players
    notes = scenario.nodes["declare"].facilitator
    assert notes is not None
    assert notes.notes is not None
    assert "09:00 UTC The retry limit went to zero" in notes.notes
    assert "The default of the setting is zero" in notes.notes


def test_a_line_that_names_the_cause_is_kept_from_the_participants() -> None:
    told = "Ana found it: the root cause was the retry limit."
    scenario = drafted(
        with_events((0, EventKind.ALERT, "Alert"), (9, EventKind.OBSERVATION, told),
                    (12, EventKind.MITIGATION, told))
    )  # fmt: skip
    assert scenario.nodes["event2"].body == "Write what could be seen at this moment."
    notes = scenario.nodes["event2"].facilitator
    assert notes is not None
    assert "found it: the root cause was the retry limit." in (notes.notes or "")


def test_lines_around_one_that_names_the_cause_are_still_told() -> None:
    told = ["Errors at 4 %", "The root cause was DNS", "Errors at 5 %", "At 6 %", "At 7 %"]
    lines = [(n, EventKind.OBSERVATION, text) for n, text in enumerate(told, start=1)]
    scenario = drafted(with_events((0, EventKind.ALERT, "Alert"), *lines))
    bodies = [scenario.nodes[f"event{n}"].body for n in (2, 3, 4)]
    assert bodies == ["Errors at 4 %", "Errors at 5 %\nAt 6 %", "At 7 %"]


def test_what_players_read_before_they_play_tells_where_and_when_and_no_cause() -> None:
    record = with_events((0, EventKind.ALERT, "Errors at 4 %"))
    [incident] = record.incidents
    record = replace(
        record,
        title="Orders failed because of the DNS change",
        incidents=(replace(incident, services=("Checkout",)),),
        factors=("DNS change",),
        lessons=(LessonRecord(LessonKind.WENT_WRONG, "The DNS change had no way back."),),
    )
    scenario = drafted(record)
    assert re.fullmatch(r"Checkout on a \w+day (night|morning|afternoon|evening)", scenario.title)
    before = (scenario.id, scenario.title, *(o.text for o in scenario.objectives))
    assert "dns" not in " ".join(before).casefold()
    assert "Our review found this: The DNS change had no way back." in scenario.debrief.hot_wash


def test_a_long_line_ends_after_a_whole_word() -> None:
    assert clipped("one two three", 10) == "one two…"
    assert clipped("one two three", 8) == "one two…"
    assert clipped("onetwothree", 8) == "onetwot…"


def test_people_are_roles_in_it() -> None:
    record = with_events(
        (0, EventKind.ALERT, "Alert"),
        (5, EventKind.DECISION, "Wanda Petrov decided to wait"),
        (8, EventKind.MITIGATION, "wanda doubled the consumers for @wanda"),
    )
    record = replace(
        record,
        participants=(ParticipantRecord("Wanda Petrov", "commander"),),
        whys=(WhyRecord("Wanda did not know of the limit"),),
        lessons=(LessonRecord(LessonKind.WENT_WRONG, "Petrov was alone"),),
    )
    draft = draft_scenario(record, redact)
    text = scenario_text(draft.document, draft.comments)
    assert "Petrov" not in text
    assert "Wanda" not in text
    assert "incident commander decided to wait" in text


def test_impact_on_data_is_a_variable_that_counts_as_impact() -> None:
    record = replace(
        with_events((0, EventKind.ALERT, "Alert")),
        impacts=(ImpactRecord(ImpactKind.DATA, "Forty rows were lost."),),
    )
    scenario = drafted(record)
    assert scenario.impact_when == "affected >= 1 or data_at_risk"
    assert scenario.severity.answers[0].why == "Forty rows were lost."


def test_every_objective_has_its_question_and_what_was_learned_waits_for_the_debrief() -> None:
    scenario = drafted(small_postmortem())
    assert len(scenario.objectives) == 4
    assert {q.objective for q in scenario.debrief.questions} == {o.id for o in scenario.objectives}
    assert scenario.debrief.hot_wash[1:3] == (
        "Our review found this: The setting had no owner.",
        "Our review found this: Configuration change",
    )
