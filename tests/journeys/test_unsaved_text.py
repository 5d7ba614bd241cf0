"""Text that is still being written when something happens: it is saved, or it stays and says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from signal import SIGCONT, SIGSTOP

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from services import database, people, postmortems
from services.settings import settings
from tests.journeys.conftest import PATIENCE, Server, Visitor, visit
from tests.small_postmortem import small_postmortem, stored

SUMMARY = "Orders waited for 100 minutes because retries were off."
SLOW = 700  # milliseconds: longer than a quick press and a quick answer
NEW = "Four orders in five arrived late on Tuesday."


@dataclass
class Desk:
    """Ada at a browser, with a post-mortem of her own."""

    visitor: Visitor
    ada: Who
    pm: str

    def open(self, step: str) -> None:
        self.visitor.go(f"postmortem?id={self.pm}&step={step}")

    def stored(self) -> PostmortemRecord:
        return postmortems.get_postmortem(self.ada, self.pm)

    def field(self, label: str) -> Locator:
        return self.visitor.page.get_by_role("textbox", name=label, exact=True)

    def write(self, label: str, text: str) -> None:
        """Types without leaving the field."""
        field = self.field(label)
        field.click()
        field.press("Control+a")
        field.press_sequentially(text)
        expect(field).to_have_value(text)


@pytest.fixture
def desk(chromium: Browser, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The test reads the database of the server through the same services."""
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    context, visitor = visit(chromium, server.url)
    visitor.come_in("Ada Brandt")
    ada = people.introduce("Ada Brandt")
    yield Desk(visitor, ada, stored(ada, small_postmortem()))
    context.close()
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


@pytest.mark.parametrize("way", ["mouse", "script"])
def test_a_hasty_click_on_the_menu_saves_the_text_and_goes_there(desk: Desk, way: str) -> None:
    desk.open("review")
    page = desk.visitor.page
    link = page.get_by_test_id("stSidebarNavLink").filter(has_text="Archive")
    box = link.bounding_box()
    assert box
    desk.write("Summary", NEW)
    if way == "mouse":
        page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2, delay=0)
    else:  # the field is not even left
        link.evaluate("link => link.click()")
    page.get_by_role("heading", name="Archive").wait_for()
    desk.visitor.settle()
    assert page.url.endswith("/archive")
    assert desk.stored().summary == NEW


@pytest.mark.long
def test_a_hasty_click_on_another_step_saves_the_text_and_goes_there(desk: Desk) -> None:
    desk.open("review")
    page = desk.visitor.page
    box = page.get_by_role("button", name="Impact", exact=True).bounding_box()
    assert box
    desk.write("Summary", NEW)
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2, delay=0)
    page.get_by_role("heading", name="Impact", exact=True).wait_for()
    desk.visitor.settle()
    assert page.url.endswith(f"?id={desk.pm}&step=impact")
    assert desk.stored().summary == NEW


@pytest.mark.long
def test_going_back_in_the_browser_saves_the_text(desk: Desk) -> None:
    desk.visitor.go("archive")
    page = desk.visitor.page
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Post-mortems").click()
    page.get_by_role("link", name="Orders waited in the queue").first.click()
    page.get_by_role("button", name="Review", exact=True).click()
    page.get_by_role("heading", name="Review", exact=True).wait_for()
    desk.visitor.settle()
    pm = page.url.split("id=")[1].split("&")[0]
    desk.write("Summary", NEW)
    page.evaluate("history.back()")
    expect(desk.field("Summary")).to_have_count(0)
    desk.visitor.settle()
    assert postmortems.get_postmortem(desk.ada, pm).summary == NEW


def reload_asks(desk: Desk) -> bool:
    """Whether the browser asks before it loads the page anew. It is told to stay."""
    page, seen = desk.visitor.page, list[str]()

    def stay(dialog: Dialog) -> None:
        seen.append(dialog.type)
        dialog.dismiss()

    def loaded(_: Page) -> None:
        seen.append("loaded")

    page.on("dialog", stay)
    page.on("domcontentloaded", loaded)
    page.evaluate("setTimeout(() => location.reload(), 0)")
    for _ in range(PATIENCE // 50):
        if seen:
            break
        page.wait_for_timeout(50)  # between two looks at the condition
    page.remove_listener("dialog", stay)
    page.remove_listener("domcontentloaded", loaded)
    assert seen in (["beforeunload"], ["loaded"])
    return seen == ["beforeunload"]


def test_a_reload_while_somebody_writes_asks_first(desk: Desk) -> None:
    desk.open("review")
    desk.write("Summary", NEW)
    assert reload_asks(desk)
    expect(desk.field("Summary")).to_have_value(NEW)
    desk.field("Summary").blur()
    desk.visitor.see("Saved")
    desk.visitor.settle()
    assert not reload_asks(desk)


@pytest.mark.long
def test_a_reload_asks_while_something_could_not_be_saved(desk: Desk) -> None:
    desk.open("review")
    desk.write("Summary", NEW)
    postmortems.save_summary(desk.ada, desk.pm, "Ben wrote this.", SUMMARY)
    desk.field("Summary").blur()
    desk.visitor.see("Keep mine")
    assert reload_asks(desk)
    desk.visitor.page.get_by_role("button", name="Impact", exact=True).click()
    desk.visitor.see("This is what you wrote.")
    assert reload_asks(desk)


def test_the_answer_that_was_clicked_while_another_was_written_is_chosen(desk: Desk) -> None:
    desk.open("why")
    page = desk.visitor.page
    page.get_by_label("Below 1: ").press_sequentially("Nobody had measured it")
    choices = page.get_by_test_id("stRadio").locator("label")
    choices.filter(has_text="Something else happened").click()
    page.get_by_label("What happened?").wait_for()
    desk.visitor.settle()
    expect(page.get_by_label("What happened?")).to_be_visible()
    expect(choices.filter(has_text="Something else happened").locator("input")).to_be_checked()
    [root] = desk.stored().whys
    assert root.children[-1].text == "Nobody had measured it"


def test_an_answer_is_chosen_although_the_press_is_slow_and_the_server_too(
    desk: Desk, server: Server
) -> None:
    """The server stands still while the mouse goes down and up, and for a while after that."""
    desk.open("why")
    page = desk.visitor.page
    choice = page.get_by_test_id("stRadio").locator("label").filter(has_text="Something else")
    choice.hover()
    page.get_by_label("Below 1: ").press_sequentially("Nobody had measured it")
    server.process.send_signal(SIGSTOP)
    page.mouse.down()
    page.wait_for_timeout(SLOW)
    page.mouse.up()
    page.wait_for_timeout(SLOW)
    server.process.send_signal(SIGCONT)
    page.get_by_label("What happened?").wait_for()
    desk.visitor.settle()
    expect(page.get_by_label("What happened?")).to_be_visible()
    expect(choice.locator("input")).to_be_checked()
    [root] = desk.stored().whys
    assert root.children[-1].text == "Nobody had measured it"


@pytest.mark.long
def test_an_event_that_was_typed_and_not_added_is_there_when_one_comes_back(desk: Desk) -> None:
    desk.open("timeline")
    page = desk.visitor.page
    field = page.get_by_label("What happened", exact=True)
    field.press_sequentially("The queue was full")
    page.get_by_role("button", name="Impact", exact=True).click()
    page.get_by_role("heading", name="Impact", exact=True).wait_for()
    desk.visitor.settle()
    page.get_by_role("button", name="Timeline", exact=True).click()
    expect(field).to_have_value("The queue was full")
