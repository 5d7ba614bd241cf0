"""Two people write at once in their own browsers, and nobody reads it before it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from models.rules.exercise import commands, facilitating
from models.rules.policy import Who
from services import database, debriefs, exercises, people
from services.scenario_library import get_scenario
from services.settings import settings
from tests.journeys.conftest import Server, Visitor, visit

MOMENT, GAP = "A moment that you remember", "The gap that it showed"


@pytest.fixture
def ben(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Who]:
    """Ben led the exercise; here he works from another process, through the database."""
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    yield people.introduce("Ben Okafor")
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


@pytest.fixture
def run_id(ben: Who, ada_visits: Visitor) -> str:
    """An exercise that Ada played and that is over."""
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    ada = people.introduce("Ada Brandt")
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    exercises.start_live(ben, run_id)
    exercises.act_as_seat(ada, run_id, commands.declare, "errors at the shop")
    exercises.act_as_facilitator(ben, run_id, facilitating.end, "Time was over")
    return run_id


@pytest.fixture
def ben_visits(chromium: Browser, server: Server, ben: Who) -> Iterator[Visitor]:
    context, visitor = visit(chromium, server.url)
    visitor.come_in("Ben Okafor")
    yield visitor
    context.close()


def test_both_write_at_once_and_read_each_other_when_all_is_shown(
    ada_visits: Visitor, ben_visits: Visitor, run_id: str
) -> None:
    for visitor in (ada_visits, ben_visits):
        visitor.go(f"debrief?id={run_id}")
    ada_visits.see("It appears here by itself")
    ben_visits.click("Begin the hot wash", "Show the notes to everybody")
    ada_visits.see("Everybody writes alone")
    ada_visits.page.get_by_label(MOMENT).fill("The second alert came")
    ben_visits.page.get_by_label(GAP).fill("Nobody writes to customers")
    ben_visits.click("Hand in this note", "Handed in with your name")
    ada_visits.see("1 note is there, hidden")
    expect(ada_visits.page.get_by_label(MOMENT)).to_have_value("The second alert came")
    expect(ada_visits.page.get_by_text("Nobody writes to customers")).to_have_count(0)
    ada_visits.click("Hand in this note", "Handed in with your name")
    ben_visits.see("2 notes are there")
    ada_visits.page.get_by_label(MOMENT).first.fill("A thought that is not ready")
    ben_visits.click("Show the notes to everybody", "The second alert came")
    ada_visits.see("Nobody writes to customers")
    expect(ada_visits.page.get_by_label(MOMENT).first).to_have_value("A thought that is not ready")
    assert ada_visits.trouble + ben_visits.trouble == []


def test_what_is_being_written_outlasts_a_reload_with_the_wish_for_no_name(
    ada_visits: Visitor, ben: Who, run_id: str
) -> None:
    debriefs.start_debrief(ben, run_id, 5)
    page = ada_visits.page
    ada_visits.go(f"debrief?id={run_id}")
    page.get_by_text("Without my name").click()
    expect(page.get_by_role("checkbox", name="Without my name")).to_be_checked()
    ada_visits.settle()
    page.get_by_label(MOMENT).press_sequentially("Half a sen")
    page.reload()
    expect(page.get_by_label(MOMENT)).to_have_value("Half a sen")
    expect(page.get_by_role("checkbox", name="Without my name")).to_be_checked()
    ada_visits.click("Hand in this note", "Handed in without your name")
    page.reload()
    ada_visits.see("1 note is there, hidden")
    ada_visits.settle()
    expect(page.get_by_label(MOMENT)).to_have_value("")
    debriefs.show_notes(ben, run_id)
    ada_visits.see("Not signed")
    assert ada_visits.trouble == []
