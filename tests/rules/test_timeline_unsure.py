"""Times that are not exact, not whole or not surely times: nothing of it passes in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.rules.record import ReadOptions
from models.rules.text import PARAGRAPH
from models.rules.timeline import TimelineReading, read_timeline
from models.rules.vocabulary import EventKind, Precision

OPTIONS = ReadOptions(now=datetime(2024, 3, 20, 12, 0, tzinfo=UTC), date=date(2024, 3, 13))


def read(text: str) -> TimelineReading:
    return read_timeline(text, OPTIONS)


def times(text: str) -> list[tuple[str, str]]:
    return [(f"{e.at:%d %H:%M}", e.text) for e in read(text).events]


@pytest.mark.parametrize(
    "time", ["~14:30", "≈ 14:30", "ca. 14:30", "about 14:30", "approx. 14:30", "14:30ish", "14:30~"]
)
def test_that_a_time_is_approximate_is_said(time: str) -> None:
    reading = read(f"14:00 alert fired\n{time} failed over")
    assert [f"{e.at:%H:%M} {e.text}" for e in reading.events][1] == "14:30 failed over"
    assert "Line 2: the source calls" in " ".join(reading.assumed)


@pytest.mark.parametrize("line", ["14:30 about ten hosts", "~~14:30 struck out~~", "at 14:30 a"])
def test_an_exact_time_is_not_called_approximate(line: str) -> None:
    assert "approximate" not in " ".join(read(line).assumed)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0900 hours call", ("13 09:00", "call")),
        ("{09:00} call", ("13 09:00", "call")),
        ("2024-03-14_09-00-05 call", ("14 09:00", "call")),
        ("2024-03-14T09-00-05 call", ("14 09:00", "call")),
    ],
)
def test_rarer_spellings_are_read(line: str, expected: tuple[str, str]) -> None:
    assert times(f"08:30 before\n{line}")[1] == expected


def test_four_digits_are_a_time_only_where_every_time_is_written_so() -> None:
    assert times("1402 alert\n1410 fixed") == [("13 14:02", "alert"), ("13 14:10", "fixed")]
    reading = read("14:02 alert\n1410 fixed")
    assert [(u.line, u.why) for u in reading.unread] == [
        (2, "1410 can be a time or a number: write 14:10 if it is a time.")
    ]


@pytest.mark.parametrize(
    "line", ["1500 users saw errors", "1200 ms latency", "2024 was calm", "  1410 is the port"]
)
def test_a_number_that_counts_something_stays_with_the_words_above(line: str) -> None:
    assert read(f"14:02 alert\n{line}").unread == ()


@pytest.mark.parametrize("line", ["1?:30 alert", "- ?4:30 alert", "[1?:3?] alert"])
def test_an_hour_that_is_half_known_is_asked_about(line: str) -> None:
    reading = read(f"14:02 before\n{line}")
    assert [e.text for e in reading.events] == ["before"]
    assert [(u.line, u.text) for u in reading.unread] == [(2, line)]
    assert "The hour is not fully known" in reading.unread[0].why
    assert read(line).title == ""


def test_how_long_ago_something_was_is_neither_a_time_nor_a_title() -> None:
    reading = read("5 minutes ago alert\n14:02 fixed")
    assert (reading.title, [u.line for u in reading.unread]) == ("", [1])
    assert "write the time itself" in reading.unread[0].why


@pytest.mark.parametrize(
    ("line", "zone", "hour"),
    [
        ("Times are CET (UTC+1)", "CET", 13),
        ("All times in CET (UTC+2)", "UTC+2", 12),
        ("All times CET, UTC+1", "CET", 13),
    ],
)
def test_a_zone_that_is_said_twice_is_a_statement(line: str, zone: str, hour: int) -> None:
    reading = read(f"{line}\n14:02 alert fired")
    assert reading.used == ((1, f"the time zone: {zone}"),)
    assert (reading.title, reading.events[0].at.hour) == ("", hour)


def test_the_day_of_a_line_that_is_too_long_holds_for_the_lines_below() -> None:
    reading = read(f"2024-05-06 14:02 {'x' * (PARAGRAPH + 9)}\n14:03 next")
    assert [f"{e.at:%d %b %H:%M}" for e in reading.events] == ["06 May 14:03"]
    assert [u.line for u in reading.unread] == [1]


def test_what_somebody_says_has_the_kind_of_the_words() -> None:
    kinds = [e.kind for e in read("14:02 Ada: alert\n14:03 Ada: hello\n14:04 @ben: fixed").events]
    assert kinds == [EventKind.ALERT, EventKind.NOTE, EventKind.NOTE]


def test_an_unknown_minute_is_still_an_hour() -> None:
    assert read("14:?? alert").events[0].precision is Precision.HOUR
