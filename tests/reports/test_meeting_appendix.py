"""The record of a review meeting in the documents: who, when, the cards, and nobody's name where
cards are anonymous or names are taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from integrations import markdown_document
from models.rules.meeting.agenda import PartKind
from models.rules.meeting.record import (
    AttendanceRecord,
    CardGroupRecord,
    CardRecord,
    MeetingPartRecord,
    MeetingRecord,
    SurveyRecord,
)
from models.rules.meeting.survey import Answer, SurveyQuestion
from models.rules.record import PostmortemRecord, ReadOptions
from models.rules.record_json import dump, load
from models.rules.vocabulary import Audience, LessonKind
from reports.facts import DocumentFacts, prepare
from reports.postmortem_html import to_html
from reports.postmortem_markdown import to_markdown
from tests.small_postmortem import small_postmortem

BEGAN = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
WRONG, WELL = LessonKind.WENT_WRONG, LessonKind.WENT_WELL
MEETING = MeetingRecord(
    began_at=BEGAN,
    ended_at=BEGAN + timedelta(minutes=58),
    facilitator="Dora Lind",
    attendance=(
        AttendanceRecord("Cleo Tan", BEGAN, BEGAN + timedelta(minutes=30)),
        AttendanceRecord("Dora Lind", BEGAN),
    ),
    parts=(
        MeetingPartRecord(PartKind.TIMELINE, 15, 17),
        MeetingPartRecord(PartKind.CLOSE, 5, 0),
    ),
    groups=(
        CardGroupRecord(
            WRONG,
            (
                CardRecord(WRONG, "The release notes name no limits", "Cleo Tan"),
                CardRecord(WRONG, "Cleo saw it | by chance", "Dora Lind"),
            ),
            title="Limits change unseen",
            votes=3,
            is_carried=True,
        ),
        CardGroupRecord(WELL, (CardRecord(WELL, "The alert named its owner", "Dora Lind"),)),
    ),
    survey=(SurveyRecord(SurveyQuestion.LEARNED, {Answer.YES: 2, Answer.PARTLY: 1, Answer.NO: 0}),),
)
RECORD: PostmortemRecord = replace(small_postmortem(), meetings=(MEETING,))


def facts(record: PostmortemRecord = RECORD, *, redact: bool = False) -> DocumentFacts:
    return prepare(
        record, audience=Audience.FULL, redact=redact, paper="A4", zone="Europe/Berlin",
        as_of=BEGAN,
    )  # fmt: skip


def test_markdown_says_when_who_how_long_and_what_was_on_the_cards() -> None:
    said = to_markdown(facts())
    for line in (
        "## Review meeting of 12 March 2026",
        "| Led by | Dora Lind |",
        "| Who was there (2) | Cleo Tan (left at 09:30); Dora Lind |",
        "| Did you learn something that changes your work? | yes 2, a little 1, no 0 (n = 3) |",
        "| What happened | 15 min | 17 min |",
        "| What each takes along | 5 min | – |",
        (
            "| Went wrong | Limits change unseen: The release notes name no limits; "
            "Cleo saw it \\| by chance | Cleo Tan, Dora Lind | 3 votes | among the lessons |"
        ),
        "| Went well | The alert named its owner | Dora Lind | 0 votes |  |",
    ):
        assert line in said.split("\n")


def test_html_says_the_same_in_the_zone_of_the_reader() -> None:
    said = to_html(facts())
    for words in (
        "Appendix: review meeting of 12 March 2026",
        "12 March 2026, 10:58 CET",
        "<b>Limits change unseen</b>",
        "Cleo saw it | by chance",
        "among the lessons",
    ):
        assert words in said


def test_without_names_nobody_of_the_meeting_is_named() -> None:
    for said in (to_markdown(facts(redact=True)), to_html(facts(redact=True))):
        assert "Limits change unseen" in said
        assert not [name for name in ("Cleo", "Tan", "Dora", "Lind") if name in said]


def test_of_anonymous_cards_no_document_names_a_writer() -> None:
    groups = tuple(
        replace(group, cards=tuple(replace(card, by="") for card in group.cards))
        for group in MEETING.groups
    )
    anonymous = replace(MEETING, is_anonymous=True, groups=groups)
    record = replace(RECORD, meetings=(anonymous,))
    said = to_markdown(facts(record))
    assert "| Cards | Anonymous: who wrote a card is kept nowhere. |" in said
    assert "| The alert named its owner |  | 0 votes |" in said
    assert load(dump(record)) == record


def test_words_on_a_card_stay_words() -> None:
    bad = "<script>alert(1)</script> | # x"
    group = CardGroupRecord(WELL, (CardRecord(WELL, bad, "<b>Ada</b>"),), title="<i>x</i>")
    record = replace(RECORD, meetings=(replace(MEETING, groups=(group,)),))
    html = to_html(facts(record))
    assert "<script>alert" not in html
    assert "<b>Ada</b>" not in html
    assert "<i>x</i>" not in html
    assert "\n# x" not in to_markdown(facts(record))


def test_markdown_that_is_read_back_says_that_it_leaves_the_meeting() -> None:
    options = ReadOptions(now=BEGAN)
    reading = markdown_document.read(to_markdown(facts()).encode(), options)
    [back] = reading.postmortems
    assert [x.text for x in back.lessons] == [x.text for x in RECORD.lessons]
    left = [line for line in reading.unread if "record of a meeting stays" in line.why]
    assert any("The alert named its owner" in line.text for line in left)
    assert any("Cleo Tan (left at 09:30)" in line.text for line in left)
