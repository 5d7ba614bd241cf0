"""Texts whose times do not stand at the head of their lines: below the words (a status page),
inside them (“Ben acked at 14:05”), or as bare digits (1402). Looked for only where no line of
the text begins with a time, and said to the person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from models.rules.timeline.hours import bare_clock
from models.rules.timeline.lines import Line, LineKind
from models.rules.timeline.stamps import Stamp, read_stamp

_BARE = re.compile(r"(?:[-*•]\s+)?((?:[01][0-9]|2[0-3])[0-5][0-9])(?::\s|\s?[-–]\s|\s)")
_COUNTED = re.compile(r"(?:\w+s|people|of|ms|[kMGT]i?B|%)(?!\w)")  # 1500 users, 1500 ms
_YEARS = range(1990, 2040)
_HAS_TIME = re.compile(r"[0-9][:h][0-9]{2}|[0-9]\s?[aApP]\.?[mM]\b")
_WORD = re.compile(r"(?<![\w.:/-])\w")
_LIST_MARK = re.compile(r"\s*(?:>\s?){0,4}(?:(?:[-*+•]|[0-9]{1,3}[.)])\s+)?(?:\[[ xX]\]\s)?")
_LOOKED_AT = 400  # characters of a line
_STATUS = re.compile(
    r"(?:resolved|monitoring|identified|investigating|update|in progress|completed|verifying"
    r"|scheduled|postmortem)\b",
    re.IGNORECASE,
)
_AT_HEAD = (LineKind.TIMED, LineKind.ROW, LineKind.SPEAKER)
_BESIDE = (LineKind.BLANK, LineKind.RULE, LineKind.FURNITURE)


def with_times_found(lines: list[Line]) -> list[Line]:
    """The lines, with the times that stand elsewhere moved to the words they belong to."""
    lines = _without_loose_times(lines)
    if not any(line.kind in _AT_HEAD and line.stamp for line in lines):
        return _with_bare_times(lines) or [_with_time_inside(line) for line in lines]
    return [_with_bare_digits_asked(line) for line in _with_times_below(lines)]


def time_inside(text: str) -> Stamp | None:
    """The one time that stands in a line; None when there is none, or more than one."""
    found: list[Stamp] = []
    end = 0
    head = text[:_LOOKED_AT]
    if not _HAS_TIME.search(head):
        return None
    for word in _WORD.finditer(head):
        if word.start() < end:
            continue
        stamp = read_stamp(head[word.start() :])
        if stamp and stamp.clock and not stamp.clock.is_loose and not stamp.clock.problem:
            found.append(stamp)
            end = word.start() + stamp.end
    return found[0] if len(found) == 1 else None


def _without_loose_times(lines: list[Line]) -> list[Line]:
    """10.01 is a time only in a text that writes no time in a better way: beside 10:15, a
    “10.15” is a number."""
    timed = [line.stamp.clock for line in lines if line.stamp and line.stamp.clock]
    if not any(clock.is_loose for clock in timed) or all(clock.is_loose for clock in timed):
        return lines
    return [
        line._replace(kind=LineKind.WORDS, words=line.raw, stamp=None)
        if line.kind is LineKind.TIMED
        and line.stamp
        and line.stamp.clock
        and line.stamp.clock.is_loose
        and not line.stamp.date
        else line
        for line in lines
    ]


def _with_bare_times(lines: list[Line]) -> list[Line]:
    """Lines that begin with 1402, 1405 …: at least two, in order, and not all of them years.
    [] when they are something else."""
    found = {
        n: bare
        for n, line in enumerate(lines)
        if line.kind is LineKind.WORDS and (bare := _BARE.match(line.raw.strip()))
    }
    digits = [bare[1] for bare in found.values()]
    is_rising = all(a <= b for a, b in pairwise(digits))
    if len(digits) < 2 or not is_rising or all(int(d) in _YEARS for d in digits):
        return []
    return [
        line._replace(
            kind=LineKind.TIMED,
            words=line.raw.strip()[found[n].end() :],
            stamp=Stamp(found[n].end(), found[n][1], clock=bare_clock(found[n][1])),
        )
        if n in found
        else line
        for n, line in enumerate(lines)
    ]


def _with_bare_digits_asked(line: Line) -> Line:
    """“1410 fixed” among times with a colon can be a time or a number, and is asked about;
    “1500 users saw errors” counts something, a year or an indented line goes on."""
    bare = _BARE.match(line.raw) if line.kind is LineKind.WORDS else None
    if not bare or int(bare[1]) in _YEARS or _COUNTED.match(line.raw, bare.end()):
        return line
    why = f"{bare[1]} can be a time or a number: write {bare[1][:2]}:{bare[1][2:]} if it is a time."
    return line._replace(kind=LineKind.REFUSED, words=why)


def _with_time_inside(line: Line) -> Line:
    stamp = time_inside(line.raw) if line.kind is LineKind.WORDS else None
    if not stamp:
        return line
    words = _LIST_MARK.sub("", line.raw, count=1)
    return line._replace(kind=LineKind.TIMED, words=words, stamp=stamp, is_inside=True)


def _with_times_below(lines: list[Line]) -> list[Line]:
    """On a status page each time stands below its words: the text begins with words and ends
    with a time alone, and so does every part of it."""
    significant = [line for line in lines if line.kind not in _BESIDE]
    timed = [line for line in significant if line.kind in _AT_HEAD]
    is_below = (
        significant[0].kind in (LineKind.WORDS, LineKind.HEADING)
        and significant[-1].kind is LineKind.TIMED
        and all(_is_time_alone(line) for line in timed)
    )
    if not is_below:
        return lines
    placed = list(lines)
    block: list[int] = []
    for n, line in enumerate(lines):
        if line.kind is LineKind.TIMED:
            if block:
                first = block[0] if placed[block[0]] is not significant[0] else _start(lines, block)
                words = lines[first].raw
                placed[first] = lines[first]._replace(
                    kind=LineKind.TIMED, words=words, stamp=line.stamp, is_inside=True
                )
                placed[n] = line._replace(kind=LineKind.TIME_BELOW)
            block = []
        elif line.kind is LineKind.WORDS:
            block.append(n)
    return placed


def _start(lines: Sequence[Line], block: Sequence[int]) -> int:
    """Where the first part begins: behind the title of the page."""
    of_status = (n for n in block if _STATUS.match(lines[n].raw.strip()))
    after_gap = (b for a, b in pairwise(block) if b - a > 1)
    return next(of_status, next(after_gap, block[0]))


def _is_time_alone(line: Line) -> bool:
    return bool(line.kind is LineKind.TIMED and line.stamp and line.stamp.clock) and not (
        line.words.strip()
    )
