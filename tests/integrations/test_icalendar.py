"""Invitations, read back with a small reader of their grammar (RFC 5545, 3.1)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.icalendar import (
    Entry,
    Method,
    Organiser,
    exercise_entry,
    feed,
    invitation,
)
from models.rules.exercise.schedule import Invited, PlannedExercise
from models.rules.text import clean

NOW = datetime(2026, 5, 1, 8, 0, 30, tzinfo=UTC)
ADA = Organiser("Ada Brandt", "ada@example.org")
PLANNED = PlannedExercise(
    "p1", "The queue; part 1, of 2", datetime(2026, 5, 5, 14, tzinfo=timezone(timedelta(hours=2))),
    45, "Europe/Berlin",
    (Invited("Ben Okafor", "ben@example.org", "ops"), Invited("Siobhán O'Brien")),
    note="Bring a laptop.\nNo preparation.", sequence=2,
)  # fmt: skip
TEXTS = st.text(max_size=120).map(lambda s: clean(s.encode("utf-8", "ignore").decode()))


class Line(NamedTuple):
    name: str
    parameters: dict[str, str]
    value: str


def read(text: str) -> list[Line]:
    """Unfolds the lines and takes them apart."""
    assert text.endswith("\r\n")
    raw = text.split("\r\n")[:-1]
    assert not any("\n" in line or "\r" in line for line in raw)
    assert max(len(line.encode()) for line in raw) <= 75
    found = []
    for line in re.sub("\r\n[ ]", "", "\r\n".join(raw)).split("\r\n"):
        match = re.fullmatch(r'([A-Z-]+)((?:;[A-Z]+=(?:"[^"]*"|[^";:,]*))*):(.*)', line, re.DOTALL)
        assert match, line
        parameters = re.findall(r';([A-Z]+)=(?:"([^"]*)"|([^";:,]*))', match[2])
        found.append(Line(match[1], {k: a or b for k, a, b in parameters}, match[3]))
    return found


def plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)


def name_of(line: Line) -> str:
    signs = {"^": "^", "'": '"', "n": "\n"}
    return re.sub(r"\^([\^'n])", lambda m: signs[m[1]], line.parameters["CN"])


def value(lines: list[Line], name: str) -> str:
    [found] = [line.value for line in lines if line.name == name]
    return found


def test_an_invitation_says_when_what_and_who() -> None:
    lines = read(invitation(PLANNED, Method.REQUEST, ADA, NOW, seats={"ops": "Operations lead"},
                            link="https://hotwash.example/plan?id=p1"))  # fmt: skip
    assert {line.name: line.value for line in lines if line.name not in ("BEGIN", "END")} == {
        "VERSION": "2.0", "PRODID": "-//Hotwash//Hotwash//EN", "CALSCALE": "GREGORIAN",
        "METHOD": "REQUEST", "UID": "p1@exercise.hotwash", "DTSTAMP": "20260501T080030Z",
        "SEQUENCE": "2", "DTSTART": "20260505T120000Z", "DTEND": "20260505T124500Z",
        "SUMMARY": "Exercise: The queue\\; part 1\\, of 2",
        "DESCRIPTION": "Bring a laptop.\\nNo preparation.\\nBen Okafor: Operations lead\\n"
        "Siobhán O'Brien",
        "URL": "https://hotwash.example/plan?id=p1",
        "ORGANIZER": "mailto:ada@example.org", "ATTENDEE": "mailto:ben@example.org",
        "STATUS": "CONFIRMED",
    }  # fmt: skip
    [attendee] = [line for line in lines if line.name == "ATTENDEE"]
    assert attendee.parameters == {
        "CN": "Ben Okafor", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"
    }  # fmt: skip


def test_a_change_and_a_cancellation_are_about_the_same_event() -> None:
    asked = read(invitation(PLANNED, Method.REQUEST, ADA, NOW))
    later = replace(PLANNED, sequence=3, starts_at=PLANNED.starts_at + timedelta(days=7))
    gone = read(invitation(later, Method.CANCEL, ADA, NOW))
    assert value(asked, "UID") == value(gone, "UID")
    assert [value(lines, "SEQUENCE") for lines in (asked, gone)] == ["2", "3"]
    assert (value(gone, "METHOD"), value(gone, "STATUS")) == ("CANCEL", "CANCELLED")


def test_a_feed_has_every_exercise_and_nobody_of_those_invited() -> None:
    text = feed(
        (exercise_entry(p, organiser=ADA) for p in (PLANNED, replace(PLANNED, id="p2"))), NOW
    )
    lines = read(text)
    assert [line.value for line in lines if line.name == "UID"] == [
        "p1@exercise.hotwash", "p2@exercise.hotwash"
    ]  # fmt: skip
    assert value(lines, "METHOD") == "PUBLISH"
    assert "Okafor" not in text
    assert value(read(feed([], NOW)), "METHOD") == "PUBLISH"


@given(title=TEXTS, note=TEXTS, names=st.lists(TEXTS, max_size=4), addresses=TEXTS)
def test_whatever_is_written_reads_back_and_stays_in_its_place(
    title: str, note: str, names: list[str], addresses: str
) -> None:
    people = tuple(Invited(name, f"{addresses}{n}@example.org") for n, name in enumerate(names))
    planned = replace(PLANNED, title=title, note=note, people=people)
    lines = read(invitation(planned, Method.REQUEST, Organiser(title, "a@b.org"), NOW))
    assert plain(value(lines, "SUMMARY")) == f"Exercise: {title}"
    attendees = [line for line in lines if line.name == "ATTENDEE"]
    assert [name_of(line) for line in attendees] == names
    described = [plain(line.value) for line in lines if line.name == "DESCRIPTION"]
    expected = "\n".join([note, *names] if note else names)
    assert described == ([expected] if note or names else [])
    assert [line.name for line in lines].count("BEGIN") == 2
    assert all(re.fullmatch(r"mailto:[\x21-\x7e]+", line.value) for line in attendees)


@pytest.mark.parametrize("name", ['A "B" C', "A^B", "A^n'B", "^^", "O'Brien; and, co: x"])
def test_a_name_stays_what_it_is(name: str) -> None:
    planned = replace(PLANNED, people=(Invited(name, "a@example.org"),))
    lines = read(invitation(planned, Method.REQUEST, ADA, NOW))
    assert [name_of(line) for line in lines if line.name == "ATTENDEE"] == [name]


def test_who_has_no_address_does_not_organise() -> None:
    for text in (
        invitation(PLANNED, Method.PUBLISH, None, NOW),
        feed([exercise_entry(PLANNED)], NOW),
    ):
        lines = read(text)
        assert value(lines, "METHOD") == "PUBLISH"
        assert not [line for line in lines if line.name == "ORGANIZER"]


@pytest.mark.parametrize("link", ["https://a.example/x\r\nATTENDEE:mailto:eve@example.org"])
def test_an_address_cannot_add_a_line(link: str) -> None:
    lines = read(invitation(PLANNED, Method.REQUEST, ADA, NOW, link=link))
    assert [line.value for line in lines if line.name == "ATTENDEE"] == ["mailto:ben@example.org"]


def test_a_day_without_a_time_is_a_date_and_takes_up_nobodys_time() -> None:
    lines = read(feed([Entry("a1@action.hotwash", 3, "Due: Refuse it", date(2026, 12, 31))], NOW))
    assert value(lines, "DTSTART") == "20261231"
    assert value(lines, "DTEND") == "20270101"
    assert value(lines, "TRANSP") == "TRANSPARENT"
    assert {line.parameters.get("VALUE") for line in lines if line.name.startswith("DT")} == {
        None, "DATE",
    }  # fmt: skip
