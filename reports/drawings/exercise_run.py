"""A run on the clock of its story: a lane for what came, was decided, told, done and seen, the
changes of the world, and above them the time in which customers were hurt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from models.rules.clocks import length_in_words
from models.rules.exercise.report import AfterActionRecord
from reports.drawings import ink
from reports.drawings.exercise_axis import MINUTE, Axis, clock_words, story_axis
from reports.drawings.exercise_placed import LEADING, SIZE, Placed, Words
from reports.drawings.ink import PALETTES, Palette, n
from reports.lettering import Theme, fitted, text_width
from reports.phrasing import count

LEFT, BAND, MARKS, ROWS, BIN = 84.0, 30.0, 15.0, 3, 9.0
LONGEST_WORDS = 168.0
R = 4.0  # half of a mark's width

# Groups of the timeline and their lanes. The shape says the kind where there is no colour.
LANES = {
    "inject": "Came in",
    "decision": "Decided",
    "update": "Told",
    "act": "Done",
    "change": "Situation",
    "observation": "Observed",
    "clock": "Clock",
}


@dataclass(frozen=True)
class _Mark:
    story: int
    text: str
    override: bool


@dataclass(frozen=True)
class _Lane:
    """Marks that are too near to each other are one: (pixel, marks)."""

    name: str
    group: str
    marks: tuple[tuple[float, tuple[_Mark, ...]], ...]


def run_drawing(record: AfterActionRecord, *, width: float, theme: Theme) -> Placed:
    """Where everything stands, in `width` pixels. The height follows from the lanes that are
    used and the words that find room; it does not grow with the number of events."""
    title = "The run on the clock of the story"
    by_group = _marks(record)
    if not by_group:
        words = "Nothing has happened in this run yet."
        return Placed(width, 24, title, words, (), (Words(0, 16, words, muted=True),))
    times = [mark.story for marks in by_group.values() for mark in marks]
    times += [story for span in record.trace.impact for story in span]
    axis = story_axis(times, LEFT + R, width - R - 2)
    palette = PALETTES[theme]
    shapes, words_placed = _impact(record, axis, palette, width, theme)
    y = BAND
    for group, name in LANES.items():
        if group in by_group:
            lane = _Lane(name, group, _together(by_group[group], axis))
            height = _draw_lane(lane, y, width, palette, theme, shapes, words_placed)
            y += height
    bottom = y + 4
    shapes = [*_grid(axis, bottom, palette), *shapes]
    words_placed += _times(record, axis, bottom, width, theme)
    return Placed(
        width, bottom + 30, title, _told(record, by_group, axis), tuple(shapes),
        tuple(words_placed),
    )  # fmt: skip


def _marks(record: AfterActionRecord) -> dict[str, list[_Mark]]:
    found: dict[str, list[_Mark]] = {}
    for line in record.timeline:
        found.setdefault(line.group, []).append(
            _Mark(line.story, line.text, line.override and line.group != "inject")
        )
    for change in record.trace.changes:
        found.setdefault("change", []).append(_Mark(change.story, change.text, False))
    return found


def _together(marks: list[_Mark], axis: Axis) -> tuple[tuple[float, tuple[_Mark, ...]], ...]:
    groups: list[tuple[float, list[_Mark]]] = []
    for mark in marks:
        x = axis.x(mark.story)
        if groups and x - groups[-1][0] < BIN:
            groups[-1][1].append(mark)
        else:
            groups.append((x, [mark]))
    return tuple((x, tuple(them)) for x, them in groups)


def _draw_lane(
    lane: _Lane,
    top: float,
    width: float,
    palette: Palette,
    theme: Theme,
    shapes: list[str],
    words: list[Words],
) -> float:
    """Adds one lane and returns its height: marks in a row, their words below in up to three."""
    middle = top + MARKS / 2 + 3
    taken: list[float] = []  # where each row of words is free from
    leaders: list[tuple[float, float, float, float]] = []
    placed: list[Words] = []
    for x, marks in lane.marks:
        text = _label(marks, theme)
        wide = text_width(text, SIZE, theme)
        start = min(x - R, width - wide)
        row = next((i for i, free in enumerate(taken) if free <= start), len(taken))
        if row == ROWS:
            continue
        taken[row : row + 1] = [start + wide + 10]
        base = top + MARKS + 3 + (row + 1) * LEADING - 2
        placed.append(Words(start, base, text, muted=marks[0].override))
        if row:
            leaders.append((x, middle + R, x, base - 9))
    height = MARKS + 6 + len(taken) * LEADING
    shapes.append(ink.lines([(LEFT, middle, width, middle)], palette.line, stroke_width=0.5))
    shapes.append(ink.lines(leaders, palette.line, stroke_width=0.7))
    grounds = [(w.x - 1, w.y - 9, text_width(w.text, SIZE, theme) + 2, LEADING - 1) for w in placed]
    shapes.append(ink.grounds(grounds, palette.paper))
    shapes += [_shape(lane.group, x, middle, marks, palette) for x, marks in lane.marks]
    words.append(Words(0, middle + 3.5, lane.name, muted=True))
    words += placed
    return height


def _label(marks: tuple[_Mark, ...], theme: Theme) -> str:
    more = f" +{len(marks) - 1}" if len(marks) > 1 else ""
    room = LONGEST_WORDS - text_width(more, SIZE, theme)
    return fitted(" ".join(marks[0].text[:400].split()), SIZE, room, theme) + more


def _circle(x: float, y: float, r: float) -> str:
    return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0z"


def _diamond(x: float, y: float, r: float) -> str:
    r = r * 1.25
    return f"M{n(x)} {n(y - r)}L{n(x + r)} {n(y)}L{n(x)} {n(y + r)}L{n(x - r)} {n(y)}z"


def _square(x: float, y: float, r: float) -> str:
    return f"M{n(x - r)} {n(y - r)}h{n(2 * r)}v{n(2 * r)}h{n(-2 * r)}z"


def _triangle(x: float, y: float, r: float) -> str:
    return f"M{n(x)} {n(y - r)}L{n(x + r * 1.15)} {n(y + r)}L{n(x - r * 1.15)} {n(y + r)}z"


def _bar(x: float, y: float, r: float) -> str:
    return f"M{n(x - 1.5)} {n(y - r - 1)}h3v{n(2 * r + 2)}h-3z"


_SHAPES: dict[str, Callable[[float, float, float], str]] = {
    "inject": _circle,
    "decision": _diamond,
    "update": _square,
    "act": _triangle,
    "change": _bar,
    "observation": _circle,
    "clock": _bar,
}
_HOLLOW = {"observation", "clock"}


def _shape(group: str, x: float, y: float, marks: tuple[_Mark, ...], palette: Palette) -> str:
    hollow = group in _HOLLOW or marks[0].override
    fill = palette.paper if hollow else palette.mark
    dashed = ' stroke-dasharray="2 1.5"' if marks[0].override else ""
    path = _SHAPES[group](x, y, R)
    return f'<path d="{path}" fill="{fill}" stroke="{palette.mark}" stroke-width="1.2"{dashed}/>'


def _impact(
    record: AfterActionRecord, axis: Axis, palette: Palette, width: float, theme: Theme
) -> tuple[list[str], list[Words]]:
    """The spans in which customers were hurt, as a bar with their length above it."""
    shapes: list[str] = []
    words = [Words(0, 22, "Impact", muted=True)]
    free = LEFT
    for start, end in record.trace.impact:
        left, right = axis.x(start), max(axis.x(end), axis.x(start) + 2)
        shapes.append(
            ink.rect(left, 16, right - left, 8, palette.severity[None], fill_opacity=0.75)
        )
        said = f"Customers hurt {length_in_words(timedelta(seconds=end - start))}"
        if text_width(said, SIZE, theme) > right - left:
            said = length_in_words(timedelta(seconds=end - start))
        begin = max(min(left, width - text_width(said, SIZE, theme)), free)
        if begin + text_width(said, SIZE, theme) <= width and begin - left < 40:
            words.append(Words(begin, 11, said))
            free = begin + text_width(said, SIZE, theme) + 8
    if not record.trace.impact:
        words.append(Words(LEFT, 22, "Customers were not hurt in this run"))
    return shapes, words


def _grid(axis: Axis, bottom: float, palette: Palette) -> list[str]:
    ticks = [(axis.x(t), BAND - 4, axis.x(t), bottom) for t in axis.ticks()]
    signs = []
    for start, end in axis.cuts:
        middle = (axis.x(start) + axis.x(end)) / 2
        signs += [
            (middle - 4, bottom + 4, middle, bottom - 4),
            (middle, bottom + 4, middle + 4, bottom - 4),
        ]
    return [
        ink.lines(ticks, palette.line, stroke_width=0.5),
        ink.lines([(LEFT, bottom, axis.knots[-1][1], bottom)], palette.mark, stroke_width=0.8),
        ink.lines(signs, palette.ink, stroke_width=1),
    ]


def _times(
    record: AfterActionRecord, axis: Axis, bottom: float, width: float, theme: Theme
) -> list[Words]:
    last = axis.knots[-1][0]
    start = record.trace.start
    days = start.date() != (start + timedelta(seconds=last)).date()
    words = [
        Words(0, bottom + 13, "Minute", muted=True),
        Words(0, bottom + 13 + LEADING, "Story’s clock", muted=True),
    ]
    for tick in axis.ticks():
        for row, said in enumerate((f"{tick // MINUTE:,}", clock_words(start, tick, days))):
            half = text_width(said, SIZE, theme) / 2
            x = min(max(axis.x(tick), LEFT + half - R), width - half)
            words.append(Words(x, bottom + 13 + row * LEADING, said, "middle", muted=bool(row)))
    return words


def _told(record: AfterActionRecord, by_group: dict[str, list[_Mark]], axis: Axis) -> str:
    lanes = ", ".join(
        f"{name.lower()} {len(by_group[group]):,}"
        for group, name in LANES.items()
        if group in by_group
    )
    hurt = "; ".join(f"minute {a // MINUTE} to {b // MINUTE}" for a, b in record.trace.impact[:20])
    cut = f" {count(len(axis.cuts), 'long silence')} drawn shorter." if axis.cuts else ""
    return (
        f"{count(record.minutes, 'minute')} of the story. {lanes}. Customers hurt: "
        f"{hurt or 'never'}.{cut} The timeline table says the same in words."
    )
