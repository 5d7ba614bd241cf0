"""The door: a person says who they are."""

from __future__ import annotations

import pytest

from models.rules.policy import NOBODY, Who
from services import people
from tests.conftest import Browser
from tests.pages.screen import press, said


def come_in(browser: Browser, name: str):  # type: ignore[no-untyped-def]
    app = browser.open()
    if app.selectbox:
        box = app.selectbox(key="welcome:name")
        box.options.append(name)  # a browser also takes what is typed
        box.set_value(name)
    else:
        app.text_input(key="welcome:name").set_value(name)
    return press(app, "Come in")


@pytest.fixture
def stranger(database_file: object) -> Browser:
    """Somebody who has not said who they are."""
    return Browser()


def test_the_door_says_that_it_is_trust_within_one_team(stranger: Browser) -> None:
    words = said(stranger.open())
    assert "no accounts and no passwords" in words
    assert "within one team" in words
    assert "cookie" in words


def test_every_page_asks_at_the_door_first(stranger: Browser) -> None:
    for page in ("learn/incidents.py", "learn/bring_in.py", "setup/settings.py"):
        app = stranger.open(page)
        assert [title.value for title in app.title] == ["Hotwash"]


def test_a_name_opens_the_door(stranger: Browser) -> None:
    app = come_in(stranger, "  Ada   Brandt ")
    assert "You are here as **Ada Brandt**" in said(app)


def test_no_name_does_not(stranger: Browser) -> None:
    app = come_in(stranger, "   ")
    assert "Write a name" in said(app)
    assert people.list_people(NOBODY) == ()


def test_a_name_that_is_too_long_is_refused_in_words(ada: Who) -> None:
    assert "80 fit" in said(come_in(Browser(), "x" * 300))


def test_a_hostile_name_stays_text(stranger: Browser) -> None:
    name = "**A** ![i](https://x.test/i.png) <img src=x>"
    app = come_in(stranger, name)
    words = said(app)
    assert "![i]" not in words
    assert "<img" not in words.replace(r"\<", "")
    assert people.list_people(NOBODY)[0].name == name


def test_somebody_else_can_take_the_place(browser: Browser, ben: Who) -> None:
    app = press(browser.open(), "Somebody else")
    assert [title.value for title in app.title] == ["Hotwash"]
    assert {"Ada Brandt", "Ben Okafor"} <= set(app.selectbox(key="welcome:name").options)
    assert "**Ben Okafor**" in said(come_in(browser, "Ben Okafor"))


def test_who_left_is_not_offered_and_cannot_come_in(browser: Browser, ada: Who, ben: Who) -> None:
    people.save_active(ada, ben.person_id or "", False, True)
    app = Browser().open()
    assert app.selectbox(key="welcome:name").options == ["Ada Brandt"]
    assert "marked as having left" in said(come_in(Browser(), "Ben Okafor"))
