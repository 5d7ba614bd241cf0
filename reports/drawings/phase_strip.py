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

# What the time after a clock is called, and how strongly it is coloured: as strong as the impact.
PHASES: dict[Clock, tuple[str, float]] = {
    Clock.IMPACT_BEGAN: ("Unnoticed", 1.0),
    Clock.DETECTED: ("Noticed", 0.82),
    Clock.ACKNOWLEDGED: ("Triage", 0.66),
    Clock.DECLARED: ("Investigation", 0.5),
    Clock.MITIGATED: ("Recovery", 0.28),
    Clock.RESOLVED: ("Monitoring", 0.14),
}
SIZE = 11.0
BAR_TOP, BAR_HEIGHT, ROW = 20.0, 20.0, 27.0


@dataclass(frozen=True)
class Segment:
    clock: Clock
    start: float
    end: float
    length: timedelta


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
    palette = PALETTES[theme]
    known = sorted(clocks.items(), key=lambda item: item[1].at)
    if not known:
        words = "No times are known yet."
        return ink.svg(
            width, 30, "Phases of the incident", words,
            [ink.text(0, 19, words, size=SIZE, fill=palette.muted)],
        )  # fmt: skip
    segments = _segments(known, width)
    parts = [_bar(segment, palette, severity, theme) for segment in segments]
    if not segments:
        parts.append(ink.line(0.5, BAR_TOP, 0.5, BAR_TOP + BAR_HEIGHT, palette.mark))
    places = [segments[0].start if segments else 0.0, *(s.end for s in segments)]
    labels, rows = _labels(known, places, width, palette, zone, theme)
    height = BAR_TOP + BAR_HEIGHT + 8 + rows * ROW
    return ink.svg(
        width,
        height,
        "Phases of the incident",
        _told(known, segments, zone),
        [*parts, *labels],
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


def _bar(segment: Segment, palette: Palette, severity: Severity | None, theme: Theme) -> str:
    name, strength = PHASES.get(segment.clock, ("", 0.14))
    width = segment.end - segment.start
    parts = [
        ink.rect(
            segment.start, BAR_TOP, max(width - 1.5, 1), BAR_HEIGHT, palette.severity[severity],
            fill_opacity=strength,
        )
    ]  # fmt: skip
    middle, room = segment.start + width / 2, width - 4
    length = length_in_words(segment.length)
    both = f"{name} {length}".strip()
    for words in (both, length):
        if text_width(words, SIZE, theme) <= room:
            parts.append(ink.text(middle, 13, words, size=SIZE, fill=palette.ink, anchor="middle"))
            break
    return "".join(parts)


def _labels(
    known: list[tuple[Clock, ClockTime]],
    places: list[float],
    width: float,
    palette: Palette,
    zone: str,
    theme: Theme,
) -> tuple[list[str], int]:
    """Name and time below each boundary, from right to left, down a row where two would touch."""
    ticks: list[str] = []
    words: list[str] = []
    taken: list[float] = []  # where the leftmost label of each row begins
    first_day = known[0][1].at.astimezone(zone_named(zone)).date()
    for (clock, time), x in reversed(list(zip(known, places, strict=True))):
        name, when = label(clock), _when(time, zone, first_day)
        wide = max(text_width(name, SIZE, theme), text_width(when, SIZE, theme)) + 10
        tick = min(max(x, 0.5), width - 0.5)
        to_left = tick + wide > width
        left = tick - wide if to_left else tick
        row = next((i for i, start in enumerate(taken) if left + wide <= start), len(taken))
        taken[row : row + 1] = [left]
        top, down = BAR_TOP + BAR_HEIGHT, BAR_TOP + BAR_HEIGHT + 6 + row * ROW
        ticks.append(ink.line(tick, top, tick, down + 22, palette.line, stroke_width=1))
        # The lines of labels further down pass behind this one.
        words.append(ink.rect(left + 2, down - 1, wide - 6, 24, palette.paper))
        place, anchor = (tick - 4, "end") if to_left else (tick + 4, "start")
        words.append(ink.text(place, down + 9, name, size=SIZE, fill=palette.muted, anchor=anchor))
        words.append(ink.text(place, down + 21, when, size=SIZE, fill=palette.ink, anchor=anchor))
    return ticks + words, len(taken)


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
