"""The events of an incident on a line of time, a lane for each kind, phases behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from models.rules.clocks import length_in_words
from models.rules.record import ClockTime, EventRecord
from models.rules.times import zone_named
from models.rules.vocabulary import Clock, EventKind, Severity, label, words
from reports.drawings import ink
from reports.drawings.ink import PALETTES, Palette
from reports.drawings.phase_strip import PHASES
from reports.lettering import Theme, fitted, text_width
from reports.phrasing import count

SIZE = 10.5
LANES_LEFT, TOP, LANE = 84.0, 22.0, 19.0
BIN = 7.0  # events nearer than this are one mark, larger the more they are
NOTABLE_GAP = timedelta(minutes=20)
_STEPS = [
    timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080)
]


@dataclass(frozen=True)
class _Axis:
    first: datetime
    last: datetime
    width: float

    def x(self, at: datetime) -> float:
        span = (self.last - self.first) / timedelta(seconds=1) or 1.0
        part = (at - self.first) / timedelta(seconds=1) / span
        return LANES_LEFT + part * (self.width - LANES_LEFT - 12)


def timeline_picture(
    events: Sequence[EventRecord],
    clocks: Mapping[Clock, ClockTime],
    *,
    severity: Severity | None = None,
    zone: str = "UTC",
    width: float = 680,
    theme: Theme = "light",
) -> str:
    """A standalone SVG; noise is left out, near events are drawn as one larger mark, and long
    gaps are pointed out. Its size does not grow with the number of events."""
    palette = PALETTES[theme]
    shown = sorted((e for e in events if not e.is_noise), key=lambda e: e.at)
    if not shown:
        nothing = "No events yet."
        return ink.svg(
            width, 30, "Timeline", nothing,
            [ink.text(0, 19, nothing, size=SIZE, fill=palette.muted)],
        )  # fmt: skip
    times = [e.at for e in shown] + [e.until for e in shown if e.until]
    times += [c.at for clock, c in clocks.items() if clock is not Clock.CLOSED]
    axis = _Axis(min(times), max(times), width)
    lanes = [kind for kind in EventKind if any(e.kind is kind for e in shown)]
    bottom = TOP + len(lanes) * LANE
    parts = _phases(clocks, axis, palette, severity, bottom)
    parts += _gaps(shown, axis, palette, theme)
    parts += _hours(axis, zone, palette, bottom, theme)
    for row, kind in enumerate(lanes):
        y = TOP + row * LANE + LANE / 2
        parts.append(ink.line(LANES_LEFT, y, width, y, palette.line, stroke_width=0.5))
        name = fitted(label(kind), SIZE, LANES_LEFT - 8, theme)
        parts.append(ink.text(0, y + 3.5, name, size=SIZE, fill=palette.muted))
        parts += _marks([e for e in shown if e.kind is kind], y, axis, palette)
    return ink.svg(
        width, bottom + 22, "Timeline of the incident", _told(shown, lanes), parts
    )  # fmt: skip


def _marks(events: list[EventRecord], y: float, axis: _Axis, palette: Palette) -> list[str]:
    bins: dict[int, list[EventRecord]] = {}
    for event in events:
        bins.setdefault(int(axis.x(event.at) // BIN), []).append(event)
    parts = []
    for together in bins.values():
        x = axis.x(together[0].at) if len(together) == 1 else _middle(together, axis)
        until = together[0].until
        if len(together) == 1 and until:
            parts.append(ink.line(x, y, axis.x(until), y, palette.mark, stroke_width=3))
        radius = min(3.4 + (len(together) - 1) ** 0.5, LANE / 2 - 1)
        parts.append(ink.circle(x, y, radius, palette.mark, stroke=palette.paper))
    return parts


def _middle(together: list[EventRecord], axis: _Axis) -> float:
    return (axis.x(together[0].at) + axis.x(together[-1].at)) / 2


def _phases(
    clocks: Mapping[Clock, ClockTime],
    axis: _Axis,
    palette: Palette,
    severity: Severity | None,
    bottom: float,
) -> list[str]:
    known = sorted(clocks.items(), key=lambda item: item[1].at)
    ends = [time.at for _, time in known[1:]]
    parts = []
    for (clock, time), end in zip(known, ends, strict=False):
        strength = PHASES.get(clock, ("", 0.14))[1] * 0.2
        left, right = axis.x(time.at), min(axis.x(end), axis.width)
        parts.append(
            ink.rect(left, TOP, max(right - left, 0), bottom - TOP, palette.severity[severity],
                     fill_opacity=round(strength, 3))
        )  # fmt: skip
    return parts


def _gaps(events: list[EventRecord], axis: _Axis, palette: Palette, theme: Theme) -> list[str]:
    """The three longest silences, when they are long beside the whole: worth a question."""
    whole = axis.last - axis.first
    silences = sorted(
        ((b.at - (a.until or a.at), a.until or a.at, b.at) for a, b in pairwise(events)),
        reverse=True,
    )[:3]  # fmt: skip
    parts = []
    for length, start, end in silences:
        if length < max(NOTABLE_GAP, whole / 8):
            continue
        left, right = axis.x(start) + 6, axis.x(end) - 6
        said = f"{length_in_words(length)} without an event"
        if text_width(said, SIZE, theme) > right - left:
            said = length_in_words(length)
        y = TOP - 8
        parts.append(ink.line(left, y + 3, right, y + 3, palette.mark, stroke_width=1))
        for x in (left, right):
            parts.append(ink.line(x, y, x, y + 6, palette.mark, stroke_width=1))
        parts.append(
            ink.text(
                (left + right) / 2,
                y - 3,
                said,
                size=SIZE,
                fill=palette.muted,
                anchor="middle",
            )
        )
    return parts


def _hours(axis: _Axis, zone: str, palette: Palette, bottom: float, theme: Theme) -> list[str]:
    whole = axis.last - axis.first
    room = max(int((axis.width - LANES_LEFT) // 74), 1)
    step = next((s for s in _STEPS if whole / s <= room), max(whole / room, timedelta(days=1)))
    local = zone_named(zone)
    midnight = axis.first.astimezone(local).replace(hour=0, minute=0, second=0, microsecond=0)
    at = axis.first + (step - (axis.first - midnight) % step) % step
    parts = []
    for _ in range(room + 1):
        if at > axis.last:
            break
        here = at.astimezone(local)
        said = f"{here.day} {here:%b %Y}" if step >= timedelta(days=1) else f"{here:%H:%M}"
        if timedelta(hours=12) >= step and whole > timedelta(days=1):
            said = f"{here.day} {here:%b %H:%M}"
        x = axis.x(at)
        anchor = "end" if x + text_width(said, SIZE, theme) / 2 > axis.width else "middle"
        parts.append(ink.line(x, TOP, x, bottom + 4, palette.line, stroke_width=0.5))
        parts.append(ink.text(x, bottom + 15, said, size=SIZE, fill=palette.muted, anchor=anchor))
        at += step
    return parts


def _told(events: list[EventRecord], lanes: list[EventKind]) -> str:
    kinds = ", ".join(f"{sum(e.kind is kind for e in events)} {words(kind)}" for kind in lanes)
    return f"{count(len(events), 'event')} by kind: {kinds}."
