"""The walk over the lines of a text: which become events, which hold for others, and which
could not be read. Every line that is not blank ends in exactly one of the three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from models.rules.problems import ProblemForUser
from models.rules.record import ClockTime, EventRecord, ReadOptions, UnreadLine
from models.rules.text import PARAGRAPH
from models.rules.timeline.dates import order_proved, whole_day_in
from models.rules.timeline.drafts import Draft, as_unread, event_of, text_of, unmarked
from models.rules.timeline.elsewhere import with_times_found
from models.rules.timeline.lines import Line, LineKind, lines_of
from models.rules.timeline.messages import is_noise
from models.rules.timeline.placing import LARGEST_STEP_BACK, Placing, Surroundings
from models.rules.timeline.stamps import Stamp, is_whole_line, read_stamp
from models.rules.timeline.without_time import is_late, is_title, what_to_write
from models.rules.timeline.zones import zone_alone
from models.rules.vocabulary import Clock, Source

_DAY = timedelta(days=1)
_BRACKETS = re.compile(r"\(([^()]{2,40})\)")


@dataclass(frozen=True)
class TimelineReading:
    """What was understood of a text. `used` are the lines that are no events and yet not lost,
    with what they were understood as; `stated` the clocks the text names (Detected: 10:01);
    `title` its first heading. `questions` are those of `unread` that have a time which cannot be
    placed: they are to be asked about."""

    events: tuple[EventRecord, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    assumed: tuple[str, ...] = ()
    used: tuple[tuple[int, str], ...] = ()
    stated: dict[Clock, ClockTime] = field(default_factory=dict)
    title: str = ""
    questions: tuple[UnreadLine, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is known from outside the lines: a zone word (“All times in CET” in another
    section), and a day with where it stands."""

    zone: str = ""
    day: date | None = None
    day_from: str = ""


def read_timeline(
    text: str,
    options: ReadOptions,
    *,
    source: Source = Source.TEXT,
    first_line: int = 1,
    known: Known | None = None,
) -> TimelineReading:
    """The events of a text. Times are placed in UTC; what the text does not say comes from
    `options` and is said in `assumed`. `first_line` is the number of the text's first line.
    Raises ProblemForUser only when the zone of the options is none."""
    lines = with_times_found(lines_of(text, first_line))
    return read_lines(lines, options, source=source, known=known)


def read_lines(
    lines: Sequence[Line],
    options: ReadOptions,
    *,
    source: Source,
    known: Known | None = None,
) -> TimelineReading:
    """As `read_timeline`, from lines that were told apart already (rows of a CSV file)."""
    known = _with_day_of_title(lines, known or Known())
    return _Walk(options, source, surroundings_of(lines, known)).over(lines, known)


def _with_day_of_title(lines: Sequence[Line], known: Known) -> Known:
    """“Checkout outage of 2024-05-06” says the day of times that have none."""
    first = next((line for line in lines if line.kind is not LineKind.BLANK), None)
    if known.day or not first or first.kind is not LineKind.WORDS or not is_title(first.raw):
        return known
    bracket = _BRACKETS.search(first.raw)
    zone = known.zone or (zone_alone(bracket[1]) if bracket else "")
    return Known(zone, whole_day_in(first.raw), "the title")


def surroundings_of(lines: Sequence[Line], known: Known) -> Surroundings:
    """What all lines together say about each one's time."""
    stamps = [line.stamp for line in lines if line.stamp]
    written = (d for s in stamps for d in (s.date, s.until_date) if d)
    dates = list({id(d): d for d in written}.values())  # the same day is the same object
    order, proof = order_proved(dates)
    zones = {s.zone for s in stamps if s.zone}
    clocks = [s.clock for s in stamps if s.clock and not s.date and not s.clock.problem]
    walls = [timedelta(hours=c.hour, minutes=c.minute) for c in clocks]
    steps = [b - a for a, b in pairwise(walls)]
    ups = sum(timedelta(0) < s < _DAY - LARGEST_STEP_BACK for s in steps)
    downs = sum(-LARGEST_STEP_BACK <= s < timedelta(0) for s in steps)
    is_twelve_hour = not any(not c.half and not 1 <= c.hour <= 12 for c in clocks)
    return Surroundings(
        order=order,
        proof=proof,
        orderless=tuple(d for d in dates if d.first and not d.order),
        only_zone=zones.pop() if len(zones) == 1 else "",
        is_newest_first=downs >= 2 and downs > 2 * ups,
        with_half=next((c for c in clocks if c.half), None) if is_twelve_hour else None,
        day=known.day,
        day_from=known.day_from,
    )


