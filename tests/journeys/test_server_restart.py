"""The server is started anew while somebody writes: their text is not lost and not passed off as
saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from services import database, people, postmortems
from services.settings import settings
from tests.journeys.conftest import PATIENCE, Server, Visitor, visit
from tests.small_postmortem import small_postmortem, stored

SUMMARY = "Orders waited for 100 minutes because retries were off."
NEW = "Four orders in five arrived late on Tuesday."


@dataclass
class Desk:
    """Ada at a browser, a post-mortem, and the switch of the server."""

    visitor: Visitor
    server: Server
    ada: Who
    pm: str

    def open(self, step: str) -> None:
        self.visitor.go(f"postmortem?id={self.pm}&step={step}")

    def stored(self) -> PostmortemRecord:
        return postmortems.get_postmortem(self.ada, self.pm)

    def summary(self) -> Locator:
        return self.visitor.page.get_by_role("textbox", name="Summary", exact=True)

    def says_saved(self) -> Locator:
        captions = self.visitor.page.get_by_test_id("stCaptionContainer")
        return captions.filter(has_text=re.compile("Saved$"))

    def server_goes(self) -> None:
        self.server.kill()
        self.visitor.page.locator("[data-test-connection-state=CONNECTED]").wait_for(
            state="detached"
        )

    def server_comes_back(self) -> None:
        page, sent = self.visitor.page, list[object]()
        page.on(
            "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame))
        )
        self.server.start_again()
        page.locator("[data-test-connection-state=CONNECTED]").wait_for()
        for _ in range(PATIENCE // 50):  # the page asks to be drawn anew
            if sent:
                break
            page.wait_for_timeout(50)  # between two looks at the condition
        assert sent
        self.visitor.settle()


@pytest.fixture
def desk(
    chromium: Browser, mortal_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    server = mortal_server
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    context, visitor = visit(chromium, server.url)
    visitor.come_in("Ada Brandt")
    ada = people.introduce("Ada Brandt")
    yield Desk(visitor, server, ada, stored(ada, small_postmortem()))
    context.close()
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


def test_text_that_was_left_while_the_server_was_away_says_that_it_is_not_saved(
    desk: Desk,
) -> None:
    desk.open("review")
    page = desk.visitor.page
    desk.summary().fill(NEW)
    desk.server_goes()
    desk.summary().blur()
    desk.server_comes_back()
    desk.visitor.see("Not saved yet")
    desk.visitor.settle()
    expect(desk.summary()).to_have_value(NEW)
    assert desk.stored().summary == SUMMARY
    page.get_by_role("button", name="Save it").click()
    desk.says_saved().wait_for()
    assert desk.stored().summary == NEW


@pytest.mark.long
def test_text_that_was_still_being_written_stays_and_says_so_too(desk: Desk) -> None:
    desk.open("review")
    desk.summary().fill(NEW)
    desk.server_goes()
    desk.server_comes_back()
    desk.visitor.see("Not saved yet")
    expect(desk.summary()).to_have_value(NEW)
    desk.visitor.page.get_by_role("button", name="Take what is saved").click()
    expect(desk.summary()).to_have_value(SUMMARY)


@pytest.mark.long
def test_what_somebody_else_saved_meanwhile_is_not_written_over(desk: Desk) -> None:
    desk.open("review")
    desk.summary().fill(NEW)
    desk.server_goes()
    postmortems.save_summary(desk.ada, desk.pm, "Ben wrote this.", SUMMARY)
    desk.server_comes_back()
    desk.visitor.see("Ben wrote this.")
    expect(desk.summary()).to_have_value(NEW)
    desk.summary().blur()
    desk.visitor.settle()
    desk.visitor.see("Not saved yet")
    assert desk.stored().summary == "Ben wrote this."
    desk.visitor.page.get_by_role("button", name="Take what is saved").click()
    expect(desk.summary()).to_have_value("Ben wrote this.")


@pytest.mark.long
def test_fields_that_nobody_touched_say_nothing(desk: Desk) -> None:
    desk.open("timeline")
    desk.server_goes()
    desk.server_comes_back()
    page = desk.visitor.page
    impact = page.get_by_role("heading", name="Impact", exact=True)
    for _ in range(5):  # a click in the very moment of coming back may be lost
        page.get_by_role("button", name="Impact", exact=True).click()
        with suppress(PlaywrightTimeout):
            impact.wait_for(timeout=4_000)
            break
    impact.wait_for()
    desk.visitor.settle()
    page.get_by_role("button", name="Timeline", exact=True).click()
    page.get_by_role("heading", name="Clocks").wait_for()
    desk.visitor.settle()
    assert page.get_by_text("Not saved").count() == 0
    assert desk.says_saved().count() == 0


LINES = [
    ("learned", "Add to “What surprised us”"),
    ("why", "Below 1"),
    ("actions", "Add an action"),
]


@pytest.mark.long
@pytest.mark.parametrize(("step", "label"), LINES)
def test_a_line_to_add_that_the_server_never_got_says_so_and_can_be_added(
    desk: Desk, step: str, label: str
) -> None:
    desk.open(step)
    page = desk.visitor.page
    field = page.get_by_label(label).first
    field.click()
    field.press_sequentially("The limit came from a test.")
    desk.server_goes()
    desk.server_comes_back()
    desk.visitor.see("Not saved yet")
    expect(field).to_have_value("The limit came from a test.")
    page.get_by_role("button", name="Add it").click()
    expect(field).to_have_value("")
    desk.visitor.settle()
    assert page.get_by_text("Not saved yet").count() == 0
    stored = desk.stored()
    texts = [
        *(lesson.text for lesson in stored.lessons),
        *(why.text for root in stored.whys for _, why in root.walk()),
        *(action.text for action in stored.actions),
    ]
    assert texts.count("The limit came from a test.") == 1
