"""Ten thousand services or teams are not all sent to the browser: a part, and a search."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.policy import Thing, Who
from models.tables.people import Service, Team
from pages.components.choices import MOST
from services.incidents import create_incident, get_incident, save_services
from services.unit_of_work import writing
from tests.conftest import Browser
from tests.pages.screen import said

AT = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
MANY = MOST + 50


@pytest.fixture
def many(ada: Who) -> None:
    with writing(ada) as work:
        for table in (Service, Team):
            names = [f"{table.__name__} {n:04}" for n in range(MANY)]
            work.session.add_all(table(name=name, name_key=name.casefold()) for name in names)
        work.audit("settings.filled", Thing.SETTINGS, "")


@pytest.mark.usefixtures("many")
def test_services_of_an_incident_are_found_by_a_part_of_their_name(
    browser: Browser, ada: Who
) -> None:
    incident = create_incident(ada, "Checkout slow", began_at=AT)
    save_services(ada, incident, ["Service 0349"], [])
    app = browser.open("learn/incident.py", id=incident)
    field = app.multiselect(f"incident:{incident}:services")
    assert len(field.options) <= MOST + 1
    assert field.value == ["Service 0349"]
    assert f"{MOST} of {MANY} services" in said(app)
    app.text_input(f"incident:{incident}:service_part").set_value("vice 0348").run()
    field = app.multiselect(f"incident:{incident}:services")
    assert field.options == ["Service 0348", "Service 0349"]
    field.set_value(["Service 0349", "Service 0348"]).run()
    there = get_incident(ada, incident).record.services
    assert there == ("Service 0348", "Service 0349")


@pytest.mark.usefixtures("many")
def test_teams_of_services_are_found_by_a_part_of_their_name(browser: Browser) -> None:
    app = browser.open("setup/settings.py")
    owners = [box for box in app.selectbox if box.label == "Owning team"]
    assert owners
    assert all(len(box.options) <= MOST for box in owners)
    app.text_input("settings:services:team_part").set_value("0349").run()
    assert {tuple(box.options) for box in app.selectbox if box.label == "Owning team"} == {
        ("Team 0349",)
    }


def test_a_short_list_needs_no_search(browser: Browser, ada: Who) -> None:
    incident = create_incident(ada, "Checkout slow", began_at=AT)
    save_services(ada, incident, ["Checkout"], [])
    app = browser.open("learn/incident.py", id=incident)
    assert "Find services" not in [field.label for field in app.text_input]
