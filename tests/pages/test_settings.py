"""The settings: what the team chooses from, and where its data lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.rules.policy import Who
from services import people
from services.database import where_data_lies
from services.settings import settings
from tests.conftest import Browser
from tests.pages.screen import said

PAGE = "setup/settings.py"


def test_a_chosen_zone_is_kept(browser: Browser, ada: Who) -> None:
    app = browser.open(PAGE)
    app.selectbox(key=f"settings:{ada.person_id}:zone").set_value("Europe/Berlin").run()
    assert people.find_who(ada.person_id or "").zone == "Europe/Berlin"
    assert "times in Europe/Berlin" in said(app.run())


def test_a_service_is_added_and_given_to_a_team(browser: Browser, ada: Who) -> None:
    people.add_team(ada, "Payments")
    app = browser.open(PAGE)
    app.text_input(key="settings:service:new").set_value("Checkout").run()
    (service,) = people.list_services(ada)
    key = f"settings:service:{service.id}"
    app.selectbox(key=f"{key}:team").set_value("Payments").run()
    app.checkbox(key=f"{key}:critical").check().run()
    app.text_input(key=f"{key}:name").set_value("Checkout page").run()
    said(app)
    (service,) = people.list_services(ada)
    assert (service.name, service.team, service.is_critical) == ("Checkout page", "Payments", True)
    assert app.text_input(key="settings:service:new").value == ""


def test_a_name_that_is_taken_is_refused_in_its_place(browser: Browser, ada: Who) -> None:
    people.add_team(ada, "Payments")
    people.add_team(ada, "Platform")
    payments = people.list_teams(ada)[0]
    app = browser.open(PAGE)
    app.text_input(key=f"settings:team:{payments.id}:name").set_value("platform").run()
    assert "Not saved" in said(app)
    assert [t.name for t in people.list_teams(ada)] == ["Payments", "Platform"]


def test_a_name_that_is_too_long_is_not_added_and_stays_in_the_field(
    browser: Browser, ada: Who
) -> None:
    long = "Payments " * 100
    app = browser.open(PAGE)
    app.text_input(key="settings:team:new").set_value(long).run()
    assert "Not saved yet" in said(app)
    assert app.text_input(key="settings:team:new").value == long
    assert people.list_teams(ada) == ()


def test_somebody_who_left_can_come_back(browser: Browser, ada: Who, ben: Who) -> None:
    app = browser.open(PAGE)
    key = f"settings:person:{ben.person_id}"
    app.button(key=key).click().run()
    assert people.find_who(ben.person_id or "").person_id is None
    assert app.button(key=key).label == "Is back"
    app.button(key=key).click().run()
    assert people.find_who(ben.person_id or "") == ben


def test_one_cannot_show_oneself_the_door(browser: Browser, ada: Who) -> None:
    assert browser.open(PAGE).button(key=f"settings:person:{ada.person_id}").disabled


def test_it_says_whom_to_trust_and_where_the_data_lies(
    browser: Browser, database_file: Path
) -> None:
    words = said(browser.open(PAGE))
    assert "One trusted team" in words
    assert f"SQLite, in the file {database_file}" in words
    assert "A4" in words


def test_the_password_of_a_database_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTWASH_DATABASE_URL", "postgresql://ada:s3cret@db.test:5432/hotwash")
    settings.cache_clear()
    shown = where_data_lies()
    settings.cache_clear()
    assert shown == "PostgreSQL at db.test, database hotwash"


def test_long_lists_come_in_pages(browser: Browser, ada: Who) -> None:
    for number in range(30):
        people.add_team(ada, f"Team {number:02d}")
    app = browser.open(PAGE)
    assert len([x for x in app.text_input if x.label.startswith("Team,")]) == 25
