"""Where a sentence ends, and where a full stop only ends an abbreviation."""

from __future__ import annotations

import re

_MARK = re.compile(r"[.!?…]+[\"”’'»)\]*_]*(?=\s)|[。！？]+[”’」』）]*|\n+")
_WORD_BEFORE = re.compile(r"[\w.\-]*\Z")
_INNER_STOPS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # e.g, i.e, U.S
# A sentence goes on behind these, whatever follows.
_NEVER_LAST = frozenset(
    re.findall(
        r"\S+",
        "dr mr mrs ms prof st mt gen sgt capt rev hon approx ca cf vs viz resp incl excl esp "
        "dept ext tel attn feat",
    )
)
# Behind these it goes on when a number follows: No. 3, Fig. 2, Mar. 13.
_BEFORE_NUMBER = frozenset(
    re.findall(
        r"\S+",
        "no nos nr fig figs sec sect ch ver v vol p pp art eq rev ref ln max min avg "
        "jan feb mar apr jun jul aug sep sept oct nov dec",
    )
)
# Behind these, and behind letters such as p.m., it ends when a capital letter follows.
_OFTEN_LAST = frozenset(
    re.findall(r"\S+", "etc inc ltd co corp al jr sr hr hrs min mins sec secs a.m p.m")
)


def sentences(text: str) -> list[str]:
    """The sentences of a plain text, each with its closing marks and without white space around
    it. A line break ends a sentence; when in doubt, two sentences stay one."""
    found, start = [], 0
    for mark in _MARK.finditer(text):
        before = text[max(start, mark.start() - 60) : mark.start()]
        after = text[mark.end() : mark.end() + 20]
        if mark[0][0] == "." and _goes_on(before, mark[0], after):
            continue
        found.append(text[start : mark.end()].strip())
        start = mark.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def _goes_on(before: str, mark: str, after: str) -> bool:
    """Whether the sentence goes on behind this full stop."""
    word = _WORD_BEFORE.search(before)
    last = word[0].casefold() if word else ""
    following = after.lstrip()[:1]
    if mark.startswith(".."):
        return following.islower()
    if last.isdecimal() and not before[: -len(last)].strip():
        return True  # the number of a list: "1. Do this"
    if last in _BEFORE_NUMBER and following.isdecimal():
        return True
    if last in _OFTEN_LAST:
        return not following.isupper()
    initial = len(last) == 1 and last.isalpha() and last != "i" and before[-1:].isupper()
    return initial or last in _NEVER_LAST or bool(_INNER_STOPS.fullmatch(last))
