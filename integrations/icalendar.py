"""What is ahead as iCalendar (RFC 5545), as calendars read it from a file, a feed or a mail.

Each entry is an event of its own with its times in UTC, so that no calendar has to know our zones;
the same thing keeps its UID, and every change raises its SEQUENCE (RFC 5546). A day without a time
is a date, and takes up nobody's time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from models.rules.exercise.schedule import Invited, PlannedExercise

_OCTETS = 75  # of a line, without its end
_NOT_IN_A_LINK = re.compile("[\x00-\x20\x7f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Method(StrEnum):
    """What a calendar should do: enter it, enter it and answer, or take it out again."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Organiser:
    """Who invites. Answers go to `email`."""

    name: str
    email: str


@dataclass(frozen=True)
class Entry:
    """Something ahead: from `starts` to `ends` (aware), or the whole day `starts` without an end.
    `uid` stays the same through all changes, which `sequence` counts."""

    uid: str
    sequence: int
    title: str
    starts: datetime | date
    ends: datetime | None = None
    description: str = ""
    link: str = ""
    organiser: Organiser | None = None


def exercise_entry(
    planned: PlannedExercise,
    described: Iterable[str] = (),
    *,
    organiser: Organiser | None = None,
    link: str = "",
) -> Entry:
    """An exercise ahead; below its note the lines `described`."""
    return Entry(
        uid=f"{planned.id}@exercise.hotwash",
        sequence=planned.sequence,
        title=f"Exercise: {planned.title}",
        starts=planned.starts_at,
        ends=planned.ends_at,
        description="\n".join([planned.note, *described] if planned.note else described),
        link=link,
        organiser=organiser,
    )


def invitation(
    planned: PlannedExercise,
    method: Method,
    organiser: Organiser | None,
    now: datetime,
    *,
    seats: dict[str, str] | None = None,
    link: str = "",
) -> str:
    """One exercise for the people it is for, to be sent to each as `text/calendar` with the same
    method, or with PUBLISH to be downloaded. `seats` are the titles of the scenario's seats by
    their ids; people without an address stand in the description only, and who has none cannot be
    the organiser. `now` is aware."""
    people = [
        f"{p.name}: {(seats or {}).get(p.seat, p.seat)}" if p.seat else p.name
        for p in planned.people
    ]
    entry = exercise_entry(planned, people, organiser=organiser, link=link)
    event = [*_event(entry, now), *_attendees(planned)]
    event.append("STATUS:CANCELLED" if method is Method.CANCEL else "STATUS:CONFIRMED")
    return _calendar(method, [event])


def feed(entries: Iterable[Entry], now: datetime) -> str:
    """Several things to look at: a file to open, or a feed. What is not in it any more disappears
    from a calendar that follows it. `now` is aware."""
    return _calendar(Method.PUBLISH, (_event(entry, now) for entry in entries))


def _calendar(method: str, events: Iterable[Iterable[str]]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hotwash//Hotwash//EN",
             "CALSCALE:GREGORIAN", f"METHOD:{method}"]  # fmt: skip
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, now: datetime) -> Iterator[str]:
    yield f"UID:{_escaped(entry.uid)}"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"SEQUENCE:{entry.sequence}"
    if isinstance(entry.starts, datetime):
        yield f"DTSTART:{_utc(entry.starts)}"
        yield f"DTEND:{_utc(entry.ends or entry.starts)}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.starts:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.starts + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_escaped(entry.title)}"
    if entry.description:
        yield f"DESCRIPTION:{_escaped(entry.description)}"
    if entry.link:
        yield f"URL:{_NOT_IN_A_LINK.sub('', entry.link)}"
    if entry.organiser:
        yield _person("ORGANIZER", entry.organiser)


def _attendees(planned: PlannedExercise) -> Iterator[str]:
    asked = ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    return (_person("ATTENDEE", p, asked) for p in planned.people if p.email)


def _person(kind: str, person: Invited | Organiser, asked: str = "") -> str:
    """A name may hold what a parameter cannot: quotes are written as RFC 6868 says."""
    name = _CONTROL.sub("", person.name)
    name = name.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'{kind};CN="{name}"{asked}:mailto:{quote(person.email, safe="@+")}'


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = _CONTROL.sub("", text.replace("\r\n", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """At most 75 octets a line, never in the middle of a character; what goes on begins with a
    space, which counts."""
    part, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + width
    yield part
