"""A first visit that only looks around."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Visitor
from tests.journeys.downloads import download, pdf_text


def test_the_worked_example_reads_well_from_the_archive(
    ada_visits: Visitor, tmp_path: Path
) -> None:
    visitor, page = ada_visits, ada_visits.page
    visitor.click("Load the worked example", "What needs you now")
    visitor.go("archive")
    page.get_by_role("link", name="Checkout stood still").click()
    page.get_by_role("heading", name="Checkout stood still").wait_for()
    visitor.settle()
    pages, text = pdf_text(download(page, "Full report, PDF", tmp_path / "full.pdf"))
    assert pages > 2
    assert "Contributing factors" in text
    assert visitor.trouble == []
