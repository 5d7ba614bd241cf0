"""The list of incidents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models.rules.policy import Who
from models.rules.record import ClockTime
from models.rules.vocabulary import Clock, IncidentKind
from services.incidents import create_incident, get_incident, list_incidents, save_clock
from services.postmortems import get_postmortem, list_postmortems, start_postmortem
from tests.conftest import Browser
from tests.pages.screen import labels, link_to, links, press, said

PAGE = "learn/incidents.py"
AT = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


def many(who: Who, count: int) -> list[str]:
    """Incidents, the oldest first; their ids."""
    return [
        create_incident(who, f"Incident {n}", began_at=AT + timedelta(hours=n))
        for n in range(count)
    ]


def fill_new(app, title: str, began: str):  # type: ignore[no-untyped-def]
    app.text_input(key="incidents:new:0:title").set_value(title)
    app.text_input(key="incidents:new:0:began").set_value(began)
    app.selectbox(key="incidents:new:0:kind").set_value(IncidentKind.DRILL)
    return press(app, "Create")


def test_an_empty_list_says_what_to_do(browser: Browser) -> None:
    assert "There are no incidents yet" in said(browser.open(PAGE))


def test_a_line_says_what_there_is_to_know(browser: Browser, ada: Who) -> None:
    made = create_incident(ada, "Checkout down", began_at=AT, kind=IncidentKind.NEAR_MISS)
    over = ClockTime(AT + timedelta(minutes=75))
    save_clock(ada, made, Clock.RESOLVED, over, None)
    app = browser.open(PAGE)
    assert link_to(app, "Checkout down") == ("incident", f"id={made}")
    words = said(app).replace("\\", "")
    assert (
        "Began 10 Mar 2026, 14:00 · resolved after 1 h 15 min · 0 events · no post-mortem" in words
    )
    assert "Near miss" in words
    assert "No severity yet" in words


def test_contradicting_times_are_said_in_place_of_a_length(browser: Browser, ada: Who) -> None:
    made = create_incident(ada, "Checkout down", began_at=AT)
    save_clock(ada, made, Clock.RESOLVED, ClockTime(AT - timedelta(minutes=75)), None)
    words = said(browser.open(PAGE)).replace("\\", "")
    assert "Times contradict: resolved 10 Mar 12:45, began 10 Mar 14:00 UTC" in words
    assert "resolved after" not in words


def test_fifty_stand_on_a_page(browser: Browser, ada: Who) -> None:
    many(ada, 52)
    app = browser.open(PAGE)
    assert len([x for x in links(app) if "Incident" in x]) == 50
    assert "1 to 50 of 52" in said(app)
    app.get("pagination")[0].set_value(2)
    app.run()
    assert [x for x in links(app) if "Incident" in x] == ["**Incident 1**", "**Incident 0**"]


def test_searching_begins_at_the_first_page(browser: Browser, ada: Who) -> None:
    many(ada, 120)
    app = browser.open(PAGE)
    app.get("pagination")[0].set_value(3)
    app.run()
    app.text_input(key="incidents:text").set_value("incident 1").run()
    assert "**Incident 119**" in links(app)
    app.text_input(key="incidents:text").set_value("nowhere").run()
    assert "No incident has these words" in said(app)
    assert "Incident 119" in str(links(press(app, "Show all")))


def test_a_new_incident_opens_when_it_is_made(browser: Browser, ada: Who) -> None:
    app = fill_new(browser.open(PAGE), "Fire drill", "2026-03-10 15:00 +01:00")
    (row,) = list_incidents(ada)
    assert (row.title, row.began_at, row.kind) == ("Fire drill", AT, IncidentKind.DRILL)
    assert [title.value for title in app.title] == ["Fire drill"]
    assert app.query_params["id"] == row.id or app.query_params["id"] == [row.id]


def test_a_new_incident_with_a_time_that_is_none_is_not_made(browser: Browser, ada: Who) -> None:
    app = fill_new(browser.open(PAGE), "Fire drill", "yesterday")
    assert "is not a time" in said(app)
    assert list_incidents(ada) == ()
    assert app.text_input(key="incidents:new:0:title").value == "Fire drill"


def test_what_is_missing_in_a_new_incident_is_asked_for(browser: Browser, ada: Who) -> None:
    app = browser.open(PAGE)
    assert "what happened" in said(fill_new(app, " ", "2026-03-10 15:00"))
    assert "when the impact began" in said(fill_new(app, "Queue full", ""))
    assert list_incidents(ada) == ()


def test_several_that_are_ticked_share_one_postmortem(browser: Browser, ada: Who) -> None:
    first, second, third = many(ada, 3)
    app = browser.open(PAGE)
    app.toggle(key="incidents:several").set_value(True).run()
    for incident_id in (first, third):
        app.checkbox(key=f"incidents:tick:{incident_id}").check().run()
    press(app, "Start one post-mortem over them")
    (row,) = list_postmortems(ada)
    covered = {i.id for i in get_postmortem(ada, row.id).incidents}
    assert covered == {first, third}
    assert get_incident(ada, second).postmortem_id is None


def test_one_that_has_a_postmortem_cannot_be_ticked(browser: Browser, ada: Who) -> None:
    (only,) = many(ada, 1)
    start_postmortem(ada, [only])
    app = browser.open(PAGE)
    app.toggle(key="incidents:several").set_value(True).run()
    assert app.checkbox(key=f"incidents:tick:{only}").disabled


def test_a_title_with_markdown_stays_text(browser: Browser, ada: Who) -> None:
    create_incident(ada, "![x](https://x.test/x.png) **loud** <b>", began_at=AT)
    (label,) = links(browser.open(PAGE))
    assert "![x]" not in label
    assert "<b>" not in label


def test_a_title_cannot_turn_the_words_around(browser: Browser, ada: Who) -> None:
    create_incident(ada, "Checkout \u202eslow\u202c \u200fمتوقف", began_at=AT)
    [label] = [x for x in links(browser.open(PAGE)) if "Checkout" in x]
    assert label == "**Checkout slow \u200fمتوقف**"


def test_an_empty_list_offers_both_ways_and_no_search(browser: Browser) -> None:
    app = browser.open(PAGE)
    assert "Bring in an incident" in labels(app)
    assert "Create" in labels(app)
    assert "Search" not in [field.label for field in app.text_input]
