"""No heading of the after-action report stands alone at the foot of a page."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest

from reports.pdf_layout import Printer
from tests.reports.exercise_sample import document, team_facts
from tests.reports.reading import opened

FOOT = 55  # points at the foot of a page that belong to its number
LEGEND = "Branches that were not taken are grey and dashed."


def last_line(page: pymupdf.Page) -> str:
    """The lowest line of a page above its number."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
    body = [line for line in lines if line["bbox"][3] < page.rect.height - FOOT]
    return "".join(span["text"] for span in max(body, key=lambda x: x["bbox"][3])["spans"]).strip()


# So many lines before it that the headings come to stand in other places of their pages; at 39 to
# 51 there is room for “The way through the story” and its legend, and not for the picture.
@pytest.mark.parametrize("lines", [3, 18, 27, 39, 48])
def test_a_page_never_ends_with_a_heading(a4: Printer, lines: int) -> None:
    facts = team_facts()
    record = replace(facts.record, summary="\n".join(["Line"] * lines))
    with opened(a4.pdf(document(replace(facts, record=record)))) as read:
        headings = {title for _, title, _ in read.get_toc()}
        feet = [last_line(page) for page in read]
    assert len(feet) > 3
    assert [foot for foot in feet if foot in headings or foot.endswith(LEGEND)] == []
