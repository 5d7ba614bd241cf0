"""Lines with a label: Detected: 10:01, Date: 2024-03-13, Severity: 1, Time zone: CET."""

from __future__ import annotations

import re

from models.rules.vocabulary import Clock

_CLOCK_WORDS = {
    Clock.IMPACT_BEGAN: "start, started, began, start time, incident start, incident began, "
    "impact start, impact started, impact began, outage start, outage began, start of impact, "
    "beginning, start date, issue started, time of start, fault began",
    Clock.DETECTED: "detected, detected at, detection, time detected, detection time, "
    "first detected, time of detection, discovered, noticed, issue detected",
    Clock.ACKNOWLEDGED: "acknowledged, acknowledged at, acked, ack",
    Clock.DECLARED: "declared, declared at, incident declared, incident opened",
    Clock.MITIGATED: "mitigated, mitigated at, mitigation, time of mitigation, impact mitigated",
    Clock.RESOLVED: "resolved, resolved at, resolution, end, ended, end time, incident end, "
    "impact end, impact ended, recovered, outage end, end of impact, time resolved, "
    "resolution time, end date, time of resolution, fixed, fixed at, incident resolved, "
    "issue resolved",
    Clock.CLOSED: "closed, closed at, incident closed",
}
CLOCK_LABELS: dict[str, Clock] = {
    word: clock for clock, words in _CLOCK_WORDS.items() for word in words.split(", ")
}
_DATE_WORDS = "date, day, incident date, date of incident, date of the incident, event date"
DATE_LABELS = frozenset((*_DATE_WORDS.split(", "), "datum", "tag"))
SEVERITY_LABELS = frozenset(("severity", "sev", "severity level", "incident severity"))
ZONE_LABELS = frozenset(("time zone", "timezone", "tz", "zeitzone"))
_LABEL = re.compile(
    r"(?:[-*•]\s+)?[*_]{0,2}(?P<label>[A-Za-z][A-Za-z /-]{1,30})[*_]{0,2}\s?:[*_]{0,2}\s*"
)


def split_label(text: str) -> tuple[str, str]:
    """The label of a line in small letters and its value; "" and "" for a line without."""
    found = _LABEL.match(text) if ":" in text[:40] else None
    value = text[found.end() :].strip(" *_`") if found else ""
    return (" ".join(found["label"].lower().split()), value) if found and value else ("", "")
