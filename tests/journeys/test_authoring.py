"""A person writes a scenario from the example, mends what is broken, saves it, and plays it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Visitor


def editor(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("textbox", name="The scenario as YAML")


def write(visitor: Visitor, text: str, then: str) -> None:
    editor(visitor).fill(text)
    editor(visitor).blur()
    visitor.see(then)
    visitor.settle()


def selected(visitor: Visitor) -> str:
    return str(
        editor(visitor).evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)")
    ).strip()


def test_a_scenario_is_written_mended_saved_and_played(ada_visits: Visitor) -> None:
    visitor = ada_visits
    visitor.go("scenarios")
    visitor.page.get_by_role("link", name="Write a scenario").click()
    visitor.click("Begin", "A new scenario")
    visitor.settle()
    text = editor(visitor).input_value().replace("Printing stands still", "No tickets tonight")
    write(visitor, text.replace("next: in-time", "next: nowhere"), "2 errors")
    visitor.page.get_by_role("button", name=re.compile(r"^Line \d+$")).first.click()
    expect(editor(visitor)).to_be_focused()
    assert selected(visitor) == "next: nowhere"

    visitor.page.reload()  # what was written is still there
    visitor.see("Your draft, not saved as a version")
    visitor.settle()
    assert "next: nowhere" in editor(visitor).input_value()
    write(visitor, text, "No finding")

    editor(visitor).press("Control+End")  # in a pause of writing it is sent, and writing goes on
    editor(visitor).press_sequentially("oops: 1")
    visitor.see("“oops”")
    expect(editor(visitor)).to_be_focused()
    editor(visitor).press_sequentially("0 and more")
    expect(editor(visitor)).to_have_value(f"{text}oops: 10 and more")
    write(visitor, text, "No finding")

    visitor.page.get_by_text("Picture", exact=True).click()
    expect(visitor.page.locator(".st-key-authoring-graph g.node")).to_have_count(5)
    visitor.page.get_by_text("Preview", exact=True).click()
    visitor.click("Choose", "130 people")
    visitor.click("Choose", "A good ending")

    visitor.click("Save as a scenario", "Version 1 is saved")
    visitor.page.get_by_role("link", name="To its page, to play it").click()
    visitor.click("Play alone", "Begin")
    visitor.click("Begin", "Thirty people stand here")
    for option, told, label, then in (
        ("Declare an incident", "It cost two minutes", "Go on", "What will you do about it?"),
        ("Bring in the spare", "everybody gets in", "See how it ended", "A good ending"),
    ):
        visitor.page.get_by_test_id("stRadio").get_by_text(option).click()
        visitor.click("Decide", told)
        visitor.click(label, then)
    assert visitor.trouble == []
