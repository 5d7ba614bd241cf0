"""The server is killed in the middle of a live exercise, and comes back: soon, and after longer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from models.rules.exercise import commands, facilitating
from models.rules.policy import Who
from services import database, exercises, people
from services.scenario_library import get_scenario
from services.settings import settings
from tests.journeys.conftest import Server, Visitor, visit
from tests.journeys.unhurried import hurry_nobody

WHY = "Nobody can pay, and the release is four minutes old"


@dataclass
class Table:
    """Ada on the first seat in a browser; Ben, who leads in another process; the server."""

    visitor: Visitor
    server: Server
    ben: Who
    run_id: str

    def kill(self) -> None:
        self.server.kill()
        connected = self.visitor.page.locator("[data-test-connection-state=CONNECTED]")
        connected.wait_for(state="detached")

    def served(self, when: str) -> None:
        """Puts the time at which a server last looked after the clock."""
        change = "update exercise_run set served_at = datetime(served_at, ?) where id = ?"
        with closing(sqlite3.connect(self.server.database)) as database, database:
            assert database.execute(change, (when, self.run_id)).rowcount == 1

    def start_again(self) -> None:
        self.server.start_again()
        self.visitor.page.locator("[data-test-connection-state=CONNECTED]").wait_for()
        self.visitor.settle()

    def kinds(self) -> list[str]:
        return [event.kind for event in exercises.get_run(self.ben, self.run_id).log]


@pytest.fixture
def table(
    chromium: Browser, mortal_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Table]:
    server = mortal_server
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    context, visitor = visit(chromium, server.url)
    visitor.come_in("Ada Brandt")
    ada, ben = people.introduce("Ada Brandt"), people.introduce("Ben Okafor")
    hurry_nobody(ben)
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    exercises.start_live(ben, run_id)
    visitor.go(f"exercise?id={run_id}")
    visitor.see("Payments are failing")
    yield Table(visitor, server, ben, run_id)
    context.close()
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


def write_reasons(table: Table) -> None:
    page = table.visitor.page
    page.get_by_test_id("stRadio").get_by_text("Declare an incident").click()
    page.get_by_label("Why (optional)").fill(WHY)


def test_soon_back_the_exercise_goes_on_and_what_was_typed_is_there(table: Table) -> None:
    write_reasons(table)
    before = table.kinds()
    table.kill()
    table.served("+1 minute")  # soon, however long this machine takes to start it
    table.start_again()
    table.visitor.see("Payments are failing")
    expect(table.visitor.page.get_by_label("Why (optional)")).to_have_value(WHY)
    assert table.kinds() == before
    exercises.act_as_facilitator(table.ben, table.run_id, facilitating.play_contingency, "c-help")
    table.visitor.see("A word from a colleague")
    assert "paused" not in table.kinds()


def test_back_after_longer_the_clock_stands_where_it_was_until_somebody_goes_on(
    table: Table,
) -> None:
    write_reasons(table)
    table.kill()
    table.served("-10 minutes")
    table.start_again()
    table.visitor.see("Paused. The server was away for a moment. The story stands still")
    expect(table.visitor.page.get_by_label("Why (optional)")).to_have_value(WHY)
    exercises.act_as_facilitator(table.ben, table.run_id, facilitating.resume)
    expect(table.visitor.page.get_by_text("The story stands still")).to_have_count(0)
    assert table.kinds().count("paused") == 1


@pytest.mark.long
def test_a_browser_that_vanishes_finds_everything_when_it_comes_back(table: Table) -> None:
    page = table.visitor.page
    address = page.url
    page.goto("about:blank")
    exercises.act_as_facilitator(table.ben, table.run_id, facilitating.play_contingency, "c-help")
    page.goto(address)
    table.visitor.see("A word from a colleague")
    table.visitor.see("Payments are failing")


@pytest.mark.long
def test_the_server_stops_soon_although_screens_are_waiting(table: Table) -> None:
    table.server.process.terminate()
    assert table.server.process.wait(timeout=30) is not None
    ada = people.introduce("Ada Brandt")
    exercises.act_as_seat(ada, table.run_id, commands.note, "the log is whole")
    assert table.kinds()[-1] == "note"
