"""Exercises in people's calendars: a file for somebody known, and an address that is a key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import ROUTES
from models.rules.policy import Who
from models.tables.exercise import CalendarAddress
from services import clock, exercise_calendar, exercise_plans, people
from services.exercise_plans import Asked, Wish
from services.people import PERSON_COOKIE
from services.scenario_library import get_scenario
from services.unit_of_work import reading


@pytest.fixture
def visitor(database_file: object) -> Iterator[TestClient]:
    """Somebody, or a program, that has not said who they are."""
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(visitor: TestClient, ada: Who) -> TestClient:
    """Ada's browser."""
    visitor.cookies.set(PERSON_COOKIE, ada.person_id or "")
    return visitor


@pytest.fixture
def plan_id(ada: Who, ben: Who) -> str:
    """Ben leads, and Ada is asked to take a seat."""
    seat = get_scenario(ben, "first-page")[0].seats[0].id
    asked = (Asked(ada.person_id or "", seat),)
    wish = Wish("first-page", 30, ben.person_id or "", people=asked, note="Bring a laptop")
    at = clock.now() + timedelta(days=3)
    return exercise_plans.plan_exercises(ben, wish, [at], zone="UTC", plan_id="p1")


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "")


def test_a_planned_exercise_is_a_file_for_a_calendar(client: TestClient, plan_id: str) -> None:
    answer = client.get(f"/export/exercise-plan/{plan_id}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert ".ics" in answer.headers["content-disposition"]
    text = unfolded(answer.text)
    seat = get_scenario(people.introduce("Ben Okafor"), "first-page")[0].seats[0].title
    assert "METHOD:PUBLISH" in text
    assert f"Ada Brandt: {seat}" in text
    assert "ORGANIZER" not in text
    assert "URL:http://testserver/exercises" in text


def test_a_cancelled_one_takes_itself_out_again(client: TestClient, plan_id: str, ben: Who) -> None:
    exercise_plans.cancel_plan(ben, plan_id)
    text = client.get(f"/export/exercise-plan/{plan_id}.ics").text
    assert "METHOD:CANCEL" in text
    assert "SEQUENCE:1" in text


def test_an_unknown_person_plan_and_address_are_answered_alike(
    visitor: TestClient, plan_id: str, ada: Who
) -> None:
    answers = [visitor.get(f"/export/exercise-plan/{plan_id}.ics")]
    answers.append(visitor.get("/calendar/made-up.ics"))
    visitor.cookies.set(PERSON_COOKIE, ada.person_id or "")
    answers.append(visitor.get("/export/exercise-plan/nothing.ics"))
    answers.append(visitor.get("/calendar/.ics"))
    for answer in answers[:3]:
        assert (answer.status_code, answer.text) == (404, answers[0].text)
        assert answer.headers["cache-control"] == "no-store"
    assert answers[3].status_code == 404


def test_a_calendar_program_reads_its_persons_exercises_and_nothing_of_others(
    visitor: TestClient, plan_id: str, ada: Who
) -> None:
    secret = exercise_calendar.make_address(ada)
    answer = visitor.get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert f"UID:{plan_id}@" in answer.text
    assert "Ada" not in answer.text
    cleo = exercise_calendar.make_address(people.introduce("Cleo Marsh"))
    assert "VEVENT" not in visitor.get(f"/calendar/{cleo}.ics").text


def test_a_cancelled_exercise_leaves_the_feed(
    visitor: TestClient, plan_id: str, ada: Who, ben: Who
) -> None:
    secret = exercise_calendar.make_address(ada)
    exercise_plans.cancel_plan(ben, plan_id)
    assert "VEVENT" not in visitor.get(f"/calendar/{secret}.ics").text


def test_a_new_address_ends_the_old_one_and_a_dropped_one_leads_nowhere(
    visitor: TestClient, ada: Who
) -> None:
    old, new = exercise_calendar.make_address(ada), exercise_calendar.make_address(ada)
    assert visitor.get(f"/calendar/{old}.ics").status_code == 404
    assert visitor.get(f"/calendar/{new}.ics").status_code == 200
    assert exercise_calendar.find_address(ada) is not None
    exercise_calendar.drop_address(ada)
    exercise_calendar.drop_address(ada)
    assert visitor.get(f"/calendar/{new}.ics").status_code == 404
    assert exercise_calendar.find_address(ada) is None


def test_the_address_of_somebody_who_left_leads_nowhere(
    visitor: TestClient, ada: Who, ben: Who
) -> None:
    secret = exercise_calendar.make_address(ada)
    people.save_active(ben, ada.person_id or "", False, True)
    assert visitor.get(f"/calendar/{secret}.ics").status_code == 404


def test_the_secret_is_not_in_the_database(ada: Who) -> None:
    secret = exercise_calendar.make_address(ada)
    with reading(ada) as work:
        [row] = work.session.exec(select(CalendarAddress)).all()
        assert secret not in row.secret_hash
        assert len(row.secret_hash) == 64
