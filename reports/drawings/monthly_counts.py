"""How many incidents of each severity began in each month: a row of bars for each severity, so that
none is told by its colour alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from models.rules.vocabulary import Severity
from reports.drawings import ink
from reports.drawings.exercise_placed import Placed, Words
from reports.drawings.ink import PALETTES
from reports.drawings.marks import LEVELS, level_words
from reports.lettering import Theme, text_width

LEFT, RIGHT, TOP, BOTTOM = 76.0, 10.0, 16.0, 22.0
ROW, LOWEST, GAP = 56.0, 8.0, 20.0
LABEL = 52.0
TITLE = "Incidents by month and severity"
Counts = Mapping[tuple[str, Severity | None], int]  # by month (`2024-05`) and severity


def counts_drawing(months: Sequence[str], counts: Counts, *, width: float, theme: Theme) -> Placed:
    """`months` are the columns, in order, at least one. All rows have the same scale; each bar has
    its number where there is room."""
    levels = [level for level in LEVELS if any(counts.get((m, level)) for m in months)]
    tallest = [max(counts.get((month, level), 0) for month in months) for level in levels]
    most = max(tallest, default=1)
    step = (width - LEFT - RIGHT) / len(months)
    shapes, words = [], []
    floor = TOP - GAP
    for level, highest in zip(levels, tallest, strict=True):
        floor += max(ROW * highest / most, LOWEST) + GAP
        row = [counts.get((month, level), 0) for month in months]
        bars = [
            (LEFT + step * at + step * 0.1, floor - ROW * n / most, step * 0.8, ROW * n / most)
            for at, n in enumerate(row)
            if n
        ]
        shapes.append(ink.line(LEFT, floor, width - RIGHT, floor, PALETTES[theme].line))
        shapes.append(ink.grounds(bars, PALETTES[theme].severity[level]))
        words.append(Words(LEFT - 8, floor - 2, level_words(level), "end"))
        words += _numbers(row, step, floor, most, theme)
    words += _names(months, step, floor + 16)
    return Placed(width, floor + BOTTOM, TITLE, told(months, counts), tuple(shapes), tuple(words))


def told(months: Sequence[str], counts: Counts) -> str:
    """The drawing in words: the newest twelve months."""
    shown = months[-12:]
    newest = "The newest twelve months. " if len(shown) < len(months) else ""
    return newest + "; ".join(_month_told(month, counts) for month in shown) + "."


def _month_told(month: str, counts: Counts) -> str:
    found = [f"{counts[month, x]:,} {level_words(x)}" for x in LEVELS if counts.get((month, x))]
    return f"{month}: {', '.join(found) or 'none'}"


def _numbers(
    row: Sequence[int], step: float, floor: float, most: int, theme: Theme
) -> Iterator[Words]:
    if text_width(f"{most:,}", 10.5, theme) > step:
        return
    for at, n in enumerate(row):
        if n:
            y = floor - ROW * n / most - 3
            yield Words(LEFT + step * (at + 0.5), y, f"{n:,}", "middle", muted=True)


def _names(months: Sequence[str], step: float, y: float) -> Iterator[Words]:
    every = max(1, -int(-LABEL // step))
    for at in range(0, len(months), every):
        yield Words(LEFT + step * (at + 0.5), y, months[at], "middle", muted=True)
