"""The phases of one incident as a strip: how long it went unnoticed, undecided, unmitigated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from models.rules.clocks import length_in_words
from models.rules.record import ClockTime
from models.rules.times import zone_named
from models.rules.vocabulary import Clock, Severity, label
from reports.drawings import ink
from reports.drawings.ink import PALETTES, Palette
from reports.lettering import Theme, text_width
from reports.phrasing import moment, zone_word

TITLE = "Phases of the incident"
# What the time after a clock is called, and how strongly it is coloured: as strong as the impact.
PHASES: dict[Clock, tuple[str, float]] = {
    Clock.IMPACT_BEGAN: ("Unnoticed", 1.0),
    Clock.DETECTED: ("Noticed", 0.82),
    Clock.ACKNOWLEDGED: ("Triage", 0.66),
    Clock.DECLARED: ("Investigation", 0.5),
    Clock.MITIGATED: ("Recovery", 0.28),
    Clock.RESOLVED: ("Monitoring", 0.14),
}
SIZE, LEADING = 11.0, 12.0
BAR_TOP, BAR_HEIGHT, ROW = 20.0, 20.0, 27.0


@dataclass(frozen=True)
class Segment:
    clock: Clock
    start: float
    end: float
    length: timedelta


@dataclass(frozen=True)
class Label:
    """One or two lines of words. They start, are centred or end at `x`, where `anchor` says so;
    `y` is the baseline of the first. Of two, the first is the muted one."""

    x: float
    y: float
    lines: tuple[str, ...]
    anchor: str = "start"


@dataclass(frozen=True)
class Strip:
    """The strip, placed: shapes as SVG elements, words apart from them. `told` says the same."""

    width: float
    height: float
    shapes: tuple[str, ...]
    labels: tuple[Label, ...]
    told: str


def phase_strip(
    clocks: Mapping[Clock, ClockTime],
    *,
    severity: Severity | None,
    zone: str,
    width: float = 680,
    theme: Theme = "light",
) -> str:
    """A standalone SVG of the phases between the known clocks, in the order of time.

    Phases are drawn to scale, but none so narrow that it cannot be seen, and what follows the
    resolution no wider than a sixth. With no clock at all it says so.
    """
    strip = lay_out_strip(clocks, severity=severity, zone=zone, width=width, theme=theme)
    palette = PALETTES[theme]
    words = [
        ink.text(
            label.x, label.y + n * LEADING, line, size=SIZE, anchor=label.anchor,
            fill=palette.muted if n < len(label.lines) - 1 else palette.ink,
        )
        for label in strip.labels
        for n, line in enumerate(label.lines)
    ]  # fmt: skip
    return ink.svg(strip.width, strip.height, TITLE, strip.told, [*strip.shapes, *words])


def strip_shapes(strip: Strip) -> str:
    """The drawing without its words, for a page that sets them itself."""
    return ink.svg(strip.width, strip.height, TITLE, strip.told, [*strip.shapes])


def lay_out_strip(
    clocks: Mapping[Clock, ClockTime],
    *,
    severity: Severity | None,
    zone: str,
    width: float,
    theme: Theme,
) -> Strip:
    """Where everything stands in a strip of `width` pixels."""
    palette = PALETTES[theme]
    known = sorted(clocks.items(), key=lambda item: item[1].at)
    if not known:
        words = "No times are known yet."
        return Strip(width, 30, (), (Label(0, 19, (words,)),), words)
    segments = _segments(known, width)
    shapes = [_bar(segment, palette, severity) for segment in segments]
    if not segments:
        shapes.append(ink.line(0.5, BAR_TOP, 0.5, BAR_TOP + BAR_HEIGHT, palette.mark))
    places = [segments[0].start if segments else 0.0, *(s.end for s in segments)]
    ticks, moments, rows = _moments(known, places, width, palette, zone, theme)
    return Strip(
        width,
        BAR_TOP + BAR_HEIGHT + 8 + rows * ROW,
        (*shapes, *ticks),
        (*_lengths(segments, theme), *moments),
        _told(known, segments, zone),
    )


def _segments(known: list[tuple[Clock, ClockTime]], width: float) -> list[Segment]:
    gaps = [b[1].at - a[1].at for a, b in pairwise(known)]
    if not gaps:
        return []
    seconds = [gap.total_seconds() for gap in gaps]
    before = sum(s for s, (c, _) in zip(seconds, known, strict=False) if c is not Clock.RESOLVED)
    # Monitoring may last for days; drawn to scale it would squeeze what matters.
    shares = [
        min(s, (before or s) / 5) if known[n][0] is Clock.RESOLVED else s
        for n, s in enumerate(seconds)
    ]
    least = (sum(shares) or 1) * min(0.06, 0.7 / len(shares))
    shares = [max(share, least) for share in shares]
    scale, x = width / sum(shares), 0.0
    segments = []
    for (clock, _), share, gap in zip(known, shares, gaps, strict=False):
        segments.append(Segment(clock, x, x + share * scale, gap))
        x += share * scale
    return segments


def _bar(segment: Segment, palette: Palette, severity: Severity | None) -> str:
    _, strength = PHASES.get(segment.clock, ("", 0.14))
    return ink.rect(
        segment.start, BAR_TOP, max(segment.end - segment.start - 1.5, 1), BAR_HEIGHT,
        palette.severity[severity], fill_opacity=strength,
    )  # fmt: skip


def _lengths(segments: list[Segment], theme: Theme) -> list[Label]:
    """Above each phase its name and length, or as much of it as there is room for."""
    labels = []
    for segment in segments:
        name, _ = PHASES.get(segment.clock, ("", 0.14))
        width, length = segment.end - segment.start, length_in_words(segment.length)
        for words in (f"{name} {length}".strip(), length):
            if text_width(words, SIZE, theme) <= width - 4:
                labels.append(Label(segment.start + width / 2, 13, (words,), "middle"))
                break
    return labels


def _moments(
    known: list[tuple[Clock, ClockTime]],
    places: list[float],
    width: float,
    palette: Palette,
    zone: str,
    theme: Theme,
) -> tuple[list[str], list[Label], int]:
    """Name and time below each boundary, from right to left, down a row where two would touch.
    Returns the shapes, the labels in the order of time, and how many rows there are."""
    ticks: list[tuple[float, float, float, float]] = []
    grounds: list[tuple[float, float, float, float]] = []
    labels: list[Label] = []
    taken: list[float] = []  # where the leftmost label of each row begins
    first_day = known[0][1].at.astimezone(zone_named(zone)).date()
    for (clock, time), x in reversed(list(zip(known, places, strict=True))):
        lines = (label(clock), _when(time, zone, first_day))
        wide = max(text_width(line, SIZE, theme) for line in lines) + 10
        tick = min(max(x, 0.5), width - 0.5)
        to_left = tick + wide > width
        left = tick - wide if to_left else tick
        row = next((i for i, start in enumerate(taken) if left + wide <= start), len(taken))
        taken[row : row + 1] = [left]
        top, down = BAR_TOP + BAR_HEIGHT, BAR_TOP + BAR_HEIGHT + 6 + row * ROW
        ticks.append((tick, top, tick, down + 22))
        grounds.append((left + 2, down - 1, wide - 6, 24))
        place, anchor = (tick - 4, "end") if to_left else (tick + 4, "start")
        labels.append(Label(place, down + 9, lines, anchor))
    # The ticks of labels further down pass behind the words of those above.
    shapes = [ink.lines(ticks, palette.line, stroke_width=1), ink.grounds(grounds, palette.paper)]
    return shapes, labels[::-1], len(taken)


def _when(time: ClockTime, zone: str, first_day: date) -> str:
    local = time.at.astimezone(zone_named(zone))
    words = f"{local:%H:%M} {zone_word(local)}" if local.date() == first_day else (
        f"{local.day} {local:%b %H:%M}"
    )  # fmt: skip
    return f"{words}, est." if time.estimated else words


def _told(known: list[tuple[Clock, ClockTime]], segments: list[Segment], zone: str) -> str:
    times = "; ".join(
        f"{label(clock)} {moment(time.at, zone)}{' (estimated)' if time.estimated else ''}"
        for clock, time in known
    )
    phases = "; ".join(
        f"{PHASES.get(s.clock, ('then', 0))[0]} {length_in_words(s.length)}" for s in segments
    )
    return f"{times}. {phases}." if phases else f"{times}."
