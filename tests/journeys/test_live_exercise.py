"""Three browsers play a whole exercise together: one leads, two sit at the table, a third comes
late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from models.rules.policy import Who
from pages.train.leading import DOUBLE
from services import database, exercises, people
from services.exercise_log import Run
from services.settings import settings
from tests.journeys.conftest import PATIENCE, Server, Visitor, visit
from tests.journeys.downloads import pdf_text
from tests.journeys.unhurried import hurry_nobody

RATIONALE = "Nobody can pay, and the release is four minutes old"
OBSERVED = "They ask each other before they act"
UPDATE = "Payments failed for some of you since 10:02. We are on it."


@dataclass
class Table:
    """Who leads, who sits at the table, and the run."""

    lead: Visitor
    ic: Visitor
    ops: Visitor
    watcher: Who
    run_id: str = ""
    code: str = ""

    def everybody(self) -> tuple[Visitor, Visitor, Visitor]:
        return self.lead, self.ic, self.ops

    def look(self) -> Run:
        return exercises.get_run(self.watcher, self.run_id)

    def insist(self, click: Callable[[], None]) -> Run:
        """Clicks, and waits until the log has grown. A click so soon after another is taken as its
        double: this one is not."""
        page, before = self.lead.page, self.look().revision
        page.wait_for_timeout(DOUBLE / timedelta(milliseconds=1))
        click()
        for _ in range(PATIENCE // 20):
            if (run := self.look()).revision > before:
                return run
            page.wait_for_timeout(20)  # between two looks at the condition
        raise AssertionError("nothing came of the click")

    def all_see(self, text: str) -> None:
        for visitor in self.everybody():
            visitor.see(text)


@pytest.fixture
def table(chromium: Browser, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    with ExitStack() as contexts:

        def come(name: str) -> Visitor:
            context, visitor = visit(chromium, server.url)
            contexts.callback(context.close)
            visitor.come_in(name)
            return visitor

        people_come = come("Fay Lindqvist"), come("Ada Brandt"), come("Ben Okafor")
        watcher = people.introduce("Wim Watcher")
        hurry_nobody(watcher)
        yield Table(*people_come, watcher)
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


def open_and_join(table: Table) -> None:
    """From the page of the scenario; the others come in with the code on the screen."""
    table.lead.go("scenario?id=first-page")
    table.lead.click("Open an exercise", "Join with this code")
    shown = table.lead.page.get_by_role("heading", name=re.compile(r"^\w{3} \w{3}$"))
    table.code = shown.inner_text().strip()
    table.run_id = table.lead.page.url.split("id=")[1]
    take_a_seat(table.ic, table.code, "ic")
    take_a_seat(table.ops, table.code, "ops")
    table.lead.see("Ada Brandt")
    table.lead.see("Ben Okafor")


def take_a_seat(visitor: Visitor, code: str, seat: str) -> None:
    visitor.go("join")
    visitor.page.get_by_label("Code").fill(code.lower())
    visitor.click("Join", "Who sits where")
    visitor.page.locator(f'[class*="-sit-{seat}"] button').click()
    visitor.see("Your seat")
    visitor.settle()


def decide(visitor: Visitor, option: str, why: str = "") -> None:
    page = visitor.page
    page.get_by_test_id("stRadio").get_by_text(option).click()
    if why:
        page.get_by_label(re.compile("^Why")).fill(why)
    button = page.get_by_role("button", name="Decide", exact=True)
    expect(button).to_be_enabled()
    button.dblclick()
    expect(page.get_by_test_id("stRadio").get_by_text(option)).to_have_count(0)


def form(visitor: Visitor, name: str) -> None:
    """Opens the form of something that a seat can do at any time."""
    visitor.page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    visitor.settle()


def skip_to(table: Table, node: str) -> None:
    """The one who leads puts the clock forward, to the next thing and the next, until the story
    is there; everybody sees it."""
    run = table.look()
    for _ in range(12):
        if run.play.node == node:
            break
        run = table.insist(table.lead.page.get_by_role("button", name="Skip to the next").click)
    table.all_see(run.scenario.nodes[node].title)


def set_severity(visitor: Visitor) -> None:
    form(visitor, "Severity")
    visitor.click("No", "Is a major function degraded?")
    visitor.click("Yes", "Is there a workaround for customers?")
    visitor.click("Yes", "The answers lead to SEV1")
    visitor.click("Set the severity", "The severity is SEV1")


def answer(visitor: Visitor, words: str) -> None:
    page = visitor.page
    page.get_by_text("Answer in words").first.click()
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Send the answer").click()
    visitor.see("You answered")
    visitor.settle()


def send_update(visitor: Visitor, words: str) -> None:
    form(visitor, "Update")
    visitor.page.get_by_label("The update").fill(words)
    visitor.click("Send the update", "The update for customers is sent")


def pause_and_go_on(table: Table) -> None:
    table.lead.page.get_by_role("button", name=re.compile("^Pause")).dblclick()
    table.lead.see("Paused")
    for visitor in (table.ic, table.ops):
        visitor.see("Paused. The story stands still")
    table.insist(lambda: table.lead.page.keyboard.press("p"))
    table.lead.see("Running")


def observe(lead: Visitor, words: str) -> None:
    """Two keystrokes: N into the field, and Enter."""
    lead.page.keyboard.press("n")
    lead.page.keyboard.type(words)
    lead.page.keyboard.press("Enter")
    lead.see(f"Noted: {words}")
    lead.settle()


def improvise(table: Table, title: str, body: str) -> None:
    page = table.lead.page
    page.get_by_role("button", name="Write one").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill(body)
    table.insist(page.get_by_role("button", name="Send it").dblclick)
    table.lead.settle()
    expect(page.get_by_label("Title").first).to_have_value("")  # ready for the next one
    page.keyboard.press("Escape")


def begin_and_declare(table: Table) -> None:
    lead, ic, ops = table.everybody()
    open_and_join(table)
    lead.click("Start the clock", "Running")
    table.all_see("Payments are failing")
    answer(ic, "I read it; who can see the servers?")
    lead.see("I read it; who can see the servers?")
    pause_and_go_on(table)
    set_severity(ic)
    decide(ic, "Declare an incident, then choose its severity", RATIONALE)
    ops.see("Declare an incident, then choose its severity")
    skip_to(table, "act")


def throw_in_and_reload(table: Table) -> None:
    lead, _, ops = table.everybody()
    lead.page.locator('[class*="contingency-c-help"] button').dblclick()
    table.all_see("A word from a colleague")
    improvise(table, "The lift is stuck", "Amara is in it, with her laptop.")
    ops.see("Amara is in it, with her laptop.")
    observe(lead, OBSERVED)
    ops.page.get_by_label(re.compile("^Why")).fill("It worked before")
    ops.page.reload()
    ops.see("The lift is stuck")
    decide(ops, "Go back to release 213")


def come_late(late: Visitor, code: str) -> None:
    """The third player reads what happened before."""
    late.come_in("Cleo Tan")
    late.go(f"join?code={code.replace(' ', '')}")
    late.page.locator('[class*="-sit-comms"] button').click()
    late.see("Payments are failing")
    late.see("Go back to release 213")


def play_to_the_end(table: Table, late: Visitor) -> None:
    skip_to(table, "tell")
    late.see("What may I tell them?")
    send_update(late, UPDATE)
    decide(late, "Say who was affected, that paying works again")
    skip_to(table, "green")
    decide(table.ic, "Say that you are watching it, and look again")
    skip_to(table, "close")
    decide(table.ic, "Close it with a last update, and book an hour")
    skip_to(table, "end_good")
    table.lead.see("The exercise is over")
    late.see("A quiet Tuesday again")


def test_a_whole_exercise_is_played_from_the_code_to_the_end(
    table: Table, chromium: Browser, server: Server, tmp_path: Path
) -> None:
    begin_and_declare(table)
    throw_in_and_reload(table)
    context, late = visit(chromium, server.url)
    come_late(late, table.code)
    play_to_the_end(table, late)
    number, text = after_action(table.lead, table.run_id, tmp_path / "after-action.pdf")
    assert number > 1
    for said in (
        "Your first page",
        "Go back to release 213",
        OBSERVED,
        "The lift is stuck",
        UPDATE,
    ):
        assert said in text
    for visitor in (*table.everybody(), late):
        assert visitor.trouble == []
    context.close()


def after_action(visitor: Visitor, run_id: str, into: Path) -> tuple[int, str]:
    """Pages and words of the PDF that this browser gets."""
    got = visitor.page.request.get(f"{visitor.url}/export/exercise/{run_id}.pdf")
    assert got.ok, got.text()
    into.write_bytes(got.body())
    number, text = pdf_text(into)
    return number, " ".join(text.split())


@pytest.mark.long
def test_what_the_one_who_leads_is_writing_stays_while_others_act(table: Table) -> None:
    """An open popover with half a message, and the field for observations."""
    open_and_join(table)
    lead, ic = table.lead, table.ic
    lead.click("Start the clock", "Running")
    ic.see("Payments are failing")
    page = lead.page
    page.get_by_role("button", name="Write one").click()
    page.get_by_label("Title").fill("The lift is stuck")
    body = page.get_by_label("Text", exact=True)
    body.press_sequentially("Amara is in it, ")
    answer(ic, "I read it")
    lead.see("I read it")
    set_severity(ic)
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    expect(body).to_have_value("Amara is in it, ")
    expect(body).to_be_focused()
    body.press_sequentially("with her laptop.")
    decide(ic, "Declare an incident, then choose its severity", RATIONALE)
    expect(lead.page.get_by_text("declared", exact=True).first).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("The lift is stuck")
    page.get_by_role("button", name="Send it").dblclick()
    ic.see("Amara is in it, with her laptop.")
    lead.settle()
    expect(page.get_by_label("Title").first).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("They look at the gra")
    set_role(ic)
    lead.see("Roles in the response")
    field = page.get_by_label("Note what you see")
    expect(field).to_have_value("They look at the gra")
    expect(field).to_be_focused()
    assert lead.trouble == []


def set_role(visitor: Visitor) -> None:
    form(visitor, "Roles")
    visitor.click("Assign", "The role is assigned")


@pytest.mark.long
def test_seven_tabs_of_one_browser_all_work(table: Table) -> None:
    """A browser has six connections to a server; each open tab that is seen holds one."""
    open_and_join(table)
    hidden = "Object.defineProperty(document, 'hidden', {get: () => !window.seen})"
    tabs = [table.ic.page.context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.add_init_script(hidden)
        tab.goto(f"{table.ic.url}/exercise?id={table.run_id}")
        tab.get_by_text("The facilitator").first.wait_for()
    table.lead.click("Start the clock", "Running")
    table.ic.see("Payments are failing")
    expect(tabs[-1].get_by_text("Payments are failing")).to_have_count(0)
    tabs[-1].evaluate("window.seen = true; document.dispatchEvent(new Event('visibilitychange'))")
    tabs[-1].get_by_text("Payments are failing").first.wait_for()
