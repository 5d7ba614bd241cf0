"""The exercises that go on, are planned and were played; planning, changing and cancelling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.exercise import facilitating
from models.rules.policy import Who
from services import clock, exercise_plans, exercises, people
from services.exercise_plans import Asked, Wish
from services.scenario_library import get_scenario
from tests.conftest import Browser
from tests.pages.screen import labels, link_to, links, press, said

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
SEAT = "plan:new:first-page:seat:ic"


@pytest.fixture(autouse=True)
def at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def planned(ada: Who, ben: Who) -> Callable[..., str]:
    """Plans something that Ben leads and Ada is asked to, each of these days from now."""

    def plan(*days: int, leader: Who = ben, plan_id: str = "p1") -> str:
        asked = (Asked((ada if leader is ben else ben).person_id or "", "ic"),)
        wish = Wish("first-page", 30, leader.person_id or "", people=asked)
        times = [NOW + timedelta(days=day) for day in days]
        return exercise_plans.plan_exercises(ben, wish, times, zone="UTC", plan_id=plan_id)

    return plan


def play(leader: Who, player: Who, team_id: str | None = None) -> str:
    scenario, _ = get_scenario(leader, "first-page")
    run_id = exercises.open_run(leader, scenario, team_id=team_id)
    exercises.join_run(player, run_id, scenario.seats[0].id)
    exercises.start_live(leader, run_id)
    exercises.act_as_facilitator(leader, run_id, facilitating.end, "Time was over")
    return run_id


def form(browser: Browser) -> AppTest:
    page = browser.open("train/plan.py", scenario="first-page")
    page.date_input(key="plan:new:day").set_value(date(2026, 3, 3))
    page.time_input(key="plan:new:time").set_value(time(14))
    return page.run()


def test_where_nothing_was_played_the_next_step_is_shown(browser: Browser) -> None:
    page = browser.open("train/exercises.py")
    assert "Nothing is planned yet" in said(page)
    assert "No exercise has been played here yet" in said(page)
    assert "Choose a scenario" in links(page)


def test_what_goes_on_leads_to_the_console_or_a_seat(browser: Browser, ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ada, "first-page")
    mine = exercises.open_run(ada, scenario)
    page = browser.open("train/exercises.py")
    assert link_to(page, scenario.title) == ("console", f"id={mine}")
    assert "Not begun yet" in said(page)
    exercises.facilitate_too(ben, mine)
    theirs = exercises.open_run(ben, get_scenario(ben, "split-brain")[0])
    page = browser.open("train/exercises.py")
    title = get_scenario(ben, "split-brain")[0].title
    assert link_to(page, title) == ("exercise", f"id={theirs}")


def test_what_was_played_is_found_by_team_and_scenario(
    browser: Browser, ada: Who, ben: Who
) -> None:
    for name in ("Payments", "Search"):
        people.add_team(ada, name)
    team = {team.name: team.id for team in people.list_teams(ada)}
    run_id = play(ben, ada, team["Payments"])
    page = browser.open("train/exercises.py")
    title = get_scenario(ada, "first-page")[0].title
    assert link_to(page, title) == ("after-action", f"id={run_id}")
    assert "Payments, 1 person · ended early" in said(page).replace("\\", "")
    page.selectbox(key="exercises:team").set_value(team["Search"]).run()
    assert "No exercise fits this choice" in said(page)


def test_long_lists_of_what_was_played_are_turned_in_pages(
    browser: Browser, ada: Who, ben: Who
) -> None:
    for _ in range(21):
        play(ben, ada)
    page = browser.open("train/exercises.py")
    assert "21 altogether" in said(page)
    assert len([label for label in links(page) if "Your first page" in label]) == 20


def test_the_next_exercise_comes_first_with_how_long_it_is(
    browser: Browser, planned: Callable[..., str]
) -> None:
    planned(3)
    text = said(browser.open("train/exercises.py"))
    assert "Thu 5 Mar 2026, 09:00 :small[:gray[(in 3 days)]]" in text
    assert "led by Ben Okafor" in text
    assert "with Ada Brandt" in text


def test_one_exercise_is_planned_with_its_people(browser: Browser, ada: Who, ben: Who) -> None:
    page = form(browser)
    page.selectbox(key=SEAT).set_value(ben.person_id)
    page.text_area(key="plan:new:first-page:note").set_value("Room 4")
    page = press(page.run(), "Plan it")
    assert "The exercise is planned, with 1 person asked to come" in said(page).replace("\\", "")
    [row] = exercise_plans.find_plans(ada).rows
    assert row.starts_at == datetime(2026, 3, 3, 14, tzinfo=UTC)
    assert (row.leader, row.names, row.wish.note) == ("Ada Brandt", ("Ben Okafor",), "Room 4")
    assert row.wish.minutes == get_scenario(ada, "first-page")[0].duration_min


def test_a_series_is_shown_with_its_dates_before_it_is_saved(browser: Browser, ada: Who) -> None:
    page = form(browser)
    page.segmented_control(key="plan:new:often").set_value("Each month").run()
    page.number_input(key="plan:new:count").set_value(3).run()
    text = said(page).replace("\\", "")
    assert "On the first Tuesday of each month at 14:00 (UTC)" in text
    assert "Tue 3 Mar 2026, 14:00 · Tue 7 Apr 2026, 14:00 · Tue 5 May 2026, 14:00" in text
    page.selectbox(key="plan:new:on:2026-03-03").set_value("the 3rd").run()
    assert "Fri 3 Apr 2026, 14:00" in said(page)
    press(page, "Plan these 3")
    assert exercise_plans.find_plans(ada).count == 3


def test_what_cannot_be_planned_stays_in_the_form_with_its_reason(
    browser: Browser, ada: Who
) -> None:
    page = form(browser)
    page.selectbox(key=SEAT).set_value(ada.person_id)
    page = press(page.run(), "Plan it")
    assert "Ada Brandt leads and so reads the whole story" in page.error[0].value
    assert page.selectbox(key=SEAT).value == ada.person_id
    assert exercise_plans.find_plans(ada).count == 0


def test_a_change_can_meet_all_that_follow(
    browser: Browser, ada: Who, planned: Callable[..., str]
) -> None:
    planned(1, 8, 15)
    page = browser.open("train/plan.py", id="p1")
    page.number_input(key="plan:p1:minutes").set_value(45)
    page.radio(key="plan:p1:following").set_value(True)
    page = press(page.run(), "Save the change")
    assert "The change is saved" in said(page)
    assert [row.wish.minutes for row in exercise_plans.find_plans(ada).rows] == [45] * 3


def test_who_was_slower_sees_both_versions_and_chooses(
    browser: Browser, ben: Who, planned: Callable[..., str]
) -> None:
    planned(1)
    page = browser.open("train/plan.py", id="p1")
    page.number_input(key="plan:p1:minutes").set_value(45).run()
    saved = exercise_plans.get_plan(ben, "p1")
    theirs = Wish("first-page", 60, ben.person_id or "", people=saved.wish.people)
    exercise_plans.change_plan(ben, "p1", theirs, saved.starts_at, sequence=0)
    page = press(page, "Save the change")
    assert "Somebody else changed this exercise" in page.error[0].value
    assert "60 minutes" in said(page)
    page = press(page, "Keep mine")
    assert exercise_plans.get_plan(ben, "p1").wish.minutes == 45


def test_a_plan_that_is_looked_at_again_begins_with_what_is_saved(
    browser: Browser, ben: Who, planned: Callable[..., str]
) -> None:
    planned(1)
    browser.open("train/plan.py", id="p1")
    saved = exercise_plans.get_plan(ben, "p1")
    theirs = Wish("first-page", 60, ben.person_id or "", people=saved.wish.people)
    browser.open("train/exercises.py")
    exercise_plans.change_plan(ben, "p1", theirs, saved.starts_at, sequence=0)
    page = browser.open("train/plan.py", id="p1")
    page.number_input(key="plan:p1:minutes").set_value(45).run()
    press(page, "Save the change")
    assert exercise_plans.get_plan(ben, "p1").wish.minutes == 45


def test_the_saved_version_can_be_taken(
    browser: Browser, ben: Who, planned: Callable[..., str]
) -> None:
    planned(1)
    page = browser.open("train/plan.py", id="p1")
    page.number_input(key="plan:p1:minutes").set_value(45).run()
    saved = exercise_plans.get_plan(ben, "p1")
    theirs = Wish("first-page", 60, ben.person_id or "", people=saved.wish.people)
    exercise_plans.change_plan(ben, "p1", theirs, saved.starts_at, sequence=0)
    page = press(press(page, "Save the change"), "Take theirs")
    assert page.number_input(key="plan:p1:minutes").value == 60
    press(page, "Save the change")
    assert exercise_plans.get_plan(ben, "p1").sequence == 1


def test_cancelling_asks_first(browser: Browser, ada: Who, planned: Callable[..., str]) -> None:
    planned(1, 8)
    page = browser.open("train/plan.py", id="p1")
    assert next(b for b in page.button if b.label == "Cancel this exercise").disabled
    page.checkbox(key="plan:p1:sure").check().run()
    page = press(page, "Cancel this exercise")
    assert "Cancelled" in said(page)
    first, second = exercise_plans.find_plans(ada).rows
    assert (first.cancelled_at, second.cancelled_at) == (NOW, None)


def test_opening_leads_to_the_console_or_to_the_seat_that_waits(
    browser: Browser, ada: Who, ben: Who, planned: Callable[..., str]
) -> None:
    planned(1)
    press(browser.open("train/exercises.py"), "Open it now")
    run_id = exercise_plans.get_plan(ada, "p1").run_id or ""
    page = browser.open("train/exercise.py", id=run_id)
    press(page, "Take the seat you were asked to: Incident commander")
    assert exercises.get_run(ada, run_id).play.seats == {ada.person_id: "ic"}


def test_the_code_seats_whoever_was_asked(
    browser: Browser, ada: Who, ben: Who, planned: Callable[..., str]
) -> None:
    planned(1)
    run_id = exercise_plans.open_plan(ben, "p1")
    code = exercises.get_run(ben, run_id).join_code
    page = browser.open("train/join.py")
    page.text_input(key="join:code").set_value(code.lower())
    press(page, "Join")
    assert exercises.get_run(ada, run_id).play.seats == {ada.person_id: "ic"}


def test_the_address_for_a_calendar_is_told_once(browser: Browser, ada: Who, ben: Who) -> None:
    page = press(browser.open("train/exercises.py"), "Make an address")
    assert any("/calendar/" in code.value for code in page.code)
    assert "address that is a key" in said(page)
    later = Browser(ada).open("train/exercises.py")
    assert not later.code
    assert "Make a new address" in labels(later)
    press(later, "Stop it")
    assert "Make an address" in labels(later)


def test_home_says_what_is_ahead(browser: Browser, ada: Who, planned: Callable[..., str]) -> None:
    planned(3)
    text = said(browser.open(""))
    assert "Your exercises this week" in text
    assert "you are asked to come" in text
