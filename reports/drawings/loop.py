"""The loop of a quarter: incident → review → action → prevention, and what came back."""

from __future__ import annotations

from models.rules.following.loop import Loop
from reports.drawings import ink
from reports.drawings.ink import PALETTES
from reports.lettering import Theme, wrapped
from reports.phrasing import count

NARROW = 600  # below this width the steps stand below each other
GAP, HEIGHT, TURN = 30.0, 92.0, 34.0
NAME, NUMBER, NOTE = 13.0, 26.0, 11.5
TITLE = "From incidents to prevention"


def loop_drawing(loop: Loop, *, width: float, theme: Theme) -> str:
    """A standalone SVG: a box for each step with its number and of how many, and a line back to
    the beginning for what happened again. `width` in CSS pixels."""
    steps, narrow = len(loop.steps), width < NARROW
    right = 26.0 if narrow else 0.0
    box = width - right if narrow else (width - (steps - 1) * GAP) / steps
    step = (0.0, HEIGHT + GAP) if narrow else (box + GAP, 0.0)
    parts: list[str] = []
    for place in range(steps):
        x, y = step[0] * place, step[1] * place
        parts += _box(loop, place, x, y, box, theme)
        if place:
            parts.append(_arrow_between(x, y, box, narrow, theme))
    bottom = step[1] * (steps - 1) + HEIGHT
    said = back_words(loop)
    parts += _way_back(said, width, bottom, box, narrow, theme)
    lines = len(wrapped(said, NOTE, width - 8, 3, theme))
    height = bottom + (8 if narrow else TURN) + lines * 16 + 6
    return ink.svg(width, height, TITLE, told(loop), parts)


def back_words(loop: Loop) -> str:
    """What the line back says."""
    if not loop.recurrences:
        return "No incident shared a factor with an action that had been done before it began."
    many = count(loop.recurrences, "incident")
    share = "shares" if loop.recurrences == 1 else "share"
    return (
        f"{many} of {loop.incidents:,} {share} a factor with an action that had been done before."
    )


def told(loop: Loop) -> str:
    """The drawing in words, for who cannot see it."""
    steps = "; ".join(f"{name}: {number:,} ({note})" for name, number, note in loop.steps)
    return f"{loop.quarter}. {steps}. {back_words(loop)}"


def _box(loop: Loop, place: int, x: float, y: float, box: float, theme: Theme) -> list[str]:
    name, number, note = loop.steps[place]
    palette = PALETTES[theme]
    notes = wrapped(note, NOTE, box - 24, 2, theme)
    return [
        ink.rect(x + 0.5, y + 0.5, box - 1, HEIGHT - 1, palette.panel, rx=8, stroke=palette.line),
        ink.text(x + 12, y + 22, name, size=NAME, fill=palette.muted),
        ink.text(x + 12, y + 51, f"{number:,}", size=NUMBER, fill=palette.ink, bold=True),
        *(
            ink.text(x + 12, y + 68 + row * 14, line, size=NOTE, fill=palette.muted)
            for row, line in enumerate(notes)
        ),
    ]


def _arrow_between(x: float, y: float, box: float, narrow: bool, theme: Theme) -> str:
    """To the box at (x, y), from the one before it."""
    colour = PALETTES[theme].mark
    if narrow:
        middle = x + box / 2
        way = f"M{ink.n(middle)} {ink.n(y - GAP + 5)}V{ink.n(y - 6)}m-5 -5l5 5l5 -5"
    else:
        middle = y + HEIGHT / 2
        way = f"M{ink.n(x - GAP + 5)} {ink.n(middle)}H{ink.n(x - 6)}m-5 -5l5 5l-5 5"
    return _stroke(way, colour)


def _way_back(
    said: str, width: float, bottom: float, box: float, narrow: bool, theme: Theme
) -> list[str]:
    """From the last box round to the first, with what came back in words."""
    palette, n = PALETTES[theme], ink.n
    if narrow:
        side, first = width - 10, HEIGHT / 2
        start = f"M{n(box + 4)} {n(bottom - HEIGHT / 2)}"
        way = f"{start}H{n(side)}V{n(first)}H{n(box + 6)}m5 -5l-5 5l5 5"
        words_y, anchor, x = bottom + 22, "start", 4.0
    else:
        low, last = bottom + TURN - 14, width - box / 2
        way = f"M{n(last)} {n(bottom + 5)}V{n(low)}H{n(box / 2)}V{n(bottom + 7)}m-5 5l5 -5l5 5"
        words_y, anchor, x = bottom + TURN + 6, "middle", width / 2
    return [
        _stroke(way, palette.mark, dashed=True),
        *(
            ink.text(x, words_y + row * 16, line, size=NOTE + 0.5, fill=palette.ink, anchor=anchor)
            for row, line in enumerate(wrapped(said, NOTE, width - 8, 3, theme))
        ),
    ]


def _stroke(way: str, colour: str, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<path d="{way}" stroke="{colour}" stroke-width="1.6" fill="none"{dashes}/>'
