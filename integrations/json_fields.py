"""The fields of another tool's JSON objects, read one by one.

A field of the wrong type, a time that cannot be meant or a text that is too long does not end
the import: it is noted with its place and shown to the person, and the rest is read.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from models.rules.problems import BadFile, ProblemForUser
from models.rules.record import EventRecord, IncidentRecord, Reading, ReadOptions, UnreadLine
from models.rules.record_json import shown
from models.rules.text import LINE, PARAGRAPH, clean, clean_line
from models.rules.timeline.zones import doubt_about, zone_alone, zone_meant
from models.rules.times import offset_text, to_utc, zone_named
from models.rules.vocabulary import EventKind, Precision, Source

_EVERYTHING = sys.maxsize
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_EPOCH = re.compile(r"[0-9]{10}(?:\.[0-9]{1,9})?|[0-9]{13}|[0-9]{16}|[0-9]{19}")
_NO_TIMES = ("", "0")  # how tools write that there is none
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?([.,]\d+)?(.*)", re.ASCII | re.DOTALL)


@dataclass
class Notes:
    """What one reading could not use and what it filled in, gathered while a file is read."""

    options: ReadOptions
    source: Source
    # In a dict, because two readers of one faulty field note it twice; places tell rows apart.
    unread: dict[UnreadLine, None] = field(default_factory=dict)
    assumed: Counter[str] = field(default_factory=Counter)

    @property
    def zone(self) -> str:
        """The zone of times that name none."""
        return self.options.zone or self.options.default_zone

    def leave(self, text: str, why: str, line: int | None = None) -> None:
        """Keep what could not be used, with the reason, for the person to see."""
        self.unread[UnreadLine(line, clean(text, limit=_EVERYTHING), why)] = None

    def assume(self, sentence: str) -> None:
        """Say once what the source did not say and was filled in. A place for the number of
        times, `{count}`, may stand in the sentence."""
        self.assumed[sentence] += 1

    def reading(self, incidents: Iterable[IncidentRecord]) -> Reading:
        assumed = (s.replace("{count}", f"{n:,}") for s, n in self.assumed.items())
        return Reading(
            self.source,
            incidents=tuple(incidents),
            unread=tuple(self.unread),
            assumed=tuple(assumed),
        )


@dataclass(frozen=True)
class Moment:
    """A time in UTC, the zone or offset it was given in, and how it was written."""

    at: datetime
    zone: str
    written: str


@dataclass(frozen=True)
class Fields:
    """One object of the file. `place` names it in a sentence: `incident 2 “Checkout down”`."""

    values: dict[str, object]
    place: str
    notes: Notes
    line: int | None = None

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None

    def leave(self, what: str, why: str) -> None:
        """Note something of this object that could not be used."""
        self.notes.leave(f"{_begun(self.place)}: {what}", why, self.line)

    def note(self, key: str, why: str) -> None:
        """Note that the value of `key` could not be used."""
        self.notes.leave(
            f"{_begun(self.place)}, {key}: {whole(self.values.get(key))}", why, self.line
        )

    def text(self, key: str, *, limit: int = PARAGRAPH) -> str:
        """Prose; "" when there is none, or when it cannot be used (noted)."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note(key, "This should be text.")
            return ""
        try:
            return clean(value, limit=limit, field=key)
        except ProblemForUser as problem:
            self.note(key, problem.message)
            return ""

    def words(self, *keys: str) -> str:
        """The first of these texts that says something, at any length: `event` checks it."""
        return next(filter(None, (self.text(key, limit=_EVERYTHING) for key in keys)), "")

    def line_of(self, *keys: str, limit: int = LINE) -> str:
        """The first of these fields that says something, on one line; numbers count as text."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, int) and not isinstance(value, bool):
                return str(value)[:limit]
            if line := " ".join(self.text(key, limit=limit).split()):
                return line
        return ""

    def address(self, key: str) -> str:
        """A web address; "" when there is none or when it is not one (noted)."""
        address = self.line_of(key, limit=2_000)
        if address and not _ADDRESS.fullmatch(address):
            self.note(key, "This should be an address that begins with https.")
            return ""
        return address

    def moment(self, *keys: str) -> Moment | None:
        """The first of these times that is there. Raises ProblemForUser when it cannot be
        meant; None when there is none."""
        key = self._key_of_time(keys)
        return read_moment(self.values[key], self.notes) if key else None

    def _key_of_time(self, keys: Iterable[str]) -> str:
        values = ((key, self.values.get(key)) for key in keys)
        is_set = (key for key, value in values if value is not None and not _is_no_time(value))
        return next(is_set, "")

    def time(self, *keys: str) -> datetime | None:
        """As `moment`, in UTC; one that cannot be meant is noted and None."""
        try:
            moment = self.moment(*keys)
        except ProblemForUser as problem:
            self.note(self._key_of_time(keys), problem.message)
            return None
        return moment.at if moment else None

    def quiet_time(self, *keys: str) -> datetime | None:
        """As `time`, without a note: for a time whose row is noted elsewhere."""
        try:
            moment = self.moment(*keys)
        except ProblemForUser:
            return None
        return moment.at if moment else None

    def lines(self, key: str, inside: str = "name") -> list[str]:
        """The words of the list in this field: its texts, and the `inside` of its objects."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            self.note(key, "This should be a list.")
            return []
        lines = []
        for number, row in enumerate(value or [], start=1):
            values = row if isinstance(row, dict) else {inside: row}
            item = Fields(values, f"{self.place}, {key} {number}", self.notes, self.line)
            lines.append(item.line_of(inside))
        return [line for line in lines if line]

    def child(self, key: str) -> Fields:
        """The object in this field; an empty one when there is none."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            self.note(key, "This should be an object.")
        inside = value if isinstance(value, dict) else {}
        return Fields(inside, f"{self.place}, {key}", self.notes, self.line)

    def children(self, key: str, word: str) -> list[Fields]:
        """The objects of the list in this field, each called `word` with its number."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, list):
            self.note(key, "This should be a list.")
        rows = value if isinstance(value, list) else []
        return list(objects(rows, f"{self.place}, {word}", self.notes, self.line))

    def event(
        self,
        keys: tuple[str, ...],
        text: str,
        *,
        kind: EventKind,
        author: str = "",
        words: str = "",
        is_noise: bool = False,
    ) -> EventRecord | None:
        """The event of this row at the first of these times. A row without a usable time or
        whose text is too long is noted whole, and gives None. `words` are those of the source
        where `text` says more or less than they do."""
        try:
            moment = self.moment(*keys)
            text = clean(text, field="text")
        except ProblemForUser as problem:
            self.leave(text, problem.message)
            return None
        if moment is None:
            self.leave(text, "It has no time, so it has no place in the timeline.")
            return None
        return EventRecord(
            at=moment.at,
            text=text,
            precision=Precision.SECOND,
            kind=kind,
            author=author,
            line=self.line,
            source=self.notes.source,
            source_text=clean(f"{moment.written} {words or text}", limit=_EVERYTHING),
            zone=moment.zone,
            is_noise=is_noise,
        )


