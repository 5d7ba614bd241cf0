from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from models.rules.free_texts import free_texts, read_whole
from models.rules.record import ActionRecord, LessonRecord, ReviewRecord, WhyRecord
from models.rules.review import Step
from models.rules.vocabulary import ActionStatus, LessonKind
from reports.every_text import rewrite_texts
from tests.small_postmortem import small_postmortem


def test_every_text_says_where_it_stands_and_on_which_step() -> None:
    places = [(text.place, text.step) for text in free_texts(small_postmortem())]
    assert places == [
        ("Title", Step.PREPARE),
        ("Timeline, 10 Mar, 09:00", Step.TIMELINE),
        ("Timeline, 10 Mar, 09:12", Step.TIMELINE),
        ("Timeline, 10 Mar, 10:40", Step.TIMELINE),
        ("Impact, customers", Step.IMPACT),
        ("Impact, duration", Step.IMPACT),
        ("Why 1", Step.WHY),
        ("Why 1.1", Step.WHY),
        ("What we learned, went well", Step.LEARNED),
        ("What we learned, went wrong", Step.LEARNED),
        ("Action 1", Step.ACTIONS),
        ("Summary", Step.REVIEW),
    ]


def test_times_in_places_are_those_of_the_reader() -> None:
    found = free_texts(small_postmortem(), ZoneInfo("Europe/Berlin"))
    assert found[1].place == "Timeline, 10 Mar, 10:00"


def test_no_field_of_prose_is_left_out() -> None:
    record = small_postmortem()
    record = replace(
        record,
        incidents=(replace(record.incidents[0], title="Another title", summary="What it was"),),
        actions=(
            ActionRecord("Buy a spare", status=ActionStatus.DECLINED, reason="It costs too much"),
        ),
        no_actions_reason="Nothing to do",
        reviews=(ReviewRecord("Ben Okafor", comment="Well told"),),
    )
    prose = {"text", "title", "summary", "reason", "no_actions_reason", "comment"}
    written: list[str] = []

    def note(field: str, text: str) -> str:
        if field in prose:
            written.append(text)
        return text

    rewrite_texts(record, note)
    assert {text.text for text in free_texts(record)} == set(written)


def test_lines_that_machines_wrote_are_not_read() -> None:
    record = small_postmortem()
    [incident] = record.incidents
    noise = replace(incident.events[0], text="Ada should have known better.", is_noise=True)
    record = replace(record, incidents=(replace(incident, events=(noise,)),))
    assert read_whole(record) == ()


def test_a_finding_stands_in_its_line() -> None:
    record = replace(
        small_postmortem(),
        lessons=(
            LessonRecord(
                LessonKind.WENT_WRONG,
                "Two things happened.\nAda should have checked the limit.",
            ),
        ),
    )
    [found] = read_whole(record)
    assert found.where.step is Step.LEARNED
    assert found.line == "Ada should have checked the limit."
    assert found.line[found.finding.start : found.finding.end] == found.finding.span
    assert "should have" in found.finding.span
    assert found.sentence == "ada should have checked the limit."


def test_names_of_the_record_are_known_to_the_reading() -> None:
    record = replace(small_postmortem(), whys=(WhyRecord("Brandt caused the outage."),))
    assert read_whole(replace(record, owner="Ada Brandt"))
    nobody = replace(record, owner="", participants=(), actions=())
    assert not read_whole(nobody)


def test_a_calm_record_has_no_findings() -> None:
    assert read_whole(small_postmortem()) == ()
