"""The quarterly review: what it says, on paper, as HTML and as Markdown."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime

import pytest

from models.rules.following.loop import Quarter
from models.rules.metrics.change import change_in_counts
from models.rules.metrics.measures import Key
from reports.pdf_layout import Printer
from reports.quarterly_contents import MOST_PROMISES, Contents
from reports.quarterly_facts import PromiseLine, Promises, QuarterlyDocument
from reports.quarterly_html import quarterly_html, quarterly_print_html
from reports.quarterly_markdown import quarterly_markdown
from tests.reports.conftest import Golden
from tests.reports.quarterly_sample import document, facts, line, nothing_yet
from tests.reports.reading import flat, opened, pages_text


@pytest.fixture(scope="module")
def pdf(a4: Printer) -> bytes:
    return a4.pdf(document())


def test_the_pages_say_what_they_said(pdf: bytes, golden: Golden) -> None:
    golden.check("quarterly.txt", pages_text(pdf))


def test_the_markdown_says_what_it_said(golden: Golden) -> None:
    golden.check("quarterly.md", quarterly_markdown(document()))


def test_headings_are_bookmarks_in_their_order(pdf: bytes) -> None:
    with opened(pdf) as read:
        titles = [title for level, title, _ in read.get_toc() if level == 2]
    assert titles == [
        "What to discuss", "How long", "How often", "What came back", "Open promises",
        "Exercises run", "Habits of the process",
    ]  # fmt: skip


def test_it_is_tagged_and_every_drawing_has_words(pdf: bytes) -> None:
    with opened(pdf) as read:
        assert "pdfuaid:part" in read.get_xml_metadata()
        assert 1 <= len(read) <= 4
        objects = [read.xref_object(n) for n in range(1, read.xref_length())]
    figures = [each for each in objects if "/S /Figure" in each]
    assert len(figures) == 2  # a measure, and the months
    assert all("/Alt" in figure for figure in figures)


def test_a_quarter_without_records_is_short_and_calm(a4: Printer) -> None:
    made = a4.pdf(document(nothing_yet()))
    with opened(made) as read:
        assert len(read) <= 2
    text = flat(pages_text(made))
    assert flat("No incident began in this quarter.") in text
    assert flat("No measure has a value") in text


def test_a_long_quarter_stays_within_four_pages(a4: Printer) -> None:
    long = PromiseLine("Measure it, and say so. " * 20, date(2026, 9, 1), True, "Down " * 40, None)
    promises = Promises((long,) * MOST_PROMISES, 400, 400, 0, 400)
    factors = facts().factors * 40
    exercises = facts().exercises * 60
    known = facts(
        charts=facts().charts * 3, factors=factors, promises=promises, exercises=exercises
    )
    made = a4.pdf(document(known))
    with opened(made) as read:
        assert len(read) <= 4
    text = flat(pages_text(made))
    for words in ("And 388 more open promises.", "And 72 more factors.", "And 50 more exercises."):
        assert flat(words) in text


def test_a_claim_is_asked_about_and_silence_is_said() -> None:
    [claim, *_] = Contents(document()).to_discuss()
    assert claim.startswith("Time to recover is lower than in the quarter before")
    same = facts(measures=(line(Key.RECOVER, range(10, 19), range(10, 19)),))
    [silence, *_] = Contents(document(same)).to_discuss()
    assert silence.startswith("No measure shows a detectable change")
    assert Contents(document(same)).measures()[0][-1] == "No detectable change"
    more = facts(measures=(), change=change_in_counts(2, 91, 40, 92))
    assert "40, before 2" in Contents(document(more)).to_discuss()[0]


def test_what_came_back_is_a_factor_of_now_and_before() -> None:
    asked = " ".join(Contents(document()).to_discuss())
    assert "“Configuration <change>” came back: in 3 of 6" in asked
    assert "Missing alert" not in asked


def test_a_quarter_that_goes_on_says_so() -> None:
    known = facts(quarter=Quarter(2026, 4))
    going_on = QuarterlyDocument(known, "A4", "UTC", datetime(2026, 10, 5, tzinfo=UTC))
    assert ("Not over", "Counted up to 5 October 2026") in Contents(going_on).key_facts()
    assert "Not over" not in dict(Contents(document()).key_facts())


def test_nothing_typed_becomes_structure() -> None:
    html, markdown = quarterly_html(document()), quarterly_markdown(document())
    assert "Configuration &lt;change&gt;" in html
    assert "<change>" not in html
    assert "Configuration \\<change>" in markdown
    assert "\\*limit\\*" in markdown


def test_the_html_needs_nothing_else() -> None:
    html = quarterly_html(document())
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")


def test_the_second_try_has_no_drawings() -> None:
    assert "<svg" in quarterly_print_html(document())
    assert "<svg" not in quarterly_print_html(document(), plain=True)


def test_equal_reviews_of_a_day_are_one_document() -> None:
    assert document().key() == document().key() != document(nothing_yet()).key()
    assert pickle.loads(pickle.dumps(document())) == document()  # our own
