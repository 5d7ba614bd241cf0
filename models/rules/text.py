"""Every string that comes in passes `clean` once, at the door.

Why: NUL makes SQLite's length() lie and PostgreSQL refuse; a lone surrogate cannot be bound,
written as UTF-8 or printed; separators such as U+2029 break page layout; controls such as U+202E
let text show in another order than it is stored, and invisible characters hide in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from models.rules.problems import ProblemForUser

LINE = 300  # titles, names, one-line answers
PARAGRAPH = 10_000  # a field of prose
DOCUMENT = 2_000_000  # a whole pasted text

_NEWLINES = re.compile("\r\n|[\r\u2028\u2029\u0085\v\f]")
_REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff"
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides, isolates; the marks of direction may stay
    "\u00ad\u200b\u2060-\u2065\ufff9-\ufffb]"  # not seen, and needed by no script
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"  # tags, but those of flags
)
# Persian, Indic scripts and emoji need joiners behind their characters; Latin text has no use.
_STRAY_JOINERS = re.compile(r"(?:(?<![\u0370-\u1fff\u2190-\U0010ffff])|(?<=\s))[\u200c\u200d]+")


def clean(value: str, *, limit: int = PARAGRAPH, field: str = "text") -> str:
    """The string without characters that break storage or print, newlines as \\n, in NFC,
    without white space around it. Raises ProblemForUser when it is longer than `limit`
    characters; nothing is cut."""
    return _within(_plain(value), limit, field)


def clean_line(value: str, *, limit: int = LINE, field: str = "text") -> str:
    """As `clean`, on one line: runs of white space become one space, and count as one."""
    return _within(re.sub(r"\s+", " ", _plain(value)), limit, field)


def without_unseen(text: str) -> tuple[str, Sequence[int]]:
    """The text without the characters that `clean` drops, otherwise as it is, and for each
    character that is left its place in `text`."""
    places: Sequence[int] = range(len(text))
    for dropped in (_REFUSED, _STRAY_JOINERS):
        if dropped.search(text):
            gone = {place for match in dropped.finditer(text) for place in range(*match.span())}
            left = [place for place in range(len(text)) if place not in gone]
            text, places = "".join(text[n] for n in left), [places[n] for n in left]
    return text, places


def _plain(value: str) -> str:
    text = unicodedata.normalize("NFC", _REFUSED.sub("", _NEWLINES.sub("\n", value)))
    # once more, because marks may now stand beside the letter they belong to
    return unicodedata.normalize("NFC", _STRAY_JOINERS.sub("", text)).strip()


def _within(text: str, limit: int, field: str) -> str:
    if len(text) > limit:
        elsewhere = "" if limit <= LINE else ", or attach the long text as a file"
        raise ProblemForUser(
            f"The {field} is {len(text):,} characters long; {limit:,} fit. Shorten it{elsewhere}.",
            field=field,
        )
    return text
