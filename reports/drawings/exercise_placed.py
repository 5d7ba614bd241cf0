"""A drawing of a run whose words stand apart from its shapes: as SVG on the screen, while on
paper they are set as text of the page, which is quicker and can be searched."""

from __future__ import annotations

from dataclasses import dataclass

from reports.drawings import ink
from reports.drawings.ink import PALETTES
from reports.lettering import Theme

SIZE, LEADING = 10.5, 12.0


@dataclass(frozen=True)
class Words:
    """A line of words that starts, is centred or ends at `x`; `y` is its baseline."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    muted: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Placed:
    """A drawing of `width` by `height` pixels. `told` says what it shows, for a screen reader."""

    width: float
    height: float
    title: str
    told: str
    shapes: tuple[str, ...]
    words: tuple[Words, ...]

    def svg(self, theme: Theme) -> str:
        """The whole drawing, standing on its own."""
        palette = PALETTES[theme]
        written = [
            ink.text(
                w.x, w.y, w.text, size=SIZE, anchor=w.anchor, bold=w.bold,
                fill=palette.muted if w.muted else palette.ink,
            )
            for w in self.words
        ]  # fmt: skip
        return ink.svg(self.width, self.height, self.title, self.told, [*self.shapes, *written])

    def bare(self) -> str:
        """The shapes alone, for a page that sets the words itself."""
        return ink.svg(self.width, self.height, self.title, self.told, [*self.shapes])
