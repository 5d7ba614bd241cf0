"""The little language of scenarios: `error_rate >= 60 and not bypass_on`.

    or         := and ("or" and)*
    and        := not ("and" not)*
    not        := "not" not | comparison
    comparison := sum [("==" | "!=" | "<" | "<=" | ">" | ">=") sum]
    sum        := product (("+" | "-" | "−") product)*
    product    := sign (("*" | "×") sign)*
    sign       := ("-" | "−") sign | atom
    atom       := whole number | true | false | name | 'word' | "word" | "(" or ")"

A name is a variable of the state, or else a word of an enum. Read by hand, never by `eval`; length,
depth and size of numbers are bounded, so that a hostile file costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from models.rules.problems import ProblemForUser

LENGTH_AT_MOST = 500
DEPTH_AT_MOST = 20
NUMBER_AT_MOST = 1_000_000_000
RESERVED = frozenset({"and", "or", "not", "true", "false"})
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|(?P<sign>==|!=|<=|>=|≤|≥|≠|<|>|\+|-|−|\*|×|\(|\)))"
)
_SAME = {"−": "-", "×": "*", "≤": "<=", "≥": ">=", "≠": "!="}


class BadExpression(ProblemForUser):
    """An expression that cannot be read. `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True)
class Token:
    kind: Literal["number", "name", "word", "sign", "end"]
    text: str
    position: int


@dataclass(frozen=True)
class Constant:
    value: int | bool
    position: int


@dataclass(frozen=True)
class Name:
    """A variable, or a word of an enum; `quoted` is always a word."""

    text: str
    quoted: bool
    position: int


@dataclass(frozen=True)
class Unary:
    sign: str  # "-" or "not"
    inner: Tree
    position: int


@dataclass(frozen=True)
class Binary:
    sign: str
    left: Tree
    right: Tree
    position: int


Tree = Constant | Name | Unary | Binary


@lru_cache(maxsize=4096)
def parse(expression: str) -> Tree:
    """The tree of an expression. Raises BadExpression with the place of the first fault."""
    if len(expression) > LENGTH_AT_MOST:
        raise BadExpression(
            f"The expression is longer than {LENGTH_AT_MOST} characters.", LENGTH_AT_MOST
        )
    return _Parser(_tokens(expression)).whole()


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            raise BadExpression(_odd_sign(text[at]), at)
        kind = match.lastgroup or "sign"
        found = match[kind]
        at = match.start(kind)
        if kind == "number" and int(found) > NUMBER_AT_MOST:
            raise BadExpression(f"The number {found[:12]}… is too large.", at)
        if kind in ("single", "double"):
            tokens.append(Token("word", found, at))
        elif kind == "number":
            tokens.append(Token("number", found, at))
        elif kind == "name":
            tokens.append(Token("name", found, at))
        else:
            tokens.append(Token("sign", _SAME.get(found, found), at))
        place = match.end()
    return [*tokens, Token("end", "", len(text))]


def _odd_sign(sign: str) -> str:
    hints = {
        "=": "Two values are compared with “==”; an effect needs no “=” at all.",
        "&": "Write “and”.",
        "|": "Write “or”.",
        "!": "Write “not”.",
        ".": "Numbers are whole, and names have no dots.",
        "/": "There is no division.",
        "%": "A unit is not part of an expression; write the number alone.",
        "'": "The quotation mark is not closed.",
        '"': "The quotation mark is not closed.",
    }
    return f"“{sign}” cannot stand here. {hints.get(sign, '')}".strip()


class _Parser:
    """Recursive descent; one method a line of the grammar."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def taken(self, *texts: str) -> Token | None:
        token = self.next
        if token.kind in ("sign", "name") and token.text in texts:
            self.place += 1
            return token
        return None

    def whole(self) -> Tree:
        if len(self.tokens) == 1:
            raise BadExpression("The expression is empty.", 0)
        tree = self.either()
        if self.next.kind != "end":
            raise BadExpression(self.unexpected(), self.next.position)
        return tree

    def unexpected(self) -> str:
        token = self.next
        if token.kind == "end":
            return "The expression ends too early."
        if token.text in COMPARISONS:
            return "Only two values can be compared at once; join comparisons with “and”."
        return f"“{token.text}” is not expected here."

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEPTH_AT_MOST:
            raise BadExpression(
                f"The expression is nested more than {DEPTH_AT_MOST} deep.", self.next.position
            )

    def either(self) -> Tree:
        tree = self.both()
        while token := self.taken("or"):
            tree = Binary("or", tree, self.both(), token.position)
        return tree

    def both(self) -> Tree:
        tree = self.negation()
        while token := self.taken("and"):
            tree = Binary("and", tree, self.negation(), token.position)
        return tree

    def negation(self) -> Tree:
        if token := self.taken("not"):
            self.deeper()
            inner = self.negation()
            self.depth -= 1
            return Unary("not", inner, token.position)
        return self.comparison()

    def comparison(self) -> Tree:
        tree = self.sum()
        if token := self.taken(*COMPARISONS):
            tree = Binary(token.text, tree, self.sum(), token.position)
        return tree

    def sum(self) -> Tree:
        tree = self.product()
        while token := self.taken("+", "-"):
            tree = Binary(token.text, tree, self.product(), token.position)
        return tree

    def product(self) -> Tree:
        tree = self.sign()
        while token := self.taken("*"):
            tree = Binary("*", tree, self.sign(), token.position)
        return tree

    def sign(self) -> Tree:
        if token := self.taken("-"):
            self.deeper()
            inner = self.sign()
            self.depth -= 1
            return Unary("-", inner, token.position)
        return self.atom()

    def atom(self) -> Tree:
        token = self.next
        if self.taken("("):
            self.deeper()
            tree = self.either()
            if not self.taken(")"):
                raise BadExpression("The bracket is not closed.", token.position)
            self.depth -= 1
            return tree
        if token.kind in ("end", "sign") or token.text in ("and", "or", "not"):
            raise BadExpression(self.unexpected(), token.position)
        self.place += 1
        if token.kind == "number":
            return Constant(int(token.text), token.position)
        if token.kind == "name" and token.text in ("true", "false"):
            return Constant(token.text == "true", token.position)
        return Name(token.text, token.kind == "word", token.position)
