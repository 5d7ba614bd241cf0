"""The ways in which a person's name is written, and how to find them in text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# First names that are also everyday words or months: capitalised at the start of a sentence and
# followed by one of the words below (or a day, for a month), they are taken for the word.
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "will mark rose grace may april june august art bill max faith hope dawn drew chase "
        "grant pat sue rob jack miles rich frank chip summer sky joy ray page guy gene iris ivy "
        "penny pearl ruby amber crystal jade scout reed cliff dale glen heath lane wade ward "
        "jay robin sandy mike charity constance earnest ernest norm patience victor victory "
        "angel christian lance pierce price king young long short brown green white black gray "
        "grey stone wood bush field ford hill rice case day best good power ",
    )
)
_AFTER_A_WORD = re.compile(
    r"\s+(?:the|this|that|these|those|a|an|we|it|they|there|be|as|all|by|from|not|have|\d)\b",
    re.IGNORECASE,
)
_BEFORE_A_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|since|until|by|of|last|next))\s+\Z", re.IGNORECASE
)
_MONTHS = frozenset({"may", "april", "june", "august"})
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n)[\s\-*•>“\"(]*\Z")
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # written without spaces
_TITLES = re.compile(r"^(?:dr|mr|mrs|ms|prof)\.?\s+", re.IGNORECASE)
SEVERAL = "a participant"  # a first name that two people share


@dataclass(frozen=True)
class Forms:
    """`exact` maps a form in lower case that counts in any case, `proper` one that counts only
    as it is written with a capital letter, to the role of the person."""

    exact: Mapping[str, str] = field(default_factory=dict)
    proper: Mapping[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def whole(self, text: str) -> str | None:
        """The role when the text as a whole is a name, a first name or a handle."""
        key = _TITLES.sub("", " ".join(text.split())).lstrip("@").casefold()
        by_form = self.exact.get(key) or self.exact.get("@" + key)
        return by_form or next((r for p, r in self.proper.items() if p.casefold() == key), None)

    def role_of(self, found: str, *, before: str, after: str) -> str | None:
        """The role for a match of `pattern`, or None when it is an ordinary word here."""
        key = " ".join(found.split())
        role = self.exact.get(key.casefold())
        if role:
            return role
        name = key if key in self.proper else key.title() if key.isupper() else key
        role = self.proper.get(name)
        word = key.casefold()
        if role is None or word not in _EVERYDAY:
            return role
        if word in _MONTHS and (re.match(r"\s+\d", after) or _BEFORE_A_MONTH.search(before)):
            return None
        starts = _SENTENCE_START.search(before[-40:])
        return None if starts and _AFTER_A_WORD.match(after) else role

    def found_in_link(self, link: str) -> bool:
        """Whether an address holds a full name or a handle, however it is joined."""
        flat = f" {_flat(link.replace('%20', ' '))} "
        return any(f" {_flat(form)} " in flat for form in self.exact)


def name_forms(roles: Mapping[str, str]) -> Forms:
    """The forms of these people, given as full name → role. Longer forms are found first; a
    form that two people share stands for "a participant"."""
    exact: dict[str, str] = {}
    proper: dict[str, str] = {}
    for name, role in roles.items():
        for form in _in_any_case(name):
            exact[form] = role if exact.get(form, role) == role else SEVERAL
        for form in _in_capitals(name):
            proper[form] = role if proper.get(form, role) == role else SEVERAL
    if not exact:
        return Forms()
    forms = sorted((*exact, *proper), key=len, reverse=True)
    return Forms(exact, proper, re.compile("|".join(_pattern(f, f in exact) for f in forms)))


def _flat(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s,]+", _TITLES.sub("", name.strip()).lstrip("@")) if part]


def _in_any_case(name: str) -> set[str]:
    parts = [part.casefold() for part in _parts(name)]
    if not parts:
        return set()
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        # One word alone is a handle or a first name: in any case only behind an @, or when it
        # could not be a word ("ada.lovelace", "ben42").
        plain = {first} if re.search(r"[\d._-]", first) or _NO_SPACES.search(first) else set()
        return plain | {"@" + first}
    joined = {sep.join((first, last)) for sep in "._-"} | {first[0] + "." + last}
    handles = {"@" + h for h in (first, last, first + last, first[0] + last, first + last[0])}
    handles |= {"@" + j for j in joined}
    whole = {
        " ".join(parts),
        f"{last}, {first}",
        f"{first} {last}",
        f"{first[0]}. {last}",
    }
    return whole | joined | handles | {f"{first} {last[0]}."}


def _in_capitals(name: str) -> set[str]:
    """First and last name alone, and all the middle ones: only with their capital letter."""
    alone = {p for p in _parts(name) if len(p) > 1 and (p[0].isupper() or len(_parts(name)) == 1)}
    return {p if p[0].isupper() else p.capitalize() for p in alone}


def _pattern(form: str, any_case: bool) -> str:
    body = r"\s+".join(re.escape(part) for part in form.split())
    if not any_case and not form.isupper():
        body = f"(?:{body}|{re.escape(form.upper())})"
    if any_case:
        body = f"(?i:{body})"
    if _NO_SPACES.search(form):
        return body
    return rf"(?<![\w@.]){body}(?!\w|['’]t\b)" if form[0] != "@" else rf"(?<!\w){body}(?![\w.]*\w)"
