"""Addresses in a timeline that is Markdown."""

from __future__ import annotations

from datetime import UTC, datetime

from integrations import markdown_document
from models.rules.record import ReadOptions


def test_an_address_in_a_timeline_loses_the_backslash_of_markdown() -> None:
    text = "# A\n## Timeline\n- 2024-05-06 10:00 see \\<https://example.org/x_y>\n"
    options = ReadOptions(now=datetime(2024, 5, 7, tzinfo=UTC))
    [event] = markdown_document.read(text.encode(), options).postmortems[0].events
    assert event.text == "see <https://example.org/x_y>"
