"""The way through the story: every stop on a line, and beside it the branches, those that were
not taken grey and dashed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.rules.exercise.trace import Branch, Stop
from models.rules.vocabulary import words
from reports.drawings import ink
from reports.drawings.exercise_placed import LEADING, SIZE, Placed, Words
from reports.drawings.ink import PALETTES, Palette
from reports.lettering import Theme, text_width, wrapped
from reports.phrasing import count

RAIL, TITLES, FORK, BRANCHES = 62.0, 76.0, 0.41, 26.0
TITLE = "The way through the story"


class _Pen:
    """One piece of the drawing while it grows downwards."""

    def __init__(self, width: float, theme: Theme, *, goes_on: bool = False) -> None:
        self.goes_on = goes_on  # from the piece above
        self.width, self.theme, self.palette = width, theme, PALETTES[theme]
        self.fork = width * FORK
        self.y = 4.0
        self.shapes: list[str] = []
        self.words: list[Words] = []
        self.stops: list[Stop] = []

    def stop(self, stop: Stop, *, last: bool) -> None:
        """One stop and its branches."""
        top, middle = self.y, self.y + 7
        self.stops.append(stop)
        self.words.append(Words(RAIL - 12, middle + 3.5, f"min {stop.story // 60:,}", "end", True))
        title = wrapped(stop.title, SIZE, self.fork - TITLES - 14, 3, self.theme)
        for row, line in enumerate(title):
            self.words.append(Words(TITLES, middle + 3.5 + row * LEADING, line, bold=not row))
        below = len(title)
        if stop.ending is not None:
            ending = f"Ending: {words(stop.ending)}"
            self.words.append(Words(TITLES, middle + 3.5 + below * LEADING, ending, muted=True))
            below += 1
        beside = TITLES + text_width(title[0] if title else "", SIZE, self.theme) + 6
        branches = self._branches(stop, beside, middle)
        self.y = max(top + below * LEADING + 8, branches + 8)
        rail_top = 0 if self.goes_on and len(self.stops) == 1 else middle
        rail_end = middle if last else self.y + 7
        self.shapes.insert(0, self._line(RAIL, rail_top, RAIL, rail_end))
        self.shapes.append(_dot(RAIL, middle, stop, self.palette))

    def _branches(self, stop: Stop, beside: float, middle: float) -> float:
        """The options as twigs; returns how far down they reach."""
        left = self.fork + BRANCHES
        y, ends = middle, []
        for branch in stop.branches:
            lines = wrapped(branch_words(branch), SIZE, self.width - left - 12, 2, self.theme)
            ends.append((y, branch.taken))
            for row, line in enumerate(lines):
                place = y + 3.5 + row * LEADING
                self.words.append(Words(left + 10, place, line, muted=not branch.taken))
            y += len(lines) * LEADING + 3
        if not ends:
            return 0.0
        grey, line = self.palette.line, self.palette.mark
        stem = self.fork + 8
        stems = [(beside, middle, stem, middle), (stem, middle, stem, ends[-1][0])]
        self.shapes.append(ink.lines(stems, grey, stroke_width=1))
        for at, taken in ends:
            more = (
                {"stroke_width": 1.8} if taken else {"stroke_width": 1, "stroke_dasharray": "3 2"}
            )
            self.shapes.append(ink.line(stem, at, left, at, line if taken else grey, **more))
            fill = line if taken else self.palette.paper
            self.shapes.append(ink.circle(left + 2, at, 3, fill, stroke=line if taken else grey))
        return y

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> str:
        return ink.line(x1, y1, x2, y2, self.palette.mark, stroke_width=1.8)

    def placed(self) -> Placed:
        told = ". ".join(_told(stop) for stop in self.stops)
        return Placed(
            self.width, self.y + 2, TITLE, told[:4000], tuple(self.shapes), tuple(self.words)
        )


def path_drawings(
    stops: Sequence[Stop], *, width: float, theme: Theme, slice: float
) -> Iterator[Placed]:
    """The way in pieces of about `slice` pixels, to be put one below the other."""
    pen = _Pen(width, theme)
    for number, stop in enumerate(stops, 1):
        if pen.y > slice:
            yield pen.placed()
            pen = _Pen(width, theme, goes_on=True)
        pen.stop(stop, last=number == len(stops))
    if pen.stops:
        yield pen.placed()


def _dot(x: float, y: float, stop: Stop, palette: Palette) -> str:
    if stop.ending is not None:
        ring = ink.circle(x, y, 6, palette.paper, stroke=palette.mark, stroke_width=1.5)
        return ring + ink.circle(x, y, 3, palette.mark)
    if stop.branches:
        return ink.circle(x, y, 5, palette.paper, stroke=palette.mark, stroke_width=1.8)
    return ink.circle(x, y, 3.5, palette.mark)


def branch_words(branch: Branch) -> str:
    """What was or could have been chosen, and where it leads."""
    by = "by the facilitator" if branch.led else ""
    label = f"{branch.label} ({by})" if branch.label and by else branch.label or f"Led {by}"
    return f"{label} → {branch.leads_to}"


def _told(stop: Stop) -> str:
    others = sum(not branch.taken for branch in stop.branches)
    taken = "; ".join(branch_words(branch) for branch in stop.branches if branch.taken)
    choice = f", chosen: {taken}" if taken else ""
    left = f", {count(others, 'branch', 'branches')} not taken" if others else ""
    return f"Minute {stop.story // 60}: {stop.title}{choice}{left}"
