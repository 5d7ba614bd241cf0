"""Groups of cards: whose column, how many votes, and the words of a lesson."""

from __future__ import annotations

import pytest

from models.rules.meeting.board import column_of, lesson_text, votes_each
from models.rules.vocabulary import LessonKind

WELL, WRONG, LUCKY, SURPRISED = (
    LessonKind.WENT_WELL, LessonKind.WENT_WRONG, LessonKind.GOT_LUCKY, LessonKind.SURPRISED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "votes"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (9, 3), (12, 4), (18, 6), (100, 6)],
)
def test_a_person_has_votes_for_a_third_of_the_cards(groups: int, votes: int) -> None:
    assert votes_each(groups) == votes


@pytest.mark.parametrize(
    ("kinds", "column"),
    [
        ((WRONG,), WRONG),
        ((WRONG, SURPRISED, SURPRISED), SURPRISED),
        ((SURPRISED, LUCKY), LUCKY),
        ((WRONG, WELL), WELL),
    ],
)
def test_a_group_stands_in_the_column_of_most_of_its_cards(
    kinds: tuple[LessonKind, ...], column: LessonKind
) -> None:
    assert column_of(kinds) is column


@pytest.mark.parametrize(
    ("title", "cards", "text"),
    [
        ("", ["The alert came late"], "The alert came late"),
        ("", ["Late alert", "Nobody saw it", "Late alert"], "Late alert\nNobody saw it"),
        ("Alerting", ["Late alert", "Nobody saw it"], "Alerting\n- Late alert\n- Nobody saw it"),
        ("Late alert", ["Late alert"], "Late alert"),
    ],
)
def test_a_lesson_keeps_the_words_of_its_cards(title: str, cards: list[str], text: str) -> None:
    assert lesson_text(title, cards) == text
