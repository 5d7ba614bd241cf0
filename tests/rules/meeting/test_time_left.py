"""The clock of a meeting says minutes, and is never an alarm."""

from __future__ import annotations

import pytest

from models.rules.meeting.time_left import time_left


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (0, "10 minutes left"),
        (1, "10 minutes left"),
        (60, "9 minutes left"),
        (8 * 60, "2 minutes left"),
        (9 * 60, "1 minute left"),
        (10 * 60 - 1, "1 minute left"),
        (10 * 60, "The time is up, fine to go on"),
        (10 * 60 + 59, "The time is up, fine to go on"),
        (11 * 60, "1 minute over, fine to go on"),
        (12 * 60, "2 minutes over, fine to go on"),
        (75 * 60, "65 minutes over, fine to go on"),
    ],
)
def test_a_part_of_ten_minutes_says_where_it_stands(spent: int, words: str) -> None:
    assert time_left(10, spent) == words
