"""What every drawing is made with: colours by theme, the width of text, and SVG elements.

Severity is the only strong colour, and a word always says it too. Sizes are in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from models.rules.vocabulary import Severity
from reports.lettering import Theme


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

FONT = "'Hotwash Sans', 'Source Sans 3', 'Source Sans Pro', Helvetica, Arial, sans-serif"


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
    return lines([(x1, y1, x2, y2)], stroke, **more)


def lines(
    ends: Iterable[tuple[float, float, float, float]], stroke: str, **more: str | float
) -> str:
    """Many lines as one element: each element is a good part of what a drawing costs on paper."""
    path = "".join(f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}" for x1, y1, x2, y2 in ends)
    return f'<path d="{path}" stroke="{stroke}" fill="none"{_attributes(more)}/>'


def grounds(places: Iterable[tuple[float, float, float, float]], fill: str) -> str:
    """Rectangles (x, y, width, height) of one colour as one element."""
    path = "".join(f"M{n(x)} {n(y)}h{n(w)}v{n(h)}h{n(-w)}z" for x, y, w, h in places)
    return f'<path d="{path}" fill="{fill}"/>'


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
