"""The facilitator leads: sees the story behind the story, and nobody else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.exercise import commands
from models.rules.policy import Who
from services import clock, exercises
from services.scenario_library import get_scenario
from tests.conftest import Browser
from tests.pages.screen import labels, press, said


class Time:
    """The clock of a test."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(clock, "now", lambda: time.now)
    return time


@pytest.fixture
def run_id(ada: Who, ben: Who) -> str:
    """Ben leads, Ada sits on the first seat; the clock has not started."""
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    return run_id


@pytest.fixture
def running(ben: Who, run_id: str) -> str:
    exercises.start_live(ben, run_id)
    return run_id


def lead(ben: Who, run_id: str) -> AppTest:
    page = Browser(ben).open("train/console.py", id=run_id)
    assert not page.exception
    return page


def kinds(ben: Who, run_id: str) -> list[str]:
    return [event.kind for event in exercises.get_run(ben, run_id).log]


def test_before_the_start_the_code_and_the_people_are_there(ben: Who, run_id: str) -> None:
    code = exercises.get_run(ben, run_id).join_code
    page = lead(ben, run_id)
    assert f"# {code[:3]} {code[3:]}" in said(page)
    assert "Ada Brandt" in [choice.label for choice in page.selectbox]


def test_the_clock_starts_stands_and_goes_on(ben: Who, run_id: str, time: Time) -> None:
    page = press(lead(ben, run_id), "Start the clock")
    page = press(page, "Pause")
    assert "Paused" in said(page)
    time.forward(seconds=2)
    page = press(page, "Go on")
    assert "Running" in said(page)
    assert [k for k in kinds(ben, run_id) if k in ("started", "paused", "resumed")] == [
        "started", "paused", "resumed",
    ]  # fmt: skip


def test_the_second_half_of_a_slow_double_click_meets_no_other_button(
    ben: Who, running: str, time: Time
) -> None:
    page = press(lead(ben, running), "Pause")
    page = press(page, "Go on")  # where Pause was a moment ago
    assert kinds(ben, running)[-1] == "paused"
    time.forward(seconds=2)
    page = press(page, "Go on")
    one = exercises.get_run(ben, running).scenario.contingencies[0].id
    for _ in range(2):
        page.button(key=f"console:{running}:contingency:{one}").click().run()
    assert kinds(ben, running).count("injected") == 1
    time.forward(seconds=2)
    press(page, "Again")
    assert kinds(ben, running).count("injected") == 2


def test_after_a_click_that_was_refused_the_next_one_counts_at_once(
    ben: Who, running: str, time: Time
) -> None:
    page = press(lead(ben, running), "Send it")
    assert "An inject needs a title" in said(page)
    page.text_input(key=f"console:{running}:write:0:title").input("The lift is stuck")
    page.text_area(key=f"console:{running}:write:0:body").input("Amara is in it.")
    press(page, "Send it")
    assert kinds(ben, running).count("injected") == 1


def test_without_anybody_on_a_seat_the_clock_cannot_start(ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    page = lead(ben, exercises.open_run(ben, scenario))
    assert "made for at least 1 person." in said(page)
    start = next(button for button in page.button if button.label == "Start the clock")
    assert start.disabled


def test_an_exercise_that_was_opened_by_mistake_is_called_off(
    ada: Who, ben: Who, run_id: str
) -> None:
    page = press(lead(ben, run_id), "Call this exercise off")
    assert "was called off before it began" in said(page)
    assert "Start the clock" not in labels(page)
    seat = Browser(ada).open("train/exercise.py", id=run_id)
    assert "was called off before it began" in said(seat)
    assert "Going on now" not in said(Browser(ben).open("train/exercises.py"))


def test_a_note_is_two_keystrokes_and_in_the_log(ben: Who, running: str) -> None:
    page = lead(ben, running)
    field = next(one for one in page.text_input if one.label == "Note what you see")
    field.set_value("They stay calm").run()
    assert "Noted: They stay calm" in said(page)
    assert kinds(ben, running).count("observation") == 1


def test_a_contingency_is_thrown_in_and_marked(ben: Who, running: str) -> None:
    run = exercises.get_run(ben, running)
    one = run.scenario.contingencies[0]
    page = lead(ben, running)
    page.button(key=f"console:{running}:contingency:{one.id}").click().run()
    assert "thrown in" in said(page)
    assert one.id in exercises.get_run(ben, running).play.played


def test_what_comes_can_be_held_and_played_later(ben: Who, running: str, time: Time) -> None:
    name = exercises.look_behind(ben, exercises.get_run(ben, running)).following[0].name
    page = lead(ben, running)
    page.button(key=f"console:{running}:hold:{name}").click().run()
    assert "held" in said(page)
    time.forward(seconds=2)
    page.button(key=f"console:{running}:play_now:{name}").click().run()
    assert not page.exception
    assert name not in {
        one.name for one in exercises.look_behind(ben, exercises.get_run(ben, running)).following
    }


def test_a_facilitator_who_decides_for_a_seat_says_why_and_is_left_out_of_the_score(
    ben: Who, running: str, time: Time
) -> None:
    question = exercises.look_behind(ben, exercises.get_run(ben, running)).question
    assert question is not None
    number = question.opened.delivery
    page = lead(ben, running)
    page.radio(key=f"console:{running}:decide:{number}").set_value(question.available[0]).run()
    page = press(page, "Decide it")
    assert "Write why you make it for them" in said(page)
    time.forward(seconds=2)
    page.text_input(key=f"console:{running}:why:{number}").set_value("Time is short").run()
    press(page, "Decide it")
    decided = [e for e in exercises.get_run(ben, running).log if e.kind == "decided"]
    assert [event.override for event in decided] == [True]


def test_a_player_never_sees_the_screen_of_the_facilitator(ada: Who, running: str) -> None:
    page = Browser(ada).open("train/console.py", id=running)
    text = said(page)
    assert "This is the screen of whoever leads" in text
    assert "Read aloud" not in text
    assert "Lead it too" not in [p.label for p in page.get("popover")]


def test_answers_and_readers_are_seen(ada: Who, ben: Who, running: str) -> None:
    number = next(iter(exercises.get_run(ben, running).play.deliveries))
    exercises.act_as_seat(ada, running, commands.answer, number, "<b>I read the log</b>")
    page = lead(ben, running)
    assert "<b>I read the log</b>" in [text.value for text in page.text]


def test_a_code_leads_to_the_table(ada: Who, run_id: str) -> None:
    code = exercises.get_run(ada, run_id).join_code
    page = Browser(ada).open("train/join.py")
    page.text_input(key="join:code").set_value(f"{code[:3].lower()} {code[3:]}")
    press(page, "Join")
    assert "Who sits where" in said(page)


def test_a_wrong_code_is_said_calmly_and_kept(ada: Who) -> None:
    page = Browser(ada).open("train/join.py")
    page.text_input(key="join:code").set_value("ZZZZZZ")
    press(page, "Join")
    assert "No exercise and no meeting has this code" in said(page)
    assert page.text_input(key="join:code").value == "ZZZZZZ"