def _begun(place: str) -> str:
    """`place` as a sentence begins; the name of a file keeps its letters."""
    return place if "/" in place.split(",")[0] else place[:1].upper() + place[1:]


def objects(
    rows: list[object], place: str, notes: Notes, line: int | None = None
) -> Iterator[Fields]:
    """The objects among `rows`, each with its number in its place; anything else is noted."""
    for number, row in enumerate(rows, start=1):
        item = Fields(row if isinstance(row, dict) else {}, f"{place} {number}", notes, line)
        if isinstance(row, dict):
            yield item
        else:
            item.leave(whole(row), "This should be an object.")


def rows_of(document: object, plural: str, singular: str = "") -> list[object]:
    """The rows of a document: a bare list, the list under `plural`, or the one under `singular`."""
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        if isinstance(rows := document.get(plural), list):
            return rows
        if singular and isinstance(row := document.get(singular), dict):
            return [row]
    return []


def any_has(rows: list[object], *signs: str) -> bool:
    """Whether one of the first rows has one of these fields: enough to tell two tools apart."""
    return any(isinstance(row, dict) and not row.keys().isdisjoint(signs) for row in rows[:50])


def titled(incident: Fields, whole_title: str) -> tuple[Fields, str, str]:
    """The incident with its title in its place; the title; and what must go before the summary
    because the title was too long and was shortened."""
    title = clean_line(whole_title, limit=_EVERYTHING)
    short = shown(title, LINE)
    called = replace(incident, place=f"{incident.place} “{shown(title, 60)}”")
    return called, short, "" if short == title else title


