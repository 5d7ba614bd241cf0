"""A published post-mortem goes to a list by mail, from a real browser to a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from services import people
from services.settings import settings
from tests.journeys.conftest import Server, start_server, stop_server, visit
from tests.mail_server import Postbox
from tests.services.mailing import list_with, published, use


@pytest.fixture
def postbox(database_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    box = Postbox()
    use(box, monkeypatch)
    box.start()
    yield box
    box.stop()


@pytest.fixture
def mailing_server(database_file: Path, postbox: Postbox) -> Iterator[Server]:
    """A Hotwash that sends through the postbox, on the database of this test."""
    running = start_server(database_file.parent)
    yield running
    stop_server(running)


def test_a_list_gets_the_report_once_and_one_refusal_is_told(
    chromium: Browser, postbox: Postbox, mailing_server: Server
) -> None:
    ada = people.introduce("Ada Brandt")
    list_with(ada, "Everyone", "cleo@example.org", "dora@example.org")
    postmortem_id = published(ada)
    postbox.answers["dora@example.org"] = ["550 No such mailbox"]
    assert settings().mail is not None
    context, visitor = visit(chromium, mailing_server.url)
    visitor.come_in("Ada Brandt")
    visitor.go(f"published?id={postmortem_id}")
    visitor.page.get_by_role("link", name="Send", exact=True).click()
    visitor.see("Sent so far")
    visitor.page.get_by_text("Everyone (2)").click()
    visitor.settle()
    visitor.click("Look at it first", then="This is what goes out")
    with context.expect_page() as opened:  # the attachment opens beside the page
        visitor.page.get_by_text("Look at the attachment").click()
    assert f"{mailing_server.url}/sending/" in opened.value.url
    visitor.page.get_by_role("button", name="Send to 2 people").dblclick()
    visitor.see("1 sent")
    visitor.see("550 No such mailbox")
    visitor.click("Try again", then="2 sent")
    assert [t.recipients for t in postbox.taken] == [["cleo@example.org"], ["dora@example.org"]]
    assert all(t.message["To"] == t.recipients[0] for t in postbox.taken)
    assert visitor.trouble == []
    context.close()
