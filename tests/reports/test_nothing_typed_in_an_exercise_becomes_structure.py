"""Whatever players, facilitators or authors wrote stands in the after-action report as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reports.exercise_html import exercise_html
from reports.exercise_markdown import exercise_markdown
from reports.pdf_layout import Printer
from tests.reports.exercise_sample import document, everywhere
from tests.reports.hostile import PROBES
from tests.reports.reading import flat, opened, pages_text
from tests.reports.test_nothing_typed_becomes_structure import Parts

DRAWN = {"svg", "title", "desc", "path", "rect", "circle", "text"}
QUIET = "Quiet words."


def without_drawings(html: str) -> str:
    return re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)


def structure(html: str) -> tuple[dict[str, int], set[str]]:
    parts = Parts(without_drawings(html))
    assert parts.addresses == []
    return parts.elements, parts.attributes


QUIET_STRUCTURE = structure(exercise_html(document(everywhere(QUIET))))


def assert_only_text(text: str) -> None:
    html = exercise_html(document(everywhere(text)))
    assert structure(html) == QUIET_STRUCTURE
    for drawing in re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL):
        assert set(Parts(drawing).elements) <= DRAWN


@pytest.mark.parametrize("name", PROBES)
def test_the_page_has_the_same_elements_as_with_quiet_words(name: str) -> None:
    assert_only_text(PROBES[name])


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("<>&\"'/=!-;: abhsvgtdrp[](){}%#`|\\\n\u202e\ud7ff"), min_size=1))
def test_no_text_at_all_adds_an_element_or_an_attribute(text: str) -> None:
    assert_only_text(f"x{text}x")  # never only white space, which is like nothing at all


@pytest.mark.parametrize("name", PROBES)
def test_the_pdf_holds_it_as_text_only(a4: Printer, name: str) -> None:
    before = len(a4.refused)
    pdf = a4.pdf(document(everywhere(PROBES[name])))
    assert a4.refused[before:] == []
    with opened(pdf) as read:
        assert read.embfile_count() == 0
        assert [link for page in read for link in page.get_links()] == []
        assert len([level for level, _, _ in read.get_toc() if level == 2]) == 11
    assert "root:" not in pages_text(pdf)


@pytest.mark.parametrize("name", PROBES)
def test_the_markdown_has_the_same_blocks_and_no_markup(name: str) -> None:
    reader = MarkdownIt("commonmark").enable("table")

    def shape(text: str) -> list[str]:
        tokens = reader.parse(exercise_markdown(document(everywhere(text))))
        inside = [child.type for token in tokens for child in token.children or ()]
        return [token.type for token in tokens] + [
            kind for kind in inside if kind not in ("text", "text_special", "softbreak")
        ]

    assert shape(PROBES[name]) == shape(QUIET)


def test_what_was_typed_can_still_be_read(a4: Printer) -> None:
    pdf = a4.pdf(document(everywhere(PROBES["script"])))
    assert flat(PROBES["script"]) in flat(pages_text(pdf))
