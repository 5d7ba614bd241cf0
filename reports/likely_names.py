"""People whom nobody listed: what in a text is probably somebody's name, and what may be one.

Who took part is known and has a role (see redaction.py); whoever is only mentioned can be told by
a common first name, a title, or a place where people stand: "a call with", "(…)", "manager". What
merely has the shape of a name is left in the text, for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from itertools import groupby

from models.rules.wording_people import GIVEN_NAMES, NOT_NAMES, PARTS_OF_SYSTEMS, SYSTEMS
from reports.everyday_words import EVERYDAY, FUNCTION_WORDS

Span = tuple[int, int]

_WORD = r"[^\W\d_]+(?:['’-](?![sS]\b)[^\W\d_]+)*"
_PARTICLES = frozenset(re.findall(r"\w+", "van von der den de del di da dos la el al bin ten ter"))
_BETWEEN = rf"(?:[A-Z]\. )?(?:(?:{'|'.join(sorted(_PARTICLES))}) ){{0,2}}(?!\d)"
_RUN = re.compile(rf"(?<![\w@#/.-]){_WORD}(?: {_BETWEEN}{_WORD})*(?![\w@/-])")
_PIECE = re.compile(_WORD)
_TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof)\.?\s$")
_WHERE_PEOPLE_STAND = re.compile(
    r"(?:\b(?:with|by|from|to|and|asked|paged|called|told|pinged|phoned|informed|cc|thanks|via)"
    r"|\b(?:manager|engineer|lead|commander|colleague|officer|director|contact|owner):?"
    r"|[(,])\s?$",
    re.IGNORECASE,
)
_BEFORE_A_PLACE = re.compile(r"\b(?:San|Santa|Santo|St\.?|Saint|Port|\d{1,2}\.?)\s$")
_AFTER_A_THING = re.compile(r"\s?\d|\.\w|\s(?P<word>[a-z]+)")
_OF_PLACES = frozenset({"region", "office", "site", "language", "release", "version"})
_NEVER = (
    SYSTEMS
    | PARTS_OF_SYSTEMS
    | NOT_NAMES
    | FUNCTION_WORDS
    | frozenset(
        re.findall(
            r"\w+",
            """
            january february march april may june july august september october november december
            san santa los las north south east west northern southern eastern western central
            europe america asia africa germany france china india japan united kingdom states
            street city bank airlines telecom university company inc ltd gmbh group team squad
            department incident alert alerts report root cause review summary timeline action
            actions impact post mortem postmortem draft status severity page slack zoom meet
            google teams source code factors lessons
            """,
        )
    )
)


def likely_names(text: str, things: Set[str]) -> Iterator[Span]:
    """Where names of people probably stand. `things` are words, in lower case, known not to be
    names: those of services, and those written small elsewhere in the record."""
    for words in _capitalised(text):
        name = _named(text, words, things)
        if name:
            yield name


def possible_names(text: str, things: Set[str]) -> list[str]:
    """What has the shape of a name: two or three words with a capital that nothing explains."""
    return [
        text[words[0].start() : words[-1].end()]
        for run in _capitalised(text)
        for is_open, group in groupby(run, lambda word: _is_open(word[0], things))
        if is_open and len(words := list(group)) in (2, 3)
    ]


def without_likely_names(text: str, things: Set[str], colleague: Callable[[str], str]) -> str:
    """The text with what `colleague` says, given the text before it, in place of the names."""
    parts, end = [], 0
    for start, stop in likely_names(text, things):
        title = _TITLE.search(text[max(0, start - 8) : start])
        start -= len(title[0]) if title else 0
        parts += [text[end:start], colleague(text[max(0, start - 40) : start])]
        end = stop
    joined = "".join((*parts, text[end:]))
    return re.sub(r"\b([Aa]) colleague(?:(?:, | and |, and )a colleague\b)+", _several, joined)


def _several(match: re.Match[str]) -> str:
    return "Colleagues" if match[1] == "A" else "colleagues"


def _capitalised(text: str) -> Iterator[list[re.Match[str]]]:
    """The runs of neighbouring words with a capital, without the particles between them."""
    for run in _RUN.finditer(text):
        words: list[re.Match[str]] = []
        for word in _PIECE.finditer(text, *run.span()):
            if _is_title_case(word[0]):
                words.append(word)
            elif word[0] not in _PARTICLES and words:
                yield words
                words = []
        if words:
            yield words


def _is_title_case(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or word[1:] != word[1:].upper())


def _is_open(word: str, things: Set[str]) -> bool:
    lower = word.casefold()
    return len(word) > 1 and lower not in _NEVER and lower not in things and lower not in EVERYDAY


def _is_given(word: str, things: Set[str]) -> bool:
    first = word.casefold().partition("-")[0]
    return first in GIVEN_NAMES and first not in things


def _named(text: str, words: list[re.Match[str]], things: Set[str]) -> Span | None:
    before = text[max(0, words[0].start() - 24) : words[0].start()]
    if _TITLE.search(before):
        return words[0].start(), words[min(len(words), 3) - 1].end()
    for index, word in enumerate(words):
        if _is_given(word[0], things):
            return _from_given_name(text, words[index:], things)
    is_open = len(words) in (2, 3) and all(_is_open(word[0], things) for word in words)
    if is_open and _WHERE_PEOPLE_STAND.search(before):
        return words[0].start(), words[-1].end()
    return None


def _from_given_name(text: str, words: list[re.Match[str]], things: Set[str]) -> Span | None:
    first, *others = words
    if others and others[0][0].casefold() in _NEVER | things:
        return None  # Julia Service
    before = text[max(0, first.start() - 8) : first.start()]
    if not others and (
        first[0].casefold() in EVERYDAY
        or _is_a_thing(text, first.end())
        or _BEFORE_A_PLACE.search(before)
    ):
        return None
    last = first
    for word in others[:2]:
        if word[0].casefold() in _NEVER | things:
            break
        last = word
    return first.start(), last.end()


def _is_a_thing(text: str, end: int) -> bool:
    """Whether what follows a first name says that it is none: Julia 1.9, the Charlotte region."""
    after = _AFTER_A_THING.match(text, end)
    return after is not None and (
        after["word"] is None or after["word"] in PARTS_OF_SYSTEMS | _OF_PLACES
    )
