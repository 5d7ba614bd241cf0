"""What was written at a live seat and sent does not come back into its field."""

from __future__ import annotations

import pytest

from models.rules.policy import Who
from services import exercises
from services.scenario_library import get_scenario
from tests.conftest import Browser
from tests.pages.screen import press, said
from tests.pages.test_exercise_seat import PAGE, open_form, write


@pytest.fixture
def live(ada: Who, ben: Who) -> str:
    """Ben facilitates, Ada commands, and the clock runs."""
    run_id = exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    exercises.join_run(ada, run_id, "ic")
    exercises.start_live(ben, run_id)
    return run_id


def test_each_entry_has_a_field_of_its_own(browser: Browser, live: str) -> None:
    """A browser that has not heard of the sent text may send it along with its next request."""
    forms = (
        ("note", "A note for the talk afterwards", "Keep the note"),
        ("update", "The update", "Send the update"),
    )
    app = browser.open(PAGE, id=live)
    for name, label, button in forms:
        write(open_form(app, name), label, "Said once")
        before = next(area for area in app.text_area if area.label == label).key
        press(app, button)
        app.session_state[before] = "Said once"
        open_form(app, name)
        field = next(area for area in app.text_area if area.label == label)
        assert (field.key != before, field.value) == (True, "")


def test_a_second_answer_begins_with_an_empty_field(browser: Browser, live: str) -> None:
    app = browser.open(PAGE, id=live)
    toggle = next(one for one in app.toggle if one.label == "Answer in words")
    toggle.set_value(True).run()
    write(app, "Your answer", "We look into it")
    before = next(area for area in app.text_area if area.label == "Your answer").key
    press(app, "Send the answer")
    assert "We look into it" in said(app)
    app.session_state[before] = "We look into it"
    next(one for one in app.toggle if one.label == "Answer anew").set_value(True).run()
    assert [a.value for a in app.text_area if a.label == "Your answer"] == [""]
