"""A time of day as people write it: 14:02, 10:01:22.123, 2 pm, 9:05a, 14:??, 10.01, 14 Uhr,
1001Z, --:--, noon."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from models.rules.vocabulary import Precision


class ClockWords(NamedTuple):
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


_DIGITS = frozenset("0123456789")
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2}|[0-9]\?|\?{1,2}|[xX]{2}|--|__)"
    r"(?::(?P<second>[0-9]{2}|\?\?|[xX]{2})(?:(?:[.,]|:(?=[0-9]{3}))(?P<fraction>[0-9]{1,9}))?)?"
    r"|[hH](?P<h_minute>[0-9]{2})"
    # 14h, but not a length of time: 12h later, 12h of downtime
    r"|(?<=[01][0-9]|2[0-3])[hH](?=\s?[-–—:|,;]|\s(?!later|after|ago|of\b|in|long|before|\s))"
    r"|\.(?P<dot_minute>[0-9]{2}|\?\?)(?![0-9]|[.,:%][0-9]|%))?"
    r"(?:\s?(?P<half>[aApP])(?:\.[mM]\.|[mM](?![\w]))|(?<=[0-9]{2})(?P<a_or_p>[aApP])(?![\w.]))?"
    r"(?P<uhr>\s?Uhr\b)?"
)
# The 2 of 2-3pm: an hour whose half stands behind the end of the range.
_HOUR_OF_RANGE = re.compile(
    r"(?P<hour>[0-9]{1,2})(?=\s?[-–]\s?[0-9]{1,2}(?::[0-9]{2})?\s?[aApP][mM]\b)"
)
_MILITARY = re.compile(
    r"([0-9]{2})([0-9]{2})(?=\s?(?:Z|UTC|GMT|hours|hrs?|h)\b(?!\s?(?:of|later|after|ago|in|long|before|since)\b))"
)
_OF_FILE_NAME = re.compile(r"[T_]([0-9]{2})-([0-9]{2})-([0-9]{2})(?![-\w])")  # …_14-02-05
_COMPACT = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})(?=Z|[+\-][0-9])")
_UNKNOWN = re.compile(r"(?:--|\?\?):(?:--|\?\?)(?::(?:--|\?\?))?")
_TEMPLATE = re.compile(r"(?:HH|hh|XX|xx):(?:MM|mm|XX|xx)(?::(?:SS|ss|XX|xx))?(?!\w)")
_NOON = re.compile(r"(?:12 )?(noon|midnight)(?=\s{0,8}(?:[:,;|)\]*=>–—-]|$))", re.IGNORECASE)
# 14時02分, 午後2時05分; not 2時間, which is a length.
_JAPANESE = re.compile(
    r"(?P<half>午前|午後)?\s?(?P<hour>[0-9]{1,2})[時时](?!間|间)"
    r"(?:(?P<minute>[0-9]{1,2})分(?:(?P<second>[0-9]{1,2})秒)?|(?P<middle>半))?(?:頃|ごろ|に)?"
)
_TOUCHING = re.compile(r"[^\W_]|:[0-9]")
_GLUED = re.compile(r"Z(?!\w)|UTC|GMT|utc|[A-Z]{3,4}(?!\w)|(?:hrs?|h|ish)(?!\w)")
# Words that follow without a space: 14:02alert fired; but 10:30x and 14:02ms are no times.
WORDS_GLUED = re.compile(
    r"(?<=:[0-9]{2})(?:[^\W\d_]{4,30}\s|[\u3040-\u30ff\u4e00-\u9fff])|(?<=[時时分秒半頃ろに])[^\W\d_]"
)


def read_clock(text: str, start: int) -> tuple[ClockWords, int] | None:
    """The time of day that begins at `start`, and where it ends; None when there is none."""
    if found := _JAPANESE.match(text, start):
        return _in_japanese(found), found.end()
    if text[start : start + 1] not in _DIGITS:
        return _clock_in_words(text, start)
    found = _CLOCK.match(text, start)
    if found and found.end() > found.end("hour"):
        if found["dot_minute"] and len(found["hour"]) < 2 and not (found["half"] or found["uhr"]):
            return None  # 1.14 is a number
        if _TOUCHING.match(text, found.end()) and not (
            _GLUED.match(text, found.end()) or WORDS_GLUED.match(text, found.end())
        ):
            return None
        return _written(found[0]), found.end()
    if found := _MILITARY.match(text, start):
        return _checked(int(found[1]), int(found[2]), shown=found[0]), found.end()
    if found := _COMPACT.match(text, start):
        hour, minute, second = (int(part) for part in found.groups())
        clock = _checked(hour, minute, second, precision=Precision.SECOND, shown=found[0])
        return clock, found.end()
    if found := _HOUR_OF_RANGE.match(text, start):
        return _checked(int(found[0]), 0, precision=Precision.HOUR, shown=found[0]), found.end()
    return _clock_in_words(text, start)


def _in_japanese(found: re.Match[str]) -> ClockWords:
    minute = 30 if found["middle"] else int(found["minute"] or 0)
    shape = Precision.SECOND if found["second"] else Precision.MINUTE
    return _checked(
        int(found["hour"]),
        minute,
        int(found["second"] or 0),
        half={"午前": "am", "午後": "pm"}.get(found["half"] or "", ""),
        precision=shape if found["minute"] or found["middle"] else Precision.HOUR,
        shown=found[0].strip(),
    )


def read_clock_of_file_name(text: str, start: int) -> tuple[ClockWords, int] | None:
    """The 14-02-05 that stands behind a date and _ or T at `start`, where no colon may stand."""
    found = _OF_FILE_NAME.match(text, start)
    if not found:
        return None
    hour, minute, second = (int(part) for part in found.groups())
    shown = found[0][1:]
    return _checked(hour, minute, second, precision=Precision.SECOND, shown=shown), found.end()


def bare_clock(digits: str) -> ClockWords:
    """The time that four digits alone, such as 1402, mean."""
    return _checked(int(digits[:2]), int(digits[2:]), shown=digits)


def with_half(clock: ClockWords, end: ClockWords) -> ClockWords:
    """`clock` with the am or pm that stands only behind the end of the range: 10:01 - 10:07 PM;
    11:30 - 1:15 PM began in the morning."""
    if clock.half or not end.half or not _has_two_readings(clock):
        return clock
    is_before = (clock.hour % 12, clock.minute) <= (end.hour % 12, end.minute)
    return in_half(clock, end.half if is_before else "am" if end.half == "pm" else "pm")


def nearest_half(clock: ClockWords, hour: int, minute: int) -> ClockWords:
    """`clock` in the half of the day that is nearer to a time: 2:05 beside 14:02 is 14:05."""
    if clock.half or not _has_two_readings(clock):
        return clock

    def distance(half: str) -> int:
        other = in_half(clock, half)
        minutes = (other.hour - hour) * 60 + other.minute - minute
        return min(minutes % 1440, -minutes % 1440)

    return in_half(clock, min(("am", "pm"), key=distance))


def in_half(clock: ClockWords, half: str) -> ClockWords:
    """A time without am or pm in that half of the day."""
    return _checked(
        clock.hour,
        clock.minute,
        clock.second,
        microsecond=clock.microsecond,
        half=half,
        precision=clock.precision,
    )


def _has_two_readings(clock: ClockWords) -> bool:
    return 1 <= clock.hour <= 12 and not (clock.problem or clock.days or clock.is_template)


def _clock_in_words(text: str, start: int) -> tuple[ClockWords, int] | None:
    if found := _TEMPLATE.match(text, start):
        return ClockWords(is_template=True), found.end()
    if found := _UNKNOWN.match(text, start):
        return ClockWords(is_unknown=True, precision=Precision.DAY), found.end()
    if found := _NOON.match(text, start):
        return ClockWords(hour=12 if found[1].lower() == "noon" else 0), found.end()
    return None


@lru_cache(maxsize=4096)  # a text has many lines and few different times
def _written(shown: str) -> ClockWords:
    found = _CLOCK.match(shown)
    if found is None:
        raise ValueError(shown)
    minute = found["minute"] or found["h_minute"] or found["dot_minute"] or ""
    second = found["second"] or ""
    letter = found["half"] or found["a_or_p"]
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
        half=f"{letter.lower()}m" if letter else "",
        precision=precision,
        is_loose=bool(found["dot_minute"]) and not letter and not found["uhr"],
        shown=shown.strip(),
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
    if wrong or (half == "am" and hour > 12):
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
