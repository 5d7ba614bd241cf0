"""Recognising a time at the head of a line, as words: nothing is placed in a day or a zone here.

A line is scanned once from its head with small anchored patterns, so that the work grows with
the length of the head and never with its square.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from models.rules.timeline.dates import DateWords, read_date
from models.rules.timeline.hours import ClockWords, read_clock, with_half
from models.rules.timeline.zones import read_zone


@dataclass(frozen=True)
class Stamp:
    """A time as written. One of `date` or `clock` (or both), `elapsed` (T+12m) or `epoch`
    (seconds since 1970) is set. `end` is where the words behind it begin; `is_bracketed` that
    it stood in [ ]; `needs_minutes` that T+12 gave no unit."""

    end: int
    shown: str
    date: DateWords | None = None
    clock: ClockWords | None = None
    zone: str = ""
    until_date: DateWords | None = None
    until_clock: ClockWords | None = None
    elapsed: timedelta | None = None
    until_elapsed: timedelta | None = None
    epoch: float | None = None
    is_bracketed: bool = False
    needs_minutes: bool = False


_LIST_MARK = re.compile(
    r"(?:>\s?){0,4}(?:(?:[-*+•‣◦·–—]|[0-9]{1,3}[.)])\s{1,8})?(?:\[[ xX]\]\s)?(?:[-=–—]{2,20}\s)?"
)
_HEADING_MARK = re.compile(r"#{1,6}\s{1,4}")
_OPENING = re.compile(r"[\[(*_`<~≈\s]{0,8}")
_LEAD = re.compile(
    r"(?:(?:at|on|from|between|since|around|about|approx(?:imately)?\.?|circa|ca\.?|c\."
    r"|time:|when:)\s{1,3}|[@~≈]\s?)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:\s?(?:hrs?|h)\b)?[~?]?[\])*_`>]{0,6}")
_DATE_TO_CLOCK = re.compile(r"(?:T|[_:](?=[0-9]{2}:)|,?\s{0,8}(?:[-–—|@]\s{1,2}|@|at\s{1,2})?)")
_CLOCK_TO_DATE = re.compile(r",?\s{1,3}(?:on\s)?[(\[]?")
_TO = re.compile(r"\s{0,3}(?:[-–—~]{1,3}|→|->|to\b|until\b|till\b|and\b)\s{0,3}(?:at\s)?", re.I)
_SEPARATOR = re.compile(r":?\s*(?:(?:->|=>|→|\||,|;|[-–—]+(?![-–—0-9]))\s*)?")
_EPOCH = re.compile(r"([1-3][0-9]{9})(?:\.([0-9]{1,6}))?(?![\w.:/-])|([12][0-9]{12})(?![\w.:/-])")
_ELAPSED = re.compile(
    r"(?P<t>[tT])\s?(?P<sign>[+\-−])\s?|(?P<zero>[tT]0)(?![\w:])|(?P<plus>\+)(?=[0-9])"
)
_AMOUNT = re.compile(
    r"([0-9]{1,6})\s?(days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-zA-Z])\s?"
)
_AMOUNT_AS_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])")
_AMOUNT_ALONE = re.compile(r"([0-9]{1,5})(?![\w:.])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def read_stamp(line: str) -> Stamp | None:
    """The time at the head of `line`, behind list marks, brackets and words such as “at”.
    None when the line does not begin with a time."""
    mark = _LIST_MARK.match(line)
    start = mark.end() if mark else 0
    if heading := _HEADING_MARK.match(line, start):
        start = heading.end()
    opening = _OPENING.match(line, start)
    begin = opening.end() if opening else start
    is_bracketed = "[" in line[start:begin]
    for _ in range(3):
        stamp = _at(line, begin)
        if stamp:
            return _finish(line, start, replace(stamp, is_bracketed=is_bracketed))
        lead = _LEAD.match(line, begin)
        if not lead:
            return None
        begin = lead.end()
    return None


def _at(line: str, start: int) -> Stamp | None:
    if line[start : start + 1] in ("t", "T", "+"):
        elapsed = _elapsed(line, start)
        if elapsed:
            return elapsed
    if found := _EPOCH.match(line, start):
        seconds = float(found[1] + "." + (found[2] or "0")) if found[1] else int(found[3]) / 1000
        return Stamp(found.end(), found[0], epoch=seconds)
    stamp = _date_first(line, start) or _clock_first(line, start)
    return _with_end_of_range(line, stamp) if stamp else None


def _date_first(line: str, start: int) -> Stamp | None:
    found = read_date(line, start)
    if not found:
        return None
    date, end = found
    between = _DATE_TO_CLOCK.match(line, end)
    clock = read_clock(line, between.end()) if between else None
    if between and clock and (between.end() > end or line[end : end + 1] == "T"):
        is_iso = between.group() == "T"
        stamp = Stamp(clock[1], line[start : clock[1]], date, clock[0])
        return _with_zone(line, stamp, in_iso=is_iso)
    is_alone = not line[end:].strip(" \t:.,;*_`)]>-–—")
    if date.is_whole or date.is_template or is_alone or re.match(r":\s|\s[-–—]\s", line[end:]):
        # “May 5 servers” is no date; “May 5: servers” is one.
        return None if re.match(r"\w", line[end:]) else Stamp(end, line[start:end], date)
    return None


def _clock_first(line: str, start: int) -> Stamp | None:
    found = read_clock(line, start)
    if not found:
        return None
    clock, end = found
    stamp = _with_zone(line, Stamp(end, line[start:end], clock=clock), in_iso=False)
    between = _CLOCK_TO_DATE.match(line, stamp.end)
    date = read_date(line, between.end()) if between else None
    if between and date and date[0].is_whole:
        end = date[1] + (1 if line[date[1] : date[1] + 1] in (")", "]") else 0)
        return _with_zone(line, replace(stamp, end=end, date=date[0]), in_iso=False)
    return stamp


def _with_zone(line: str, stamp: Stamp, *, in_iso: bool) -> Stamp:
    zone = None if stamp.zone else read_zone(line, stamp.end, in_iso=in_iso)
    return replace(stamp, zone=zone[0], end=zone[1]) if zone else stamp


def _with_end_of_range(line: str, stamp: Stamp) -> Stamp:
    """`stamp` with the end of 10:01–10:07, or as it is."""
    begin = re.compile(r"[\])*_`]{0,4}").match(line, stamp.end)
    to = _TO.match(line, begin.end() if begin else stamp.end)
    if not to:
        return stamp
    second = re.compile(r"[\[(*_`]{0,4}").match(line, to.end())
    start = second.end() if second else to.end()
    end = _date_first(line, start) or (_clock_first(line, start) if stamp.clock else None)
    if not end or (end.clock and end.clock.is_loose and not (stamp.clock and stamp.clock.is_loose)):
        return stamp
    if (stamp.clock and not end.clock) or (end.clock and end.clock.is_template):
        return stamp
    if stamp.clock and end.clock:
        stamp = replace(stamp, clock=with_half(stamp.clock, end.clock.half))
    return replace(
        stamp,
        end=end.end,
        until_date=end.date,
        until_clock=end.clock,
        zone=stamp.zone or end.zone,
    )


def _elapsed(line: str, start: int) -> Stamp | None:
    head = _ELAPSED.match(line, start)
    if not head:
        return None
    if head["zero"]:
        return Stamp(head.end(), head[0], elapsed=timedelta(0))
    sign = -1 if head["sign"] and head["sign"] != "+" else 1
    size, end, has_unit = _duration(line, head.end())
    if end == head.end() or (head["plus"] and not has_unit):
        return None
    stamp = Stamp(end, line[start:end].strip(), elapsed=sign * size)
    to = _TO.match(line, end)
    second = _elapsed(line, to.end()) if to else None
    if second:
        return replace(stamp, end=second.end, until_elapsed=second.elapsed)
    return replace(stamp, needs_minutes=not has_unit and bool(size))


def _duration(line: str, start: int) -> tuple[timedelta, int, bool]:
    """The length of time at `start`, where it ends, and whether it names its unit."""
    if found := _AMOUNT_AS_CLOCK.match(line, start):
        hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
        return timedelta(hours=hours, minutes=minutes, seconds=seconds), found.end(), True
    size, end = timedelta(0), start
    unit = ""
    for _ in range(4):
        found = _AMOUNT.match(line, end)
        if not found:
            break
        unit = found[2][0]
        size += timedelta(**{_UNITS[unit]: int(found[1])})
        end = found.end()
    # The 12 of 1h12 are minutes; a number without any unit is taken for minutes by the reader.
    alone = _AMOUNT_ALONE.match(line, end)
    if alone and (not unit or (unit == "h" and line[end - 1] != " ")):
        return size + timedelta(minutes=int(alone[1])), alone.end(), bool(unit)
    while end > start and line[end - 1] == " ":
        end -= 1
    return size, end, bool(unit)


def _finish(line: str, start: int, stamp: Stamp) -> Stamp | None:
    """`stamp` with its end moved behind closing marks and the dash or colon that follows."""
    closing = _CLOSING.match(line, stamp.end)
    end = closing.end() if closing else stamp.end
    if re.match(r"\w", line[end : end + 1]) and end == stamp.end:
        return None
    separator = _SEPARATOR.match(line, end)
    return replace(stamp, end=separator.end() if separator else end)


def is_whole_line(line: str, stamp: Stamp) -> bool:
    """Whether nothing but the time stands on the line."""
    return not line[stamp.end :].strip(" \t*_`:.)]>-–—")
