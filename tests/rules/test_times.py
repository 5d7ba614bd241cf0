"""Local times: what is read, what is asked about, and that what is shown can be typed again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.problems import ProblemForUser
from models.rules.times import moment_text, offset_text, parse_moment, to_utc, zone_named

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # half an hour of daylight saving, in the south
APIA = ZoneInfo("Pacific/Apia")  # had no 30 December 2011
KATHMANDU = ZoneInfo("Asia/Kathmandu")
ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York",
    "America/St_Johns", "America/Sao_Paulo", "America/Caracas", "Australia/Lord_Howe",
    "Australia/Sydney", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Asia/Kathmandu",
    "Asia/Pyongyang", "Africa/Casablanca", "Africa/Monrovia", "Antarctica/Troll", "Etc/GMT+12",
)  # fmt: skip


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        ("2024-03-13 10:01", "UTC", "2024-03-13T10:01"),
        ("2024-03-13 10:01", "Europe/Berlin", "2024-03-13T09:01"),
        ("2024-07-13 10:01", "Europe/Berlin", "2024-07-13T08:01"),
        ("2024-03-13 10:01", "Asia/Kathmandu", "2024-03-13T04:16"),
        ("2024-03-13 10:01:22", "America/New_York", "2024-03-13T14:01:22"),
        ("2024-03-13T10:01:22Z", "America/New_York", "2024-03-13T10:01:22"),
        ("2024-03-13T10:01:22z", "America/New_York", "2024-03-13T10:01:22"),
        ("2024-03-13T10:01:22.345Z", "America/New_York", "2024-03-13T10:01:22"),
        ("2024-03-13T10:01:22+01:00", "America/New_York", "2024-03-13T09:01:22"),
        ("2024-03-13 10:01 +0100", "UTC", "2024-03-13T09:01"),
        ("2024-03-13 10:01 −05:30", "UTC", "2024-03-13T15:31"),
        ("2024-03-13 10:01 -05:30", "UTC", "2024-03-13T15:31"),
        ("2024-03-13 10:01 +14:00", "UTC", "2024-03-12T20:01"),
        ("2024-03-13 10:01 -12:00", "UTC", "2024-03-13T22:01"),
        ("2024-03-13 10:01 UTC", "Europe/Berlin", "2024-03-13T10:01"),
        ("2024-03-13 10:01 gmt", "Europe/Berlin", "2024-03-13T10:01"),
        ("2024-03-13 10:01 Europe/Berlin", "UTC", "2024-03-13T09:01"),
        ("2024-03-13 10:01 America/Argentina/Buenos_Aires", "UTC", "2024-03-13T13:01"),
        ("2024-03-13 10:01 Etc/GMT+5", "UTC", "2024-03-13T15:01"),
        ("2024-3-3 9:01", "UTC", "2024-03-03T09:01"),
        ("  2024-03-13   10:01  ", "UTC", "2024-03-13T10:01"),
        ("2024-02-29 23:59", "UTC", "2024-02-29T23:59"),
        ("2000-02-29 00:00", "UTC", "2000-02-29T00:00"),
        ("2024-12-31 23:59:59", "America/New_York", "2025-01-01T04:59:59"),
        ("10:01", "Europe/Berlin", "2024-05-06T08:01"),
        ("0:00", "Europe/Berlin", "2024-05-05T22:00"),
        ("10:01:05 Z", "Europe/Berlin", "2024-05-06T10:01:05"),
        ("10:01 America/New_York", "Europe/Berlin", "2024-05-06T14:01"),
        ("2:05 pm", "UTC", "2024-05-06T14:05"),
        ("2024-03-13 12:05 AM", "UTC", "2024-03-13T00:05"),
        ("2024-03-13 12:05PM Europe/Berlin", "UTC", "2024-03-13T11:05"),
    ],
)
def test_what_people_write_is_read(typed: str, zone: str, utc: str) -> None:
    assert parse_moment(typed, ZoneInfo(zone), date(2024, 5, 6)) == moment(utc)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "is not a time"),
        ("soon", "is not a time"),
        ("10", "is not a time"),
        ("10.01", "is not a time"),
        ("2024-03-13", "is not a time"),
        ("13/03/2024 10:01", "is not a time"),
        ("2024-03-13 10:1", "is not a time"),
        ("2024-03-13 10:01 und", "“und” is not a time zone"),
        ("2024-03-13 10:01 Europe/Atlantis", "“Europe/Atlantis” is not a time zone"),
        ("2024-03-13 10:01 PST", "“PST” is not a time zone"),
        ("2024-03-13 10:01 +15:00", "not an offset"),
        ("2024-03-13 10:01 +14:30", "not an offset"),
        ("2024-03-13 10:01 +01:60", "not an offset"),
        ("2024-03-13 24:00", "not in the calendar"),
        ("2024-03-13 10:60", "not in the calendar"),
        ("2016-12-31 23:59:60", "not in the calendar"),
        ("2023-02-29 10:01", "not in the calendar"),
        ("1900-02-29 10:01", "not in the calendar"),
        ("2024-00-13 10:01", "not in the calendar"),
        ("0000-01-01 10:01", "not in the calendar"),
        ("13:01 pm", "not in the calendar"),
        ("0:01 am", "not in the calendar"),
        ("0001-01-01 00:00", "year 1 cannot be meant"),
        ("9999-12-31 23:59 -12:00", "year 9999 cannot be meant"),
        ("1969-12-31 23:59", "year 1969 cannot be meant"),
        ("2201-01-01 00:00", "year 2201 cannot be meant"),
    ],
)
def test_what_cannot_be_meant_is_said(typed: str, said: str) -> None:
    with pytest.raises(ProblemForUser, match=said) as problem:
        parse_moment(typed, UTC, date(2024, 5, 6))
    assert problem.value.field in ("time", "zone")


def test_a_time_without_a_day_asks_for_it() -> None:
    with pytest.raises(ProblemForUser, match="Write the date too"):
        parse_moment("10:01", UTC)


def test_the_years_that_can_be_meant_are_those_of_utc() -> None:
    assert parse_moment("1969-12-31 19:00", NEW_YORK) == moment("1970-01-01T00:00")
    assert parse_moment("2201-01-01 00:30", BERLIN) == moment("2200-12-31T23:30")
    for typed, zone in (("1970-01-01 00:30", BERLIN), ("2200-12-31 23:00", NEW_YORK)):
        with pytest.raises(ProblemForUser, match="cannot be meant"):
            parse_moment(typed, zone)


@pytest.mark.parametrize("aware", [datetime.min, datetime.max])
@pytest.mark.parametrize("hours", [-12, 0, 14])
def test_the_ends_of_the_calendar_are_refused_and_do_not_overflow(
    aware: datetime, hours: int
) -> None:
    for local in (aware, aware.replace(tzinfo=offset_zone(hours))):
        with pytest.raises(ProblemForUser, match="cannot be meant"):
            to_utc(local, offset_zone(hours))


def offset_zone(hours: int) -> ZoneInfo:
    return ZoneInfo(f"Etc/GMT{-hours:+d}")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("2024-03-31 02:00", BERLIN),
        ("2024-03-31 02:59:59", BERLIN),
        ("2024-03-10 02:30", NEW_YORK),
        ("2024-10-06 02:15", LORD_HOWE),
        ("2011-12-30 00:00", APIA),
        ("2011-12-30 23:59", APIA),
    ],
)
def test_a_time_that_was_skipped_is_asked_about(typed: str, zone: ZoneInfo) -> None:
    with pytest.raises(ProblemForUser, match="did not happen: the clocks went forward"):
        parse_moment(typed, zone)


@pytest.mark.parametrize(
    ("typed", "zone", "first", "second"),
    [
        ("2024-10-27 02:00", BERLIN, "+02:00", "+01:00"),
        ("2024-10-27 02:59:59", BERLIN, "+02:00", "+01:00"),
        ("2024-11-03 01:30", NEW_YORK, "-04:00", "-05:00"),
        ("2024-04-07 01:45", LORD_HOWE, "+11:00", "+10:30"),
    ],
)
def test_a_time_that_happened_twice_is_asked_about_and_an_offset_answers(
    typed: str, zone: ZoneInfo, first: str, second: str
) -> None:
    with pytest.raises(ProblemForUser, match="happened twice") as problem:
        parse_moment(typed, zone)
    assert f"{first} for the first or {second} for the second" in problem.value.message
    earlier, later = (parse_moment(f"{typed} {offset}", zone) for offset in (first, second))
    assert timedelta(0) < later - earlier <= timedelta(hours=1)
    for at, offset in ((earlier, first), (later, second)):
        assert moment_text(at, zone).endswith(offset)
        assert parse_moment(moment_text(at, zone), zone) == at


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        ("2024-03-31 01:59:59", BERLIN, "2024-03-31T00:59:59"),
        ("2024-03-31 03:00", BERLIN, "2024-03-31T01:00"),
        ("2024-10-27 01:59:59", BERLIN, "2024-10-26T23:59:59"),
        ("2024-10-27 03:00", BERLIN, "2024-10-27T02:00"),
        ("2024-10-06 01:59", LORD_HOWE, "2024-10-05T15:29"),
        ("2024-10-06 02:30", LORD_HOWE, "2024-10-05T15:30"),
        ("2024-04-07 01:29", LORD_HOWE, "2024-04-06T14:29"),
        ("2024-04-07 02:00", LORD_HOWE, "2024-04-06T15:30"),
        ("2011-12-29 23:59", APIA, "2011-12-30T09:59"),
        ("2011-12-31 00:00", APIA, "2011-12-30T10:00"),
    ],
)
def test_times_beside_a_change_of_the_clocks_are_plain(
    typed: str, zone: ZoneInfo, utc: str
) -> None:
    assert parse_moment(typed, zone) == moment(utc)
    assert moment_text(moment(utc), zone) == typed


def test_an_aware_time_is_taken_as_it_is_even_in_a_fold() -> None:
    aware = datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=BERLIN)
    assert to_utc(aware, NEW_YORK) == moment("2024-10-27T01:30")


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2200, 12, 31, 23, 59, 59)),
    st.sampled_from(ZONES),
    st.booleans(),
)
def test_what_is_shown_can_be_typed_again(at: datetime, name: str, full_minute: bool) -> None:
    at = at.replace(microsecond=0, tzinfo=UTC)
    at = at.replace(second=0) if full_minute else at
    zone = ZoneInfo(name)
    text = moment_text(at, zone)
    assert parse_moment(text, zone) == at
    assert moment_text(parse_moment(text, zone), zone) == text


def test_no_moment_is_no_text() -> None:
    assert moment_text(None, BERLIN) == ""


@pytest.mark.parametrize(
    ("at", "zone", "offset"),
    [
        ("2024-01-01T00:00", BERLIN, "+01:00"),
        ("2024-01-01T00:00", ZoneInfo("America/St_Johns"), "-03:30"),
        ("2024-01-01T00:00", KATHMANDU, "+05:45"),
        ("2024-01-01T00:00", ZoneInfo("UTC"), "+00:00"),
    ],
)
def test_an_offset_is_shown_with_its_sign(at: str, zone: ZoneInfo, offset: str) -> None:
    assert offset_text(moment(at).astimezone(zone)) == offset


@pytest.mark.parametrize(
    "name",
    ["", " ", "Berlin", "Europe", "../etc/passwd", "/etc/passwd", "Europe/Berlin\x00", "\ud800",
     "x" * 5000, "UTC+2", "leapseconds", "."],
)  # fmt: skip
def test_what_is_no_zone_is_said_to_be_none(name: str) -> None:
    with pytest.raises(ProblemForUser, match="is not a time zone") as problem:
        zone_named(name)
    assert problem.value.field == "zone"
    assert len(problem.value.message) < 200
    problem.value.message.encode()
