"""The page of one incident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.record import ClockTime, EventRecord, IncidentRecord
from models.rules.vocabulary import Clock, IncidentKind, Precision, Severity, Source
from services.incident_relations import mark_duplicate, mark_part
from services.incidents import create_incident, get_incident, save_severity
from services.postmortems import list_postmortems, start_postmortem
from services.publishing import publish_postmortem
from services.record_in import store_incident
from services.unit_of_work import writing
from tests.conftest import Browser
from tests.pages.screen import labels, link_to, press, said

PAGE = "learn/incident.py"
AT = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


@pytest.fixture
def incident(ada: Who) -> str:
    return create_incident(ada, "Checkout slow", began_at=AT)


def test_an_address_without_an_incident_leads_back(browser: Browser) -> None:
    for address in ({}, {"id": "nothing"}):
        app = browser.open(PAGE, **address)
        assert "no such incident" in said(app)
        assert link_to(app, "All incidents")[0] == "incidents"


def test_fields_are_saved_when_they_are_left(browser: Browser, ada: Who, incident: str) -> None:
    app = browser.open(PAGE, id=incident)
    app.text_input(key=f"incident:{incident}:title").set_value("Checkout stuck").run()
    app.selectbox(key=f"incident:{incident}:kind").set_value(IncidentKind.NEAR_MISS).run()
    app.text_area(key=f"incident:{incident}:summary").set_value("A queue was full.").run()
    app.multiselect(key=f"incident:{incident}:services").set_value(["Checkout"]).run()
    said(app)
    record = get_incident(ada, incident).record
    assert (record.title, record.kind, record.summary, record.services) == (
        "Checkout stuck",
        IncidentKind.NEAR_MISS,
        "A queue was full.",
        ("Checkout",),
    )


def test_questions_come_one_at_a_time_and_lead_to_a_level(
    browser: Browser, ada: Who, incident: str
) -> None:
    app = press(browser.open(PAGE, id=incident), "Answer the questions")
    assert "Is production completely down" in said(app)
    assert "Is a major function degraded" not in said(app)
    for answer in ("No", "Not sure", "Yes"):
        app = press(app, answer)
    assert "The answers lead to :orange-badge[SEV1]" in said(app)
    press(app, "Save the severity")
    record = get_incident(ada, incident).record
    assert record.severity is Severity.SEV1
    assert [answer for _, answer in record.severity_path] == ["no", "not sure", "yes"]
    assert "Answer the questions" not in labels(app)


def test_the_meaning_of_all_levels_stands_there(browser: Browser, incident: str) -> None:
    words = said(browser.open(PAGE, id=incident))
    for meaning in ("Complete outage", "A major function degraded", "A minor function", "Cosmetic"):
        assert meaning in words


def test_a_change_asks_for_its_reason_and_stands_in_the_history(
    browser: Browser, ada: Who, incident: str
) -> None:
    save_severity(ada, incident, Severity.SEV3, was=None)
    app = press(browser.open(PAGE, id=incident), "Change the severity")
    app = press(app, "Yes")
    app = press(app, "Save the severity")
    assert "Say why the severity changes" in said(app)
    assert get_incident(ada, incident).record.severity is Severity.SEV3
    app.text_area(key=f"severity:{incident}:reason").set_value("Payments *failed* too.")
    app = press(app, "Save the severity")
    assert get_incident(ada, incident).record.severity is Severity.SEV0
    assert r"Payments \*failed\* too\." in said(app)


def test_a_level_can_be_chosen_without_the_questions(
    browser: Browser, ada: Who, incident: str
) -> None:
    app = press(browser.open(PAGE, id=incident), "Answer the questions")
    app = press(app, "Choose without the questions")
    app.get("button_group")[-1].set_value(Severity.SEV2)
    press(app, "Save the severity")
    assert get_incident(ada, incident).record.severity is Severity.SEV2


def test_starting_the_postmortem_opens_it(browser: Browser, ada: Who, incident: str) -> None:
    press(browser.open(PAGE, id=incident), "Start the post-mortem")
    (row,) = list_postmortems(ada)
    app = Browser(ada).open(PAGE, id=incident)
    assert link_to(app, "Go to the post-mortem") == ("postmortem", f"id={row.id}")
    assert "Start the post-mortem" not in labels(app)


def test_facts_of_a_published_postmortem_cannot_be_edited(
    browser: Browser, ada: Who, incident: str
) -> None:
    publish_postmortem(ada, start_postmortem(ada, [incident]), 1)
    app = browser.open(PAGE, id=incident)
    assert app.text_input(key=f"incident:{incident}:title").disabled
    assert "frozen" in said(app)
    assert "Answer the questions" in labels(app)


def test_it_can_be_marked_as_a_duplicate_and_back(
    browser: Browser, ada: Who, incident: str
) -> None:
    other = create_incident(ada, "The same, reported twice", began_at=AT)
    app = browser.open(PAGE, id=incident)
    app.text_input(key=f"relation:{incident}:text").set_value("twice").run()
    app.selectbox(key=f"relation:{incident}:other").set_value(other).run()
    app = press(app, "It is a duplicate of this")
    assert get_incident(ada, incident).duplicate_of == (other, "The same, reported twice")
    assert "This is a duplicate of" in said(app)
    app = press(app, "Remove this mark")
    assert get_incident(ada, incident).duplicate_of is None
    press(app, "Undo")
    assert get_incident(ada, incident).duplicate_of == (other, "The same, reported twice")


def test_a_circle_of_duplicates_is_refused_in_words(
    browser: Browser, ada: Who, incident: str
) -> None:
    other = create_incident(ada, "The same", began_at=AT)
    mark_duplicate(ada, other, incident, None)
    app = browser.open(PAGE, id=incident)
    app.selectbox(key=f"relation:{incident}:other").set_value(other).run()
    words = said(press(app, "It is a duplicate of this"))
    assert "“The same” is itself a duplicate or part of this incident" in words


def test_the_timeline_is_short_and_its_text_stays_text(browser: Browser, ada: Who) -> None:
    events = [EventRecord(AT, f"event {n} ![x](https://x.test/x.png)") for n in range(14)]
    events.append(EventRecord(AT, "somebody joined", is_noise=True))
    record = IncidentRecord(
        "Loud", events=tuple(events), source=Source.PAGERDUTY, source_url="https://pd.test/1"
    )
    with writing(ada) as work:
        made = store_incident(work, record).id
    words = said(browser.open(PAGE, id=made))
    assert "event 11" in words
    assert "event 12" not in words
    assert "2 more events and 1 of noise" in words
    assert "![x]" not in words
    assert "Brought in from PagerDuty" in words


@pytest.mark.parametrize(("url", "leads"), [("https://pd.test/1", 1), ("javascript:alert(1)", 0)])
def test_only_an_address_of_the_web_becomes_a_link(
    browser: Browser, ada: Who, url: str, leads: int
) -> None:
    with writing(ada) as work:
        made = store_incident(work, IncidentRecord("Loud", source_url=url)).id
    app = browser.open(PAGE, id=made)
    assert len(app.get("link_button")) == leads
    assert (url in said(app)) is not bool(leads)


def test_a_span_shows_its_start_and_its_end(browser: Browser, ada: Who) -> None:
    hour, ten = timedelta(hours=1), timedelta(minutes=10)
    record = IncidentRecord(
        "Spans",
        events=(
            EventRecord(AT, "a moment"),
            EventRecord(AT, "ten minutes", until=AT + ten),
            EventRecord(AT, "over midnight", until=AT + 11 * hour),
            EventRecord(AT, "an hour", until=AT + hour, precision=Precision.HOUR),
            EventRecord(AT, "to the second", until=AT + ten, precision=Precision.SECOND),
            EventRecord(AT, "some time", precision=Precision.DAY),
        ),
    )
    with writing(ada) as work:
        made = store_incident(work, record).id
    words = said(browser.open(PAGE, id=made))
    for shown in (
        "**14:00** a moment",
        "**14:00–14:10** ten minutes",
        "**14:00–01:00 (11 Mar)** over midnight",
        "**14:??–15:00** an hour",
        "**14:00:00–14:10:00** to the second",
        "**that day** some time",
    ):
        assert shown in words


@pytest.mark.parametrize(("severity", "aims"), [(s, 2 * (s is Severity.SEV1)) for s in Severity])
def test_an_aim_stands_only_where_it_is_for_this_severity(
    browser: Browser, ada: Who, severity: Severity, aims: int
) -> None:
    times = (Clock.DETECTED, Clock.ACKNOWLEDGED, Clock.RESOLVED)
    clocks = {clock: ClockTime(AT + timedelta(minutes=n)) for n, clock in enumerate(times)}
    with writing(ada) as work:
        made = store_incident(work, IncidentRecord("Loud", severity=severity, clocks=clocks)).id
    words = said(browser.open(PAGE, id=made))
    assert words.count("(aim for SEV1: under ") == aims
    assert words.count("aim") == aims


def test_contradicting_times_are_said_in_place_of_a_length(browser: Browser, ada: Who) -> None:
    clocks = {
        Clock.DETECTED: ClockTime(AT),
        Clock.MITIGATED: ClockTime(AT - timedelta(minutes=20)),
    }
    with writing(ada) as work:
        made = store_incident(work, IncidentRecord("Loud", clocks=clocks)).id
    words = said(browser.open(PAGE, id=made))
    assert "times contradict: mitigated 10 Mar 13:40, detected 10 Mar 14:00 UTC" in words
    assert "-20 min" not in words


def test_what_is_below_it_is_named(browser: Browser, ada: Who, incident: str) -> None:
    for n in range(22):
        mark_duplicate(ada, create_incident(ada, f"Again {n}", began_at=AT), incident, None)
    mark_part(ada, create_incident(ada, "Mails late", began_at=AT), incident, None)
    app = browser.open(PAGE, id=incident)
    assert link_to(app, "Has as a part **Mails late**")
    assert link_to(app, "Has a duplicate **Again")
    assert "And 2 older ones" in said(app)


def test_two_people_who_change_the_severity_at_once_see_both(
    browser: Browser, ada: Who, ben: Who, incident: str
) -> None:
    app = press(browser.open(PAGE, id=incident), "Answer the questions")
    app = press(app, "Choose without the questions")
    app.get("button_group")[-1].set_value(Severity.SEV2)
    save_severity(ben, incident, Severity.SEV0, was=None)
    app = press(app, "Save the severity")
    assert "Somebody else set the severity to SEV0" in said(app)
    assert get_incident(ada, incident).record.severity is Severity.SEV0
    app.text_area(key=f"severity:{incident}:reason").set_value("Only the search was slow.")
    app.get("button_group")[-1].set_value(Severity.SEV2)
    said(press(app, "Save the severity"))
    view = get_incident(ada, incident)
    assert view.record.severity is Severity.SEV2
    assert [(c.by, c.after) for c in view.severity_changes] == [
        ("Ben Okafor", Severity.SEV0),
        ("Ada Brandt", Severity.SEV2),
    ]


def test_a_relation_that_somebody_else_changed_is_not_taken_away(
    browser: Browser, ada: Who, ben: Who, incident: str
) -> None:
    first, second = (create_incident(ada, t, began_at=AT) for t in ("First *one*", "Second *one*"))
    mark_duplicate(ada, incident, first, None)
    app = browser.open(PAGE, id=incident)
    mark_duplicate(ben, incident, second, first)
    words = said(press(app, "Remove this mark"))
    assert r"now leads to “Second \*one\*”" in words
    assert get_incident(ada, incident).duplicate_of == (second, "Second *one*")


def test_a_long_title_is_a_title_too(browser: Browser, ada: Who) -> None:
    made = create_incident(ada, "Checkout " * 30, began_at=AT)
    app = browser.open(PAGE, id=made)
    assert len(app.title) == 1
    assert app.header[0].value == "What it was"


def test_an_empty_timeline_leads_to_where_it_is_written(
    browser: Browser, ada: Who, incident: str
) -> None:
    made = start_postmortem(ada, [incident])
    app = browser.open(PAGE, id=incident)
    assert link_to(app, "Edit the timeline") == ("postmortem", f"id={made}&step=timeline")
