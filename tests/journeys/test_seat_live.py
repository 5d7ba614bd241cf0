"""Somebody writes at a live exercise while the story moves on around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from models.rules.exercise import facilitating
from models.rules.policy import Who
from services import database, exercises, people
from services.scenario_library import get_scenario
from services.settings import settings
from tests.journeys.conftest import Server, Visitor
from tests.journeys.unhurried import hurry_nobody

WORDS = "Because customers cannot pay"


@pytest.fixture
def ben(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Who]:
    """Ben facilitates from another process: through the database of the server."""
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    ben = people.introduce("Ben Okafor")
    hurry_nobody(ben)
    yield ben
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


def test_what_is_being_typed_stays_while_the_screen_hears_of_changes(
    ada_visits: Visitor, ben: Who
) -> None:
    page = ada_visits.page
    run_id = exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    ada_visits.go(f"exercise?id={run_id}")
    page.get_by_role("button", name="Sit here").first.click()
    ada_visits.see("For your eyes only")
    exercises.start_live(ben, run_id)
    ada_visits.see("Payments are failing")
    ada_visits.settle()
    field = page.get_by_label("Why (optional)")
    field.click()
    field.press_sequentially(WORDS)
    exercises.act_as_facilitator(ben, run_id, facilitating.play_contingency, "c-help")
    said = page.get_by_role("status").filter(has_text="New: A word from a colleague")
    expect(said).to_be_visible()
    ada_visits.see("A word from a colleague")
    exercises.act_as_facilitator(ben, run_id, facilitating.pause)
    ada_visits.see("Paused. The story stands still")
    expect(field).to_have_value(WORDS)
    expect(field).to_be_focused()
    exercises.act_as_facilitator(ben, run_id, facilitating.resume)
    exercises.act_as_facilitator(ben, run_id, facilitating.skip)
    ada_visits.see("The time for this decision was over")
    ada_visits.settle()
    expect(field).to_have_value(WORDS)
    keep = page.get_by_role("button", name="Keep it as a note")
    keep.click()
    expect(keep).to_have_count(0)
    ada_visits.see("Your notes (1)")
    assert ada_visits.trouble == []


@pytest.mark.long
def test_the_clock_of_the_story_ticks_without_the_page(ada_visits: Visitor, ben: Who) -> None:
    run_id = exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    ada_visits.go(f"exercise?id={run_id}")
    ada_visits.page.get_by_role("button", name="Sit here").first.click()
    exercises.start_live(ben, run_id)
    clock = ada_visits.page.get_by_label("Time in the story")
    expect(clock).to_have_text(re.compile(r"Tue 10:\d\d:\d\d"))
    left = ada_visits.page.get_by_label("Time left")
    expect(left).to_have_text(re.compile(r"\d:\d\d"))
    ada_visits.settle()
    for face in (clock, left):
        expect(face).not_to_have_text(face.inner_text())
    exercises.act_as_facilitator(ben, run_id, facilitating.pause)
    ada_visits.see("Paused. The story stands still")
    expect(left).to_have_count(0)
    assert ada_visits.trouble == []
