"""Step 3, Impact: six kinds, marked where they are estimates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.record import ClockTime, ImpactRecord
from models.rules.vocabulary import Clock, ImpactKind
from services import incidents, postmortems
from tests.conftest import Browser

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PAGE = "learn/workspace.py"


@pytest.fixture
def incident(ada: Who) -> str:
    return incidents.create_incident(ada, "Checkout slow", began_at=NINE)


@pytest.fixture
def postmortem(ada: Who, incident: str) -> str:
    return postmortems.start_postmortem(ada, [incident])


def impacts(who: Who, postmortem: str) -> tuple[ImpactRecord, ...]:
    return postmortems.get_postmortem(who, postmortem).impacts


def test_words_and_mark_are_saved_apart(browser: Browser, ada: Who, postmortem: str) -> None:
    app = browser.open(PAGE, id=postmortem, step="impact")
    key = f"{postmortem}:impact:{ImpactKind.CUSTOMERS}"
    app.text_area(key).set_value("About 4,000").run()
    app.checkbox(f"{key}:estimated").check().run()
    assert impacts(ada, postmortem) == (ImpactRecord(ImpactKind.CUSTOMERS, "About 4,000", True),)


def test_the_duration_by_the_clocks_is_taken_over_with_one_click(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    end = ClockTime(NINE + timedelta(minutes=43), estimated=True)
    incidents.save_clock(ada, incident, Clock.MITIGATED, end, None)
    app = browser.open(PAGE, id=postmortem, step="impact")
    use = app.button(f"{postmortem}:impact:{ImpactKind.DURATION}:use")
    assert use.label == "Use “43 min” (by the clocks, estimated)"
    use.click().run()
    assert impacts(ada, postmortem) == (ImpactRecord(ImpactKind.DURATION, "43 min", True),)
    assert app.text_area(f"{postmortem}:impact:{ImpactKind.DURATION}").value == "43 min"
    assert not [b for b in app.button if b.key == use.key]


def test_the_services_of_the_incidents_are_offered(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    incidents.save_services(ada, incident, ["checkout", "search"], [])
    app = browser.open(PAGE, id=postmortem, step="impact")
    app.button(f"{postmortem}:impact:{ImpactKind.SERVICES}:use").click().run()
    assert impacts(ada, postmortem) == (ImpactRecord(ImpactKind.SERVICES, "checkout, search"),)


def test_what_may_read_as_blame_is_pointed_out_below_the_field(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="impact")
    key = f"{postmortem}:impact:{ImpactKind.CUSTOMERS}"
    app.text_area(key).set_value("Nobody could pay, because Ada carelessly restarted it.").run()
    assert any("carelessly" in caption.value for caption in app.caption)
    app.text_area(key).set_value("Nobody could pay until the restart.").run()
    assert not any("carelessly" in caption.value for caption in app.caption)


def test_an_impact_without_words_is_none_and_cannot_be_marked(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    money = ImpactKind.MONEY
    postmortems.save_impact(ada, postmortem, money, ("", True), ("", False))
    assert impacts(ada, postmortem) == ()
    app = browser.open(PAGE, id=postmortem, step="impact")
    assert app.checkbox(f"{postmortem}:impact:{money}:estimated").disabled
    postmortems.save_impact(ada, postmortem, money, ("About 9,000 EUR", True), ("", True))
    assert impacts(ada, postmortem) == (ImpactRecord(money, "About 9,000 EUR", True),)
