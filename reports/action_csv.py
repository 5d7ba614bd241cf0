"""Action items as CSV, for spreadsheets and for the planning of the next sprint."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from models.rules.vocabulary import ActionStatus, ActionType, Priority, Severity

HEADS = (
    "Action", "Owner", "Due", "Overdue", "Status", "Priority", "Type", "Contributing factor",
    "Source", "Severity", "Tracker", "Reason", "Id",
)  # fmt: skip
_FORMULA = tuple("=+-@\t\r\0＝＋－＠")


class Action(Protocol):
    """What a line is made of."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def overdue(self) -> bool: ...
    @property
    def status(self) -> ActionStatus: ...
    @property
    def priority(self) -> Priority: ...
    @property
    def type(self) -> ActionType: ...
    @property
    def factor(self) -> str: ...
    @property
    def source_title(self) -> str: ...
    @property
    def severity(self) -> Severity | None: ...
    @property
    def tracker_url(self) -> str: ...
    @property
    def reason(self) -> str: ...


def to_csv(actions: Iterable[Action]) -> str:
    """CSV (RFC 4180) with a line of heads; days as 2024-05-06. It begins with a byte order mark,
    because spreadsheets take UTF-8 for another encoding without it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for a in actions:
        due = a.due_on.isoformat() if a.due_on else ""
        overdue = "yes" if a.overdue else "no"
        writer.writerow(
            safe_cell(cell)
            for cell in (
                a.text, a.owner, due, overdue, a.status.value, a.priority.value, a.type.value,
                a.factor, a.source_title, a.severity or "", a.tracker_url, a.reason, a.id,
            )
        )  # fmt: skip
    return "\ufeff" + text.getvalue()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe
    (OWASP ASVS 5.0, 1.2.10)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
