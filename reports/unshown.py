"""Characters that no font of this machine has: they stand as empty boxes, so the document says it.

The printer's own font has Latin, Greek and Cyrillic letters and common signs; for all others it
takes what fonts the system has."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator, Set
from contextlib import contextmanager

from reports.phrasing import count

NAMED = 3  # characters that the note names


class _Boxes(logging.Handler):
    """WeasyPrint warns of each box that it draws, with the character and its number."""

    def __init__(self, found: set[str]) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef glyph") and isinstance(record.args, tuple):
            self._found.add(str(record.args[0]))


@contextmanager
def unshown_characters() -> Iterator[set[str]]:
    """The characters that were drawn as boxes until the block is left."""
    found: set[str] = set()
    log, handler = logging.getLogger("weasyprint"), _Boxes(found)
    log.addHandler(handler)
    try:
        yield found
    finally:
        log.removeHandler(handler)


def unshown_note(characters: Set[str]) -> str:
    """What the document says of them, in letters that it can show."""
    named = [
        f"U+{ord(c):04X} {unicodedata.name(c, 'without a name').lower()}"
        for c in sorted(characters)[:NAMED]
    ]
    rest = len(characters) - len(named)
    more = f" and {count(rest, 'other')}" if rest else ""
    return (
        f"{count(len(characters), 'character')} of this document can only be shown as empty boxes, "
        f"because no font where it was made has them: {', '.join(named)}{more}. The HTML and "
        "Markdown exports hold them; with more fonts installed, so does the PDF."
    )
