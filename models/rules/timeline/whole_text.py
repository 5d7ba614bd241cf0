"""A text as a whole: how long it may be, what makes it the same text again, what to call it."""

from __future__ import annotations

import hashlib
import re

from models.rules.problems import BadFile
from models.rules.text import DOCUMENT, clean


def check_length(text: str) -> None:
    """Raises BadFile for a text longer than a document may be."""
    if len(text) > DOCUMENT:
        raise BadFile(
            f"The text is {len(text):,} characters long; {DOCUMENT:,} fit. "
            "Bring it in as several shorter texts."
        )


def fingerprint(text: str) -> str:
    """The same for the same words, however their lines end and whatever white space is around
    them (SHA-256, hexadecimal)."""
    words = re.sub(r"\s+", " ", clean(text, limit=4 * len(text) + 1))
    return hashlib.sha256(words.encode()).hexdigest()


def shortened(text: str, limit: int = 80) -> str:
    """The first line of `text`, cut at a word when it is longer than `limit` characters."""
    line = text.split("\n", 1)[0]
    if len(line) <= limit:
        return line
    return line[: limit - 2].rsplit(" ", 1)[0] + " …"
