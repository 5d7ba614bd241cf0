"""A person's calendar, read over HTTP by a calendar library as a calendar program would."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from icalendar import Calendar
from starlette.applications import Starlette

from api.routes import ROUTES
from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus
from services import (
    actions,
    clock,
    exercise_calendar,
    exercise_plans,
    mail_address,
    postmortems,
    publishing,
)
from services.exercise_plans import Asked, Wish
from services.people import PERSON_COOKIE
from services.settings import settings
from tests.mail_server import free_port
from tests.small_postmortem import small_postmortem, stored

MEETING = datetime(2026, 3, 11, 14, tzinfo=UTC)


@pytest.fixture
def address(database_file: object) -> Iterator[str]:
    """Where Hotwash's own routes are served."""
    port = free_port()
    config = uvicorn.Config(Starlette(routes=ROUTES), port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        threading.Event().wait(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(autouse=True)
def _in_that_week(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))


def fetch(url: str, who: Who | None = None) -> dict[str, Any]:
    """The events of a calendar at an address, by their UIDs."""
    cookie = {"Cookie": f"{PERSON_COOKIE}={who.person_id}"} if who else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=cookie)) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        calendar: Any = Calendar.from_ical(answer.read())
    assert str(calendar["METHOD"]) == "PUBLISH"
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_it_has_exercises_meetings_and_due_dates_with_who_and_where(
    address: str, ada: Who, ben: Who
) -> None:
    mail_address.save_email(ben, "ben@example.org", "")
    postmortem_id = stored(ada)
    asked = (Asked(ada.person_id or ""),)
    wish = Wish("first-page", 30, ben.person_id or "", people=asked, note="Bring a laptop")
    at = clock.now() + timedelta(days=3)
    exercise_plans.plan_exercises(ben, wish, [at], zone="UTC", plan_id="p1")
    events = fetch(f"{address}/calendar/{exercise_calendar.make_address(ada)}.ics")
    assert len(events) == 3
    exercise = events["p1@exercise.hotwash"]
    assert (exercise["DTSTART"].dt, exercise["DTEND"].dt) == (at, at + timedelta(minutes=30))
    assert str(exercise["DESCRIPTION"]).startswith("Bring a laptop\nLed by Ben Okafor.\n")
    meeting = events[f"{postmortem_id}@meeting.hotwash"]
    assert (meeting["DTSTART"].dt, meeting["DTEND"].dt) == (MEETING, MEETING + timedelta(hours=1))
    assert str(meeting["SUMMARY"]) == "Review meeting: Orders waited in the queue"
    assert str(meeting["URL"]) == f"{address}/postmortem?id={postmortem_id}"
    for event in (exercise, meeting):
        assert str(event["ORGANIZER"]) == "mailto:ben@example.org"
        assert event["ORGANIZER"].params["CN"] == "Ben Okafor"
    [due] = [event for uid, event in events.items() if uid.endswith("@action.hotwash")]
    assert due["DTSTART"].dt == date(2026, 3, 25)
    assert str(due["SUMMARY"]) == "Due: Refuse a release whose retry limit is zero"
    assert "Orders waited in the queue" in str(due["DESCRIPTION"])


def test_changes_raise_the_sequence_and_keep_the_uid(address: str, ada: Who) -> None:
    postmortem_id = stored(ada)
    [action] = actions.list_actions(ada)
    feed = f"{address}/calendar/{exercise_calendar.make_address(ada)}.ics"
    before = fetch(feed)
    later = MEETING + timedelta(days=1)
    postmortems.save_meeting(ada, postmortem_id, later, MEETING)
    actions.save_action(ada, action.id, {"due_on": (action.due_on, date(2026, 4, 1))})
    after = fetch(feed)
    assert set(before) == set(after)
    for uid in before:
        assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
    assert after[f"{postmortem_id}@meeting.hotwash"]["DTSTART"].dt == later


def test_what_is_over_or_taken_away_is_gone(address: str, ada: Who) -> None:
    postmortem_id = stored(ada)
    [action] = actions.list_actions(ada)
    feed = f"{address}/calendar/{exercise_calendar.make_address(ada)}.ics"
    assert len(fetch(feed)) == 2
    postmortems.save_meeting(ada, postmortem_id, None, MEETING)
    publishing.publish_postmortem(ada, postmortem_id, 1)
    declined = {"status": (ActionStatus.ACCEPTED, ActionStatus.DECLINED), "reason": ("", "No use")}
    actions.save_action(ada, action.id, declined)
    assert fetch(feed) == {}


def test_others_meetings_and_due_dates_are_not_in_it(address: str, ada: Who, ben: Who) -> None:
    stored(ada)  # Ben facilitates, and owns no action
    cleo = Who(None, "")
    for who, count in ((ada, 2), (ben, 1)):
        assert len(fetch(f"{address}/calendar/{exercise_calendar.make_address(who)}.ics")) == count
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(f"{address}/calendar/made-up.ics", cleo)


def test_one_meeting_and_ones_due_dates_can_be_taken_along(
    address: str, ada: Who, ben: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTWASH_ADDRESS", "https://hotwash.example.org")
    settings.cache_clear()
    postmortem_id = stored(ada)
    [action] = actions.list_actions(ada)
    assert len(fetch(f"{address}/export/meeting/{postmortem_id}.ics", ben)) == 1
    assert len(fetch(f"{address}/export/due-dates.ics", ada)) == 1
    assert fetch(f"{address}/export/due-dates.ics", ben) == {}
    [due] = fetch(f"{address}/export/due-date/{action.id}.ics", ben).values()
    assert str(due["URL"]) == f"https://hotwash.example.org/action?id={action.id}"
    for path in ("meeting/unknown", f"due-date/{postmortem_id}"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            fetch(f"{address}/export/{path}.ics", ada)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(f"{address}/export/meeting/{postmortem_id}.ics")
    postmortems.save_meeting(ada, postmortem_id, None, small_postmortem().meeting_at)
    with pytest.raises(urllib.error.HTTPError, match="400"):
        fetch(f"{address}/export/meeting/{postmortem_id}.ics", ada)
