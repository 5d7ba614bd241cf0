"""The archive page: the question stands in the address, results show where the words are."""

from __future__ import annotations

from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.record import IncidentRecord, PostmortemRecord, PublicationRecord
from models.rules.vocabulary import PostmortemStatus, Severity
from services.archive_entries import put_into_archive
from services.record_in import store_postmortem
from services.record_out import load_postmortem
from services.unit_of_work import writing
from tests.conftest import Browser
from tests.pages.screen import link_to

PAGE = "learn/archive.py"


def archived(
    who: Who, title: str, summary: str = "", severity: Severity = Severity.SEV2, day: int = 1
) -> str:
    """A published post-mortem that stands in the archive; its id."""
    at = datetime(2025, 3, day, 12, 0, tzinfo=UTC)
    record = PostmortemRecord(
        title=title,
        status=PostmortemStatus.PUBLISHED,
        summary=summary,
        incidents=(IncidentRecord(title=title, severity=severity, services=("Checkout",)),),
        factors=("Capacity",),
        publication=PublicationRecord(1, who.name, at),
    )
    with writing(who) as work:
        row = store_postmortem(work, record)
        put_into_archive(work, load_postmortem(work, row.id))
        return row.id


def drawn(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(m.value for m in [*app.markdown, *app.caption])


def links(app: AppTest) -> list[str]:
    """The labels of what was found."""
    return [x.proto.label for x in app.get("page_link") if x.proto.label.startswith("**")]


def test_an_empty_archive_says_what_fills_it(browser: Browser) -> None:
    app = browser.open(PAGE)
    assert "archive is empty" in drawn(app)
    app.button(key="archive:postmortems").click().run()
    assert app.title[0].value == "Post\\-mortems"


def test_the_newest_comes_first_and_opens_what_was_published(browser: Browser, ada: Who) -> None:
    archived(ada, "Older", day=1)
    newest = archived(ada, "Newest", day=9)
    app = browser.open(PAGE)
    assert [label.strip("*") for label in links(app)] == ["Newest", "Older"]
    assert link_to(app, "Newest") == ("published", f"id={newest}")
    assert "2 post-mortems, the newest first" in drawn(app)


def test_what_is_typed_goes_into_the_address_and_is_marked(browser: Browser, ada: Who) -> None:
    archived(ada, "Checkout down", "The connection pool was full.")
    archived(ada, "Login slow", "A cold cache.")
    app = browser.open(PAGE)
    app.text_input(key="archive:q").set_value("pool").run()
    assert app.query_params["q"] == "pool"
    assert len(links(app)) == 1
    assert "The connection :primary-background[pool] was full\\." in drawn(app)


def test_a_link_with_words_and_filters_shows_the_same(browser: Browser, ada: Who) -> None:
    archived(ada, "Disk full here", severity=Severity.SEV0)
    archived(ada, "Disk full there", severity=Severity.SEV1)
    app = browser.open(PAGE, q="disk", severity="SEV1")
    assert [label.strip("*") for label in links(app)] == ["Disk full there"]
    assert app.text_input(key="archive:q").value == "disk"
    assert app.selectbox(key="archive:severity").value == "SEV1"
    assert app.selectbox(key="archive:severity").options == ["SEV0 (1)", "SEV1 (1)"]


def test_a_new_question_begins_on_its_first_page(browser: Browser, ada: Who) -> None:
    for n in range(25):
        archived(ada, f"Disk full {n}", day=n + 1)
    app = browser.open(PAGE, q="disk", p="2")
    assert len(links(app)) == 5
    app.selectbox(key="archive:year").set_value("2025").run()
    assert "p" not in app.query_params
    assert len(links(app)) == 20


def test_nothing_found_gives_advice_and_a_way_back(browser: Browser, ada: Who) -> None:
    archived(ada, "Disk full")
    app = browser.open(PAGE, q="zebra", severity="SEV3", service="unknown", p="9x")
    assert "Nothing in the archive has all of this" in drawn(app)
    app.button(key="archive:all").click().run()
    assert len(links(app)) == 1
    assert not app.query_params


def test_text_of_people_stays_text(browser: Browser, ada: Who) -> None:
    archived(ada, "![x](http://a.test/x.png) **down**", "A <b>pool</b> [of](http://b.test) $x$.")
    app = browser.open(PAGE, q="pool")
    text = drawn(app)
    assert "\\[of\\]\\(http\\:" in text
    assert "<b>" not in text
    assert links(app)[0].startswith("**\\!\\[x\\]")


def test_an_excerpt_has_no_empty_pieces(browser: Browser, ada: Who) -> None:
    archived(ada, "Down", "- The pool - it was full.\n\n---\n\n- The queue grew.\n\n> It waited.")
    archived(ada, "Login slow")
    app = browser.open(PAGE, q="pool")
    pool = ":primary-background[pool]"
    assert f"The {pool} \\- it was full\\. · The queue grew\\. · It waited\\." in drawn(app)
    app = browser.open(PAGE)
    assert "" not in [m.value for m in app.markdown]
    assert "· ·" not in drawn(app)


def test_an_excerpt_that_begins_with_a_word_found_begins_with_it(
    browser: Browser, ada: Who
) -> None:
    archived(ada, "Down", "Pools were full.")
    app = browser.open(PAGE, q="pool")
    assert ":primary-background[Pools] were full\\." in [m.value for m in app.markdown]


def test_words_that_begin_so_are_said_to_be_that(browser: Browser, ada: Who) -> None:
    archived(ada, "Kubernetes upgrade")
    assert "shown is what begins with them" in drawn(browser.open(PAGE, q="kube"))


def test_a_typing_mistake_is_said_and_one_can_insist(browser: Browser, ada: Who) -> None:
    archived(ada, "Kubernetes upgrade")
    app = browser.open(PAGE, q="kuberntes")
    assert "Nothing for “kuberntes”; shown is “kubernetes”" in drawn(app)
    assert len(links(app)) == 1
    app.button(key="archive:insist").click().run()
    assert app.query_params["exact"] == "1"
    assert "Nothing in the archive has all of this" in drawn(app)
    app.button(key="archive:forgive").click().run()
    assert len(links(app)) == 1


def test_new_words_are_read_with_forgiveness_again(browser: Browser, ada: Who) -> None:
    archived(ada, "Kubernetes upgrade")
    app = browser.open(PAGE, q="kuberntes", exact="1")
    assert links(app) == []
    app.text_input(key="archive:q").set_value("kubernets").run()
    assert "exact" not in app.query_params
    assert len(links(app)) == 1


def test_nobody_sees_no_archive(database_file: object, ada: Who) -> None:
    archived(ada, "Disk full")
    app = Browser(None).open(PAGE)
    assert "Disk full" not in drawn(app)


def test_a_star_that_was_not_read_is_said(browser: Browser, ada: Who) -> None:
    archived(ada, "Con of the pool")
    told = drawn(browser.open(PAGE, q="con*")).replace("\\", "")
    assert "A star needs four letters before it; “con*” was read as “con”." in told


def test_without_a_wanted_word_the_newest_is_said_to_come_first(browser: Browser, ada: Who) -> None:
    archived(ada, "Disk full")
    archived(ada, "Disk slow")
    assert "2 post-mortems, the newest first" in drawn(browser.open(PAGE, q="-billing"))
