from __future__ import annotations

import pytest

from models.rules.scenario.wording import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 points"), (1, "1 point"), (2, "2 points"), (1240, "1,240 points")]
)
def test_one_is_one_and_many_are_many(number: int, said: str) -> None:
    assert counted(number, "point") == said


def test_words_with_a_plural_of_their_own() -> None:
    assert [counted(n, "person", "people") for n in (1, 3)] == ["1 person", "3 people"]
