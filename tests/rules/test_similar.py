"""The words that tell most about a text, and when two texts are alike."""

from __future__ import annotations

import pytest

from models.rules.similar import COMMON, are_alike, as_held, in_common, strongest_terms


def test_rare_words_and_those_that_are_repeated_come_first() -> None:
    held = {"checkout": 50, "certificate": 2, "latency": 50}
    assert strongest_terms(["checkout", "latency", "latency", "certificate"], held, 100) == (
        "certificate",
        "latency",
        "checkout",
    )


def test_words_of_every_report_and_words_that_nothing_holds_are_left_out() -> None:
    held = dict.fromkeys(COMMON, 1) | {"kiam": 1}
    assert strongest_terms([*COMMON, "kiam", "unheard"], held, 10) == ("kiam",)


def test_no_more_than_asked_for() -> None:
    words = [f"word{n}" for n in range(60)]
    assert len(strongest_terms(words, dict.fromkeys(words, 1), 100)) == 25


def test_words_that_would_make_the_search_slow_give_way_to_rarer_ones() -> None:
    held = {"rare": 10, "often": 4_995, "seldom": 5}
    found = strongest_terms(["often", "rare", "seldom"], held, 100_000)
    assert found == ("seldom", "rare")


def test_one_word_in_two_forms_is_one_in_common() -> None:
    words = ["Certificates", "certificate", "expired", "rolled", "roll", "expiration"]
    assert in_common(words) == ("certificates", "expired", "rolled")


@pytest.mark.parametrize(
    ("shared", "same_service", "alike"),
    [(("a", "b"), False, False), (("a", "b", "c"), False, True), (("a", "b"), True, True)],
)
def test_a_shared_service_makes_up_for_one_word(
    shared: tuple[str, ...], same_service: bool, alike: bool
) -> None:
    assert are_alike(shared, same_service=same_service) is alike


@pytest.mark.parametrize("word", ["certificates", "certificate", "certificated"])
def test_a_word_is_looked_for_in_the_form_that_texts_hold(word: str) -> None:
    assert as_held(word, {"certificate": 3}) == "certificate"
    assert as_held("expiring", {"expire": 2}) == "expire"
