"""A published post-mortem in a window as narrow as a phone: read downwards, never sideways."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Server, Visitor, visit

PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36"
WIDTHS = """() => [...document.querySelectorAll('[data-testid=stImageContainer]')].map(
    box => [box.querySelector('img').clientWidth, box.clientWidth, box.scrollWidth])"""
LONG = "w" * 300


@pytest.fixture(params=["window", "phone"])
def narrow(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Visitor]:
    """Ada on a screen of 390 pixels, in a window or on a phone."""
    agent: dict[str, Any] = {"user_agent": PHONE} if request.param == "phone" else {}
    context, visitor = visit(chromium, server.url, viewport={"width": 390, "height": 844}, **agent)
    visitor.come_in("Ada Brandt")
    yield visitor
    context.close()


def published_with_long_words(server: Server) -> str:
    """The id of the example's post-mortem, a word without end put into its actions."""
    with closing(sqlite3.connect(server.database)) as database, database:
        [(found,)] = database.execute("select postmortem_id from revision limit 1")
        texts = database.execute("select text from action_item where postmortem_id = ?", (found,))
        for (text,) in texts.fetchall():
            database.execute(
                "update revision set content = replace(content, ?, ?)", (text, f"{text} {LONG}")
            )
    return str(found)


def test_nothing_is_wider_than_the_window_and_drawings_can_be_read(
    narrow: Visitor, server: Server
) -> None:
    page = narrow.page
    load = page.get_by_role("button", name="Load the worked example")
    if load.count():
        narrow.click("Load the worked example", "What needs you now")
    narrow.go(f"published?id={published_with_long_words(server)}")
    page.get_by_text(LONG[:40]).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    drawings = page.evaluate(WIDTHS)
    assert len(drawings) == 2  # the phases, the why-tree
    for drawn, box, whole in drawings:
        assert box <= 390
        assert drawn >= 340 if "Mobile" in page.evaluate("navigator.userAgent") else drawn >= 700
        assert whole >= drawn, "the drawing can be scrolled to its end"
    assert narrow.trouble == []
