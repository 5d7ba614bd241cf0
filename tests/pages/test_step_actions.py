from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from models.rules.policy import Who
from models.rules.record import ActionRecord
from models.rules.vocabulary import ActionStatus, ActionType
from services import actions, clock, postmortems, publishing
from tests.conftest import Browser
from tests.small_postmortem import small_postmortem, stored

PAGE = "learn/workspace.py"


def the_action(who: Who, pm: str) -> ActionRecord:
    [action] = postmortems.get_postmortem(who, pm).actions
    return action


def test_enter_adds_a_proposal_with_the_default_due_date(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), actions=()))
    at = browser.open(PAGE, id=pm, step="actions")
    assert any("15 days from today" in c.value for c in at.caption)
    at.text_input(key=f"{pm}:new_action").input("Add an alert on retry limits of zero").run()
    assert not at.exception
    action = the_action(ada, pm)
    assert action.due_on == clock.now().date() + timedelta(days=15)
    assert at.text_input(key=f"{pm}:new_action").value == ""


def test_the_details_of_an_action_are_saved_when_chosen(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    action = the_action(ada, pm)
    at = browser.open(PAGE, id=pm, step="actions")
    at.selectbox(key=f"{action.id}:type").select(ActionType.DETECT).run()
    at.selectbox(key=f"{action.id}:owner").select("Ben Okafor").run()
    at.text_input(key=f"{action.id}:tracker").input("https://tracker.example/HW-1").run()
    assert not at.exception
    action = the_action(ada, pm)
    assert (action.type, action.owner) == (ActionType.DETECT, "Ben Okafor")
    assert action.tracker_url == "https://tracker.example/HW-1"


def test_a_link_that_is_none_is_refused_in_place(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    action = the_action(ada, pm)
    at = browser.open(PAGE, id=pm, step="actions")
    at.text_input(key=f"{action.id}:tracker").input("javascript:alert(1)").run()
    assert any("Not saved" in error.value for error in at.error)
    assert the_action(ada, pm).tracker_url == ""


def test_vague_words_are_pointed_out(browser: Browser, ada: Who) -> None:
    vague = (ActionRecord("Investigate the retry setting", owner="Ada Brandt"),)
    pm = stored(ada, replace(small_postmortem(), actions=vague))
    at = browser.open(PAGE, id=pm, step="actions")
    assert any("“Investigate”" in caption.value for caption in at.caption)


def test_deciding_against_an_action_needs_a_reason(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    action = the_action(ada, pm)
    at = browser.open(PAGE, id=pm, step="actions")
    at.button(key=f"{action.id}:decline:go").click().run()
    assert any("why" in error.value for error in at.error)
    assert the_action(ada, pm).status is ActionStatus.PROPOSED
    at.text_area(key=f"{action.id}:decline").input("The queue goes away in May.").run()
    at.button(key=f"{action.id}:decline:go").click().run()
    assert not at.exception
    declined = the_action(ada, pm)
    assert (declined.status, declined.reason) == (
        ActionStatus.DECLINED,
        "The queue goes away in May.",
    )
    at.button(key=f"{action.id}:again").click().run()
    assert the_action(ada, pm).status is ActionStatus.PROPOSED


def test_no_action_with_a_reason_is_an_outcome(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), actions=()))
    at = browser.open(PAGE, id=pm, step="actions")
    at.text_area(key=f"{pm}:no_actions").input("The queue goes away in May.").run()
    assert postmortems.get_postmortem(ada, pm).no_actions_reason == "The queue goes away in May."


def test_an_unsettled_timeline_asks_for_patience(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), incidents=()))
    at = browser.open(PAGE, id=pm, step="actions")
    assert any("timeline is not complete" in info.value for info in at.info)


def test_after_publication_the_words_are_frozen_and_the_follow_up_is_not(
    browser: Browser, ada: Who
) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    action = the_action(ada, pm)
    at = browser.open(PAGE, id=pm, step="actions")
    assert f"{action.id}:text" not in [area.key for area in at.text_area]
    assert any(m.value == "Refuse a release whose retry limit is zero" for m in at.markdown)
    at.selectbox(key=f"{action.id}:status").select(ActionStatus.IN_PROGRESS).run()
    [row] = actions.list_actions(ada)
    assert row.status is ActionStatus.IN_PROGRESS
