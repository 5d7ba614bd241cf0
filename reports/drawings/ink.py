"""What every drawing is made with: colours by theme, the width of text, and SVG elements.

Severity is the only strong colour, and a word always says it too. Sizes are in CSS pixels.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from markupsafe import escape

from models.rules.vocabulary import Severity

Theme = Literal["light", "dark", "print", "page"]


@dataclass(frozen=True)
class Palette:
    """`ink` writes, `muted` writes less loudly, `line` rules, `panel` fills, `mark` draws."""

    ink: str
    muted: str
    line: str
    panel: str
    mark: str
    paper: str
    severity: dict[Severity | None, str]


def _severities(
    sev0: str, sev1: str, sev2: str, sev3: str, none: str
) -> dict[Severity | None, str]:
    by_level: dict[Severity | None, str] = dict(
        zip(Severity, (sev0, sev1, sev2, sev3), strict=True)
    )
    return by_level | {None: none}


_ON_WHITE = Palette(
    ink="#1d2733", muted="#5a6675", line="#c9d0d9", panel="#f3f5f8", mark="#4d6179",
    paper="#ffffff", severity=_severities("#a11a2b", "#b9500b", "#8a6a00", "#4f6178", "#4f6178"),
)  # fmt: skip
_ON_BLACK = Palette(
    ink="#e8ecf1", muted="#a3afbd", line="#46525f", panel="#232b35", mark="#9db1c8",
    paper="#14191f", severity=_severities("#f0808c", "#f0a064", "#dcbe55", "#a9b8ca", "#a9b8ca"),
)  # fmt: skip
# For SVG that stands inside an HTML page: the page's own colours, light or dark.
_ON_PAGE = Palette(
    ink="var(--ink)", muted="var(--muted)", line="var(--line)", panel="var(--panel)",
    mark="var(--mark)", paper="var(--paper)",
    severity=_severities("var(--sev0)", "var(--sev1)", "var(--sev2)", "var(--sev3)", "var(--sev3)"),
)  # fmt: skip
PALETTES: dict[Theme, Palette] = {
    "light": _ON_WHITE,
    "dark": _ON_BLACK,
    "print": _ON_WHITE,
    "page": _ON_PAGE,
}

FONT = "Hotwash Sans, Source Sans 3, Source Sans Pro, Helvetica, Arial, sans-serif"

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


def n(value: float) -> str:
    """A coordinate with at most one digit after the point."""
    return f"{value:.1f}".removesuffix(".0")


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    fill: str,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}" fill="{fill}"{place}{weight}>'
        f"{escape(words)}</text>"
    )


def rect(x: float, y: float, width: float, height: float, fill: str, **more: str | float) -> str:
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{fill}"'
        f"{_attributes(more)}/>"
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, **more: str | float) -> str:
    return (
        f'<path d="M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}" stroke="{stroke}" fill="none"'
        f"{_attributes(more)}/>"
    )


def circle(x: float, y: float, radius: float, fill: str, **more: str | float) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="{fill}"{_attributes(more)}/>'


def _attributes(more: dict[str, str | float]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())


def svg(width: float, height: float, title: str, description: str, parts: list[str]) -> str:
    """A whole drawing: its title and description are what a screen reader says."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{n(width)}" '
        f'height="{n(height)}" viewBox="0 0 {n(width)} {n(height)}" font-family="{FONT}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f"{''.join(parts)}</svg>"
    )
