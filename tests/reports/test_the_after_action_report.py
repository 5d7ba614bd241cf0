"""The after-action report: what it says of a run, on paper, as HTML and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pymupdf
import pytest

from models.rules.exercise.hotwash import AfterActionFacts
from reports.exercise_contents import Contents
from reports.exercise_facts import ExerciseDocument
from reports.exercise_html import exercise_html
from reports.exercise_markdown import exercise_markdown
from reports.pdf import PdfPrinter
from reports.pdf_layout import Printer, printer
from tests.reports.conftest import Golden
from tests.reports.exercise_sample import (
    NOTES,
    document,
    everywhere,
    nothing_yet,
    solo_facts,
    team_facts,
)
from tests.reports.reading import flat, opened, pages_text

Write = Callable[[ExerciseDocument], str]
BOTH = pytest.mark.parametrize("write", [exercise_html, exercise_markdown])


@pytest.fixture(scope="module")
def pdf(a4: Printer) -> bytes:
    return a4.pdf(document(team_facts()))


def test_the_pages_say_what_they_said(pdf: bytes, golden: Golden) -> None:
    golden.check("after_action.txt", pages_text(pdf))


def test_the_markdown_says_what_it_said(golden: Golden) -> None:
    golden.check("after_action.md", exercise_markdown(document(team_facts())))


def test_a_run_played_alone_reads_as_it_did(golden: Golden) -> None:
    golden.check("after_action_alone.md", exercise_markdown(document(solo_facts())))


def test_headings_are_bookmarks_in_their_order(pdf: bytes) -> None:
    with opened(pdf) as read:
        titles = [title for level, title, _ in read.get_toc() if level == 2]
    assert titles == [
        "Summary", "Objectives", "Strengths and areas to improve", "Improvement plan",
        "What the debrief said", "Rules and their evidence", "Decisions",
        "The way through the story", "Observations", "Who took part", "Timeline",
    ]  # fmt: skip


def test_it_is_tagged_and_every_figure_has_words(pdf: bytes) -> None:
    with opened(pdf) as read:
        assert "pdfuaid:part" in read.get_xml_metadata()
        objects = [read.xref_object(n) for n in range(1, read.xref_length())]
    figures = [each for each in objects if "/S /Figure" in each]
    assert len(figures) == 5  # the run, a bar for each objective, the way through the story
    assert all("/Alt" in figure for figure in figures)


def test_fonts_are_embedded_and_pages_counted(pdf: bytes) -> None:
    with opened(pdf) as read:
        fonts = {font[3]: font[1] for page in read for font in page.get_fonts()}
        assert all(kind not in ("", "n/a") for kind in fonts.values())
        for number, page in enumerate(read, 1):
            assert f"Page {number} of {len(read)}" in page.get_text()


def test_letter_paper_is_letter() -> None:
    made = printer("Letter").pdf(document(team_facts(), paper="Letter"))
    with opened(made) as read:
        assert (round(read[0].rect.width), round(read[0].rect.height)) == (612, 792)


def test_the_words_of_the_drawings_can_be_read_and_do_not_leave_the_page(pdf: bytes) -> None:
    with opened(pdf) as read:
        assert "Customers hurt 31 min" in read[0].get_text()
        _all_inside(read)


def _all_inside(read: pymupdf.Document) -> None:
    for page in read:
        assert all(word[0] >= 0 and word[2] <= page.rect.width for word in page.get_text("words"))


@BOTH
def test_what_the_facilitator_decided_is_told_and_left_out_of_the_score(write: Write) -> None:
    text = write(document(team_facts()))
    assert "2 decisions were made by the facilitator in place of the team" in text
    assert "Jonas had to take a call." in text
    assert "Left out" in text


@BOTH
def test_a_point_is_shown_with_the_event_and_the_minute_that_decided_it(write: Write) -> None:
    text = write(document(team_facts()))
    assert "Minute 28: Mitigated: Consumers doubled by hand" in text
    assert "Minute 4: Marked as partly: KEY looks at the orders" in text


def test_a_rule_met_partly_says_which_expectation_was_missed() -> None:
    said = Contents(document(team_facts())).to_improve()
    assert any(line.endswith("Expected, not met: “KEY tells the board”.") for line in said)


@BOTH
def test_what_nothing_could_show_is_said_to_be_not_observed(write: Write) -> None:
    text = write(document(nothing_yet()))
    assert "has not started, so there is nothing to tell yet" in text
    assert "Process score Not observed" in text or "**Process score:** Not observed" in text
    assert not re.search(r"\d %", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))


def test_an_ending_that_was_reached_is_named_and_an_early_end_has_its_reason() -> None:
    alone, team = (Contents(document(x)) for x in (solo_facts(), team_facts()))
    assert "came to a good ending, “Closed for good”." in alone.summary()
    assert "The reason given: “The room was needed”." in team.summary()
    assert ("Ended early because", "The room was needed.") in team.key_facts()
    unexplained = replace(team_facts().record, ended_early_because="")
    other = Contents(document(replace(team_facts(), record=unexplained)))
    assert "No reason was given." in other.summary()


def test_a_run_that_goes_on_is_not_said_to_have_ended() -> None:
    record = replace(team_facts().record, ended_at=None, ended_early_because="")
    said = Contents(document(replace(team_facts(), record=record)))
    assert said.standing == "Not ended"
    assert "has not ended" in said.summary()


def test_an_improvement_past_its_day_is_overdue_only_while_it_is_open() -> None:
    rows = Contents(document(team_facts())).improvements()
    assert [row.status for row in rows] == ["Accepted, overdue", "In progress", "Proposed"]
    assert (rows[2].owner, rows[2].due) == ("Nobody yet", "No date yet")


def test_notes_without_an_objective_stand_under_the_whole() -> None:
    last = Contents(document(team_facts())).debrief()[-1]
    assert (last.heading, [note.by for note in last.notes]) == ("About the whole", ["Jonas Wiig"])


@BOTH
def test_redacted_it_names_seats_and_nobody(write: Write) -> None:
    text = write(document(team_facts(), redact=True))
    assert not re.search("Mira|Castellanos|Jonas|Wiig|Tarek|Aziz|Okafor", text)
    assert "The incident commander is on it" in text
    assert "Names are replaced by seats" in text


def test_two_people_in_one_seat_are_told_apart_when_redacted() -> None:
    facts = team_facts()
    seat = "Operations lead"
    people = (("Mira Castellanos", seat), ("Jonas Wiig", seat))
    doc = document(replace(facts, record=replace(facts.record, people=people)), redact=True)
    assert doc.facts.notes[2].by == "Operations lead 2"


def test_the_real_time_is_shown_in_the_readers_zone_but_in_utc_in_markdown() -> None:
    doc = document(team_facts(), zone="Asia/Tokyo")
    assert "4 May 2026, 22:00 JST" in exercise_html(doc)
    assert "4 May 2026, 13:00 UTC" in exercise_markdown(doc)


def five_thousand() -> AfterActionFacts:
    facts = team_facts()
    lines = facts.record.timeline
    many = tuple(replace(lines[n % len(lines)], event=n, story=n * 7) for n in range(5_000))
    return replace(facts, record=replace(facts.record, timeline=many), notes=NOTES * 200)


def test_five_thousand_events_are_drawn_small_and_printed_up_to_a_limit(a4: Printer) -> None:
    doc = document(five_thousand())
    with opened(a4.pdf(doc)) as read:
        text = flat("".join(page.get_text() for page in read))
        drawn = read[0].get_text()
    assert flat("The first 1,000 of 5,003 are printed.") in text
    assert "Story’s clock" in drawn  # the picture is still on the first page
    assert exercise_html(doc).count("Forty calls") > 200


@pytest.mark.parametrize("word", ["Donaudampfschiff" * 15, "漢字" * 120, "🙂" * 100])
def test_words_without_an_end_stay_on_the_page(a4: Printer, word: str) -> None:
    with opened(a4.pdf(document(everywhere(word)))) as read:
        _all_inside(read)


def test_the_printer_prints_it_in_its_worker_and_keeps_it() -> None:
    working = PdfPrinter()
    try:
        made = working.render(document(team_facts()))
        assert made.startswith(b"%PDF-1.7")
        assert working.render(document(team_facts())) is made
        assert working.render(document(team_facts(), redact=True)) is not made
    finally:
        working.stop()


def test_the_second_try_has_no_drawings_but_all_sections(a4: Printer, pdf: bytes) -> None:
    with opened(a4.pdf(document(team_facts()), plain=True)) as plain, opened(pdf) as full:
        assert [t for _, t, _ in plain.get_toc()] == [t for _, t, _ in full.get_toc()]
        assert "Customers hurt 31 min" not in plain[0].get_text()
