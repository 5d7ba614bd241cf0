"""What each line of a text is: a time with words, a heading, a row of a table, somebody's name
above what they said. Looks at most one line ahead; nothing is placed in a day or a zone yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from models.rules.text import DOCUMENT, clean
from models.rules.timeline import messages
from models.rules.timeline.columns import Column
from models.rules.timeline.dates import DateWords, find_date, read_date
from models.rules.timeline.json_lines import read_json_line
from models.rules.timeline.labels import (
    CLOCK_LABELS,
    DATE_LABELS,
    SEVERITY_LABELS,
    ZONE_LABELS,
    split_label,
)
from models.rules.timeline.rows import Row, columns_if_head, is_separator, read_row, split_row
from models.rules.timeline.stamps import Stamp, is_whole_line, read_stamp
from models.rules.timeline.zones import zone_alone, zone_in_statement
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
    MAIL_FIELD = "mail field"  # To: and Subject: above a mail; `words` are the subject
    LABEL = "label"  # Detected: 10:01
    TIME_BELOW = "time below"  # of the words above
    REFUSED = "refused"  # means something that cannot be understood
    TIMED = "timed"
    WORDS = "words"


class Line(NamedTuple):
    """`raw` is the line as it came, `words` what stands behind the time (for a REFUSED line:
    why). `stamp` is None on a speaker whose time stands on the next line. `is_inside` marks a
    time that stood elsewhere than at the head. A named tuple because one is made for each line."""

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
    is_inside: bool = False


_BREAK = re.compile("\r\n|\r|\n")
_SOFT_BREAK = re.compile("[\u2028\u2029\u0085\v\f]")
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
# １４：０２ as keyboards of East Asia write it
_WIDE = re.compile(r"[０-９]+(?:[：／－．　][０-９]+)*")
_NARROW = str.maketrans("０１２３４５６７８９：／－．\u3000", "0123456789:/-. ")
_RULE = re.compile(r"[\s\-=_*~#|+:.•>`–—]*")
_HEADING = re.compile(r"#{1,6}\s+(?P<hash>.*?)\s*#*|(?:\*\*|__)(?P<bold>[^*_]{1,120})(?:\*\*|__):?")
_SECTION_WORDS = (
    r"(?:incident |event )?(?:timeline|chronology|log|events|sequence of events|notes|summary|"
    r"timeline of events|what happened)(?: of (?:the )?(?:incident|events))?"
)
_SECTION = re.compile(rf"{_SECTION_WORDS}\s*(?:\(.{{1,40}}\))?\s*:?", re.IGNORECASE)
_SECTION_OF_DAY = re.compile(rf"{_SECTION_WORDS}\s?(?:for|of|on|from|[-–—:,(])", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_HASHES = re.compile(r"^#+\s*")
_DECORATION = "=-–—*_~# \t"
_BESIDE_DATE = " \t*_`:.)]>=~-–—("
_COMMIT = re.compile(r"commit [0-9a-f]{7,64}(?: \(.{1,100}\))?")  # of git log
_HOUR_HALF_KNOWN = re.compile(r"[-*•\s\[(]{0,6}(?:[0-2]\?|\?[0-9]):(?:[0-9?]{2})(?!\w)")
_WHY_HALF_KNOWN = "The hour is not fully known. Correct the time, or write ??:?? for it."
_FENCES = ("```", "~~~")


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
            yield number, _WIDE.sub(_narrow, tidy.rstrip())


def _narrow(wide: re.Match[str]) -> str:
    return wide[0].translate(_NARROW)


def lines_of(text: str, first: int = 1) -> list[Line]:
    """Every line of `text`, told apart. The number of the first line is `first`."""
    return list(_Lexer(list(numbered(text, first))))


class _Lexer:
    """Walks along the raw lines with one line of view ahead, and remembers the table it is in."""

    def __init__(self, raws: list[tuple[int, str]]) -> None:
        self._raws = [(number, raw, raw.strip()) for number, raw in raws]
        self._columns: list[Column] | None = None
        self._mark = ""  # what divides the cells of the table, "" outside
        self._after_reaction = False
        self._has_times = False
        self._has_speakers = False
        self._fence = ""  # what opened the block of code that goes on
        self._fence_kind = LineKind.RULE
        self._mail_head = 0  # where the head of a mail ends at the latest
        self._stamp = cache(self._read_stamp)  # a line is looked at from the line above, too

    def _read_stamp(self, index: int) -> Stamp | None:
        return read_stamp(self._raws[index][2])

    def __iter__(self) -> Iterator[Line]:
        for index, (number, raw, text) in enumerate(self._raws):
            line = self._line(index, number, raw, text)
            if line.kind in (LineKind.TIMED, LineKind.ROW, LineKind.SPEAKER):
                self._has_times = True
            self._has_speakers |= line.kind is LineKind.SPEAKER
            self._after_reaction = messages.is_reaction(text)
            yield line

    def _line(self, index: int, number: int, raw: str, text: str) -> Line:
        if not text:
            self._mark = ""
            return Line(number, raw, LineKind.BLANK)
        if (table := self._table(index, number, raw, text)) is not None:
            return table
        self._mark = ""
        if not text[0].isalnum():
            if text.startswith(_FENCES):
                return self._code(index, number, raw, text)
            if len(text) <= 200 and _RULE.fullmatch(text):
                return Line(number, raw, LineKind.RULE)
            if text[0] == "{" and (read := read_json_line(text)):
                return Line(number, raw, LineKind.TIMED, read[1], read[0])
        stamp = self._stamp(index)
        if not stamp and messages.is_furniture(text, after_reaction=self._after_reaction):
            return Line(number, raw, LineKind.FURNITURE)
        if message := self._message(index, number, raw, text, stamp):
            return message
        return self._stamped(number, raw, text, stamp) or self._single(index, number, raw, text)

    def _code(self, index: int, number: int, raw: str, text: str) -> Line:
        """The fences of a block of code are decoration around lines with times, and words
        around other lines."""
        if self._fence and text.startswith(self._fence):
            self._fence = ""
        elif not self._fence:
            self._fence = text[:3]
            is_timed = index + 1 < len(self._raws) and self._stamp(index + 1)
            is_first = not self._has_times
            self._fence_kind = LineKind.RULE if is_timed or is_first else LineKind.WORDS
        return Line(number, raw, self._fence_kind, raw)

    def _stamped(self, number: int, raw: str, text: str, stamp: Stamp | None) -> Line | None:
        """A line with a time, or with a date, at its head."""
        if not stamp:
            return None
        if stamp.clock or stamp.elapsed is not None or stamp.epoch is not None:
            return Line(number, raw, LineKind.TIMED, _words_behind(text, stamp), stamp)
        if not stamp.date:
            return None
        rest = text[stamp.end :].strip(_BESIDE_DATE)
        heading = _HEADING.fullmatch(text) if len(text) <= 300 else None
        zone = zone_alone(rest)
        weekday = read_date(rest, 0)
        is_weekday = weekday is not None and weekday[1] == len(rest)
        if heading or not rest or zone or is_weekday or _SECTION.fullmatch(rest[:120]):
            if heading and not zone and (stated := zone_in_statement(rest)):
                zone = stated[0]
            words = rest if heading and not zone else ""
            return Line(number, raw, LineKind.DAY, words, stamp, stamp.date, zone)
        return Line(number, raw, LineKind.TIMED, _words_behind(text, stamp), stamp)

    def _single(self, index: int, number: int, raw: str, text: str) -> Line:
        if _COMMIT.fullmatch(text):
            return Line(number, raw, LineKind.HEADING)
        heading = _HEADING.fullmatch(text) if text[0] in "#*_" and len(text) <= 300 else None
        words = (heading["hash"] or heading["bold"] or "") if heading else ""
        zone = zone_in_statement(_HASHES.sub("", text))
        if zone and (zone[1] or heading):
            kind = LineKind.HEADING if heading else LineKind.ZONE
            return Line(number, raw, kind, words, zone=zone[0], date=find_date(text))
        if heading:
            bracket = _BRACKETS.search(words)
            beside = zone_alone(bracket[1]) if bracket else ""
            return Line(number, raw, LineKind.HEADING, words, zone=beside, date=find_date(words))
        if not self._has_times and text.startswith(("UTC", "GMT")) and zone_alone(text):
            return Line(number, raw, LineKind.ZONE, zone=zone_alone(text))
        if _HOUR_HALF_KNOWN.match(text):
            return Line(number, raw, LineKind.REFUSED, _WHY_HALF_KNOWN)
        if label := self._label(number, raw, text):
            return label
        return self._heading(index, number, raw, text) or Line(
            number, raw, LineKind.WORDS, raw, zone=zone[0] if zone else ""
        )

    def _heading(self, index: int, number: int, raw: str, text: str) -> Line | None:
        """A heading without a mark: underlined, “Timeline (UTC)”, “=== Monday, 6 May ===”."""
        if len(text) > 120:
            return None
        bare = text.strip(_DECORATION)
        stamp = read_stamp(bare) if text[0] == "=" else None
        if stamp and stamp.date and not stamp.clock and is_whole_line(bare, stamp):
            return Line(number, raw, LineKind.DAY, "", stamp, stamp.date)
        following = self._after(index)
        is_underlined = following.startswith("===") or (
            following.startswith("---") and not self._has_times
        )
        is_heading = _SECTION.fullmatch(text) or (is_underlined and _RULE.fullmatch(following))
        is_of_day = text[-1] == ":" or _SECTION_OF_DAY.match(text)
        if not is_heading and not (is_of_day and find_date(text)):
            return None
        bracket = _BRACKETS.search(text)
        zone = zone_alone(bracket[1]) if bracket else ""
        return Line(
            number, raw, LineKind.HEADING, text.rstrip(":"), zone=zone, date=find_date(text)
        )

    def _label(self, number: int, raw: str, text: str) -> Line | None:
        label, value = split_label(text)
        if not value:
            return None
        if label in SEVERITY_LABELS:
            return Line(number, raw, LineKind.LABEL, "severity")
        if label in ZONE_LABELS:
            why = f"“{value[:40]}” is no time zone. Write a name such as Europe/Berlin or UTC."
            return Line(number, raw, LineKind.REFUSED, why)
        if label not in DATE_LABELS and label not in CLOCK_LABELS:
            return None
        stamp = read_stamp(value)
        if label in DATE_LABELS and stamp and stamp.date:
            zone = stamp.zone or zone_alone(value[stamp.end :])
            return Line(number, raw, LineKind.DAY, "", stamp, stamp.date, zone)
        if label in CLOCK_LABELS and stamp and stamp.clock and is_whole_line(value, stamp):
            return Line(number, raw, LineKind.LABEL, label, stamp, clock=CLOCK_LABELS[label])
        return None

    def _table(self, index: int, number: int, raw: str, text: str) -> Line | None:
        if text[0] == "|" and _RULE.fullmatch(text[:200]):
            return Line(number, raw, LineKind.RULE)
        if not self._mark:
            if "|" in text and (text[0] == "|" or is_separator(self._after(index))):
                self._mark = "|"
            elif "\t" in text and columns_if_head(split_row(text, "\t")):
                self._mark = "\t"
            else:
                return None
            cells = split_row(text, self._mark)
            self._columns = columns_if_head(cells)
            if self._columns or is_separator(self._after(index)):
                zone = next(filter(None, map(zone_in_statement, cells)), None)
                return Line(number, raw, LineKind.HEAD, zone=zone[0] if zone else "")
        if self._mark not in text:
            return None
        if text[0] in "|:-" and is_separator(text):
            return Line(number, raw, LineKind.RULE)
        row = read_row(split_row(text, self._mark), self._columns)
        if row.is_empty:
            return Line(number, raw, LineKind.RULE)
        if row.is_day and row.stamp:
            return Line(number, raw, LineKind.DAY, "", row.stamp, row.stamp.date)
        return Line(number, raw, LineKind.ROW, row.words, row.stamp, author=row.author, row=row)

    def _message(
        self, index: int, number: int, raw: str, text: str, stamp: Stamp | None
    ) -> Line | None:
        """A line that says who speaks, in a chat or in the head of a mail."""
        following = self._after(index)
        if stamp:
            sure = self._has_speakers
            name = messages.speaker_behind_time(text, stamp, sure) if stamp.is_bracketed else ""
            if not name or not stamp.clock or not following or self._stamp(index + 1):
                return None
            return Line(number, raw, LineKind.SPEAKER, "", stamp, author=name)
        if ":" in text[:9] and (field := self._mail_field(index, number, raw, text)):
            return field
        if not following:
            return None
        if speaker := messages.speaker_before_time(text):
            kind = LineKind.SPEAKER if speaker.name else LineKind.TIMED
            return Line(number, raw, kind, "", speaker.stamp, author=speaker.name)
        above = self._raws[index - 1][2] if index else ""
        beyond = self._after(index + 1)
        name = messages.name_above_time(text, above, following, beyond, self._has_speakers)
        return Line(number, raw, LineKind.SPEAKER, author=name) if name else None

    def _mail_field(self, index: int, number: int, raw: str, text: str) -> Line | None:
        below = [after[2] for after in self._raws[index + 1 : index + messages.MAIL_HEAD]]
        if sender := messages.sender_of(text, below):
            self._mail_head = index + messages.MAIL_HEAD
            return Line(number, raw, LineKind.SPEAKER, author=sender)
        if index >= self._mail_head:
            return None
        if stamp := messages.sent_at(text):
            return Line(number, raw, LineKind.TIMED, "", stamp)
        if subject := messages.subject_in(text):
            return Line(number, raw, LineKind.MAIL_FIELD, subject)
        return Line(number, raw, LineKind.MAIL_FIELD) if messages.is_mail_field(text) else None

    def _after(self, index: int) -> str:
        return self._raws[index + 1][2] if index + 1 < len(self._raws) else ""


def _words_behind(text: str, stamp: Stamp) -> str:
    """The words behind the time, and an emoji that stood before it."""
    words = text[stamp.end :]
    return f"{stamp.lead} {words}" if stamp.lead and words.strip() else words
