"""What each line of a text is: a time with words, a heading, a row of a table, somebody's name
above what they said. Looks at most one line ahead; nothing is placed in a day or a zone yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from models.rules.text import DOCUMENT, clean
from models.rules.timeline.authors import is_name, is_speaker
from models.rules.timeline.columns import Column
from models.rules.timeline.dates import DateWords, find_date, read_date
from models.rules.timeline.rows import Row, columns_if_head, is_separator, read_row, split_row
from models.rules.timeline.stamps import Stamp, is_whole_line, read_stamp
from models.rules.timeline.zones import zone_in_statement
from models.rules.vocabulary import Clock


class LineKind(StrEnum):
    BLANK = "blank"
    RULE = "rule"  # decoration
    HEADING = "heading"
    DAY = "day"  # a date that holds for what follows
    ZONE = "zone"
    HEAD = "head"  # the head of a table
    ROW = "row"
    SPEAKER = "speaker"
    FURNITURE = "furniture"  # what a chat program draws around messages
    LABEL = "label"  # Detected: 10:01
    TIMED = "timed"
    WORDS = "words"


@dataclass(frozen=True)
class Line:
    """`raw` is the line as it came, `words` what stands behind the time. `skip` is set on a
    speaker whose time stands on the next line."""

    number: int
    raw: str
    kind: LineKind
    words: str = ""
    stamp: Stamp | None = None
    date: DateWords | None = None
    zone: str = ""
    author: str = ""
    clock: Clock | None = None
    row: Row | None = None


_BREAK = re.compile("\r\n|\r|\n")
_SOFT_BREAK = re.compile("[\u2028\u2029\u0085\v\f]")
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_RULE = re.compile(r"[\s\-=_*~#|+:.•>`–—]*")
_HEADING = re.compile(r"#{1,6}\s+(?P<hash>.*?)\s*#*|(?:\*\*|__)(?P<bold>[^*_]{1,120})(?:\*\*|__):?")
_SECTION = re.compile(
    r"(?:incident |event )?(?:timeline|chronology|log|events|sequence of events|notes|summary|"
    r"timeline of events|what happened)(?: of (?:the )?(?:incident"
    r"|events))?\s*(?:\(.{1,40}\))?\s*:?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:[-*•]\s+)?[*_]{0,2}(?P<label>[A-Za-z][A-Za-z /-]{1,30})[*_]{0,2}\s?:[*_]{0,2}\s*"
)
_FURNITURE = re.compile(
    r"[0-9]+ (?:repl(?:y|ies)|reactions?|files?)\b.{0,40}|view (?:thread|newer replies)"
    r"|last reply .{0,40}"
    r"|new(?: messages?)?|\(?edited\)?|also sent to the channel|replied to a thread:?.{0,80}"
    r"|(?::[\w+-]+:(?:\s?[0-9]{1,3})?\s?)+|(?:was )?(?:added|joined|left) (?:to )?(?:#"
    r"|the channel).{0,80}"
    r"|pinned (?:by|a message).{0,60}|saved for later.{0,40}|reply|add reaction|react|"
    r"<media omitted>|unread messages?|messages and calls are end-to-end encrypted.{0,200}|:",
    re.IGNORECASE,
)
_REACTION = re.compile(r"(?::[\w+-]+:\s?)+")
_DECORATED_NAME = re.compile(
    r"(?:\s*:[a-z0-9_+'-]+:)+|\s+(?:APP|BOT|Bot)(?=\s*[\[–—-]?\s*$)|\s*[\[–—-]\s*$"
)

CLOCK_LABELS: dict[str, Clock] = {
    word: clock
    for clock, words in {
        Clock.IMPACT_BEGAN: "start, started, began, start time, incident start, incident began,"
        " impact start,"
        "impact started, impact began, outage start, outage began, start of impact, beginning,"
        "start date, issue started, time of start, fault began",
        Clock.DETECTED: "detected, detected at, detection, time detected, detection time, "
        "first detected,"
        "time of detection, discovered, noticed, issue detected",
        Clock.ACKNOWLEDGED: "acknowledged, acknowledged at, acked, ack",
        Clock.DECLARED: "declared, declared at, incident declared, incident opened",
        Clock.MITIGATED: "mitigated, mitigated at, mitigation, time of mitigation, impact "
        "mitigated",
        Clock.RESOLVED: "resolved, resolved at, resolution, end, ended, end time, incident end,"
        " impact end,"
        "impact ended, recovered, outage end, end of impact, time resolved, resolution time, "
        "end date,"
        "time of resolution, fixed, fixed at, incident resolved, issue resolved",
        Clock.CLOSED: "closed, closed at, incident closed",
    }.items()
    for word in (w.strip() for w in words.split(","))
}
_DATE_LABELS = frozenset(
    ("date", "day", "incident date", "date of incident", "date of the incident", "event date")
)
_SEVERITY_LABELS = frozenset(("severity", "sev", "severity level", "incident severity"))


def numbered(text: str, first: int = 1) -> Iterator[tuple[int, str]]:
    """The lines of `text` as an editor counts them, each safe to store. A soft break inside a
    line (U+2028) makes two texts with one number."""
    for number, raw in enumerate(_BREAK.split(text), first):
        if raw.isascii() and raw.replace("\t", "").isprintable():
            yield number, raw.rstrip()
            continue
        for part in _SOFT_BREAK.split(raw):
            # Full stops keep `clean` from taking the indentation away.
            tidy = clean(f".{part.strip(_INVISIBLE)}.", limit=2 * DOCUMENT)[1:-1]
            yield number, tidy.rstrip()


def lines_of(text: str, first: int = 1) -> list[Line]:
    """Every line of `text`, told apart. The number of the first line is `first`."""
    return _without_loose_times(list(_Lexer(list(numbered(text, first)))))


class _Lexer:
    """Walks along the raw lines with one line of view ahead, and remembers the table it is in."""

    def __init__(self, raws: list[tuple[int, str]]) -> None:
        self._raws = raws
        self._columns: list[Column] | None = None
        self._mark = ""  # what divides the cells of the table, "" outside
        self._after_reaction = False
        self._has_times = False

    def __iter__(self) -> Iterator[Line]:
        for index, (number, raw) in enumerate(self._raws):
            line = self._line(index, number, raw)
            if line.kind in (LineKind.TIMED, LineKind.ROW, LineKind.SPEAKER):
                self._has_times = True
            self._after_reaction = bool(_REACTION.fullmatch(raw.strip()))
            yield line

    def _line(self, index: int, number: int, raw: str) -> Line:
        text = raw.strip()
        if not text:
            self._mark = ""
            return Line(number, raw, LineKind.BLANK)
        if (table := self._table(index, number, raw)) is not None:
            return table
        self._mark = ""
        if _RULE.fullmatch(text[:200]) and len(text) <= 200 and not text.startswith("```"):
            return Line(number, raw, LineKind.RULE)
        if self._is_furniture(text):
            return Line(number, raw, LineKind.FURNITURE)
        speaker = self._speaker(index, number, raw)
        return speaker or self._single(index, number, raw)

    def _single(self, index: int, number: int, raw: str) -> Line:
        text = raw.strip()
        stamp = read_stamp(text)
        if stamp and (stamp.clock or stamp.elapsed is not None or stamp.epoch is not None):
            return Line(number, raw, LineKind.TIMED, text[stamp.end :], stamp)
        heading = _HEADING.fullmatch(text) if len(text) <= 300 else None
        if stamp and stamp.date:
            return self._dated(number, raw, stamp, is_heading=heading is not None)
        if zone := zone_in_statement(re.sub(r"^#+\s*", "", text)):
            kind = LineKind.HEADING if heading else LineKind.ZONE
            if zone[1] or heading:
                words = (heading["hash"] or heading["bold"]) if heading else ""
                return Line(number, raw, kind, words, zone=zone[0], date=find_date(text))
        if heading:
            words = heading["hash"] or heading["bold"] or ""
            return Line(number, raw, LineKind.HEADING, words, date=find_date(words))
        if label := self._label(number, raw):
            return label
        following = self._after(index)
        is_setext = following.startswith("===") or (
            following.startswith("---") and not self._has_times
        )
        is_intro = text.endswith(":") and len(text) <= 120 and find_date(text)
        if _SECTION.fullmatch(text[:120]) or is_intro or (is_setext and _RULE.fullmatch(following)):
            return Line(number, raw, LineKind.HEADING, text.rstrip(":"), date=find_date(text))
        return Line(number, raw, LineKind.WORDS, raw, zone=zone[0] if zone else "")

    def _dated(self, number: int, raw: str, stamp: Stamp, *, is_heading: bool) -> Line:
        """A line with a date and no time: a heading for what follows, or a day's event."""
        text = raw.strip()
        rest = text[stamp.end :].strip(" \t*_`:.)]>-–—(")
        zone = zone_in_statement(rest)
        weekday = read_date(rest, 0)
        is_weekday = weekday is not None and weekday[1] == len(rest)
        if is_heading or not rest or (zone and zone[1]) or is_weekday:
            words = rest if is_heading else ""
            return Line(
                number, raw, LineKind.DAY, words, stamp, stamp.date, zone[0] if zone else ""
            )
        return Line(number, raw, LineKind.TIMED, text[stamp.end :], stamp)

    def _label(self, number: int, raw: str) -> Line | None:
        found = _LABEL.match(raw.strip())
        label = " ".join(found["label"].lower().split()) if found else ""
        value = raw.strip()[found.end() :].strip(" *_`") if found else ""
        if not value:
            return None
        if label in _SEVERITY_LABELS:
            return Line(number, raw, LineKind.LABEL, "severity")
        stamp = read_stamp(value)
        if label in _DATE_LABELS and stamp and stamp.date:
            return Line(number, raw, LineKind.DAY, "", stamp, stamp.date)
        if label in CLOCK_LABELS and stamp and stamp.clock and is_whole_line(value, stamp):
            return Line(number, raw, LineKind.LABEL, label, stamp, clock=CLOCK_LABELS[label])
        return None

    def _table(self, index: int, number: int, raw: str) -> Line | None:
        text = raw.strip()
        if not self._mark:
            heads = is_separator(self._after(index)) and "|" in text
            if text.startswith("|") or heads:
                self._mark = "|"
            elif "\t" in text and columns_if_head(split_row(text, "\t")):
                self._mark = "\t"
            else:
                return None
            self._columns = columns_if_head(split_row(text, self._mark))
            if self._columns or heads:
                zone = next(filter(None, map(zone_in_statement, split_row(text, self._mark))), None)
                return Line(number, raw, LineKind.HEAD, zone=zone[0] if zone else "")
        if self._mark not in text:
            return None
        if is_separator(text):
            return Line(number, raw, LineKind.RULE)
        row = read_row(split_row(text, self._mark), self._columns)
        if row.is_empty:
            return Line(number, raw, LineKind.RULE)
        if row.is_day and row.stamp:
            return Line(number, raw, LineKind.DAY, "", row.stamp, row.stamp.date)
        return Line(number, raw, LineKind.ROW, row.words, row.stamp, author=row.author, row=row)

    def _speaker(self, index: int, number: int, raw: str) -> Line | None:
        """A chat's line with who spoke and when: “Ada Lovelace  10:01 AM”."""
        text = raw.strip()
        following = self._after(index)
        if len(text) > 120 or not following:
            return None
        for gap in list(re.finditer(r"\s+(?:[–—-]\s+)?\[?|\s*\[", text))[:8]:
            stamp = read_stamp(text[gap.end() :]) if gap.start() else None
            if not stamp or not stamp.clock or not is_whole_line(text[gap.end() :], stamp):
                continue
            head = text[: gap.start()]
            name = _DECORATED_NAME.sub("", head).strip()
            if not name:  # only an emoji stands between the name above and the time
                return Line(number, raw, LineKind.TIMED, "", replace(stamp, end=len(text)))
            is_sure = len(gap.group()) > 1 or name != head
            is_plain = is_sure or bool(stamp.clock.half)
            if is_speaker(name, is_sure) and (is_plain or (is_name(name) and " " in name)):
                return Line(number, raw, LineKind.SPEAKER, "", stamp, author=name)
            return None
        stamp = read_stamp(text)
        if stamp and stamp.is_bracketed and stamp.clock:
            name = text[stamp.end :].strip()
            if " " in name and is_name(name) and not read_stamp(following):
                return Line(number, raw, LineKind.SPEAKER, "", stamp, author=name)
        return None if stamp else self._name_above_time(index, number, raw, following)

    def _name_above_time(self, index: int, number: int, raw: str, following: str) -> Line | None:
        """A name alone, and on the next line a time alone, perhaps behind an emoji."""
        name = _DECORATED_NAME.sub("", raw.strip()).strip()
        below = re.sub(r"^(?::[a-z0-9_+'-]+:\s*)+|^APP\s+", "", following)
        stamp = read_stamp(below)
        if not stamp or not stamp.clock or not is_whole_line(below, stamp) or len(name) > 60:
            return None
        above = self._raws[index - 1][1].strip() if index else ""
        beyond = self._after(index + 1)
        if is_speaker(name) and (is_name(name) or not above) and beyond and not read_stamp(beyond):
            return Line(number, raw, LineKind.SPEAKER, "", None, author=name)
        return None

    def _is_furniture(self, text: str) -> bool:
        if len(text) > 240:
            return False
        is_count = self._after_reaction and text.isdecimal() and len(text) <= 3
        return is_count or _FURNITURE.fullmatch(text) is not None

    def _after(self, index: int) -> str:
        return self._raws[index + 1][1].strip() if index + 1 < len(self._raws) else ""


def _without_loose_times(lines: list[Line]) -> list[Line]:
    """10.01 is a time only in a text that writes no time in a better way: beside 10:15, a
    “10.15” is a number."""
    timed = [line.stamp for line in lines if line.stamp and line.stamp.clock]
    if not any(s.clock and not s.clock.is_loose for s in timed):
        return lines
    return [
        replace(line, kind=LineKind.WORDS, words=line.raw, stamp=None)
        if line.kind is LineKind.TIMED
        and line.stamp
        and line.stamp.clock
        and line.stamp.clock.is_loose
        and not line.stamp.date
        else line
        for line in lines
    ]
