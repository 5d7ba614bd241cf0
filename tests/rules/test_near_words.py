"""How far apart words are, and when one may have been meant to be the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.near_words import allowed_distance, distance, nearest, plain_words

LETTERS = st.text("abcdé", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("cache", "cache", 0),
        ("cahce", "cache", 1),
        ("cche", "cache", 1),
        ("caache", "cache", 1),
        ("cacha", "cache", 1),
        ("kuberntes", "kubernetes", 1),
        ("certifcaet", "certificate", 2),
        ("latency", "checkout", 3),
    ],
)
def test_letters_that_differ_are_counted_and_a_swap_is_one(
    one: str, other: str, apart: int
) -> None:
    assert distance(one, other, 2) == apart


@given(LETTERS, LETTERS)
def test_the_way_back_is_as_far(one: str, other: str) -> None:
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) == (one == other)


@given(LETTERS, st.integers(0, 7), st.sampled_from("xyz"))
def test_a_letter_more_is_one_apart(word: str, place: int, letter: str) -> None:
    assert distance(word, word[:place] + letter + word[place:], 2) == 1


@pytest.mark.parametrize(
    ("word", "allowed"),
    [("api", 0), ("503", 0), ("sev2", 0), ("disk", 1), ("cache", 1), ("outage", 2), ("x" * 41, 0)],
)
def test_short_words_and_numbers_mean_what_they_say(word: str, allowed: int) -> None:
    assert allowed_distance(word) == allowed


def test_the_nearest_comes_first_and_first_letters_count() -> None:
    found = nearest("Latncy", ["latency", "potency", "fancy", "latches", "latncy"])
    assert found == [(1, "latency"), (2, "fancy")]
    assert [w for _, w in nearest("cold", ["gold", "colt", "bolt"])] == ["colt", "gold"]


def test_accents_are_no_difference_but_other_letters_are() -> None:
    assert nearest("zurihc", ["zürich"]) == [(1, "zürich")]


def test_words_are_cut_as_the_index_cuts_them() -> None:
    text = "PM2021: the Checkout-API’s time_out, Zürich! 503 a"
    assert plain_words(text) == ["checkout", "time", "zürich"]
