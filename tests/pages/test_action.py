"""One action on its own page, and how promises are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.following.helped import Helped
from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus
from services import clock, publishing
from services.action_outcomes import answer_helped, list_answers
from services.actions import get_action, save_action
from tests.conftest import Browser
from tests.pages.screen import labels, link_to, press, said
from tests.small_postmortem import stored

PAGE, LOOP = "learn/action.py", "learn/loop.py"
DUE = date(2026, 3, 25)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 2, 9, tzinfo=UTC))


@pytest.fixture
def promised(ada: Who) -> str:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    return pm


def finished(who: Who) -> None:
    done = {"status": (ActionStatus.ACCEPTED, ActionStatus.DONE), "reason": ("", "Release 41")}
    save_action(who, "a1", done)


def test_an_address_without_an_action_leads_back(browser: Browser) -> None:
    app = browser.open(PAGE, id="nowhere")
    assert "no action at this address" in said(app)
    assert link_to(app, "All actions")[0] == "actions"


def test_the_history_stands_beside_the_action(browser: Browser, ada: Who, promised: str) -> None:
    for day in range(2):
        was, now = DUE + timedelta(days=day), DUE + timedelta(days=day + 1)
        save_action(ada, "a1", {"due_on": (was, now)})
    app = browser.open(PAGE, id="a1")
    words = said(app).replace("\\", "")
    assert "moved 2 times, first due 25 Mar 2026" in words
    assert "Status: Proposed → Accepted" in words
    assert link_to(app, "Orders waited") == ("published", f"id={promised}")


def done_button(app: AppTest) -> AppTest:
    return app.button(key="a1:proof:go").click().run()


def test_done_asks_for_its_proof_and_can_be_opened_again(
    browser: Browser, ada: Who, promised: str
) -> None:
    app = done_button(browser.open(PAGE, id="a1"))
    assert "what shows that it is done" in app.error[0].value
    app.text_input(key="a1:proof").set_value("Release 41")
    app = done_button(app)
    assert (get_action(ada, "a1").status, get_action(ada, "a1").reason) == (
        ActionStatus.DONE, "Release 41",
    )  # fmt: skip
    press(app, "Open it again")
    assert (get_action(ada, "a1").status, get_action(ada, "a1").reason) == (
        ActionStatus.IN_PROGRESS, "",
    )  # fmt: skip


def test_reminders_stop_until_a_day_with_the_reason_in_sight(
    browser: Browser, ada: Who, promised: str
) -> None:
    app = browser.open(PAGE, id="a1")
    app.date_input(key="a1:until").set_value(date(2026, 5, 1))
    app.text_input(key="a1:why_quiet").set_value("The vendor ships in April")
    app.button(key="a1:quiet").click().run()
    assert "No reminders until 1 May 2026: The vendor ships in April" in said(app)
    press(app, "Remind again")
    assert get_action(ada, "a1").snoozed_until is None


def test_whether_it_helped_is_answered_and_can_be_answered_again(
    browser: Browser, ada: Who, promised: str
) -> None:
    finished(ada)
    app = press(browser.open(PAGE, id="a1"), "Keep this answer")
    assert "Choose one" in app.error[0].value
    app.segmented_control(key="helped:a1").set_value(Helped.PARTLY)
    app.text_input(key="helped:a1:sentence").set_value("One more in May")
    app = press(app, "Keep this answer")
    assert "**Partly**: One more in May" in said(app)
    assert [a.helped for a in list_answers(ada)] == [Helped.PARTLY]
    assert "Keep this answer" in labels(app)
    assert "**Partly**: One more in May" in said(browser.open("learn/published.py", id=promised))


def test_how_promises_are_kept_says_of_how_many(browser: Browser, ada: Who, promised: str) -> None:
    assert "| 0 of 1 (0\u202f%) | no |" in said(browser.open(LOOP))
    finished(ada)
    answer_helped(ada, "a1", Helped.YES, "", None)
    words = said(browser.open(LOOP, quarter="2026-Q1"))
    assert "| 1 of 1 (100\u202f%) | yes | 0 of 1 (0\u202f%) |" in words
    assert "**SEV1**" in words
    assert "an idea is not counted yet" in words


def test_without_promises_the_page_says_how_they_begin(browser: Browser) -> None:
    assert "Nothing has been promised yet" in said(browser.open(LOOP))
