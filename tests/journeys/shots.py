"""Makes the README's screenshots: a server with the worked example, driven in a real browser.

`make shots` writes them to docs/screenshots/.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from services.settings import settings
from tests.journeys.conftest import (
    CHROMIUM,
    FLAGS,
    ROOT,
    Server,
    Visitor,
    start_server,
    stop_server,
    visit,
)
from tests.journeys.downloads import download
from tests.journeys.shots_together import meeting, trends
from tests.journeys.shots_train import exercises

OUT = ROOT / "docs" / "screenshots"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
PASTED = """All times in CET, 13 March 2024
14:02 Alert fired: checkout latency above 3 s
14:05 Ada: restarted two of the four checkout pods
14:?? first customer wrote to support
14:20-14:31 Rolled back the release of 13:40
14:40 latency back to normal
somewhere in between we also looked at the cache"""


def save(visitor: Visitor, name: str) -> None:
    visitor.settle()
    visitor.page.mouse.move(0, 0)
    visitor.page.screenshot(path=OUT / f"{name}.png")


def open_draft(visitor: Visitor, step: str) -> None:
    visitor.go("postmortems")
    visitor.page.get_by_role("link", name="One oversized event").click()
    visitor.see("Who comes together, when, and about what.")
    visitor.settle()
    if step != "Prepare":
        visitor.page.get_by_role("button", name=step, exact=False).first.click()
        visitor.page.get_by_role("heading", name=step, exact=True).wait_for()
        visitor.settle()


def open_published(visitor: Visitor) -> None:
    visitor.go("archive")
    visitor.page.get_by_role("link", name="Checkout stood still").click()
    visitor.page.get_by_role("heading", name="Checkout stood still").wait_for()
    visitor.settle()


def on_the_desktop(chromium: Browser, server: Server) -> None:
    context, visitor = visit(chromium, server.url, viewport=DESKTOP)
    visitor.come_in("Ada Brandt")
    visitor.click("Load the worked example", "What needs you now")
    save(visitor, "home")
    visitor.go("bring-in")
    visitor.page.get_by_text("Pasted text").first.click()
    visitor.see("Read the text")
    visitor.page.locator("textarea").first.fill(PASTED)
    visitor.click("Read the text", "Nothing is kept yet")
    save(visitor, "bring-in")
    for step in ("Timeline", "Why", "Review"):
        open_draft(visitor, step)
        save(visitor, f"workspace-{step.lower()}")
    visitor.go("actions")
    save(visitor, "actions")
    open_published(visitor)
    save(visitor, "published")
    for link, name in (("Full report, PDF", "report"), ("One-page brief, PDF", "brief")):
        first_page(download(visitor.page, link, OUT / f"{name}.pdf"), OUT / f"{name}.png")
    context.close()


def on_a_phone_in_the_dark(chromium: Browser, server: Server) -> None:
    context, visitor = visit(chromium, server.url, viewport=PHONE, color_scheme="dark")
    visitor.come_in("Ada Brandt")
    open_published(visitor)
    save(visitor, "phone")
    context.close()


def together(chromium: Browser, server: Server) -> None:
    os.environ["HOTWASH_DATABASE_URL"] = f"sqlite:///{server.database}"  # to look at the log
    settings.cache_clear()
    pdf = exercises(chromium, server, save, OUT)
    first_page(pdf, OUT / "after-action-report.png")
    meeting(chromium, server, save)
    trends(chromium, server, save)


def first_page(pdf: Path, picture: Path) -> None:
    import pymupdf

    with pymupdf.open(pdf) as document:
        document[0].get_pixmap(dpi=80).save(picture)
    pdf.unlink()


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder))
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                on_the_desktop(chromium, server)
                on_a_phone_in_the_dark(chromium, server)
                together(chromium, server)
                chromium.close()
        finally:
            stop_server(server)


if __name__ == "__main__":
    main()
