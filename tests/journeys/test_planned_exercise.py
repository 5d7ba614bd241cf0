"""Ada plans an exercise; Ben finds it on his home page, and his seat when it is opened."""

from __future__ import annotations

import urllib.request

from playwright.sync_api import Browser

from tests.journeys.conftest import Server, Visitor, visit


def test_a_planned_exercise_comes_to_those_who_were_asked(
    chromium: Browser, server: Server, ada_visits: Visitor
) -> None:
    context, ben = visit(chromium, server.url)
    ben.come_in("Ben Okafor")
    plan_a_series(ada_visits)
    ben.go("exercises")
    ben.see("led by Ada Brandt")
    ada_visits.page.get_by_role("button", name="Open it now").first.click()
    ada_visits.see("Start the clock")
    ben.go("")
    ben.page.get_by_role("link", name="Your first page").first.click()
    ben.page.get_by_role("button", name="Take the seat you were asked to").click()
    ben.see("You sit as")
    assert (ada_visits.trouble, ben.trouble) == ([], [])
    context.close()


def test_a_calendar_program_follows_them_by_the_address_alone(ada_visits: Visitor) -> None:
    ada_visits.go("exercises")
    ada_visits.page.get_by_text("In your calendar", exact=True).click()
    ada_visits.click("Make an address", "Add this to your calendar")
    address = ada_visits.page.locator("code").filter(has_text="/calendar/").inner_text()
    with urllib.request.urlopen(address) as answer:
        assert answer.read().count(b"BEGIN:VEVENT") == 6
    assert ada_visits.trouble == []


def plan_a_series(ada: Visitor) -> None:
    ada.go("plan?scenario=first-page")
    ada.page.get_by_text("Each month").click()
    ada.see("How many")
    ada.settle()
    ada.page.get_by_label("Incident commander").click()
    ada.page.get_by_role("option", name="Ben Okafor").click()
    ada.see("Every seat has somebody")
    ada.settle()
    ada.click("Plan these 6", "6 exercises are planned")
