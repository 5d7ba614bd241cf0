from __future__ import annotations

from models.rules.policy import Who
from models.rules.record import IncidentRecord
from models.rules.vocabulary import PostmortemStatus
from services import postmortems, publishing
from services.record_in import store_incident
from services.unit_of_work import writing
from tests.conftest import Browser
from tests.pages.test_published import statements
from tests.small_postmortem import small_postmortem, stored

PAGE = "learn/postmortems.py"


def lines(at: object) -> list[str]:
    """What stands below each title."""
    return [m.value for m in at.markdown if ":small[" in m.value]  # type: ignore[attr-defined]


def test_each_line_says_where_it_stands(browser: Browser, ada: Who) -> None:
    stored(ada)
    at = browser.open(PAGE)
    assert not at.exception
    [line] = lines(at)
    for words in ("SEV1", "Draft", "overdue since", "owner Ada Brandt", "1 of 1 actions open"):
        assert words in line


def test_the_list_is_filtered_by_status(browser: Browser, ada: Who) -> None:
    stored(ada, small_postmortem("A draft"))
    publishing.publish_postmortem(ada, stored(ada, small_postmortem("Out")), 1)
    at = browser.open(PAGE)
    assert len(lines(at)) == 2
    at.pills(key="postmortems:status").set_value([PostmortemStatus.PUBLISHED]).run()
    assert not at.exception
    [line] = lines(at)
    assert "Published" in line
    at.pills(key="postmortems:status").set_value([PostmortemStatus.CLOSED]).run()
    assert any("No post-mortem is closed" in m.value for m in at.markdown)
    at.button(key="postmortems:all").click().run()
    assert len(lines(at)) == 2


def test_an_empty_list_says_what_to_do(browser: Browser) -> None:
    at = browser.open(PAGE)
    assert any("no post-mortems yet" in m.value for m in at.markdown)
    assert at.button(key="postmortems:bring_in").label == "Bring in an incident"


def test_one_is_started_for_an_incident(browser: Browser, ada: Who) -> None:
    with writing(ada) as work:
        incident = store_incident(work, IncidentRecord("The disk was full")).id
    at = browser.open(PAGE)
    at.button(key="postmortems:start").click().run()
    assert any("Choose the incident" in e.value for e in at.error)
    at.selectbox(key="postmortems:incident").set_value(incident).run()
    at.button(key="postmortems:start").click().run()
    assert not at.exception
    [row] = postmortems.list_postmortems(ada)
    assert row.title == "The disk was full"
    assert at.query_params["id"] == row.id


def test_a_long_list_comes_in_pages_of_fifty_with_as_few_questions(
    browser: Browser, ada: Who
) -> None:
    stored(ada)
    counts = []
    for more in (0, 59):
        for number in range(more):
            stored(ada, small_postmortem(f"Number {number}"))
        fresh = Browser(ada)
        fresh.open()
        with statements() as sent:
            at = fresh.open(PAGE)
        counts.append(len(sent))
    assert len(lines(at)) == 50
    assert any("1 to 50 of 60" in c.value for c in at.caption)
    assert counts[0] == counts[1]
