"""What the columns of a table hold, told from the words in its head. For Markdown tables and CSV
files alike."""

from __future__ import annotations

import re
from enum import StrEnum


class Column(StrEnum):
    DATE = "date"
    TIME = "time"
    UNTIL = "until"
    EVENT = "event"
    AUTHOR = "author"
    KIND = "kind"
    SEVERITY = "severity"
    INCIDENT = "incident"
    ZONE = "zone"
    LINK = "link"
    SERVICE = "service"
    NUMBER = "number"  # of the row
    OTHER = "other"


_WORDS: dict[Column, str] = {
    Column.DATE: "date|day|event date|incident date",
    Column.TIME: "time|times|timestamp|date ?(?:and|&|/|,)? ?time|datetime|time ?(?:and|&|/"
    "|,)? ?date|when|at"
    "|start|started|start time|started at|begin|from|occurred|occurred at|created|created at"
    "|logged at|event time|local time|t|ts|time ?stamp|clock|hour|elapsed|offset",
    Column.UNTIL: "end|ended|ended at|end time|until|till|to|finish|finished",
    Column.EVENT: "event|events|description|event description|message|what|what happened|text"
    "|details?|activity"
    "|entry|action|action taken|update|notes?|comment|summary|log|milestone|observation|body"
    "|content|happening",
    Column.AUTHOR: "author|who|by|user|username|user ?name|person|actor|name|reported by"
    "|reporter|responder"
    "|owner|source user|posted by|from user|engineer|handle",
    Column.KIND: "kind|type|category|event type|phase|class",
    Column.SEVERITY: "severity|sev|priority|severity level|impact level",
    Column.INCIDENT: "incident|incident title|title|incident name|incident id|incident number"
    "|subject",
    Column.ZONE: "time ?zone|tz|zone",
    Column.NUMBER: "no|nr|row|row number",
    Column.LINK: "link|url|evidence|reference|source|screenshot",
    Column.SERVICE: "service|services|component|system|affected service",
}
_PATTERNS = [(column, re.compile(rf"(?:{words})")) for column, words in _WORDS.items()]
_ZONE_BEHIND = re.compile(r"\s*(?:\(.*|\[.*|,.*|\bin [A-Z].*|\b[A-Z]{3,4}$|\b(?:utc|gmt).*)", re.I)


def columns_of(head: list[str]) -> list[Column] | None:
    """The meaning of each cell in the head of a table, or None when it is not one: a head has a
    column for the time and none that repeats it."""
    columns: list[Column] = []
    for cell in head:
        column = _column(cell)
        columns.append(Column.OTHER if column in columns else column)
    if Column.DATE in columns and Column.TIME not in columns:
        columns[columns.index(Column.DATE)] = Column.TIME
    if Column.TIME not in columns:
        return None
    if Column.EVENT not in columns:
        spare = [c for c in (Column.KIND, Column.INCIDENT, Column.OTHER) if c in columns]
        if not spare:
            return None
        columns[columns.index(spare[-1])] = Column.EVENT
    return columns


def _column(cell: str) -> Column:
    if cell.strip() == "#":
        return Column.NUMBER
    words = re.sub(r"[*_`#]+", " ", cell).strip().strip(":.").lower()
    plain = " ".join(words.split())
    for candidate in (plain, _ZONE_BEHIND.sub("", plain).strip()):
        for column, pattern in _PATTERNS:
            if pattern.fullmatch(candidate):
                return column
    return Column.OTHER
