"""Recognising a time at the head of a line, as words: nothing is placed in a day or a zone here.

A line is scanned once from its head with small anchored patterns, so that the work grows with
the length of the head and never with its square.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from models.rules.timeline.dates import DateWords, read_date
from models.rules.timeline.hours import (
    WORDS_GLUED,
    ClockWords,
    bare_clock,
    read_clock,
    read_clock_of_file_name,
    with_half,
)
from models.rules.timeline.zones import read_zone
from models.rules.vocabulary import Precision


class Stamp(NamedTuple):
    """A time as written. One of `date` or `clock` (or both), `elapsed` (T+12m) or `epoch`
    (seconds since 1970) is set. `end` is where the words behind it begin; `lead` an emoji before
    it; `is_bracketed` that it stood in [ ]; `needs_minutes` that T+12 gave no unit;
    `is_about` that it is marked as not exact; `until_shown` is the end of a span as written. A
    named tuple because one is made, and changed, for each line of a text."""

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
    lead: str = ""
    is_bracketed: bool = False
    needs_minutes: bool = False
    is_about: bool = False
    until_shown: str = ""


_EMOJI = (
    r"(?:[\U0001F000-\U0001FAFF\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]{1,8}\s{0,2}"
    r"|:[a-z0-9_+'-]{2,30}:\s{1,3})"
)
# The 6. of “6. Mai 2024” is a day and not the number of a list.
_DAY_OF_MONTH = (
    r"\s(?i:jan|feb|m[aä]r|apr|ma[iy]|ju[nl]|aug|sep|o[ck]t|nov|de[cz])[a-z]{0,6}\.?,?\s"
    r"{1,2}(?:[0-9]{4}\b|[0-9]{1,2}:)"
)
# The letter of a log line such as E0506 14:02:13.123456, the level, stands before its day.
_LEVEL = r"[IWEF](?=[01][0-9][0-3][0-9]\s{1,2}[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9])"
# What stands before a time and is none of its words: marks of quotations, lists, check boxes,
# system logs (<34>1) and headings, then an emoji, then brackets.
# The + of “+ 7 min” counts from the first moment and is not the mark of a list.
_LENGTH = r"\s[0-9]{1,5}\s?(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b"
_HEAD = re.compile(
    r"(?:>\s?){0,4}"
    rf"(?:(?:[-*•‣◦·–—▪►→]|\+(?!{_LENGTH})|\(?[0-9]{{1,3}}[.)](?!{_DAY_OF_MONTH})|#[0-9]{{1,3}}|[a-z][.)])\s{{1,8}})?"
    r"(?:(?:\[[ xX]\]|[☐☑☒])\s)?"
    r"(?:<[0-9]{1,3}>[0-9]?\s?)?(?:[-=–—]{2,20}\s)?(?:#{1,6}\s{1,4})?"
    rf"(?P<lead>{_LEVEL}|{_EMOJI}{{0,3}})(?P<opening>[\[({{*_`<~≈\s]{{0,8}})"
)
_LEAD = re.compile(
    r"(?:(?:at|on|from|between|since|around|about|approx(?:imately)?\.?|circa|ca\.?|c\."
    r"|um|gegen|ab|seit|von|zwischen|am"
    r"|à|vers|le|a las|às|ore|alle|om|kl\.?|godz\.?|в|posted(?: [a-z0-9 ]{1,30} ago)?\.?"
    r"|time:|when:)\s{1,3}"
    r"|[@~≈]\s?)",
    re.IGNORECASE,
)
# The first two letters of all words that a time can begin with: most lines begin with others.
_STARTS = """
ja fe ma mä mr ap ju au se oc ok no de mo tu we th fr sa su di mi do so da to ye he ge t+ t- t−
le às al or om kl go ve
t0 hh xx yy dd at on be si ar ab ca c. ci um vo zw am po ti wh
"""
_WORD_STARTS = frozenset((*_STARTS.split(), "t ", "à ", "в ", "a "))
_OTHER_STARTS = frozenset("0123456789@~≈+-?午")
# Marks of a time that is not exact. Two ~ strike something out.
_ABOUT = re.compile(
    r"(?<!~)~(?!~)|[≈?]|\b(?:around|about|approx|circa|ca\b|c\.|gegen|vers)|ish", re.IGNORECASE
)
_DIGITS = frozenset("0123456789")
# What closes a time, and the dash or colon that divides it from the words.
_CLOSING = re.compile(
    r"(?:(?:\s?(?:hours|hrs?|hs|h|uur)|ish)\b)?[~?]?(?::(?=\*))?[\])}*_`>]{0,6}"
    r"(?P<divider>:?\s*(?:(?:-{1,2}>|=>|→|»|·|//|\||,|;|[-–—‒―]+(?![-–—‒―0-9!]))\s*)?)"
)
_BRACKETS_CLOSING, _BRACKETS_OPENING = re.compile(r"[\])*_`>]{0,4}"), re.compile(r"[\[(*_`]{0,4}")
_UNKNOWN_END = re.compile(r"\?{1,2}(?::\?{1,2})?(?=[\s:,;|)\]]|$)")
_YEAR_BEHIND = re.compile(r"\s((?:19|20)[0-9]{2})(?=[\s\])]|$)")
_LAST_MINUTE = re.compile(r"[-–]([0-5][0-9])(?=\s|:\s|$)")
_BESIDE = " \t:.,;*_`)]>=~|-–—"  # what may stand beside a time that is alone on its line
_DAY_ENDS = re.compile(r":\s|\s[-–—]\s")
_DATE_TO_CLOCK = re.compile(
    r"(?:T|[_:](?=[0-9]{2}:)|,?\s{0,8}(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\s{1,2})?"
    r"(?:[-–—|@]\s{1,2}|@|(?:at|um|gegen|à|às|a las|ore|alle|om|kl\.?|в)\s{1,2})?)",
    re.IGNORECASE,
)
_CLOCK_TO_DATE = re.compile(r",?\s{1,3}(?:on\s|am\s)?[(\[]?")
_TO = re.compile(
    r"\s{0,3}(?:-{1,2}>|[-–—~]{1,3}|→|to\b|until\b|till\b|and\b|bis\b|und\b)\s{0,3}(?:at\s)?", re.I
)
_EPOCH = re.compile(
    r"([1-3][0-9]{9})(?:\.([0-9]{1,6}))?(?![\w./-]|:\S)|([12][0-9]{12})(?![\w.:/-])"
)
_ELAPSED = re.compile(
    r"(?P<t>[tT])0?\s?(?P<sign>[+\-−])\s?|(?P<zero>[tT]0)(?![\w:])|(?P<plus>\+\s?)(?=[0-9])"
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
    head = _HEAD.match(line)
    begin = head.end() if head else 0
    two = line[begin : begin + 2].lower()
    if two[:1] not in _OTHER_STARTS and two not in _WORD_STARTS:
        return None
    for _ in range(3):
        if stamp := _at(line, begin):
            return _finished(line, stamp, head, begin)
        lead = _LEAD.match(line, begin)
        if not lead:
            return None
        begin = lead.end()
    return None


def _at(line: str, start: int) -> Stamp | None:
    first = line[start : start + 1]
    if first in ("t", "T", "+") and (elapsed := _elapsed(line, start)):
        return elapsed
    if first in _DIGITS and (found := _EPOCH.match(line, start)):
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
    clock = clock or read_clock_of_file_name(line, end)
    if between and clock and (between.end() > end or line[end : end + 1] in ("T", "_")):
        is_iso = between.group() == "T"
        stamp = Stamp(clock[1], line[start : clock[1]], date, clock[0])
        return _with_year_behind(line, _with_zone(line, stamp, in_iso=is_iso))
    is_alone = not line[end:].strip(_BESIDE)
    if date.is_whole or date.is_template or is_alone or _DAY_ENDS.match(line, end):
        # “May 5 servers” is no date; “May 5: servers” is one.
        after = line[end : end + 1]
        return None if after.isalnum() or after == "_" else Stamp(end, line[start:end], date)
    return None


def _with_year_behind(line: str, stamp: Stamp) -> Stamp:
    """Mon May 6 10:00:00 2024 +0200, as git writes it; date(1) puts the zone before the year."""
    date = stamp.date
    if date is None or date.year is not None or date.weekday is None or not date.month:
        return stamp
    found = _YEAR_BEHIND.match(line, stamp.end)
    if not found:
        return stamp
    stamp = stamp._replace(end=found.end(), date=replace(date, year=int(found[1])))
    return _with_zone(line, stamp, in_iso=False)


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
        return _with_zone(line, stamp._replace(end=end, date=date[0]), in_iso=False)
    return stamp


def _with_zone(line: str, stamp: Stamp, *, in_iso: bool) -> Stamp:
    zone = None if stamp.zone else read_zone(line, stamp.end, in_iso=in_iso)
    return stamp._replace(zone=zone[0], end=zone[1]) if zone else stamp


def _with_end_of_range(line: str, stamp: Stamp) -> Stamp:
    """`stamp` with the end of 10:01–10:07 (or 10:01–07), or as it is."""
    closing = _BRACKETS_CLOSING.match(line, stamp.end)
    to = _TO.match(line, closing.end() if closing else stamp.end)
    if not to:
        return stamp
    opening = _BRACKETS_OPENING.match(line, to.end())
    start = opening.end() if opening else to.end()
    end = _date_first(line, start) or (_clock_first(line, start) if stamp.clock else None)
    if not end and stamp.clock and (unknown := _UNKNOWN_END.match(line, start)):
        clock = ClockWords(is_unknown=True)
        return stamp._replace(end=unknown.end(), until_clock=clock, until_shown=unknown[0])
    if not end:
        return _with_last_minute(line, stamp)
    if end.clock and end.clock.is_loose and not (stamp.clock and stamp.clock.is_loose):
        return stamp
    if (stamp.clock and not end.clock) or (end.clock and end.clock.is_template):
        return stamp
    if stamp.clock and end.clock:
        stamp = stamp._replace(clock=with_half(stamp.clock, end.clock))
    return stamp._replace(
        end=end.end,
        until_date=end.date,
        until_clock=end.clock,
        until_shown=end.shown,
        zone=stamp.zone or end.zone,
    )


def _with_last_minute(line: str, stamp: Stamp) -> Stamp:
    """14:20-25 ends at 14:25."""
    found = _LAST_MINUTE.match(line, stamp.end)
    clock = stamp.clock
    if not found or not clock or clock.precision is not Precision.MINUTE or clock.is_loose:
        return stamp
    if clock.half or clock.problem or stamp.zone or int(found[1]) <= clock.minute:
        return stamp
    last = bare_clock(f"{clock.hour:02d}{found[1]}")
    return stamp._replace(end=found.end(), until_clock=last, until_shown=found[1])


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
        return stamp._replace(end=second.end, until_elapsed=second.elapsed)
    return stamp._replace(needs_minutes=not has_unit and bool(size))


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


def _finished(line: str, stamp: Stamp, head: re.Match[str] | None, begin: int) -> Stamp | None:
    """`stamp` with what stood before it, and its end moved behind closing marks and the dash or
    colon that follows."""
    closing = _CLOSING.match(line, stamp.end)
    if not closing or not head:
        return None
    after = line[stamp.end : stamp.end + 1]
    glued = stamp.clock and WORDS_GLUED.match(line, stamp.end)
    if closing.start("divider") == stamp.end and after.isalnum() and not glued:
        return None
    beside = line[head.end("lead") : begin], line[stamp.end : closing.start("divider")]
    return stamp._replace(
        end=closing.end(),
        lead=head["lead"].strip(),
        is_bracketed="[" in head["opening"],
        is_about=any(part and _ABOUT.search(part) for part in beside),
    )


def is_whole_line(line: str, stamp: Stamp) -> bool:
    """Whether nothing but the time stands on the line."""
    return not line[stamp.end :].strip(_BESIDE)
