"""Lines without a time at their head: a title, or words to which a person may add a time."""

from __future__ import annotations

import re

from models.rules.timeline.elsewhere import time_inside
from models.rules.timeline.lines import Line

_LONGEST_TITLE = 150
_LENGTH = re.compile(r"\s*\+?([0-9]{1,5}\s?(?:m|min|h|s))\b")


_AGO = re.compile(
    r"\W*(?:an?|[0-9]{1,4}) ?(?:s|m|h|d|sec|min|hr|second|minute|hour|day)s? ago\b", re.I
)


def is_late(line: Line) -> bool:
    """Whether a line has its time somewhere behind its words."""
    stamp = time_inside(line.raw)
    return stamp is not None and stamp.date is None


def what_to_write(raw: str) -> str:
    """How the line would become an event; "" when nothing in it looks like a time."""
    if inside := time_inside(raw):
        return f"No time at its beginning: write “{inside.shown}” first to make it an event."
    if _AGO.match(raw):
        return "How long ago it was depends on when it was written: write the time itself."
    if length := _LENGTH.match(raw):
        return (
            f"A length of time: write “T+{length[1].replace(' ', '')}” if it counts from the start."
        )
    return ""


def is_title(words: str) -> bool:
    """A title is short, no sentence, and not something that happened “5 minutes ago”."""
    words = words.strip()
    return (
        bool(words)
        and len(words) <= _LONGEST_TITLE
        and words[-1] not in ".,;!?:"
        and not _AGO.match(words)
    )
