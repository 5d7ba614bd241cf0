"""Sending a post-mortem by mail, without a browser: chosen, looked at, sent, and what became."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.vocabulary import Audience
from services import distribution_lists, documents
from services.outbox_worker import deliver_due
from tests.conftest import Browser
from tests.mail_server import Postbox
from tests.pages.screen import labels, link_to, press, said
from tests.services.mailing import list_with, published, use
from tests.small_postmortem import stored

PAGE = "learn/sending.py"


@pytest.fixture(scope="module", autouse=True)
def _one_printer() -> Iterator[None]:
    yield
    documents.stop_printer()


@pytest.fixture
def postbox(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    box = Postbox()
    use(box, monkeypatch)
    box.start()
    yield box
    box.stop()


def look(browser: Browser, postmortem_id: str, everyone: str) -> AppTest:
    """The mail of the full report to everyone, looked at."""
    app = browser.open(PAGE, id=postmortem_id)
    app.pills(key=f"{postmortem_id}:send:lists").set_value([everyone]).run()
    return press(app, "Look at it first")


def test_it_is_chosen_looked_at_sent_and_told_what_became_of_it(
    browser: Browser, ada: Who, postbox: Postbox
) -> None:
    everyone = list_with(ada, "Everyone", "cleo@example.org", "dora@example.org")
    postbox.answers["dora@example.org"] = ["550 No such mailbox"]
    app = look(browser, published(ada), everyone)
    words = said(app)
    assert "2 people on Everyone" in words
    assert "cleo@example.org\ndora@example.org" in words
    assert "Post\\-mortem\\: Orders waited in the queue" in words
    app = press(app, "Send to 2 people")
    assert "2 waiting" in said(app)
    assert "This is what goes out" not in said(app)
    deliver_due()
    words = said(app.run())
    assert "1 sent" in words
    assert "550 No such mailbox" in words
    app = press(app, "Try again")
    deliver_due()
    assert "2 sent" in said(app.run())
    assert [t.recipients for t in postbox.taken] == [["cleo@example.org"], ["dora@example.org"]]
    app = press(app, "Look at it first")
    assert "has been sent already" in said(app)
    assert next(b for b in app.button if b.label.startswith("Send to")).disabled
    next(box for box in app.checkbox if box.label.startswith("Send it again")).check().run()
    assert not next(b for b in app.button if b.label == "Send to 2 people").disabled


def test_a_change_of_mind_takes_away_what_was_looked_at(
    browser: Browser, ada: Who, postbox: Postbox
) -> None:
    everyone = list_with(ada, "Everyone", "cleo@example.org")
    postmortem_id = published(ada)
    app = look(browser, postmortem_id, everyone)
    assert "Send to 1 person" in labels(app)
    app.segmented_control(key=f"{postmortem_id}:send:audience").set_value(Audience.LEADERSHIP).run()
    assert "Send to 1 person" not in labels(app)
    assert any(box.label == "Roles in place of names" and box.value for box in app.checkbox)


def test_without_a_mail_server_it_says_so_and_offers_what_works(browser: Browser, ada: Who) -> None:
    everyone = list_with(ada, "Everyone", "cleo@example.org")
    app = look(browser, published(ada), everyone)
    assert "Hotwash has no mail server" in said(app)
    assert not [label for label in labels(app) if label.startswith("Send to")]
    urls = [link.proto.url for link in app.get("link_button")]
    assert [url.rpartition(".")[2] for url in urls] == ["pdf", "eml", "pdf"]
    assert all(url.startswith("/sending/") for url in urls)


def test_with_empty_lists_it_leads_to_the_settings(browser: Browser, ada: Who) -> None:
    app = browser.open(PAGE, id=published(ada))
    assert "Nobody is on a list yet" in said(app)
    assert link_to(app, "Fill a list") == ("settings", "tab=Mail")


def test_what_is_not_published_is_not_sent(browser: Browser, ada: Who) -> None:
    assert "Only what is published can be sent" in said(browser.open(PAGE, id=stored(ada)))


def test_a_bad_address_of_a_pasted_list_is_named_and_the_text_stays(
    browser: Browser, ada: Who
) -> None:
    product = next(r.id for r in distribution_lists.list_lists(ada) if r.name == "Product")
    app, key = browser.open("setup/settings.py"), f"settings:mail:{product}"
    app.text_area(key=f"{key}:new").set_value("ada@example.org; ben at home")
    next(b for b in app.button if b.form_id == f"{key}:form").click()
    words = said(app.run())
    assert "“ben at home” is not an address" in words
    assert app.text_area(key=f"{key}:new").value == "ada@example.org; ben at home"
    app.text_area(key=f"{key}:new").set_value("ada@example.org; Ben <ben@example.org>")
    next(b for b in app.button if b.form_id == f"{key}:form").click()
    assert "2 added" in said(app.run())
    app.button(key=f"{key}:ada@example.org").click().run()
    members = distribution_lists.list_members(ada, product)
    assert [m.address for m in members] == ["ben@example.org"]


def test_a_test_message_tells_how_it_went_and_no_password_shows(
    browser: Browser, ada: Who, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = browser.open("setup/settings.py")
    assert app.button(key="settings:mail:test").disabled
    app.text_input(key=f"settings:{ada.person_id}:email").set_value("ada@example.org").run()
    app.button(key="settings:mail:test").click().run()
    assert "is on its way" in said(app)
    deliver_due()
    assert "was taken by the mail server" in said(app.run())
