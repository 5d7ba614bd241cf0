"""Who owns an action, where the words say so plainly.

Conservative on purpose. A wrong owner hands work to nobody or to the wrong person, a missing one
costs nothing: the words stay in the action, and a person fills the field.
"""

from __future__ import annotations

import re

from models.rules.timeline.authors import is_name

_WORD = r"[^\W\d_][\w'’.-]*"
_LOGIN = r"@(?P<login>[A-Za-z0-9][\w.-]*\w)"
_BEFORE = r"(?:^[ \t>*•+-]{0,12}|[(\[,;.|–—:!]\s*|\s-\s+|\s(?=[A-Z*]))(?:\[[ xX]\]\s*)?[*_]{0,2}"
# What may follow a name that ends the item: nothing, a closing mark, or the next fact of it.
_AFTER = (
    r"(?=[)\]*_.]*\s*(?:$|[,;|–—&/(\[]|-\s|and\s+[@A-Z]"
    r"|(?i:due|by|until|eta|deadline|status|priority|done)\b|https?://|<https?:)|[.)\]]\s)"
)
_LABELLED = re.compile(
    rf"{_BEFORE}(?:(?i:owners?|owned by|assignee|assigned to|dri|responsible)[*_]{{0,2}}\s?[:=]"
    r"|(?i:owned by|assigned to)\b|(?<=[(\[])(?i:owner|assignee|dri)\s)[*_\s]*"
    rf"(?:{_LOGIN}|(?P<name>{_WORD}(?: {_WORD}){{0,3}}?)){_AFTER}",
    re.MULTILINE,
)
_LOGIN_AT_START = re.compile(rf"(?:\[[ xX]\]\s*)?[*_(\[]*{_LOGIN}[*_)\]]*(?:[:,–—-]|\s)")
_LOGIN_AT_END = re.compile(
    rf"(?:(?P<word>\b[\w'’]{{1,30}}\s{{1,3}})|[(\[,;.|–—:\s])[(\[*_]*{_LOGIN}{_AFTER}", re.MULTILINE
)
_NAME_AT_END = re.compile(r"\s[—–]\s+([^()—–\n]{2,40})$")
# “Talk to @dave” speaks about Dave; it gives him nothing to do.
_ABOUT = """
about ask by for from inform invite like mention notify of on or ping remove tell thank the to via
with
"""
_SPEAKS_ABOUT = frozenset(_ABOUT.split())
_GROUPS = frozenset(("all", "channel", "everyone", "here"))
_STOP_WORDS = """
a an and any anyone as be been each field fields for from how in into is it its label labels missing
n/a na new no nobody none not of on open or pending someone tba tbc tbd that the this to unassigned
unclear undecided unknown unset what when where which who whoever whose why with you your
"""
_NOBODY = frozenset(_STOP_WORDS.split())
_DAYS_AND_RANKS = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december today tomorrow asap high medium low urgent optional
"""
_NO_NAMES = frozenset(_DAYS_AND_RANKS.split())
_INSIDE_NAMES = frozenset(
    ("al", "bin", "da", "de", "del", "den", "der", "di", "la", "van", "von", "team", "squad")
)


def owner_in(text: str) -> str:
    """The owner that an action names at its beginning or end: “Owner: Ada”, “(@dave)”,
    “[owner: Ada]”, “… — Ada Lovelace”. "" when nobody is named plainly."""
    for found in _LABELLED.finditer(text):
        if found["login"] and found["login"].lower() not in _GROUPS:
            return found["login"]
        if found["name"] and _can_own(found["name"]):
            return found["name"].rstrip(".")
    start = _LOGIN_AT_START.match(text)
    if start and start["login"].lower() not in _GROUPS:
        return start["login"]
    for found in _LOGIN_AT_END.finditer(text):
        about = (found["word"] or "").strip().lower()
        if about not in _SPEAKS_ABOUT and found["login"].lower() not in _GROUPS:
            return found["login"]
    end = _NAME_AT_END.search(text[-60:])
    return end[1] if end and is_name(end[1]) and end[1].lower() not in _NO_NAMES else ""


def owner_in_cell(cell: str) -> str:
    """The owner that a cell of the owners' column names: a person or a team, in any letters; ""
    for a cell such as “TBD”."""
    words = cell.strip("*_@ -–—?")
    return "" if words.lower().strip("().") in (*_NOBODY, "to be decided", "not set") else words


def _can_own(words: str) -> bool:
    """Whether capitalised `words` behind “Owner:” can be a person or a team."""
    parts = words.rstrip(".").split()
    return (
        parts[0][0].isupper()
        and all(part[0].isupper() or part in _INSIDE_NAMES for part in parts)
        and not any(part.lower() in _NOBODY for part in parts)
    )
