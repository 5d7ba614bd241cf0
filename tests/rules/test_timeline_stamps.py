"""The times that people write at the head of a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.rules.record import EventRecord, ReadOptions
from models.rules.timeline import TimelineReading, read_timeline
from models.rules.timeline.stamps import read_stamp
from models.rules.vocabulary import Precision

OPTIONS = ReadOptions(now=datetime(2024, 3, 20, 12, 0, tzinfo=UTC), date=date(2024, 3, 13))


def read(text: str, options: ReadOptions = OPTIONS) -> TimelineReading:
    return read_timeline(text, options)


def only(text: str, options: ReadOptions = OPTIONS) -> EventRecord:
    reading = read(text, options)
    assert reading.unread == ()
    assert len(reading.events) == 1
    return reading.events[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("14:02 alert fired", "2024-03-13T14:02:00"),
        ("[2024-03-13T10:01:22+01:00] alert fired", "2024-03-13T09:01:22"),
        ("2024-03-13T10:01:22-05:00 alert fired", "2024-03-13T15:01:22"),
        ("2024-03-13T10:01:22.123456789Z alert fired", "2024-03-13T10:01:22.123456"),
        ("20240313T100122Z alert fired", "2024-03-13T10:01:22"),
        ("Mar 13 2024 10:01 AM PST - alert fired", "2024-03-13T18:01:00"),
        ("10:01 UTC alert fired", "2024-03-13T10:01:00"),
        ("10:01Z alert fired", "2024-03-13T10:01:00"),
        ("10:01 UTC+2 alert fired", "2024-03-13T08:01:00"),
        ("10:01 (CET) alert fired", "2024-03-13T09:01:00"),
        ("10:01 Europe/Berlin alert fired", "2024-03-13T09:01:00"),
        ("10:01 PM PT: alert fired", "2024-03-14T05:01:00"),
        ("1001Z alert fired", "2024-03-13T10:01:00"),
        ("10.01 alert fired", "2024-03-13T10:01:00"),
        ("14h02 alert fired", "2024-03-13T14:02:00"),
        ("14:02alert fired", "2024-03-13T14:02:00"),
        ("14:02:09alert fired", "2024-03-13T14:02:09"),
        ("14時02分 alert fired", "2024-03-13T14:02:00"),
        ("14時2分に alert fired", "2024-03-13T14:02:00"),
        ("14時02分09秒 alert fired", "2024-03-13T14:02:09"),
        ("午後2時05分 alert fired", "2024-03-13T14:05:00"),
        ("14時頃 alert fired", "2024-03-13T14:00:00"),
        ("10:01:22.123 alert fired", "2024-03-13T10:01:22.123"),
        ("10:01:22,123 alert fired", "2024-03-13T10:01:22.123"),
        ("@10:01 alert fired", "2024-03-13T10:01:00"),
        ("~10:01 alert fired", "2024-03-13T10:01:00"),
        ("10:45~ alert fired", "2024-03-13T10:45:00"),
        ("around 10:01, alert fired", "2024-03-13T10:01:00"),
        ("10:01am: alert fired", "2024-03-13T10:01:00"),
        ("10:01 p.m. alert fired", "2024-03-13T22:01:00"),
        ("10:01\u202fPM alert fired", "2024-03-13T22:01:00"),
        ("12:05 AM alert fired", "2024-03-13T00:05:00"),
        ("(10:01) alert fired", "2024-03-13T10:01:00"),
        ("- **10:01** – alert fired", "2024-03-13T10:01:00"),
        ("**10:01 alert fired**", "2024-03-13T10:01:00"),
        ("1. 10:01 alert fired", "2024-03-13T10:01:00"),
        ("> `10:01` → alert fired", "2024-03-13T10:01:00"),
        ("- [x] 10:01 alert fired", "2024-03-13T10:01:00"),
        ("### 10:01 alert fired", "2024-03-13T10:01:00"),
        ("13/03/2024 10:01 alert fired", "2024-03-13T10:01:00"),
        ("03/13/2024 10:01 alert fired", "2024-03-13T10:01:00"),
        ("13.03.2024, 10:01 alert fired", "2024-03-13T10:01:00"),
        ("2024/03/13 10:01 alert fired", "2024-03-13T10:01:00"),
        ("13 March 2024, 10:01 alert fired", "2024-03-13T10:01:00"),
        ("Wed 13 Mar 10:01 alert fired", "2024-03-13T10:01:00"),
        ("13th of March 2024 at 10:01 alert fired", "2024-03-13T10:01:00"),
        ("10:01 on 13 March 2024: alert fired", "2024-03-13T10:01:00"),
        ("Wed, 13 Mar 2024 10:01:22 +0100 alert fired", "2024-03-13T09:01:22"),
        ("13/Mar/2024:10:01:22 +0000 alert fired", "2024-03-13T10:01:22"),
        ("1710324082 alert fired", "2024-03-13T10:01:22"),
        ("1710324082123 alert fired", "2024-03-13T10:01:22.123"),
        ("24:00 alert fired", "2024-03-14T00:00:00"),
        ("23:59:60 alert fired", "2024-03-13T23:59:59"),
        ("\u200e[13/03/2024, 10:01:22] alert fired", "2024-03-13T10:01:22"),
    ],
)
def test_a_time_is_recognised_and_the_words_behind_it_are_the_event(
    line: str, expected: str
) -> None:
    event = only(line)
    assert event.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert event.text == "alert fired"


def test_a_line_of_a_system_log_keeps_host_and_program() -> None:
    event = only("Mar 13 10:01:22 web-1 nginx[12]: worker exited")
    assert event.at == datetime(2024, 3, 13, 10, 1, 22, tzinfo=UTC)
    assert event.text == "web-1 nginx[12]: worker exited"


@pytest.mark.parametrize(
    "line",
    [
        "5 may fail",
        "May 5 servers failed",
        "10.0.32.54 was unreachable",
        "1.14 was rolled out",
        "16:9 ratio",
        "14:02alert",
        "+5 more replicas",
        "T-shirt sizes",
        "2024 was calm",
        "100 users",
        "v10.15 shipped",
        "Monday was quiet",
    ],
)
def test_numbers_that_are_no_time_are_left_alone(line: str) -> None:
    assert read_stamp(line) is None


@pytest.mark.parametrize(
    ("line", "precision"),
    [
        ("10:01:22 x", Precision.SECOND),
        ("10:01 x", Precision.MINUTE),
        ("14:?? x", Precision.HOUR),
        ("14:xx x", Precision.HOUR),
        ("2 pm x", Precision.HOUR),
        ("2024-03-13 x", Precision.DAY),
        ("2024-03-13 --:-- x", Precision.DAY),
    ],
)
def test_how_exactly_a_time_is_known_is_kept(line: str, precision: Precision) -> None:
    event = only(line)
    assert event.precision is precision
    assert event.at.minute == (1 if "01" in line.split(" ")[0] else 0)


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("10:01–10:07 x", "2024-03-13T10:07"),
        ("10:01 - 10:07 x", "2024-03-13T10:07"),
        ("from 10:01 to 10:07 x", "2024-03-13T10:07"),
        ("between 10:01 and 10:07 x", "2024-03-13T10:07"),
        ("10:01 AM - 10:07 PM x", "2024-03-13T22:07"),
        ("2024-03-13 10:01 - 2024-03-15 02:00 x", "2024-03-15T02:00"),
        ("23:50 – 00:10 x", "2024-03-14T00:10"),
        ("10:01 UTC-10:07 UTC x", "2024-03-13T10:07"),
        ("2024-03-13 – 2024-03-15 x", "2024-03-15T00:00"),
    ],
)
def test_a_range_has_an_end(line: str, until: str) -> None:
    event = only(line)
    assert event.until == datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert event.text == "x"


def test_am_or_pm_behind_the_end_of_a_range_holds_for_both() -> None:
    assert only("10:01 - 10:07 PM x").at == datetime(2024, 3, 13, 22, 1, tzinfo=UTC)


@pytest.mark.parametrize("line", ["10:01 +5 replicas", "10:01 -5 replicas"])
def test_a_number_behind_a_time_is_no_zone(line: str) -> None:
    event = only(line)
    assert (event.at.hour, event.zone) == (10, "")
    assert event.text == line.removeprefix("10:01 ")


def test_a_chat_emoji_behind_the_time_stays_whole() -> None:
    assert only("10:01 :fire: it burns").text == ":fire: it burns"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("25:00 x", "no time of day"),
        ("10:75 x", "no time of day"),
        ("13:05 AM x", "no time of day"),
        ("HH:mm", "template"),
        ("2024-03-13 HH:mm | x", "template"),
        ("YYYY-MM-DD HH:mm x", "template"),
        ("0001-01-01 00:00 x", "year 1 "),
        ("2023-02-29 10:00 x", "no 2023-02-29"),
        ("31/04/2024 10:00 x", "no 31/04/2024"),
        ("2024-03-13 10:07 - 2024-03-12 10:00 x", "before the beginning"),
        ("10:01", "without words"),
    ],
)
def test_a_time_that_cannot_be_meant_is_listed_with_the_reason(line: str, why: str) -> None:
    reading = read(line)
    assert reading.events == ()
    assert [u.line for u in reading.unread] == [1]
    assert why in reading.unread[0].why
    assert reading.unread[0].text == line


def test_a_number_with_a_point_is_no_time_in_a_text_that_writes_times_with_a_colon() -> None:
    reading = read("10:15 alert fired\n10.15 million requests lost\n10:20 fixed")
    assert [e.text for e in reading.events] == [
        "alert fired\n10.15 million requests lost",
        "fixed",
    ]


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("T+12m x", 12),
        ("T+1h12m x", 72),
        ("T+1h12 x", 72),
        ("T-5m x", -5),
        ("T+90s x", 1.5),
        ("+12m x", 12),
        ("T+1:12 x", 72),
        ("T0 x", 0),
        ("T+12 x", 12),
        ("T+ 12 min: x", 12),
    ],
)
def test_elapsed_time_counts_from_the_start(line: str, minutes: float) -> None:
    start = datetime(2024, 3, 13, 14, 0, tzinfo=UTC)
    event = only(line, ReadOptions(now=OPTIONS.now, start=start))
    assert (event.at - start).total_seconds() == minutes * 60
    assert event.text == "x"


def test_a_year_with_a_digit_too_many_is_read_as_the_one_that_is_known_and_asked_about() -> None:
    reading = read("20202-03-12 12:00 x")
    assert reading.events[0].at == datetime(2024, 3, 12, 12, tzinfo=UTC)
    assert any("20202-03-12 cannot be meant; it is read as 2024" in s for s in reading.assumed)
    unknown = replace(OPTIONS, date=None)
    without = read_timeline("20202-03-12 12:00 x", unknown)
    assert without.events[0].at == datetime(2020, 3, 12, 12, tzinfo=UTC)
    assert any("it is read as 2020. Is that right?" in s for s in without.assumed)
    without = read_timeline("99999-03-12 12:00 x", unknown)
    assert without.events == ()
    assert "year 99999" in without.unread[0].why
    assert without.questions == without.unread


def test_minutes_behind_a_loose_plus_are_counted_from_the_first_moment() -> None:
    reading = read("14:00 T0 alert fired\n+ 7 min failover\n+ 1 h 5 min over\n+ 7 more hosts")
    assert [f"{e.at:%H:%M}" for e in reading.events][:3] == ["14:00", "14:07", "15:05"]
    assert "+ 7 more hosts" in reading.events[2].text


@pytest.mark.parametrize("line", ["14:02ms was the latency", "10:30x faster", "12:3456 is an id"])
def test_a_number_that_only_looks_like_a_time_is_none(line: str) -> None:
    assert read_stamp(line) is None
