from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.join_code import SIGNS, make_join_code, read_join_code, show_join_code
from models.rules.problems import ProblemForUser

ENOUGH = st.binary(min_size=8, max_size=16)


@given(ENOUGH, st.sampled_from(["", " ", "-", " - ", "\u2013", "."]), st.booleans())
def test_a_code_is_found_however_it_is_typed(random: bytes, between: str, small: bool) -> None:
    code = make_join_code(random)
    typed = f" {between.join(code)} "
    assert read_join_code(typed.lower() if small else typed) == code
    assert read_join_code(show_join_code(code)) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("0O0QDd", "000000"), ("1Il-Li1", "111111"), ("S5B8zG", "558826"), ("uuu vvv", "VVVVVV")],
)
def test_signs_that_look_alike_are_read_as_the_one_that_is_used(typed: str, meant: str) -> None:
    assert read_join_code(typed) == meant


@pytest.mark.parametrize("typed", ["", "7KF2M", "7KF2MX8", "AAAAAA", "7KF2Mé", "7KF2M²", "ßßßßßß"])
def test_what_cannot_be_a_code_is_said_to_the_person(typed: str) -> None:
    with pytest.raises(ProblemForUser, match="6 letters and figures"):
        read_join_code(typed)


def test_all_signs_come_at_all_places() -> None:
    codes = [make_join_code(number.to_bytes(8, "big")) for number in range(24**3)]
    assert len(set(codes)) == len(codes)
    assert {code[0] for code in codes} == {code[2] for code in codes} == set(SIGNS)


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="8 random bytes"):
        make_join_code(b"1234567")
