"""How wide text stands, and how it is broken and cut, where no layout engine does it."""

from __future__ import annotations

import unicodedata
from typing import Literal

Theme = Literal["light", "dark", "print", "page"]  # where the text stands: see drawings.ink

# Advance widths of the ASCII characters from the space on, in hundredths of the size.
_ASCII = (
    20, 29, 43, 50, 50, 82, 61, 25, 30, 30, 42, 50, 25, 31, 25, 35, 50, 50, 50, 50, 50, 50, 50, 50,
    50, 50, 25, 25, 50, 50, 50, 42, 85, 54, 59, 57, 62, 53, 49, 62, 65, 26, 48, 58, 49, 73, 65, 66,
    57, 66, 57, 53, 54, 64, 52, 79, 51, 48, 54, 30, 35, 30, 50, 50, 54, 50, 55, 46, 56, 50, 29, 50,
    54, 25, 25, 50, 26, 83, 55, 54, 56, 56, 35, 42, 34, 54, 47, 72, 45, 47, 42, 30, 24, 30, 50,
)  # fmt: skip


def text_width(text: str, size: float, theme: Theme = "print") -> float:
    """How wide the text stands at most: exact for ASCII in the font that is printed with, safe
    for other scripts and for the wider fonts that a screen may use instead."""
    hundredths = 0
    for character in text:
        code = ord(character)
        if 32 <= code < 127:
            hundredths += _ASCII[code - 32]
        elif unicodedata.combining(character):
            continue
        elif unicodedata.east_asian_width(character) in "WF" or code > 0x1EFFF:
            hundredths += 130
        else:
            hundredths += 72
    return hundredths * size / 100 * (1.03 if theme == "print" else 1.2)


def wrapped(text: str, size: float, width: float, most: int, theme: Theme) -> tuple[str, ...]:
    """The text in at most `most` lines no wider than `width`; the last ends in … if cut. A word
    that is too long for a line is broken."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, size, width, theme):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, theme) > width:
            lines.append(line)
            if len(lines) == most:
                lines[-1] = fitted(lines[-1] + " …", size, width, theme, cut=True)
                return tuple(lines)
            line = word
        else:
            line = longer
    return (*lines, line) if line else tuple(lines)


def fitted(text: str, size: float, width: float, theme: Theme, *, cut: bool = False) -> str:
    """The text on one line no wider than `width`, ending in … when some is missing."""
    if text_width(text, size, theme) <= width:
        return text
    bare = text.removesuffix(" …") if cut else text
    while bare and text_width(bare + "…", size, theme) > width:
        bare = bare[: -max(1, len(bare) // 40)].rstrip()
    return bare + "…"


def _pieces(text: str, size: float, width: float, theme: Theme) -> list[str]:
    pieces = []
    for word in text.split():
        while text_width(word, size, theme) > width and len(word) > 1:
            end = 1
            while end < len(word) and text_width(word[: end + 1], size, theme) <= width:
                end += 1
            pieces.append(word[:end])
            word = word[end:]
        pieces.append(word)
    return pieces
