"""Typed text in Markdown: its words stay, what would change the file around them does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

NONE = "None recorded."
# What means something to a Markdown reader anywhere in a line, and only at its beginning.
_MARKS = re.compile(r"[\\`*\[<|]|~~|(?<![^\W_])_|_(?![^\W_])|(?<!\S)#|&(?=#|\w+;)")
_PROSE_MARKS = re.compile(r"[\\\[<|]|`{3,}|~{2,}|_{3,}|\*{3,}|(?<!\S)#|&(?=#|\w+;)")
_LINE_START = re.compile(r"^(?=[-+=>])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")
_RULE = re.compile(r"^(?=[-=_*\s]{2,}$)")
_LIST_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)]) +\S")


class Written(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escaped(text: str) -> str:
    """Words that mean nothing to a Markdown reader, on one line."""
    one_line = _MARKS.sub(_each, " ".join(text.split()))
    return _LINE_START.sub(r"\\", one_line)


def inline(text: str) -> Written:
    """A prose field on one line: emphasis and code stay."""
    return Written(_prose_line(" ".join(text.split()), listed=False))


def bullet(text: str) -> str:
    """A prose field as an item of a list."""
    return f"- {inline(text) or '–'}"


def prose(text: str) -> str:
    """Prose in its paragraphs: emphasis, code and lists stay; what would begin a heading, a
    table, a picture, a link, HTML, a rule or a quotation does not."""
    blocks = (block for block in re.split(r"\n\s*\n", text.strip()) if block.strip())
    return "\n\n".join(
        "\n".join(_prose_line(line.strip()) for line in block.split("\n") if line.strip())
        for block in blocks
    )


def _prose_line(line: str, *, listed: bool = True) -> str:
    line = _RULE.sub(r"\\", _PROSE_MARKS.sub(_each, line))
    return line if listed and _LIST_ITEM.match(line) else _LINE_START.sub(r"\\", line)


def _each(match: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in match[0])


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; cells that are not Markdown yet are escaped."""
    if not rows:
        return NONE
    cells = ([c if isinstance(c, Written) else escaped(c) for c in row] for row in rows)
    lines = [names, ["---"] * len(names), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