def incident_title(incident: Fields, *keys: str, otherwise: str) -> tuple[Fields, str, str]:
    """As `titled`, with the first of these fields that says something."""
    for key in keys:
        if title := incident.text(key):
            return titled(incident, title)
    return titled(incident, otherwise)


def source_key(incident: Fields, *keys: str) -> str:
    """The tool's own identity of the incident, after the tool's name. An incident without one
    is known by a digest of all it says, so that the same file brings it in only once."""
    identity = incident.line_of(*keys, limit=200) if keys else ""
    if not identity:
        said = json.dumps(incident.values, sort_keys=True).encode()
        identity = f"sha256-{hashlib.sha256(said).hexdigest()}"
    return f"{incident.notes.source}:{identity}"


def in_order(events: Iterable[EventRecord | None]) -> tuple[EventRecord, ...]:
    """The events by time. Of a list that is newest first, those of one second are turned round."""
    rows = [event for event in events if event is not None]
    if rows and rows[0].at > rows[-1].at:
        rows.reverse()
    return tuple(sorted(rows, key=lambda event: event.at))


def joined(*paragraphs: str) -> str:
    """The paragraphs that say something, with an empty line between."""
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def whole(value: object) -> str:
    """A value as text, nothing left out."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def no_rows(tool: str, what: str) -> BadFile:
    """The problem of a file that is not the tool's, or has nothing in it."""
    return BadFile(
        f"This does not look like {tool} file: it has no {what}. "
        "Choose another format, or let the format be recognised."
    )


def read_moment(value: object, notes: Notes) -> Moment:
    """The moment of an ISO 8601 date and time, of seconds since 1970 or of thousandths (and so
    on) of them, as a number or in words. 24:00 is the midnight after, a leap second the second
    after; digits beyond microseconds are cut; a time without an offset is taken in the zone of
    the options, and that is said.

    Raises ProblemForUser for anything else, and for years outside 1970 to 2200.
    """
    written = clean_line(str(value), limit=_EVERYTHING)
    if not isinstance(value, bool) and _EPOCH.fullmatch(written.removesuffix(".0")):
        return Moment(_since_1970(written), "UTC", written)
    found = _STAMP.fullmatch(written) if isinstance(value, str) else None
    if found is None:
        raise ProblemForUser("This should be a time such as 2024-05-06T09:00:00Z.")
    day, minute, second, fraction, offset = found.groups(default="")
    later = timedelta(0)
    if minute == "24:00" and not (second + fraction).strip(":.,0"):
        minute, later = "00:00", timedelta(days=1)
    if second == ":60":
        second, fraction, later = ":59", "", later + timedelta(seconds=1)
    word = "" if offset in ("", "Z") else zone_alone(offset)
    offset = "" if word else offset.strip()
    try:
        local = datetime.fromisoformat(f"{day}T{minute}{second}{fraction}{offset}") + later
    except (ValueError, OverflowError):
        raise ProblemForUser("The calendar or the clock has no such time. Check it.") from None
    if local.tzinfo is not None:
        at = to_utc(local, UTC)
        return Moment(at, offset_text(local) if local.utcoffset() else "UTC", written)
    if word:
        zone = zone_meant(word, local, zone_named(notes.zone))
        if doubt := doubt_about(word, local, zone):
            notes.assume(doubt)
        return Moment(to_utc(local, zone), word, written)
    at = to_utc(local, zone_named(notes.zone))
    notes.assume(f"Times without an offset were taken to be in {notes.zone}.")
    return Moment(at, notes.zone, written)


def _is_no_time(value: object) -> bool:
    """Whether a tool says with this value that the time is not set."""
    return not isinstance(value, bool) and str(value).strip() in _NO_TIMES


def _since_1970(digits: str) -> datetime:
    """The moment of seconds, thousandths, millionths or thousand-millionths since 1970, which
    their number of digits tells apart until the year 2286."""
    whole, _, fraction = digits.partition(".")
    digits = f"{whole}{fraction}".ljust(16, "0")[:16]
    return to_utc(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(digits)), UTC)
