"""The board of cards: columns, groups, votes, and the words that go into the post-mortem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from models.rules.vocabulary import LessonKind

COLUMNS = (
    LessonKind.WENT_WELL,
    LessonKind.WENT_WRONG,
    LessonKind.GOT_LUCKY,
    LessonKind.SURPRISED,
)
LONGEST_CARD = 500  # characters: a card is read aloud
_FEWEST_VOTES, _MOST_VOTES = 3, 6


def votes_each(groups: int) -> int:
    """How many votes a person has among so many groups: a third of them, from 3 to 6, and never
    more than there are. A group gets at most one vote of a person."""
    return min(groups, max(_FEWEST_VOTES, min(_MOST_VOTES, groups // 3)))


def column_of(kinds: Iterable[LessonKind]) -> LessonKind:
    """The column of a group: the one that most of its cards stand in, of equals the first."""
    count = Counter(kinds)
    return max(COLUMNS, key=lambda kind: count[kind])


def lesson_text(title: str, cards: Sequence[str]) -> str:
    """A group as a lesson: its name if it has one, then the words of its cards as they were
    written, each on a line of its own and the same words once."""
    words = dict.fromkeys(cards)
    if not title:
        return "\n".join(words)
    words.pop(title, None)
    return "\n".join([title, *(f"- {text}" for text in words)])