_MEANT = {
    LineKind.RULE: "a dividing line",
    LineKind.HEAD: "the head of a table",
    LineKind.MAIL_FIELD: "the title",
    LineKind.TIME_BELOW: "the time of the lines above",
    LineKind.ZONE: "the time zone: ",
}
_NOT_BROUGHT_IN = {
    LineKind.FURNITURE: "A mark of the chat program, not somebody's words.",
    LineKind.MAIL_FIELD: "The head of a mail: only who wrote it and when is brought in.",
}
_BETWEEN_NAME_AND_TIME = (
    LineKind.SPEAKER, LineKind.TIMED, LineKind.MAIL_FIELD, LineKind.FURNITURE,
)  # fmt: skip


class _Walk:
    def __init__(self, options: ReadOptions, source: Source, around: Surroundings) -> None:
        self._placing = Placing(options, around)
        self._source = source
        self._drafts: list[Draft] = []
        self._open: Draft | None = None  # the event that continuation lines join
        self._closed_by = ""  # what stands between the last event and the words below it
        self._unread: list[UnreadLine] = []
        self._questions: list[UnreadLine] = []
        self._used: list[tuple[int, str]] = []
        self._stated: dict[Clock, ClockTime] = {}
        self._start: datetime | None = None
        self._title = ""
        self._speaker: Line | None = None
        self._author = ""  # who spoke last in a chat
        self._is_first = True
        self._is_full = False

    def over(self, lines: Sequence[Line], known: Known) -> TimelineReading:
        # A zone stated anywhere holds for the lines above it too.
        zone = next((line.zone for line in lines if line.zone), "") or known.zone
        if zone:
            self._placing.state_zone(zone)
        for line in lines:
            self._take(line)
        self._give_up_speaker()
        events = self._events()
        return TimelineReading(
            events=tuple(events),
            unread=tuple(sorted(self._unread, key=lambda u: u.line or 0)),
            assumed=self._placing.assumed.sentences(),
            used=tuple(sorted(self._used)),
            stated=self._stated,
            title=self._title,
            questions=tuple(self._questions),
        )

    def _take(self, line: Line) -> None:
        kind = line.kind
        if kind is LineKind.BLANK:
            return
        if line.zone:
            self._placing.state_zone(line.zone)
        if self._speaker and kind not in _BETWEEN_NAME_AND_TIME:
            self._give_up_speaker()
        if kind is LineKind.TIMED or kind is LineKind.ROW:
            self._timed(line)
        elif kind is LineKind.WORDS:
            self._words(line)
        elif kind is LineKind.SPEAKER:
            self._spoken(line)
        elif kind is LineKind.DAY:
            self._day(line)
        elif kind is LineKind.HEADING:
            self._heading(line)
        elif kind is LineKind.LABEL:
            self._label(line)
        elif kind is LineKind.REFUSED:
            self._refuse(line, line.words)
        else:
            self._use(line)
        self._is_first = False

    def _use(self, line: Line) -> None:
        is_furniture = line.kind is LineKind.FURNITURE
        if is_furniture and self._open and not self._author:
            self._words(line)  # outside a chat, “new” or “:tada:” are somebody's words
            return
        if is_furniture and self._open and not self._open.has_words and is_noise(line.raw.strip()):
            self._open.add(line)
            return
        is_subject = line.kind is LineKind.MAIL_FIELD and line.words and len(self._drafts) < 2
        if is_subject and not self._title:
            self._title = line.words
        elif line.kind in _NOT_BROUGHT_IN:
            why = _NOT_BROUGHT_IN[line.kind]
            self._unread.append(UnreadLine(line.number, line.raw.strip(), why))
            return
        meant = f"{_MEANT[line.kind]}{line.zone if line.kind is LineKind.ZONE else ''}"
        self._used.append((line.number, meant))

    def _timed(self, line: Line) -> None:
        if line.row and line.row.why:
            self._refuse(line, line.row.why)
            return
        if line.stamp is None:
            return
        if line.stamp.elapsed is not None and self._states_start(line, line.stamp):
            return
        if line.is_inside:
            self._placing.assumed.say("inside", "Times were found inside or below the lines.")
        author = line.author
        is_bare = not line.row and not line.words.strip()
        if self._speaker and is_bare:
            author = self._author = self._speaker.author
            self._used.append((self._speaker.number, f"who speaks: {author}"))
            self._speaker = None
        elif self._speaker:
            self._give_up_speaker()
        if is_bare and not author:
            author = self._author
        elif not is_bare:
            self._author = ""
        self._begin(line, [unmarked(line.words, line.raw)] if line.words else [], author)

    def _spoken(self, line: Line) -> None:
        self._give_up_speaker()
        self._author = line.author
        if line.stamp:
            self._begin(line, [], line.author)
        else:
            self._speaker = line

    def _begin(self, line: Line, words: list[str], author: str) -> None:
        self._open, self._is_full, self._closed_by = None, False, ""
        stamp = line.stamp
        if stamp is None:
            return
        moment = None
        if stamp.elapsed is None:
            try:
                moment = self._placing.place(stamp, line.number)
            except ProblemForUser as problem:
                self._refuse(line, problem.message)
                return
        size = sum(len(part) + 1 for part in words)
        if size > PARAGRAPH + 1:  # its day holds for the lines below all the same
            self._refuse(line, f"The line is too long: {PARAGRAPH:,} characters fit.")
            return
        if stamp.is_about:
            self._placing.assumed.say(
                "about",
                f"Line {line.number}: the source calls {stamp.shown} approximate.",
            )
        self._open = Draft(line, stamp, moment, words, [line.raw], author, size)
        self._drafts.append(self._open)

    def _words(self, line: Line) -> None:
        if self._is_first and not self._drafts and is_title(line.raw) and not is_late(line):
            self._title = line.raw.strip()
            self._used.append((line.number, "the title"))
        elif self._open is None:
            why = what_to_write(line.raw) or self._why_none_above()
            self._unread.append(UnreadLine(line.number, line.raw.strip(), why))
        elif self._open.size + len(line.raw) >= PARAGRAPH:
            self._open, self._is_full = None, True
            self._words(line)
        else:
            self._open.add(line)

    def _why_none_above(self) -> str:
        if self._is_full:
            return f"The event above is full: {PARAGRAPH:,} characters fit."
        if self._closed_by:
            return f"No time, and {self._closed_by} stands between it and the event above."
        return "No time, and no event above it."

    def _close(self, closed_by: str) -> None:
        """Words below no longer join the event above."""
        self._open = None
        self._closed_by = closed_by if self._drafts or "line" in closed_by else ""

    def _heading(self, line: Line) -> None:
        self._close("a heading")
        words = line.words.strip()
        meant = "a heading"
        if not self._title and not self._drafts and is_title(words) and "imeline" not in words:
            self._title = words
            meant = "the title"
        day = self._state_day(line)
        self._used.append((line.number, f"{meant}, and the date {day}" if day else meant))

    def _day(self, line: Line) -> None:
        self._close("a date")
        if line.row is None and line.stamp and line.stamp.date:
            line_day = self._state_day(line)
            if line_day:
                self._used.append((line.number, f"the date {line_day}"))

    def _state_day(self, line: Line) -> str:
        if line.date is None:
            return ""
        try:
            return f"{self._placing.state_day(line.date, line.number):%d %b %Y}"
        except ProblemForUser as problem:
            if line.kind is LineKind.DAY:
                self._refuse(line, problem.message)
            return ""

    def _label(self, line: Line) -> None:
        if line.stamp and line.clock:
            try:
                at = self._placing.place(line.stamp, line.number).at
            except ProblemForUser as problem:
                self._refuse(line, problem.message)
                return
            self._stated.setdefault(line.clock, ClockTime(at))
        self._used.append((line.number, f"the incident's {line.words}"))

    def _states_start(self, line: Line, stamp: Stamp) -> bool:
        """“T0 = 14:02 UTC” says when the clock of the T+ times began."""
        if stamp.elapsed != timedelta(0):
            return False
        words = line.words.lstrip("=: ")
        meant = read_stamp(words)
        if not meant or not meant.clock or not is_whole_line(words, meant):
            return False
        try:
            self._start = self._placing.place(meant, line.number).at
        except ProblemForUser as problem:
            self._refuse(line, problem.message)
            return True
        self._used.append((line.number, "the start of the T+ times"))
        return True

    def _give_up_speaker(self) -> None:
        """A name above which no time came is words after all."""
        if self._speaker:
            line, self._speaker = self._speaker, None
            self._words(line)

    def _refuse(self, line: Line, why: str) -> None:
        self._close(f"line {line.number:,}, which could not be read,")
        unread = UnreadLine(line.number, line.raw.strip(), why)
        self._unread.append(unread)
        if line.stamp:
            self._questions.append(unread)

    def _events(self) -> list[EventRecord]:
        start: datetime | None = None
        events: list[EventRecord] = []
        for draft in self._drafts:
            moment = draft.moment
            text = text_of(draft)
            if not text:
                self._unread += [
                    UnreadLine(draft.line.number, draft.line.raw.strip(), "A time without words.")
                ]
                continue
            if moment is None:
                try:
                    start = start or self._placing.start_of_elapsed(self._start)
                    moment = self._placing.place_elapsed(draft.stamp, draft.line.number, start)
                except ProblemForUser as problem:
                    self._unread += as_unread(draft, problem.message)
                    continue
            events.append(event_of(draft, moment, text, self._source))
        return events
