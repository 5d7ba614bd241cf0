"""Expressions are read by hand: typed, bounded, and never code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.scenario.expressions import Value, check, evaluate, holds, names_in
from models.rules.scenario.grammar import NUMBER_AT_MOST
from models.rules.scenario.shape import Variable

VARIABLES = {
    "load": Variable(type="int", initial=40, min=0, max=100),
    "on_call": Variable(type="bool", initial=True),
    "phase": Variable(type="enum", initial="quiet", values=("quiet", "busy", "over")),
}
STATE: dict[str, Value] = {"load": 40, "on_call": True, "phase": "busy"}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("load", 40),
        ("2 + 3 * 4", 14),
        ("(2 + 3) × 4", 20),
        ("2 − 5", -3),
        ("load-20", 20),
        ("- -3", 3),
        ("-load + 1", -39),
        ("10 - 3 - 2", 5),
        ("load >= 40 and load < 41", True),
        ("load ≥ 41 or load ≤ 39", False),
        ("not on_call or load == 40", True),
        ("not (on_call and load == 40)", False),
        ("on_call != false", True),
        ("phase == busy", True),
        ("phase == 'quiet'", False),
        ('phase ≠ "over"', True),
        ("busy", "busy"),
        ("true", True),
    ],
)
def test_an_expression_has_the_value_that_it_seems_to_have(expression: str, value: Value) -> None:
    assert check(expression, VARIABLES).problems == ()
    found = evaluate(expression, STATE)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("expression", "position", "words"),
    [
        ("", 0, "empty"),
        ("load >", 6, "too early"),
        ("laod > 3", 0, "Did you mean “load”?"),
        ("phase == bsuy", 9, "Did you mean “busy”?"),
        ("load = 3", 5, "“==”"),
        ("load > 3 && on_call", 9, "“and”"),
        ("1 < load < 3", 9, "Only two values"),
        ("(load > 3", 0, "not closed"),
        ("load > 'x", 7, "not closed"),
        ("load > 3)", 8, "not expected"),
        ("load + on_call", 7, "whole number"),
        ("load and on_call", 0, "true or false"),
        ("load == on_call", 5, "compared"),
        ("phase < over", 6, "whole numbers only"),
        ("load / 2", 5, "no division"),
        ("load > 2.5", 8, "whole"),
        ("load > 9999999999", 7, "too large"),
        ("not load", 4, "true or false"),
        ("or load", 0, "not expected"),
        ("__import__('os').system('x')", 16, "cannot stand"),
        ("load.bit_length()", 4, "cannot stand"),
        ("[load]", 0, "cannot stand"),
        ("lambda: 3", 6, "cannot stand"),
        ("quiet == over", 6, "never a value"),
    ],
)
def test_a_faulty_expression_is_explained_at_its_place(
    expression: str, position: int, words: str
) -> None:
    checked = check(expression, VARIABLES)
    assert checked.kind is None
    assert [p.position for p in checked.problems] == [position]
    assert words in checked.problems[0].message


def test_every_unknown_name_is_told() -> None:
    assert len(check("one > two and three", VARIABLES).problems) == 3


@pytest.mark.parametrize(
    "expression",
    ["(" * 400 + "1" + ")" * 400, "not " * 120 + "on_call", "-" * 400 + "1", "1 + " * 200 + "1"],
)
def test_a_monstrous_expression_is_refused(expression: str) -> None:
    assert len(check(expression, VARIABLES).problems) == 1


def test_numbers_stop_before_they_grow_without_bound() -> None:
    assert evaluate(" * ".join(["999999999"] * 30), {}) == NUMBER_AT_MOST


def test_no_condition_always_holds() -> None:
    assert holds(None, STATE)
    assert not holds("load > 50", STATE)


def test_the_names_of_an_expression_are_known() -> None:
    assert names_in("load > 3 and phase == 'busy'") == {"load", "phase"}


@given(st.text(alphabet="load on_cp(=<>+-*)'\"andotr0123 \u2212\u00d7.,", max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    checked = check(text, VARIABLES)
    assert all(0 <= problem.position <= len(text) for problem in checked.problems)
    assert (checked.kind is None) == bool(checked.problems)
    if checked.kind is not None:
        kinds = {"int": int, "bool": bool, "enum": str}
        assert type(evaluate(text, STATE)) is kinds[checked.kind]
