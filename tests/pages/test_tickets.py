"""To the tracker: what will be sent is seen first, then sent once; the ticket's stage is taken over
by a person only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.record import ActionRecord, IncidentRecord, PostmortemRecord
from models.rules.vocabulary import ActionStatus
from services.actions import list_actions
from services.record_in import store_postmortem
from services.settings import settings
from services.unit_of_work import writing
from tests.conftest import Browser
from tests.trackers import TOKEN, FakeGitHub

PAGE = "learn/tickets.py"


@pytest.fixture
def github(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    tracker = FakeGitHub()
    for name, value in {
        "URL": tracker.url, "TOKEN": TOKEN, "REPOSITORY": "example/shop",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"HOTWASH_GITHUB_{name}", value)
    settings.cache_clear()
    yield tracker
    tracker.stop()


def promise(who: Who, *texts: str) -> dict[str, str]:
    """The ids of promised actions by their words."""
    actions = tuple(ActionRecord(text, status=ActionStatus.ACCEPTED) for text in texts)
    record = PostmortemRecord("Down", incidents=(IncidentRecord("Down"),), actions=actions)
    with writing(who) as work:
        store_postmortem(work, record)
    return {row.text: row.id for row in list_actions(who)}


def said(app: AppTest) -> str:
    assert not app.exception
    parts = [app.markdown, app.caption, app.info, app.success, app.text, app.warning, app.error]
    return "\n".join(element.value for part in parts for element in part)


def test_without_a_tracker_it_says_so_and_offers_files(browser: Browser, ada: Who) -> None:
    promise(ada, "Limit the batch")
    app = browser.open(PAGE)
    assert "no access to a tracker" in said(app)
    links = [e.proto.url for e in app.get("link_button")]
    assert {"jira", "github", "linear"} == {url.rpartition("=")[2] for url in links}


def test_what_is_ticked_is_sent_once_and_then_listed(
    browser: Browser, ada: Who, github: FakeGitHub
) -> None:
    ids = promise(ada, "Limit the batch", "Alert on lock waits")
    app = browser.open(PAGE)
    assert f"What will be done: {'Limit the batch'}" in said(app)
    app.checkbox(f"tickets:tick:{ids['Alert on lock waits']}").uncheck().run()
    app.button("tickets:push").click().run()
    assert [issue["title"] for issue in github.issues] == ["Limit the batch"]
    assert "It is in GitHub as" in said(app)
    app = browser.open(PAGE)
    assert not [b for b in app.checkbox if b.label == "Limit the batch"]


def test_a_stage_is_read_when_asked_and_taken_over_by_a_click(
    browser: Browser, ada: Who, github: FakeGitHub
) -> None:
    [action] = promise(ada, "Limit the batch").values()
    app = browser.open(PAGE)
    app.button("tickets:push").click().run()
    github.issues[0] |= {"state": "closed", "state_reason": "completed"}
    app.button("tickets:ask").click().run()
    assert "closed, completed" in said(app)
    assert list_actions(ada)[0].status is ActionStatus.ACCEPTED
    app = browser.open("learn/action.py", id=action)
    app.button(f"{action}:github:done").click().run()
    assert list_actions(ada)[0].status is ActionStatus.DONE
    assert list_actions(ada)[0].reason == "https://github.com/example/shop/issues/1"
