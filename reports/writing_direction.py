"""Which way typed text runs. On the screen a browser finds out; on paper it has to be said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from markdown_it.token import Token
from markupsafe import Markup

_SOME_RTL = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)


def direction(text: str) -> str:
    """`rtl` or `ltr` by the first letter that has a direction (rules P2 and P3 of Unicode's
    bidirectional algorithm), "" when none has."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""


def own_direction(text: str) -> Markup:
    """The attribute of an element that holds the text; none when it runs as the document does."""
    return Markup(' dir="rtl"') if _SOME_RTL.search(text) and direction(text) == "rtl" else Markup()


def give_directions(tokens: Iterable[Token]) -> None:
    """Marks each block whose text runs another way than the block around it."""
    tokens = list(tokens)
    if not any(token.type == "inline" and _SOME_RTL.search(token.content) for token in tokens):
        return
    around = ["ltr"]
    for place, token in enumerate(tokens):
        if token.nesting == 1:
            inner = next((t.content for t in tokens[place:] if t.type == "inline"), "")
            own = direction(inner) or around[-1]
            if own != around[-1] and not token.hidden:
                token.attrSet("dir", own)
            around.append(own)
        elif token.nesting == -1:
            around.pop()
        elif token.type in ("fence", "code_block") and around[-1] == "rtl":
            token.attrSet("dir", "ltr")
