"""How the same things are said and marked everywhere: severities, statuses, times."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.rules.clocks import length_in_words
from models.rules.times import zone_named
from models.rules.vocabulary import PostmortemStatus, Severity, label

_SEVERITY_COLOUR = {"SEV0": "red", "SEV1": "orange", "SEV2": "yellow", "SEV3": "gray"}
_STATUS_ICON = {
    PostmortemStatus.DRAFT: ":material/edit:",
    PostmortemStatus.IN_REVIEW: ":material/rate_review:",
    PostmortemStatus.PUBLISHED: ":material/verified:",
    PostmortemStatus.CLOSED: ":material/lock:",
}


def severity_badge(severity: Severity | None) -> str:
    """A badge for st.markdown; the word stands in it, so colour is never alone."""
    if severity is None:
        return ":gray-badge[No severity yet]"
    return f":{_SEVERITY_COLOUR[severity]}-badge[{severity}]"


def status_badge(status: PostmortemStatus) -> str:
    """A badge for st.markdown."""
    return f":gray-badge[{_STATUS_ICON[status]} {label(status)}]"


def when(at: datetime | None, zone: str) -> str:
    """A moment in the person's zone: `13 Mar 2024, 10:01`; a dash for none."""
    return f"{at.astimezone(zone_named(zone)):%-d %b %Y, %H:%M}" if at else "–"


def how_long(length: timedelta | None) -> str:
    """A duration; a dash for none."""
    return length_in_words(length) if length is not None else "–"
