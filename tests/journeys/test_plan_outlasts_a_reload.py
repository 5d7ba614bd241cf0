"""A plan that is being made is still there after a reload, until it is saved."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_a_plan_that_is_not_saved_outlasts_a_reload(ada_visits: Visitor) -> None:
    page = ada_visits.page
    ada_visits.go("plan")
    page.get_by_label("Scenario").click()
    page.get_by_role("option", name="Your first page").click()
    note = page.get_by_label("Note for everybody")
    note.fill("Room 4, bring tea")
    note.blur()
    minutes = page.get_by_label("Minutes", exact=True)
    minutes.fill("45")
    minutes.blur()
    page.get_by_text("Each month").click()
    ada_visits.see("Plan these 6")
    ada_visits.settle()
    page.reload()
    ada_visits.see("Plan these 6")
    expect(page.get_by_label("Note for everybody")).to_have_value("Room 4, bring tea")
    expect(page.get_by_label("Minutes", exact=True)).to_have_value("45")
    page.get_by_role("button", name="Plan these 6").click()
    ada_visits.see("6 exercises are planned")
    page.reload()
    ada_visits.go("plan?scenario=first-page")
    expect(page.get_by_label("Note for everybody")).to_have_value("")
    ada_visits.see("Plan it")
    assert ada_visits.trouble == []
