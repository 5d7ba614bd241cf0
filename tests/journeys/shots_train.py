"""The README's screenshots of exercises: three browsers play one, as the journey plays it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from models.rules.policy import Who
from services import people
from tests.journeys.conftest import Server, Visitor, visit
from tests.journeys.test_live_exercise import (
    OBSERVED,
    RATIONALE,
    UPDATE,
    Table,
    answer,
    decide,
    observe,
    open_and_join,
    send_update,
    set_severity,
    skip_to,
)

Save = Callable[[Visitor, str], None]
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


def exercises(chromium: Browser, server: Server, save: Save, out: Path) -> Path:
    """Screenshots of the gallery, the facilitator's screen, a seat on a phone in the dark and the
    page after the action; the PDF of the report."""
    contexts = []

    def come(name: str, **how: object) -> Visitor:
        context, visitor = visit(chromium, server.url, **how)
        contexts.append(context)
        visitor.come_in(name)
        return visitor

    lead = come("Fay Lindqvist", viewport=DESKTOP)
    lead.go("scenarios")
    save(lead, "scenarios")
    watcher: Who = people.introduce("Wim Watcher")
    ic, ops = come("Ada Brandt", viewport=PHONE, color_scheme="dark"), come("Ben Okafor")
    table = Table(lead, ic, ops, watcher)
    play(table, save)
    lead.go(f"after-action?id={table.run_id}")
    save(lead, "after-action")
    got = lead.page.request.get(f"{server.url}/export/exercise/{table.run_id}.pdf")
    pdf = out / "after-action-report.pdf"
    pdf.write_bytes(got.body())
    for context in contexts:
        context.close()
    return pdf


def play(table: Table, save: Save) -> None:
    lead, ic, ops = table.everybody()
    open_and_join(table)
    lead.click("Start the clock", "Running")
    table.all_see("Payments are failing")
    ic.page.evaluate("window.scrollTo(0, 0)")
    save(ic, "seat")
    answer(ops, "I read it; who can see the servers?")
    observe(lead, OBSERVED)
    lead.page.evaluate("window.scrollTo(0, 0)")
    save(lead, "console")
    set_severity(ic)
    decide(ic, "Declare an incident, then choose its severity", RATIONALE)
    skip_to(table, "act")
    decide(ops, "Go back to release 213")
    skip_to(table, "tell")
    send_update(ic, UPDATE)
    decide(ic, "Say who was affected, that paying works again")
    skip_to(table, "green")
    decide(ic, "Say that you are watching it, and look again")
    skip_to(table, "close")
    decide(ic, "Close it with a last update, and book an hour")
    skip_to(table, "end_good")
    lead.see("The exercise is over")
