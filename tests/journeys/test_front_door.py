"""The front door: the frame is always there, the headers too, wherever it is started from."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Server, Visitor, visit


def test_a_deep_link_on_a_fresh_server_asks_who_one_is(chromium: Browser, server: Server) -> None:
    context, visitor = visit(chromium, server.url)
    visitor.go("incidents")
    visitor.see("Who are you?")
    assert visitor.page.get_by_text("Page not found").count() == 0
    context.close()


def test_an_address_that_leads_nowhere_says_so_and_leads_on(ada_visits: Visitor) -> None:
    page = ada_visits.page
    ada_visits.go("incident-list")
    page.get_by_role("heading", name="No such page").wait_for()
    ada_visits.settle()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Home").click()
    page.get_by_role("heading", name="No such page").wait_for(state="detached")
    ada_visits.settle()
    assert page.url == f"{ada_visits.url}/"
    assert page.get_by_role("dialog").count() == 0


def test_a_reload_brings_the_same_person_back(ada_visits: Visitor) -> None:
    ada_visits.page.reload()
    ada_visits.settle()
    ada_visits.see("You are here as Ada Brandt")


@pytest.mark.parametrize("path", ["", "incidents", "health", "nothing-here"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    try:
        answer = urllib.request.urlopen(f"{server.url}/{path}")
    except urllib.error.HTTPError as refusal:
        answer = refusal
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_pages_load_nothing_from_elsewhere_and_log_no_error(ada_visits: Visitor) -> None:
    for path in ("", "incidents", "bring-in", "postmortems", "actions", "archive", "settings"):
        ada_visits.go(path)
    assert ada_visits.trouble == [], "\n".join(ada_visits.trouble)
