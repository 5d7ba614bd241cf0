"""The name at the door, in a real browser: kept in its cookie, and given back."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.journeys.conftest import Server, Visitor, visit


def test_the_cookie_brings_the_person_back_after_a_reload(ada_visits: Visitor) -> None:
    ada_visits.go("incidents")
    ada_visits.page.reload()
    ada_visits.see("You are here as Ada Brandt")
    assert "hotwash_person" in [c["name"] for c in ada_visits.page.context.cookies()]


def test_somebody_else_leaves_no_trace_of_the_first(ada_visits: Visitor) -> None:
    ada_visits.click("Somebody else", "Who are you?")
    ada_visits.see("Who are you?")
    ada_visits.page.reload()
    ada_visits.settle()
    ada_visits.see("Who are you?")
    ada_visits.come_in("Ben Okafor")
    ada_visits.page.reload()
    ada_visits.see("You are here as Ben Okafor")


def test_a_hostile_name_loads_nothing_and_runs_nothing(chromium: Browser, server: Server) -> None:
    context, visitor = visit(chromium, server.url)
    visitor.go("")
    field = visitor.page.get_by_label("Who are you?")
    name = "![i](https://x.test/i.png)<img src=x onerror=alert(1)>"
    field.fill(name)
    if field.get_attribute("role") == "combobox":
        field.press("Enter")
    visitor.page.get_by_role("button", name="Come in").click()
    visitor.see(name)
    visitor.settle()
    assert visitor.trouble == []
    context.close()
