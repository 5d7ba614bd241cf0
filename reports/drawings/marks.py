"""A mark for each severity: its own shape beside its own colour, many of them as one element."""

from __future__ import annotations

from collections.abc import Iterable

from models.rules.vocabulary import Severity
from reports.drawings.ink import PALETTES, n
from reports.lettering import Theme

LEVELS: tuple[Severity | None, ...] = (*Severity, None)
_SHAPES: dict[Severity | None, str] = {
    Severity.SEV0: "m-4 -4h8v8h-8z",  # a square
    Severity.SEV1: "m0 -4.6l4.6 8.4h-9.2z",  # a triangle
    Severity.SEV2: "m0 -4.8l4.8 4.8l-4.8 4.8l-4.8 -4.8z",  # a diamond
    Severity.SEV3: "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",  # a disc
    None: "m-3.5 0h7m-3.5 -3.5v7",  # a cross
}
SHAPE_WORDS = {
    Severity.SEV0: "squares",
    Severity.SEV1: "triangles",
    Severity.SEV2: "diamonds",
    Severity.SEV3: "discs",
    None: "crosses",
}


def level_words(severity: Severity | None) -> str:
    return severity.value if severity else "No severity"


def marks(
    places: Iterable[tuple[float, float]], severity: Severity | None, theme: Theme, *, faint: bool
) -> str:
    """All marks of a severity. Those at the same pixel are drawn once: they would look the same.
    `faint` where many lie over each other."""
    shape = _SHAPES[severity]
    once = dict.fromkeys((round(x, 1), round(y, 1)) for x, y in places)
    path = "".join(f"M{n(x)} {n(y)}{shape}" for x, y in once)
    colour = PALETTES[theme].severity[severity]
    if severity is None:
        return f'<path d="{path}" stroke="{colour}" stroke-width="1.6" fill="none"/>'
    if faint:
        return f'<path d="{path}" fill="{colour}" fill-opacity="0.4"/>'
    return f'<path d="{path}" fill="{colour}" fill-opacity="0.75" stroke="{colour}"/>'
