"""Step 1, Prepare: people, time, incidents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.record import ClockTime, ParticipantRecord
from models.rules.vocabulary import Clock
from services import clock, incidents, people, postmortems
from tests.conftest import Browser

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PAGE = "learn/workspace.py"


@pytest.fixture
def incident(ada: Who) -> str:
    return incidents.create_incident(ada, "Checkout slow", began_at=NINE)


@pytest.fixture
def postmortem(ada: Who, incident: str) -> str:
    return postmortems.start_postmortem(ada, [incident])


def test_owner_and_facilitator_are_saved_when_chosen(
    browser: Browser, ada: Who, ben: Who, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem)
    app.selectbox(f"{postmortem}:facilitator").set_value("Ben Okafor").run()
    record = postmortems.get_postmortem(ada, postmortem)
    assert (record.owner, record.facilitator) == ("Ada Brandt", "Ben Okafor")
    assert any("Saved" in caption.value for caption in app.caption)


@pytest.mark.parametrize(("role", "warned"), [("responder", True), ("observer", False)])
def test_a_facilitator_who_responded_is_pointed_out(
    browser: Browser, ada: Who, postmortem: str, role: str, warned: bool
) -> None:
    postmortems.save_facilitator(ada, postmortem, "Ben Okafor", "")
    postmortems.save_participant(ada, postmortem, "ben okafor", role)
    app = browser.open(PAGE, id=postmortem)
    assert [("took part in the response" in w.value) for w in app.warning] == [True] * warned


def test_a_participant_is_added_changed_and_taken_off(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    people.introduce("Noor Haddad")
    app = browser.open(PAGE, id=postmortem)
    app.selectbox(f"{postmortem}:participant:0:name").set_value("Noor Haddad")
    app.multiselect(f"{postmortem}:participant:0:roles").set_value(["scribe"])
    next(b for b in app.button if b.label == "Add").click().run()
    there = postmortems.get_postmortem(ada, postmortem).participants
    assert there == (ParticipantRecord("Noor Haddad", "scribe"),)
    app = Browser(ada).open(PAGE, id=postmortem)
    app.multiselect(f"{postmortem}:role:Noor Haddad").set_value(["commander"]).run()
    there = postmortems.get_postmortem(ada, postmortem).participants
    assert there == (ParticipantRecord("Noor Haddad", "commander"),)
    app.button(f"{postmortem}:remove:Noor Haddad").click().run()
    assert postmortems.get_postmortem(ada, postmortem).participants == ()


def test_a_participant_who_was_not_added_yet_is_there_after_a_visit_elsewhere(
    browser: Browser, postmortem: str
) -> None:
    people.introduce("Noor Haddad")
    app = browser.open(PAGE, id=postmortem)
    app.selectbox(f"{postmortem}:participant:0:name").set_value("Noor Haddad").run()
    app.query_params["step"] = "impact"
    app.run()
    assert f"{postmortem}:participant:0:name" not in [w.key for w in app.selectbox]
    app.query_params["step"] = "prepare"
    app.run()
    assert app.selectbox(f"{postmortem}:participant:0:name").value == "Noor Haddad"


def test_several_roles_of_one_person_are_choices_of_their_own(
    browser: Browser, ada: Who, ben: Who, postmortem: str
) -> None:
    postmortems.save_participant(ada, postmortem, "Noor Haddad", "commander, reporter")
    app = browser.open(PAGE, id=postmortem)
    roles = app.multiselect(f"{postmortem}:role:Noor Haddad")
    assert roles.value == ["commander", "reporter"]
    roles.set_value(["commander", "scribe"]).run()
    there = postmortems.get_postmortem(ada, postmortem).participants
    assert there == (ParticipantRecord("Noor Haddad", "commander, scribe"),)
    postmortems.save_participant(ben, postmortem, "Noor Haddad", "expert", was=there[0].role)
    app.multiselect(f"{postmortem}:role:Noor Haddad").set_value(["observer"]).run()
    assert "Subject expert" in [text.value for text in app.text]


def test_the_countdown_runs_from_the_resolution(
    browser: Browser, ada: Who, incident: str, postmortem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    incidents.save_clock(ada, incident, Clock.RESOLVED, ClockTime(NINE), None)
    monkeypatch.setattr(clock, "now", lambda: NINE + timedelta(hours=20))
    app = browser.open(PAGE, id=postmortem)
    assert any("due in 1 d 4 h" in m.value for m in app.markdown)
    monkeypatch.setattr(clock, "now", lambda: NINE + timedelta(hours=50))
    assert any("2 h late" in m.value for m in app.run().markdown)


def test_a_meeting_in_the_hour_that_happens_twice_is_asked_about(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    people.save_zone(ada, "Europe/Berlin", "UTC")
    app = browser.open(PAGE, id=postmortem)
    app.text_input(f"{postmortem}:meeting").set_value("2026-10-25 02:30").run()
    assert "happened twice" in app.error[0].value
    assert postmortems.get_postmortem(ada, postmortem).meeting_at is None
    app.text_input(f"{postmortem}:meeting").set_value("2026-10-25 02:30 +01:00").run()
    meeting = postmortems.get_postmortem(ada, postmortem).meeting_at
    assert meeting == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_one_more_incident_is_found_and_covered(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    other = incidents.create_incident(ada, "Mails late", began_at=NINE)
    incidents.create_incident(ada, "Search empty", began_at=NINE)
    app = browser.open(PAGE, id=postmortem)
    app.text_input(f"{postmortem}:incident_text").set_value("mails").run()
    app.selectbox(f"{postmortem}:incident").set_value(other).run()
    app.button(f"{postmortem}:incident_add").click().run()
    covered = {i.title for i in postmortems.get_postmortem(ada, postmortem).incidents}
    assert covered == {"Checkout slow", "Mails late"}
