"""The first page: how to begin, what needs a person now, what was published."""

from __future__ import annotations

from datetime import UTC, datetime

from models.rules.policy import Who
from services.incidents import count_incidents, create_incident
from services.postmortems import list_postmortems, start_postmortem
from tests.conftest import Browser
from tests.pages.screen import labels, link_to, links, press, said

PAGE = "overview/home.py"
AT = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


def test_a_first_visit_offers_two_ways_to_begin(browser: Browser) -> None:
    app = browser.open(PAGE)
    assert "No incident is here yet" in said(app)
    assert {"Bring in a file or text", "Load the worked example"} <= set(labels(app))


def test_the_worked_example_is_loaded_by_its_button(browser: Browser, ada: Who) -> None:
    app = press(browser.open(PAGE), "Load the worked example")
    assert count_incidents(ada) == 3
    assert "Load the worked example" not in labels(app)
    words = said(app)
    assert "What needs you now" in words
    assert "The meeting is due in" in words
    assert "Overdue since" in words


def test_bringing_in_is_one_press_away(browser: Browser) -> None:
    app = press(browser.open(PAGE), "Bring in a file or text")
    assert [title.value for title in app.title] == ["Bring in"]


def test_each_line_leads_to_its_place(browser: Browser, ada: Who) -> None:
    app = press(browser.open(PAGE), "Load the worked example")
    ids = {row.title: row.id for row in list_postmortems(ada)}
    draft, published = "One oversized event stopped the search index", "Checkout stood still"
    assert link_to(app, draft) == ("postmortem", f"id={ids[draft]}")
    page, query = link_to(app, published)
    assert page == "published"
    assert query.removeprefix("id=") in ids.values()
    assert link_to(app, "Split the revenue export")[0] == "action"
    assert link_to(app, "Order confirmations")[0] == "incident"


def test_somebody_for_whom_nothing_waits_is_told_so(ada: Who, ben: Who) -> None:
    press(Browser(ada).open(PAGE), "Load the worked example")
    for row in list_postmortems(ada):
        assert row.owner != "Ben Okafor"
    app = Browser(ben).open(PAGE)
    assert "Post-mortems you own" not in said(app)
    assert any("Checkout stood still" in label for label in links(app))


def test_a_name_with_markdown_in_it_stays_text(database_file: object) -> None:
    from services.people import introduce

    app = Browser(introduce("**Bob** [x](https://x.test) ![i](https://x.test/i.png)")).open(PAGE)
    words = said(app)
    assert "![i]" not in words
    assert r"\!\[i\]" in words


def test_what_is_not_listed_is_counted_and_one_press_away(browser: Browser, ada: Who) -> None:
    for n in range(7):
        start_postmortem(ada, [create_incident(ada, f"Disk full {n}", began_at=AT)])
    app = browser.open(PAGE)
    assert len([x for x in links(app) if "Disk full" in x]) == 5
    assert link_to(app, "All post-mortems (2 more like these)")[0] == "postmortems"


def test_the_headings_go_down_one_level_at_a_time(browser: Browser, ada: Who) -> None:
    app = press(browser.open(PAGE), "Load the worked example")
    assert [t.value for t in app.title] == ["Home"]
    assert [h.value for h in app.header] == [
        "What needs you now",
        "Published lately",
        "Practise alone: a ten-minute exercise",
    ]
    assert "Post-mortems you own" in [h.value for h in app.subheader]


def test_the_ten_minute_exercise_is_one_press_away_and_can_be_gone_on_with(
    browser: Browser, ada: Who
) -> None:
    app = press(browser.open(PAGE), "Start the exercise")
    assert [title.value for title in app.title] == ["Your first page"]
    app = browser.open(PAGE)
    assert "Start the exercise" not in labels(app)
    assert [title.value for title in press(app, "Go on with it").title] == ["Your first page"]
