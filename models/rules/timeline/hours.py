"""A time of day as people write it: 14:02, 10:01:22.123, 2 pm, 14:??, 10.01, 1001Z, --:--."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.rules.vocabulary import Precision


@dataclass(frozen=True)
class ClockWords:
    """A time of day without day and zone. `half` is am, pm or "". `is_loose` marks a spelling
    (10.01) that can be a number as well. `days` is 1 for 24:00. `problem` says why it is none;
    `is_unknown` that the writer did not know it (--:--), `is_template` that nobody filled in
    the row (HH:mm)."""

    hour: int = 0
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    days: int = 0
    half: str = ""
    precision: Precision = Precision.MINUTE
    is_loose: bool = False
    is_unknown: bool = False
    is_template: bool = False
    is_leap_second: bool = False
    problem: str = ""


_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2}|\?{1,2}|[xX]{2}|--|__)"
    r"(?::(?P<second>[0-9]{2}|\?\?|[xX]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"|[hH](?P<h_minute>[0-9]{2})"
    r"|\.(?P<dot_minute>[0-9]{2})(?![0-9]|[.,:%][0-9]|%))?"
    r"(?:\s?(?P<half>[aApP])(?:\.[mM]\.|[mM](?![\w])))?"
)
_MILITARY = re.compile(r"([0-9]{2})([0-9]{2})(?=\s?(?:Z|UTC|GMT|hrs?|h)\b)")
_COMPACT = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})(?=Z|[+\-][0-9])")
_UNKNOWN = re.compile(r"(?:--|\?\?):(?:--|\?\?)(?::(?:--|\?\?))?")
_TEMPLATE = re.compile(r"(?:HH|hh|XX|xx):(?:MM|mm|XX|xx)(?::(?:SS|ss|XX|xx))?(?!\w)")
_GLUED = re.compile(r"Z(?!\w)|UTC|GMT|utc|[A-Z]{3,4}(?!\w)|(?:hrs?|h)(?!\w)")


def read_clock(text: str, start: int) -> tuple[ClockWords, int] | None:
    """The time of day that begins at `start`, and where it ends; None when there is none."""
    if found := _TEMPLATE.match(text, start):
        return ClockWords(is_template=True), found.end()
    if found := _UNKNOWN.match(text, start):
        return ClockWords(is_unknown=True, precision=Precision.DAY), found.end()
    if found := _MILITARY.match(text, start):
        return _checked(int(found[1]), int(found[2]), shown=found[0]), found.end()
    if found := _COMPACT.match(text, start):
        hour, minute, second = (int(part) for part in found.groups())
        clock = _checked(hour, minute, second, precision=Precision.SECOND, shown=found[0])
        return clock, found.end()
    found = _CLOCK.match(text, start)
    if not found or not any(found[g] for g in ("minute", "h_minute", "dot_minute", "half")):
        return None
    if found["dot_minute"] and len(found["hour"]) < 2 and not found["half"]:
        return None  # 1.14 is a number
    after = text[found.end() : found.end() + 5]
    if re.match(r"\w|:[0-9]", after) and not _GLUED.match(after):
        return None
    return _from_parts(found), found.end()


def with_half(clock: ClockWords, half: str) -> ClockWords:
    """`clock` with the am or pm that stands only behind the end of the range: 10:01 - 10:07 PM."""
    if clock.half or not half or clock.problem or not 1 <= clock.hour <= 12 or clock.days:
        return clock
    return _checked(clock.hour, clock.minute, clock.second, half=half, precision=clock.precision)


def _from_parts(found: re.Match[str]) -> ClockWords:
    minute = found["minute"] or found["h_minute"] or found["dot_minute"] or ""
    second = found["second"] or ""
    half = f"{found['half'].lower()}m" if found["half"] else ""
    if not minute.isdigit():
        precision = Precision.HOUR
    elif second.isdigit():
        precision = Precision.SECOND
    else:
        precision = Precision.MINUTE
    return _checked(
        int(found["hour"]),
        int(minute) if minute.isdigit() else 0,
        int(second) if second.isdigit() else 0,
        microsecond=int(((found["fraction"] or "") + "000000")[:6]),
        half=half,
        precision=precision,
        is_loose=bool(found["dot_minute"]) and not half,
        shown=found[0].strip(),
    )


def _checked(
    hour: int,
    minute: int,
    second: int = 0,
    *,
    microsecond: int = 0,
    half: str = "",
    precision: Precision = Precision.MINUTE,
    is_loose: bool = False,
    shown: str = "",
) -> ClockWords:
    """24:00 is the next midnight. A leap second, 23:59:60, is kept as the last second of its
    day (UTC in a database has no sixtieth): the day and the order stay true."""
    is_leap = (minute, second) == (59, 60)
    is_midnight = (hour, minute, second) == (24, 0, 0) and not half
    wrong = minute > 59 or (second > 59 and not is_leap) or (hour > 23 and not is_midnight)
    if wrong or (half == "am" and hour > 12) or (half and hour == 0 and minute > 59):
        return ClockWords(
            is_loose=is_loose, problem=f"{shown} is no time of day. Correct the time."
        )
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return ClockWords(
        hour=0 if is_midnight else hour,
        minute=minute,
        second=59 if is_leap else second,
        microsecond=microsecond,
        days=1 if is_midnight else 0,
        half=half,
        precision=precision,
        is_loose=is_loose,
        is_leap_second=is_leap,
    )
