"""The why-tree: what happened at its roots, and why below."""

from __future__ import annotations

from collections.abc import Sequence

from models.rules.record import WhyRecord
from reports.drawings import ink
from reports.drawings.ink import PALETTES, Palette
from reports.drawings.why_layout import (
    LEADING,
    PAD_X,
    PAD_Y,
    SIZE,
    SMALL,
    SMALL_LEADING,
    Box,
    TreeLayout,
    lay_out,
)
from reports.lettering import Theme
from reports.phrasing import count


def why_tree(whys: Sequence[WhyRecord], *, width: float = 680, theme: Theme = "light") -> str:
    """A standalone SVG of the whole tree; `width` in pixels, the height follows."""
    palette = PALETTES[theme]
    tree = lay_out(whys, width, theme)
    if not tree.boxes:
        words = "No whys are written yet."
        return ink.svg(
            width,
            30,
            "Why-tree",
            words,
            [ink.text(0, 19, words, size=SIZE, fill=palette.muted)],
        )
    parts = [_connectors(tree, palette)]
    parts += [_drawn(box, palette) for box in tree.boxes]
    told = ". ".join(f"{box.number}: {' '.join(box.why.text.split())[:200]}" for box in tree.boxes)
    return ink.svg(width, tree.height + 1, why_title(whys), told[:4000], parts)


def why_title(whys: Sequence[WhyRecord]) -> str:
    """What the drawing shows, in a line."""
    answers = sum(1 for root in whys for _ in root.walk())
    return f"Why-tree: {count(answers, 'answer')} from {count(len(whys), 'start')}"


def connectors(tree: TreeLayout, theme: Theme) -> str:
    """The lines of a tree alone, for a page that sets the words of the boxes itself."""
    palette = PALETTES[theme]
    parts = [_connectors(tree, palette)]
    parts += [_frame(box, palette) for box in tree.boxes]
    title = f"Lines of the why-tree between {count(len(tree.boxes), 'answer')}"
    return ink.svg(tree.width, tree.height + 1, title, "The numbers say the same.", parts)


def _connectors(tree: TreeLayout, palette: Palette) -> str:
    ends = ((line.x1, line.y1, line.x2, line.y2) for line in tree.lines)
    return ink.lines(ends, palette.mark, stroke_width=1)


def _frame(box: Box, palette: Palette) -> str:
    root = box.depth == 0
    return ink.rect(
        box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1,
        palette.panel if root else palette.paper,
        stroke=palette.mark if root else palette.line, rx=3,
    )  # fmt: skip


def _drawn(box: Box, palette: Palette) -> str:
    parts = [_frame(box, palette)]
    y = box.y + PAD_Y + LEADING - 4
    for words in box.lines:
        parts.append(ink.text(box.x + PAD_X, y, words, size=SIZE, fill=palette.ink))
        y += LEADING
    y += SMALL_LEADING - LEADING
    for words in box.foot:
        parts.append(ink.text(box.x + PAD_X, y + 1, words, size=SMALL, fill=palette.muted))
        y += SMALL_LEADING
    return "".join(parts)
