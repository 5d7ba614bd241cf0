"""An exercise that somebody plays alone can be left for good, or begun anew."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.exercise import commands
from models.rules.policy import Who
from services.exercises import act_as_seat, get_run
from services.scenario_library import get_scenario
from services.solo_play import find_unfinished, play_alone
from tests.conftest import Browser
from tests.pages.screen import labels, press, said

PAGE = "train/exercise.py"


@pytest.fixture
def begun(ada: Who) -> str:
    run_id = play_alone(ada, get_scenario(ada, "first-page")[0])
    act_as_seat(ada, run_id, commands.decide, "wait")
    act_as_seat(ada, run_id, commands.decide, "alone")
    return run_id


def at_the_table(app: AppTest) -> AppTest:
    """On from what a decision led to, to where the next one is taken."""
    return press(app, "Go on") if "Go on" in labels(app) else app


def test_it_is_left_after_a_word_about_what_that_means(
    browser: Browser, ada: Who, begun: str
) -> None:
    app = at_the_table(browser.open(PAGE, id=begun))
    assert "waits where you left it" in said(app)
    app = press(app, "Leave for good")
    assert "You ended the exercise" in said(app)
    assert find_unfinished(ada) is None


def test_begun_anew_it_stands_at_its_beginning(browser: Browser, ada: Who, begun: str) -> None:
    app = at_the_table(browser.open(PAGE, id=begun))
    press(app, "Leave and begin anew")
    anew = find_unfinished(ada)
    assert anew is not None
    assert anew.run_id != begun
    assert get_run(ada, begun).ended_at is not None
    assert "decided" not in [event.kind for event in get_run(ada, anew.run_id).log]
