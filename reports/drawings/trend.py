"""A measure over time: a mark for every incident on a logarithmic scale, the median and the 90th
percentile of each month or quarter with their intervals, and the standard."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.metrics.charts import (
    Chart,
    PeriodSpread,
    Point,
    months_between,
    period_ends,
    period_name,
)
from models.rules.metrics.intervals import CONFIDENCE, Interval
from models.rules.metrics.measures import DAY, HOUR
from models.rules.metrics.said import spread_words
from reports.drawings import ink
from reports.drawings.exercise_placed import Placed, Words
from reports.drawings.ink import PALETTES
from reports.drawings.marks import LEVELS, level_words, marks
from reports.lettering import Theme, text_width
from reports.phrasing import count

LEFT, RIGHT, TOP, BOTTOM = 52.0, 10.0, 16.0, 22.0
LEGEND = 17.0  # of a row
MANY = 300  # marks, from which on they are drawn faintly
LABEL = 56.0  # room for the name of a period
_TICKS = (
    (1 / 60, "1 s"), (1 / 6, "10 s"), (1, "1 min"), (5, "5 min"), (15, "15 min"), (HOUR, "1 h"),
    (4 * HOUR, "4 h"), (DAY, "1 d"), (7 * DAY, "1 week"), (30 * DAY, "30 d"), (180 * DAY, "180 d"),
    (730 * DAY, "2 years"), (3650 * DAY, "10 years"),
)  # fmt: skip


@dataclass(frozen=True)
class Scales:
    """From moments (seconds since 1970) and minutes to pixels; the minutes by their logarithm."""

    start: float
    end: float
    low: float
    high: float
    right: float
    bottom: float

    def x(self, at: float) -> float:
        return LEFT + (self.right - LEFT) * (at - self.start) / (self.end - self.start)

    def y(self, minutes: float) -> float:
        inside = min(max(minutes, self.low), self.high)
        share = math.log(inside / self.low) / math.log(self.high / self.low)
        return self.bottom - (self.bottom - TOP) * share


def trend_drawing(chart: Chart, *, width: float, theme: Theme, height: float = 300.0) -> Placed:
    """At least one value is needed. `width` and `height` (without the legend) in CSS pixels."""
    scales = scales_of(chart, width, height)
    key = list(_legend(chart, width, height, theme))
    shapes = [
        *_grid(chart, scales, theme),
        _bands(chart, scales, theme),
        *_dots(chart.points, scales, theme),
        *_lines(chart, scales, theme),
        *_standard(chart, scales, theme),
        *(shape for shape, _ in key),
    ]
    words = [*_ticks(chart, scales), *(word for _, word in key)]
    bottom = max(word.y for _, word in key) + 8
    return Placed(width, bottom, chart.measure.name, told(chart), tuple(shapes), tuple(words))


def told(chart: Chart) -> str:
    """The drawing in words, for who cannot see it."""
    standard = chart.measure.standard
    target = f" The standard is {standard.words}." if standard else ""
    shown = chart.periods[-12:]
    periods = "; ".join(f"{each.name}: {spread_words(each.spread)}" for each in shown)
    newest = f" The newest {len(shown)}:" if len(shown) < len(chart.periods) else ""
    said = f"{count(len(chart.points), 'value')} on a logarithmic scale by {chart.by}.{target}"
    return f"{said}{newest} {periods}."


def scales_of(chart: Chart, width: float, height: float) -> Scales:
    """Whole periods across; whole steps of the scale up, with room around every value and the
    standard."""
    minutes = [point.minutes for point in chart.points]
    if chart.measure.standard:
        minutes.append(chart.measure.standard.minutes)
    steps = [step for step, _ in _TICKS]
    low = max((step for step in steps if step < min(minutes)), default=min(minutes) / 2)
    high = min((step for step in steps if step > max(minutes)), default=max(minutes) * 2)
    ends = chart.start.timestamp(), chart.end.timestamp()
    return Scales(*ends, low, high, width - RIGHT, height - BOTTOM)


def _grid(chart: Chart, scales: Scales, theme: Theme) -> Iterator[str]:
    palette = PALETTES[theme]
    across = [(LEFT, scales.y(step), scales.right, scales.y(step)) for step, _ in _steps(scales)]
    yield ink.lines(across, palette.line, stroke_width=0.8)
    starts = [scales.x(at.timestamp()) for at, _ in _named(chart, scales)]
    yield ink.lines([(x, scales.bottom, x, scales.bottom + 4) for x in starts], palette.mark)


def _steps(scales: Scales) -> Iterator[tuple[float, str]]:
    """Those steps that have room."""
    before = math.inf
    for step, name in _TICKS:
        if scales.low <= step <= scales.high and before - scales.y(step) >= 15:
            before = scales.y(step)
            yield step, name


def _named(chart: Chart, scales: Scales) -> Iterator[tuple[datetime, str]]:
    """Every period from the start to the end whose name has room below the axis."""
    before = -LABEL
    months = months_between(f"{chart.start:%Y-%m}", f"{chart.end - timedelta(days=1):%Y-%m}")
    for name in dict.fromkeys(period_name(month, chart.by) for month in months):
        start, _ = period_ends(name)
        x = scales.x(start.timestamp())
        if x - before >= LABEL and x >= LEFT and x + LABEL - 8 <= scales.right + RIGHT:
            before = x
            yield start, name


def _ticks(chart: Chart, scales: Scales) -> Iterator[Words]:
    for step, name in _steps(scales):
        yield Words(LEFT - 6, scales.y(step) + 3.5, name, "end", muted=True)
    for at, name in _named(chart, scales):
        yield Words(scales.x(at.timestamp()), scales.bottom + 16, name, muted=True)


def _bands(chart: Chart, scales: Scales, theme: Theme) -> str:
    """Below six values there is no interval of 95 %, and none is drawn."""
    boxes = []
    for period in chart.periods:
        if sides := _sides(period.spread.median_interval):
            left, right = _across(period, scales)
            low, high = (scales.y(side) for side in sides)
            boxes.append((left, high, right - left, low - high))
    return f'<g fill-opacity="0.6">{ink.grounds(boxes, PALETTES[theme].line)}</g>'


def _across(period: PeriodSpread, scales: Scales) -> tuple[float, float]:
    return scales.x(period.start.timestamp()) + 1, scales.x(period.end.timestamp()) - 1


def _lines(chart: Chart, scales: Scales, theme: Theme) -> Iterator[str]:
    """Over the marks; of many marks, with paper around them, because they would hide them."""
    palette = PALETTES[theme]
    medians, ninetieths, whiskers = [], [], []
    for period in chart.periods:
        left, right = _across(period, scales)
        spread = period.spread
        assert spread.median is not None
        assert spread.p90 is not None
        y = scales.y(spread.median)
        medians.append((left, y, right, y))
        if spread.n > 1:
            y = scales.y(spread.p90)
            ninetieths.append((left, y, right, y))
        if sides := _sides(spread.p90_interval):
            middle = (left + right) / 2
            whiskers.append((middle, *(scales.y(side) for side in sides)))
    if len(chart.points) > MANY:
        paper = [*medians, *ninetieths]
        yield ink.lines(paper, palette.paper, stroke_width=4.4, stroke_opacity=0.7)
    yield ink.lines(medians, palette.ink, stroke_width=2.4)
    yield ink.lines(ninetieths, palette.ink, stroke_width=1.4, stroke_dasharray="4 3")
    yield ink.lines([(x, low, x, high) for x, low, high in whiskers], palette.ink)


def _sides(interval: Interval) -> tuple[float, float] | None:
    if interval.low is None or interval.high is None or interval.confidence < CONFIDENCE:
        return None
    return interval.low, interval.high


def _dots(points: tuple[Point, ...], scales: Scales, theme: Theme) -> Iterator[str]:
    """Light ones first, so that the worst lie on top."""
    for level in reversed(LEVELS):
        places = [
            (scales.x(point.started_at), scales.y(point.minutes))
            for point in points
            if point.severity is level
        ]
        if places:
            yield marks(places, level, theme, faint=len(points) > MANY)


def _standard(chart: Chart, scales: Scales, theme: Theme) -> Iterator[str]:
    if standard := chart.measure.standard:
        y = scales.y(standard.minutes)
        yield _dotted(LEFT, scales.right, y, theme)


def _dotted(left: float, right: float, y: float, theme: Theme) -> str:
    colour = PALETTES[theme].ink
    return ink.line(left, y, right, y, colour, stroke_dasharray="1 3", stroke_width=1.6)


def _legend(chart: Chart, width: float, height: float, theme: Theme) -> Iterator[tuple[str, Words]]:
    """What the marks and lines mean, in as many rows as it takes."""
    palette = PALETTES[theme]
    found = {point.severity for point in chart.points}
    entries: list[tuple[str, str]] = [
        (marks([(8, -4)], level, theme, faint=False), level_words(level))
        for level in LEVELS
        if level in found
    ]
    band = f'<g fill-opacity="0.6">{ink.rect(0, -10, 16, 12, palette.line)}</g>'
    dashed = ink.line(0, -4, 16, -4, palette.ink, stroke_width=1.4, stroke_dasharray="4 3")
    upright = ink.line(8, -10, 8, 2, palette.ink)
    entries += [
        (band + ink.line(0, -4, 16, -4, palette.ink, stroke_width=2.4), "Median, 95 % interval"),
        (dashed + upright, "90th percentile, 95 % interval"),
    ]
    if standard := chart.measure.standard:
        whose = f", {standard.severity}" if standard.severity else ""
        entries.append((_dotted(0, 16, -4, theme), f"Standard: {standard.words}{whose}"))
    x, y = LEFT, height + LEGEND - 4
    for shape, name in entries:
        wide = 22 + text_width(name, 10.5, theme) + 14
        if x + wide > width and x > LEFT:
            x, y = LEFT, y + LEGEND
        yield f'<g transform="translate({ink.n(x)} {ink.n(y)})">{shape}</g>', Words(x + 22, y, name)
        x += wide
