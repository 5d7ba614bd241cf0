"""Expressions over the state of a scenario: their kind, their faults, their value.

The language is described in `grammar`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from models.rules.scenario.grammar import (
    NUMBER_AT_MOST,
    BadExpression,
    Binary,
    Constant,
    Name,
    Tree,
    Unary,
    parse,
)
from models.rules.scenario.shape import Variable
from models.rules.scenario.wording import did_you_mean, nearest

Value = int | bool | str
State = Mapping[str, Value]
Kind = Literal["int", "bool", "enum"]

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_COUNT: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_IN_WORDS = {"int": "a whole number", "bool": "true or false", "enum": "a word"}


@dataclass(frozen=True)
class ExpressionProblem:
    """`word` is one that is not known, and `meant` the known one that is near to it."""

    message: str
    position: int
    word: str | None = None
    meant: str | None = None


@dataclass(frozen=True)
class Checked:
    """What an expression gives (None when that cannot be said), and what is wrong with it."""

    kind: Kind | None
    problems: tuple[ExpressionProblem, ...] = ()
    words: tuple[str, ...] = ()  # what an enum may be


def evaluate(expression: str, state: State) -> Value:
    """The value of a checked expression in a state that has its variables.

    Raises BadExpression for text that cannot be read. Numbers stop at NUMBER_AT_MOST.
    """
    return _compiled(expression)(state)


def holds(condition: str | None, state: State) -> bool:
    """Whether a condition is true; no condition always is."""
    return condition is None or evaluate(condition, state) is True


def check(expression: str, variables: Mapping[str, Variable]) -> Checked:
    """The kind of an expression over these variables, or every problem in it."""
    try:
        tree = parse(expression)
    except BadExpression as problem:
        return Checked(None, (ExpressionProblem(problem.message, problem.position),))
    checker = _Checker(variables)
    kind = checker.kind(tree)
    words = checker.words(tree) if kind == "enum" else ()
    return Checked(None if checker.problems else kind, tuple(checker.problems), words)


def names_in(expression: str) -> frozenset[str]:
    """Every unquoted name: the variables, and the words of enums. Empty if it cannot be read."""
    try:
        return frozenset(_names(parse(expression)))
    except BadExpression:
        return frozenset()


def _names(tree: Tree) -> list[str]:
    match tree:
        case Name(text, quoted):
            return [] if quoted else [text]
        case Unary(_, inner):
            return _names(inner)
        case Binary(_, left, right):
            return _names(left) + _names(right)
    return []


class _Checker:
    """Walks the tree once and collects every problem."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        self.variables = variables
        self.all_words = sorted({w for v in variables.values() for w in v.values})
        self.problems: list[ExpressionProblem] = []

    def problem(self, message: str, position: int) -> None:
        self.problems.append(ExpressionProblem(message, position))

    def kind(self, tree: Tree) -> Kind | None:
        match tree:
            case Constant(value):
                return "bool" if isinstance(value, bool) else "int"
            case Name():
                return self.kind_of_name(tree)
            case Unary("not", inner):
                return self.want("bool", inner, "not")
            case Unary(sign, inner):
                return self.want("int", inner, sign)
            case Binary("and" | "or", left, right):
                self.want("bool", left, tree.sign)
                return self.want("bool", right, tree.sign)
            case Binary("+" | "-" | "*", left, right):
                self.want("int", left, tree.sign)
                return self.want("int", right, tree.sign)
            case Binary():
                self.compared(tree)
                return "bool"

    def want(self, wanted: Kind, tree: Tree, sign: str) -> Kind:
        found = self.kind(tree)
        if found is not None and found != wanted:
            self.problem(
                f"“{sign}” needs {_IN_WORDS[wanted]} here, and finds {_IN_WORDS[found]}.",
                tree.position,
            )
        return wanted

    def kind_of_name(self, name: Name) -> Kind | None:
        if not name.quoted and name.text in self.variables:
            return self.variables[name.text].type
        if name.text in self.all_words:
            return "enum"
        known = self.all_words if name.quoted else [*self.variables, *self.all_words]
        what = "a word of any enum" if name.quoted else "a variable, nor a word of an enum"
        self.unknown(name, f"“{name.text}” is not {what}.", known)
        return None

    def unknown(self, name: Name, message: str, known: Sequence[str]) -> None:
        meant = nearest(name.text, known)
        message += f" Did you mean “{meant}”?" if meant else ""
        self.problems.append(ExpressionProblem(message, name.position, name.text, meant))

    def compared(self, tree: Binary) -> None:
        for one, other in ((tree.left, tree.right), (tree.right, tree.left)):
            words = self.words(one) if isinstance(one, Name) and one.text in self.variables else ()
            if words and isinstance(other, Name) and not self.is_known(other):
                message = f"“{other.text}” is not a value of this enum."
                self.unknown(other, message, [*words, *self.variables])
                return
        left, right = self.kind(tree.left), self.kind(tree.right)
        if left is None or right is None:
            return
        if left != right:
            message = f"{_IN_WORDS[left]} is compared with {_IN_WORDS[right]}."
            self.problem(message[0].upper() + message[1:], tree.position)
        elif left != "int" and tree.sign not in ("==", "!="):
            self.problem(f"“{tree.sign}” compares whole numbers only.", tree.position)
        elif left == "enum":
            ours, theirs = self.words(tree.left), self.words(tree.right)
            if not set(ours) & set(theirs):
                few, many = sorted((ours, theirs), key=len)
                self.problem(
                    f"“{few[0]}” is never a value here.{did_you_mean(few[0], many)}", tree.position
                )

    def is_known(self, name: Name) -> bool:
        return name.text in self.all_words or (not name.quoted and name.text in self.variables)

    def words(self, tree: Tree) -> tuple[str, ...]:
        """What an enum expression can be: only a name can be one."""
        if not isinstance(tree, Name):
            return ()
        if not tree.quoted and tree.text in self.variables:
            return self.variables[tree.text].values
        return (tree.text,)


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> Callable[[State], Value]:
    return _function(parse(expression))


def _function(tree: Tree) -> Callable[[State], Value]:
    """Closures, made once an expression: the exploration asks the same ones many times."""
    match tree:
        case Constant(value):
            return lambda _state: value
        case Name(text, quoted):
            return (lambda _state: text) if quoted else (lambda state: state.get(text, text))
        case Unary("not", inner):
            inside = _function(inner)
            return lambda state: not inside(state)
        case Unary(_, inner):
            inside = _function(inner)
            return lambda state: -int(inside(state))
        case Binary(sign, left, right):
            return _two(sign, _function(left), _function(right))


def _two(
    sign: str, left: Callable[[State], Value], right: Callable[[State], Value]
) -> Callable[[State], Value]:
    if sign == "and":
        return lambda state: bool(left(state) and right(state))
    if sign == "or":
        return lambda state: bool(left(state) or right(state))
    if sign in _COMPARE:
        compare = _COMPARE[sign]
        return lambda state: compare(left(state), right(state))
    count = _COUNT[sign]

    return lambda state: _bounded(count(int(left(state)), int(right(state))))


def _bounded(number: int) -> int:
    """Play never stops over a number; the check reports a variable that gets this far."""
    return max(-NUMBER_AT_MOST, min(NUMBER_AT_MOST, number))
