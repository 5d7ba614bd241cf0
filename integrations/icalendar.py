"""Exercises ahead as iCalendar (RFC 5545), as calendars read it from a file, a feed or a mail.

Each exercise is an event of its own with its times in UTC, so that no calendar has to know our
zones; the same exercise keeps its UID, and every change raises its SEQUENCE (RFC 5546).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
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
    event = [*_event(planned, now, people, link), *_people(planned, organiser)]
    event.append("STATUS:CANCELLED" if method is Method.CANCEL else "STATUS:CONFIRMED")
    return _calendar(method, [event])


def feed(
    planned: Iterable[PlannedExercise],
    organiser: Organiser | None,
    now: datetime,
    *,
    link: str = "",
) -> str:
    """Several exercises to look at, without the people: a file to open, or a feed."""
    leads = [_person("ORGANIZER", organiser)] if organiser else []
    return _calendar(Method.PUBLISH, ([*_event(one, now, [], link), *leads] for one in planned))


def _calendar(method: str, events: Iterable[list[str]]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hotwash//Exercises//EN",
             "CALSCALE:GREGORIAN", f"METHOD:{method}"]  # fmt: skip
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(planned: PlannedExercise, now: datetime, people: list[str], link: str) -> Iterator[str]:
    yield f"UID:{_escaped(planned.id)}@exercise.hotwash"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"SEQUENCE:{planned.sequence}"
    yield f"DTSTART:{_utc(planned.starts_at)}"
    yield f"DTEND:{_utc(planned.ends_at)}"
    yield f"SUMMARY:{_escaped(f'Exercise: {planned.title}')}"
    described = [planned.note, *people] if planned.note else people
    if described:
        yield "DESCRIPTION:" + _escaped("\n".join(described))
    if link:
        yield f"URL:{_NOT_IN_A_LINK.sub('', link)}"


def _people(planned: PlannedExercise, organiser: Organiser | None) -> Iterator[str]:
    if organiser:
        yield _person("ORGANIZER", organiser)
    asked = ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    yield from (_person("ATTENDEE", p, asked) for p in planned.people if p.email)


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
