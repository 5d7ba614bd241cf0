"""The gallery shows what there is to practise; a scenario's page gives nothing away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.exercise import facilitating
from models.rules.policy import Who
from models.rules.scenario.shape import Difficulty
from services import clock, exercise_records, exercises, people
from services.scenario_library import get_scenario, list_scenarios
from tests.conftest import Browser
from tests.pages.screen import said


def test_every_scenario_is_in_the_gallery(browser: Browser, ada: Who) -> None:
    page = browser.open("train/scenarios.py")
    text = said(page)
    assert all(row.summary.split()[0] in text for row in list_scenarios(ada))


def test_the_gallery_is_narrowed_by_difficulty_and_words(browser: Browser, ada: Who) -> None:
    page = browser.open("train/scenarios.py")
    page.text_input(key="scenarios:find").set_value("bookshop").run()
    text = said(page)
    assert "A small bookshop" in text
    assert "three concert halls" not in text
    page.pills(key="scenarios:level").set_value(Difficulty.EXPERT).run()
    assert "No scenario fits this choice" in said(page)


def test_the_gallery_says_on_which_day_of_the_reader_a_scenario_was_played_last(
    browser: Browser, ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario, _ = get_scenario(ada, "first-page")
    for hour in (9, 20):
        at = datetime(2026, 3, 2, hour, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        run_id = exercises.open_run(ada, scenario, solo=True)
        exercises.act_as_facilitator(ada, run_id, facilitating.end, "Enough for today")
    exercises.open_run(ada, get_scenario(ada, "split-brain")[0], solo=True)
    people.save_zone(ada, "Asia/Tokyo", ada.zone)
    text = said(browser.open("train/scenarios.py"))
    assert text.count("Last played here on") == 1
    assert "Last played here on 3 Mar 2026." in text


def test_the_page_of_a_scenario_gives_nothing_away(browser: Browser, ada: Who) -> None:
    scenario, _ = get_scenario(ada, "split-brain")
    text = said(browser.open("train/scenario.py", id="split-brain"))
    assert scenario.objectives[0].text in text
    for node in scenario.nodes.values():
        assert node.title not in text
        for option in node.decision.options if node.decision else ():
            assert option.label not in text
            assert option.feedback not in text


def test_playing_alone_opens_an_exercise_that_has_begun(browser: Browser, ada: Who) -> None:
    page = browser.open("train/scenario.py", id="first-page")
    page.button(key="scenario:first-page:alone").click().run()
    assert not page.exception
    [row] = exercise_records.list_runs(ada)
    assert (row.is_solo, row.phase) == (True, "running")


def test_a_scenario_that_is_not_there_is_said_calmly(browser: Browser) -> None:
    page = browser.open("train/scenario.py", id="nothing")
    assert "There is no such scenario" in page.error[0].value
