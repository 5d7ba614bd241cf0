"""A published or closed post-mortem: its words are frozen, and nothing is asked of them."""

from __future__ import annotations

import pytest

from models.rules.policy import Who
from models.rules.review import Step
from models.rules.vocabulary import ActionStatus, PostmortemStatus
from services import actions, incidents, postmortems, publishing
from tests.conftest import Browser
from tests.pages.screen import labels, said
from tests.small_postmortem import at, stored

PAGE = "learn/workspace.py"
SEARCHES = (":filter",)  # a field that only looks for something


def frozen(who: Who, status: PostmortemStatus) -> str:
    """A stored post-mortem of this status, with an answer that may read as blame."""
    made = stored(who)
    publishing.publish_postmortem(who, made, 1)
    if status is PostmortemStatus.CLOSED:
        [action] = actions.list_actions(who)
        actions.save_action(
            who,
            action.id,
            {"status": (action.status, ActionStatus.DONE), "reason": ("", "Release 41")},
        )
        publishing.close_postmortem(who, made)
    assert postmortems.get_postmortem(who, made).status is status
    return made


@pytest.mark.parametrize("status", [PostmortemStatus.PUBLISHED, PostmortemStatus.CLOSED])
@pytest.mark.parametrize("step", [s for s in Step if s not in (Step.ACTIONS, Step.PUBLISH)])
def test_nothing_can_be_written(
    browser: Browser, ada: Who, step: Step, status: PostmortemStatus
) -> None:
    app = browser.open(PAGE, id=frozen(ada, status), step=step)
    words = said(app)
    assert "frozen" in words
    assert "issing" not in words
    assert not app.warning
    fields = (*app.text_input, *app.text_area, *app.selectbox, *app.multiselect, *app.checkbox)
    assert [
        f.label
        for f in fields
        if not f.disabled and not f.key.endswith(SEARCHES) and ":discuss" not in f.key
    ] == []
    assert not {"Add", "Ask", "Sign off", "Keep as it is", "Rename"} & set(labels(app))


def test_actions_are_still_followed(browser: Browser, ada: Who) -> None:
    app = browser.open(PAGE, id=frozen(ada, PostmortemStatus.PUBLISHED), step=Step.ACTIONS)
    said(app)
    [status] = [box for box in app.selectbox if box.label == "Status"]
    assert not status.disabled
    assert not any(area.label == "What will be done" for area in app.text_area)


def test_what_was_never_written_is_said_without_reproach(browser: Browser, ada: Who) -> None:
    made = postmortems.start_postmortem(
        ada, [incidents.create_incident(ada, "Checkout slow", began_at=at("09:00"))]
    )
    publishing.publish_postmortem(ada, made, 1)
    words = said(browser.open(PAGE, id=made, step=Step.LEARNED))
    assert "nothing written" in words
    assert "Missing" not in words
