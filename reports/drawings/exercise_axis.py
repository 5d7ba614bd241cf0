"""The axis of a story's time: to scale, but with long silences cut short and marked as cut."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

MINUTE = 60
NEVER_CUT = 60 * MINUTE  # a silence up to an hour is drawn as long as it was
MOST_CUTS = 8
TICK_ROOM = 62.0  # pixels between two times
_STEPS = tuple(m * MINUTE for m in (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 10080))


@dataclass(frozen=True)
class Axis:
    """`knots` are (second of the story, pixel) with straight lines between; `cuts` are the
    silences (from, to) that are drawn shorter than they were."""

    knots: tuple[tuple[int, float], ...]
    cuts: tuple[tuple[int, int], ...]

    def x(self, story: int) -> float:
        """Where a second of the story stands."""
        place = bisect_right(self.knots, story, key=lambda knot: knot[0])
        if place == 0:
            return self.knots[0][1]
        if place == len(self.knots):
            return self.knots[-1][1]
        (s0, x0), (s1, x1) = self.knots[place - 1], self.knots[place]
        return x0 + (x1 - x0) * (story - s0) / (s1 - s0)

    def ticks(self) -> Iterator[int]:
        """Seconds to name below the axis: round ones, and where it goes on after a cut."""
        last = self.knots[-1][0]
        ends = [self.knots[0][0], *(end for _, end in self.cuts)]
        resumed = [*(start for start, _ in self.cuts), last]
        before = -TICK_ROOM
        for start, end in zip(ends, resumed, strict=True):
            step = self._step(start, end)
            round_ones = range((start // step + 1) * step, end + 1, step)
            for at in (start, *round_ones):
                if self.x(at) - before >= TICK_ROOM:
                    yield at
                    before = self.x(at)

    def _step(self, start: int, end: int) -> int:
        room = max(int((self.x(end) - self.x(start)) // TICK_ROOM), 1)
        return next((s for s in _STEPS if (end - start) / s <= room), _STEPS[-1])


def story_axis(times: Iterable[int], left: float, right: float) -> Axis:
    """The axis for these seconds, from pixel `left` to `right`."""
    points = sorted({0, *times})
    if len(points) == 1:
        points.append(MINUTE)
    gaps = list(pairwise(points))
    limit = _longest_to_scale([b - a for a, b in gaps])
    cut = sorted((g for g in gaps if g[1] - g[0] > limit), key=lambda g: g[0] - g[1])[:MOST_CUTS]
    kept = set(gaps) - set(cut)
    whole = sum(b - a for a, b in kept)
    short = max(whole, 1) * 0.07  # what a cut silence is drawn as
    scale = (right - left) / ((whole or 1) + short * len(cut))
    knots, x = [(points[0], left)], left
    for gap in gaps:
        x += scale * (gap[1] - gap[0] if gap in kept else short)
        knots.append((gap[1], x))
    return Axis(tuple(knots), tuple(sorted(cut)))


def _longest_to_scale(gaps: list[int]) -> float:
    """The longest silence that would not make all the rest too small to see."""
    calm = gaps
    for _ in range(len(gaps)):
        limit = max(sum(calm) / 6, NEVER_CUT)
        fewer = [gap for gap in calm if gap <= limit]
        if len(fewer) == len(calm) or not fewer:
            return limit
        calm = fewer
    return NEVER_CUT


def clock_words(start: datetime, story: int, days: bool) -> str:
    """The story's own time: `10:36`, with `days` `Tue 10:36`."""
    at = start + timedelta(seconds=story)
    return f"{at:%a %H:%M}" if days else f"{at:%H:%M}"
