"""A newcomer brings in an incident and hands leadership a PDF, reading nothing but the screen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import ROOT, Visitor
from tests.journeys.downloads import download, pdf_text

SAMPLE = ROOT.parent / "shared" / "samples" / "pagerduty" / "incidents_with_log_entries.json"
OWN = ROOT / "tests" / "fixtures" / "pagerduty_spamming_logs.json"


def step(visitor: Visitor, name: str) -> None:
    """Goes on with the button at the bottom, and waits for the heading of the next step."""
    visitor.page.get_by_role("button", name=f"Next step: {name}").click()
    visitor.page.get_by_role("heading", name=name, exact=True).wait_for()
    visitor.settle()


def saved(visitor: Visitor, label: str, text: str) -> None:
    """Fills a field, leaves it, and waits until the screen says that it is saved."""
    field = visitor.page.get_by_role("textbox", name=label, exact=True).first
    field.fill(text)
    field.press("Control+Enter" if field.evaluate("e => e.tagName") == "TEXTAREA" else "Tab")
    visitor.page.get_by_text("Saved").first.wait_for()
    visitor.settle()


def added(visitor: Visitor, label: str, text: str) -> None:
    """Types into a field that adds at Enter, and waits until the field is free for the next."""
    field = visitor.page.get_by_role("textbox", name=label).first
    field.fill(text)
    field.press("Enter")
    expect(visitor.page.get_by_role("textbox", name=label).first).not_to_have_value(text)
    visitor.settle()


def chosen(visitor: Visitor, label: str, text: str) -> None:
    """Types a choice that may be new, takes it, and waits until it is saved."""
    field = visitor.page.get_by_role("combobox", name=label).first
    field.click()
    field.fill(text)
    field.press("Enter")
    field.press("Tab")  # the list of a field for several stays open otherwise
    visitor.page.get_by_text("Saved").first.wait_for()
    visitor.settle()


def bring_in_and_start(visitor: Visitor) -> None:
    """From the first page to the workspace: a file, its preview, the severity, the start."""
    page = visitor.page
    page.get_by_role("button", name="Bring in a file or text").click()
    page.get_by_role("heading", name="Bring in").wait_for()
    page.locator("input[type=file]").set_input_files(SAMPLE if SAMPLE.exists() else OWN)
    visitor.see("Nothing is kept yet")
    visitor.settle()
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("link", name="Spamming logs").click()
    page.get_by_role("heading", name="Spamming logs").wait_for()
    visitor.settle()
    visitor.click("Answer the questions", "Is production completely down")
    visitor.click("No", "Is a major function degraded?")
    visitor.click("Yes", "Is there a workaround for customers?")
    visitor.click("Yes", "The answers lead to")
    visitor.click("Save the severity", "Change the severity")
    visitor.click("Start the post-mortem", "Who comes together, when, and about what.")


def write_the_steps(visitor: Visitor) -> None:
    """Prepare to Actions, each left with the button at the bottom."""
    page = visitor.page
    chosen(visitor, "Facilitator", "Ben Okafor")
    saved(visitor, "Meeting", "2022-11-04 10:00")
    step(visitor, "Timeline")
    visitor.see("Clocks")
    saved(visitor, "Impact began", "2022-11-03 06:40")
    step(visitor, "Impact")
    saved(visitor, "Customers", "About 300 customers saw slow pages.")
    saved(visitor, "Duration", "11 minutes")
    step(visitor, "Why")
    page.get_by_role("textbox", name="What happened?").fill(
        "Logs filled the disks of the web servers."
    )
    page.get_by_role("textbox", name="What happened?").press("Enter")
    added(visitor, "Below 1", "Debug logging was switched on by a default of the new release.")
    chosen(visitor, "Factors that contributed to the whole", "Configuration change")
    step(visitor, "Learned")
    added(visitor, "Add to “Went well”", "The alert fired within a minute.")
    added(visitor, "Add to “Went wrong”", "Nothing limits what a service may log.")
    step(visitor, "Actions")
    added(visitor, "Add an action", "Add a quota of 1 GB a day for the logs of each service")
    chosen(visitor, "Owner", "Ada Brandt")


def test_from_a_file_of_another_tool_to_both_pdfs(ada_visits: Visitor, tmp_path: Path) -> None:
    visitor, page = ada_visits, ada_visits.page
    bring_in_and_start(visitor)
    write_the_steps(visitor)
    step(visitor, "Review")
    page.get_by_role("button", name="Draft it from the facts").click()
    visitor.see("Nothing in the text reads as blame")
    page.get_by_role("button", name="Sign off").click()
    visitor.see("signed off")
    visitor.settle()
    step(visitor, "Publish")
    page.get_by_role("button", name="Publish revision 1").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Publish").click()
    visitor.see("Revision 1 is published")
    visitor.settle()

    pages, full = pdf_text(download(page, "Full report, PDF", tmp_path / "full.pdf"))
    assert pages >= 2
    assert "Spamming logs" in full
    assert "quota of 1 GB" in " ".join(full.split())
    pages, brief = pdf_text(download(page, "One-page brief, PDF", tmp_path / "brief.pdf"))
    assert pages == 1
    assert "Keon" not in brief
    assert visitor.trouble == []
