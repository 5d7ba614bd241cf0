"""Words that were nearly typed: how far two words are apart, and how far they may be.

A word of four or five letters may differ by one letter, a longer one by two; shorter ones, and
those with digits ("503", "sev2"), mean what they say. Two neighbours that changed places count as
one difference, because that is how hands slip.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST, LONGEST = 4, 40  # letters of a word that can be mistyped, or meant
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, in order, as the index cuts them: those of letters
    only, of SHORTEST to LONGEST letters."""
    return [
        word
        for word in _WORD.findall(text.lower())
        if SHORTEST <= len(word) <= LONGEST and _LETTERS.fullmatch(word)
    ]


def without_marks(word: str) -> str:
    """The word without accents, as the index compares it: `zürich` → `zurich`."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def allowed_distance(word: str) -> int:
    """How many differences are a slip; 0 for a word that is taken as it stands."""
    if not _LETTERS.fullmatch(word) or not SHORTEST <= len(word) <= LONGEST:
        return 0
    return 1 if len(word) <= 5 else 2


def distance(one: str, other: str, limit: int) -> int:
    """Letters to change, add, leave out, or swap with their neighbour, to make one word the
    other; `limit` + 1 when there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    one, other = _where_they_differ(one, other)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, counterpart in enumerate(other, 1):
            same = letter == counterpart
            best = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (not same))
            swapped = (
                row > 1 and column > 1
                and letter == other[column - 2] and one[row - 2] == counterpart
            )  # fmt: skip
            now.append(min(best, before[column - 2] + 1) if swapped else best)
        if min(now) > limit:
            return limit + 1
        before, last = last, now
    return min(last[-1], limit + 1)


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Both without what they share at the beginning and at the end, which costs nothing."""
    first = 0
    while first < min(len(one), len(other)) and one[first] == other[first]:
        first += 1
    last = 0
    while last < min(len(one), len(other)) - first and one[-1 - last] == other[-1 - last]:
        last += 1
    return one[first : len(one) - last], other[first : len(other) - last]


def nearest(word: str, candidates: Iterable[str]) -> list[tuple[int, str]]:
    """The candidates that `word` may have been meant to be, each behind its distance, the nearest
    first; among equals those that begin alike, because first letters are rarely wrong."""
    asked = without_marks(word.lower())
    limit = allowed_distance(asked)
    if not limit:
        return []
    compared = [(distance(asked, without_marks(c), limit), c) for c in candidates]
    found = [(apart, c) for apart, c in compared if 0 < apart <= limit]
    return sorted(found, key=lambda f: (f[0], f[1][:1] != asked[:1], f[1]))
