"""What a person types into the search of the archive, as a question to SQLite's full-text index.

    checkout timeout        both words, in any form ("timeouts", "timed" is another word)
    "connection pool"       these words in this order
    conf*                   words that begin so, from four letters
    -billing                without this word (or -"these words")

Whatever else is typed is only looked at for its words, so no input is an error: everything goes
to the index between quotes. What looks like one of these and is not read so, `read_otherwise` says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.rules.text import clean_line

MAX_TERMS = 24
SHORTEST_PREFIX = 4  # letters; the index knows prefixes of this length
_READ_AT_MOST = 20_000  # characters; what is pasted beyond is no search
_SHOWN = 40  # characters of what was typed, where it is said how it was read
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")

# The index holds stems: a prefix that reaches into an ending ("configurat") must stop before it.
_BEGUN_ENDING = re.compile(
    r"(?<=\w{4})(?:y|i|at|ati|atio|iz|iza|izat|izati|izatio|in|io|men|nes|it|iti|abil|abili|abilit)$"
)


@dataclass(frozen=True)
class Question:
    """`wanted` and `unwanted` are FTS5 expressions, "" for none. `left_out` counts the terms
    beyond MAX_TERMS."""

    wanted: str
    unwanted: str
    left_out: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.wanted and not self.unwanted


@dataclass(frozen=True)
class _Term:
    words: str
    is_prefix: bool
    is_unwanted: bool
    is_phrase: bool


def question(text: str, *, widen: bool = False, meant: Mapping[str, str] | None = None) -> Question:
    """The question in `text`; with `widen` every single word may go on ("kube" finds
    "kubernetes"). `meant` gives for words as they were typed those to look for instead."""
    terms = _terms(text)
    kept = terms[:MAX_TERMS]
    wanted = [_expression(_meant(t, meant), widen=widen) for t in kept if not t.is_unwanted]
    unwanted = [_expression(t, widen=False) for t in kept if t.is_unwanted]
    return Question(" AND ".join(wanted), " OR ".join(unwanted), len(terms) - len(kept))


def read_otherwise(text: str) -> tuple[str, ...]:
    """A sentence, in plain user text, for each star and quote that is not read as one."""
    line = _line(text)
    said = []
    for match in list(_TERM.finditer(line))[:MAX_TERMS]:
        typed = match["phrase"] if match["phrase"] is not None else match["word"]
        words = " ".join(typed.replace("*", " ").split())
        if "*" not in typed or not _WORD.search(words):
            continue
        if match["phrase"] is not None or "*" in typed.rstrip("*"):
            rule = "A star is only read at the end of a single word"
        elif len(re.sub(r"\W", "", words)) < SHORTEST_PREFIX:
            rule = "A star needs four letters before it"
        else:
            continue
        said.append(f"{rule}; “{_short(typed)}” was read as “{_short(words)}”.")
    if line.count('"') % 2 and _WORD.search(rest := line.rpartition('"')[2]):
        said.append(f"A quote is not closed; “{_short(rest.strip())}” was read as single words.")
    return tuple(dict.fromkeys(said))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def wanted_words(text: str) -> dict[str, str]:
    """The words that must be found, as they were typed, each with the expression that finds it.
    Beginnings (conf*) and what is left out are taken as they stand, so they are not here."""
    found = {}
    for term in _terms(text)[:MAX_TERMS]:
        if not term.is_unwanted and not term.is_prefix:
            for word in _WORD.findall(term.words):
                single = _Term(word, False, False, term.is_phrase)
                found[word] = _expression(single, widen=True)
    return found


def _terms(text: str) -> list[_Term]:
    found = []
    for match in _TERM.finditer(_line(text)):
        words = match["phrase"] if match["phrase"] is not None else match["word"]
        stem = words.rstrip("*")
        is_phrase = match["phrase"] is not None
        if _WORD.search(stem):
            starred = stem != words and not is_phrase
            found.append(_Term(stem, starred, match["minus"] is not None, is_phrase))
    return found


def _line(text: str) -> str:
    return clean_line(text[:_READ_AT_MOST], limit=_READ_AT_MOST * 4)


def _meant(term: _Term, meant: Mapping[str, str] | None) -> _Term:
    if not meant or term.is_prefix:
        return term
    return replace(term, words=_WORD.sub(lambda m: meant.get(m[0], m[0]), term.words))


def _expression(term: _Term, *, widen: bool) -> str:
    quoted = f'"{term.words}"'
    letters = re.sub(r"\W", "", term.words)
    if not (term.is_prefix or (widen and not term.is_phrase)) or len(letters) < SHORTEST_PREFIX:
        return quoted
    return f'({quoted} OR "{_BEGUN_ENDING.sub("", term.words)}" *)'
