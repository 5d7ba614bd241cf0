"""The gallery shows what there is to practise; a scenario's page gives nothing away."""

from __future__ import annotations

from models.rules.policy import Who
from models.rules.scenario.shape import Difficulty
from services import exercise_records
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
