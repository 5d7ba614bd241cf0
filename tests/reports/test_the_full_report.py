"""The full report as a PDF: what it says, and what a screen reader and an archive need of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.record import (
    EventRecord,
    EvidenceRecord,
    IncidentRecord,
    PostmortemRecord,
    WhyRecord,
)
from models.rules.vocabulary import ActionStatus, PostmortemStatus
from reports.drawings.why_layout import lay_out
from reports.pdf_layout import Printer, printer
from reports.postmortem_html import MOST_PRINTED_EVENTS, WIDTHS, print_html
from tests.reports.conftest import Golden
from tests.reports.reading import flat, opened, pages_text
from tests.reports.sample import at, facts, incident, long_postmortem, postmortem


@pytest.fixture(scope="module")
def pdf(a4: Printer) -> bytes:
    return a4.pdf(facts())


def test_the_pages_say_what_they_said(pdf: bytes, golden: Golden) -> None:
    golden.check("full_report.txt", pages_text(pdf))


def test_title_author_and_language_are_set(pdf: bytes) -> None:
    with opened(pdf) as document:
        assert document.metadata["title"] == postmortem().title
        assert document.metadata["author"] == "Ada Okafor"
        assert document.xref_get_key(document.pdf_catalog(), "Lang")[1] == "en"


def test_it_is_tagged_as_pdf_ua(pdf: bytes) -> None:
    with opened(pdf) as document:
        catalog = document.pdf_catalog()
        assert document.xref_get_key(catalog, "StructTreeRoot")[0] == "xref"
        assert "true" in document.xref_get_key(catalog, "MarkInfo")[1]
        assert "true" in document.xref_get_key(catalog, "ViewerPreferences")[1]
        assert "pdfuaid:part" in document.get_xml_metadata()


def test_every_figure_has_words(pdf: bytes) -> None:
    with opened(pdf) as document:
        objects = [document.xref_object(n) for n in range(1, document.xref_length())]
    figures = [each for each in objects if "/S /Figure" in each]
    assert len(figures) == 3  # the strip, the picture, the lines of the why-tree
    assert all("/Alt" in figure for figure in figures)


def test_headings_are_bookmarks_in_their_order(pdf: bytes) -> None:
    with opened(pdf) as document:
        titles = [title for level, title, _ in document.get_toc() if level == 2]
    assert titles == [
        "Summary", "Impact", "Clocks", "Timeline", "Why it happened", "What we learned",
        "Actions", "Review and history", "Appendix: incidents",
    ]  # fmt: skip


def test_fonts_are_embedded(pdf: bytes) -> None:
    with opened(pdf) as document:
        fonts = {font[3]: font[1] for page in document for font in page.get_fonts()}
    assert any("Hotwash" in name for name in fonts)
    assert all(kind not in ("", "n/a") for kind in fonts.values())


def test_every_page_says_which_revision_and_which_page_it_is(pdf: bytes) -> None:
    pages = pages_text(pdf).split("--------")
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Revision 2, published by Ada Okafor on 13 March 2026." in page
        assert "Action status as of 2 April 2026." in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PostmortemStatus.DRAFT, "Draft, not published."),
        (PostmortemStatus.IN_REVIEW, "In review, not published."),
    ],
)
def test_what_is_not_published_says_so(a4: Printer, status: PostmortemStatus, words: str) -> None:
    assert words in pages_text(a4.pdf(facts(replace(postmortem(), status=status))))


def test_table_heads_are_repeated_on_every_page_of_the_timeline(a4: Printer) -> None:
    pages = pages_text(a4.pdf(facts(long_postmortem()))).split("--------")
    with_rows = [page for page in pages if "Region " in page]
    assert len(with_rows) > 2
    assert all("What happened" in page for page in with_rows)


def test_noise_is_one_counted_line(pdf: bytes) -> None:
    text = pages_text(pdf)
    assert "7 automatic lines left out" in text
    assert "joined the channel" not in text


def test_an_action_past_its_date_is_overdue_only_while_it_is_open(a4: Printer) -> None:
    first, *rest = postmortem().actions
    undone = replace(first, status=ActionStatus.ACCEPTED)
    before = pages_text(a4.pdf(facts()))
    after = pages_text(a4.pdf(facts(replace(postmortem(), actions=(undone, *rest)))))
    assert "1 of 4 done, 1 in progress, 1 overdue, 1 declined." in before
    assert "0 of 4 done, 1 in progress, 2 overdue, 1 declined." in after


def test_times_that_contradict_each_other_are_pointed_out(a4: Printer) -> None:
    from models.rules.vocabulary import Clock

    told = incident()
    clocks = {**told.clocks, Clock.DETECTED: told.clocks[Clock.CLOSED]}
    record = replace(postmortem(), incidents=(replace(told, clocks=clocks),))
    text = flat(pages_text(a4.pdf(facts(record))))
    assert flat("Check both times.") in text


def test_an_almost_empty_one_says_what_is_not_there(a4: Printer) -> None:
    text = pages_text(a4.pdf(facts(PostmortemRecord("Oops", incidents=(IncidentRecord("Oops"),)))))
    assert text.count("None recorded.") >= 5
    assert "Severity not set" in text


def test_letter_paper_is_letter() -> None:
    with opened(printer("Letter").pdf(facts(paper="Letter"))) as document:
        assert (round(document[0].rect.width), round(document[0].rect.height)) == (612, 792)


def test_a_timeline_that_is_not_printed_whole_says_so_at_its_head(a4: Printer) -> None:
    many = tuple(
        EventRecord(at("09:00") + timedelta(seconds=n), f"Event {n}", id=f"m{n}")
        for n in range(MOST_PRINTED_EVENTS + 1)
    )
    record = replace(postmortem(), incidents=(replace(incident(), events=many),))
    html = print_html(facts(record), lambda _: "")
    head, _, _ = html.partition("Event 0<")
    assert "The first 2,000 of 2,001 events are printed here." in head
    assert "HTML, Markdown and JSON" in head


def test_the_address_of_a_link_is_printed_and_the_whole_of_it_is_the_target(a4: Printer) -> None:
    url = "https://alerts.example.com/rules/" + "long-part/" * 12 + "the-end?page=7"
    event = replace(incident().events[0], evidence=(EvidenceRecord("The rule", url=url),))
    pdf = a4.pdf(facts(replace(postmortem(), incidents=(replace(incident(), events=(event,)),))))
    text = flat(pages_text(pdf))
    assert "Therulealerts.example.com/rules/long-part/" in text
    assert "the-end?page=7" in text
    with opened(pdf) as document:
        assert url in [link.get("uri") for page in document for link in page.get_links()]


def test_long_factors_are_printed_to_their_ends(a4: Printer) -> None:
    factor = "A factor of many words " * 12 + "with its own end"
    why = WhyRecord("Because of this.", factors=(factor, factor + " too"))
    text = flat(pages_text(a4.pdf(facts(replace(postmortem(), whys=(why,), factors=())))))
    assert text.count(flat("with its own end too")) == 2  # with the answer, and in the list


def test_the_lines_of_a_why_tree_go_on_from_piece_to_piece() -> None:
    roots = (
        WhyRecord(
            "Nobody could order", children=tuple(WhyRecord(f"Reason {n}") for n in range(20))
        ),
    )
    html = print_html(facts(replace(postmortem(), whys=roots)), lambda _: "")
    pieces = [float(h) for h in re.findall(r'class="drawn tree" style="height:([\d.]+)px', html)]
    tree = lay_out(roots, WIDTHS["A4"], "print")
    assert len(pieces) > 2
    assert sum(pieces) == pytest.approx(tree.height + 8)  # room only below the last


@pytest.mark.parametrize("lines", [2, 4, 6])
def test_a_short_table_is_not_split_between_pages(a4: Printer, lines: int) -> None:
    record = replace(postmortem(), summary="\n\n".join(["A line that fills the page."] * lines))
    with opened(a4.pdf(facts(record))) as document:
        pages = [flat(page.get_text()) for page in document]
    table = [n for n, words in enumerate(pages) if "Durationsthatendhere" in words]
    ends = [n for n, words in enumerate(pages) if "timetorecoverdetected→resolved" in words]
    assert len(table) == 1  # its head is printed again where it goes on
    assert table == ends
