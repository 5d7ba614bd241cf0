"""In which day and zone a time lies when its line does not say it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.rules.problems import ProblemForUser
from models.rules.record import ReadOptions
from models.rules.timeline import TimelineReading, read_timeline

NOW = datetime(2024, 3, 20, 12, 0, tzinfo=UTC)


def read(text: str, **options: object) -> TimelineReading:
    return read_timeline(text, ReadOptions(now=NOW, **options))  # type: ignore[arg-type]


def times(reading: TimelineReading) -> list[str]:
    return [f"{e.at:%m-%d %H:%M}" for e in reading.events]


def test_without_a_date_the_persons_date_is_taken_and_else_today() -> None:
    assert times(read("10:01 a", date=date(2024, 3, 13))) == ["03-13 10:01"]
    reading = read("10:01 a")
    assert times(reading) == ["03-20 10:01"]
    assert "No date is given: read as today, 20 Mar 2024." in reading.assumed


def test_without_a_zone_the_persons_zone_is_taken_and_said() -> None:
    reading = read("2024-03-13 10:01 a", zone="Europe/Berlin")
    assert times(reading) == ["03-13 09:01"]
    assert "No time zone is given: read as Europe/Berlin." in reading.assumed
    assert times(read("2024-03-13 10:01 a", default_zone="Asia/Tokyo")) == ["03-13 01:01"]


def test_a_zone_that_does_not_exist_is_a_problem_at_once() -> None:
    with pytest.raises(ProblemForUser, match="not a time zone"):
        read("10:01 a", zone="Mars/Olympus")


@pytest.mark.parametrize(
    "statement",
    [
        "All times in CET",
        "All times are CET.",
        "Times are in CET",
        "(all times CET)",
        "*All times are in CET unless noted otherwise*",
        "Time zone: CET",
        "Timezone: Europe/Berlin",
        "## Timeline (CET)",
        "Timestamps: UTC+1",
        "| Time (CET) | Event |\n|---|---|",
        "| Date and Time in CET | Event |\n|---|---|",
    ],
)
def test_a_zone_stated_once_holds_for_every_line(statement: str) -> None:
    reading = read(f"{statement}\n2024-01-13 10:01 a", zone="America/New_York")
    assert times(reading) == ["01-13 09:01"]
    assert reading.unread == ()
    assert not any("No time zone" in s for s in reading.assumed)


def test_a_zone_stated_below_holds_for_the_lines_above() -> None:
    assert times(read("2024-01-13 10:01 a\n\nAll times in CET")) == ["01-13 09:01"]


def test_a_line_without_a_zone_follows_the_only_zone_of_the_text_and_that_is_said() -> None:
    reading = read("2024-03-13 10:01 UTC a\n10:05 b", default_zone="Asia/Tokyo")
    assert times(reading) == ["03-13 10:01", "03-13 10:05"]
    assert any("like the line above" in s for s in reading.assumed)


def test_an_abbreviation_is_taken_at_its_word_and_doubts_are_said() -> None:
    reading = read("2024-03-13 10:01 PST a")
    assert times(reading) == ["03-13 18:01"]
    assert any("PDT" in s for s in reading.assumed)
    assert reading.events[0].zone == "PST"
    assert not any("PST" in s for s in read("2024-01-13 10:01 PST a").assumed)


def test_letters_of_several_countries_mean_the_persons_own_when_they_use_them() -> None:
    reading = read("2024-01-13 10:01 IST a")
    assert times(reading) == ["01-13 04:31"]
    assert any("Israel or Ireland" in s for s in reading.assumed)
    assert times(read("2024-01-13 10:01 IST a", zone="Asia/Jerusalem")) == ["01-13 08:01"]


def test_a_time_that_daylight_saving_skips_or_repeats_is_asked_about() -> None:
    reading = read(
        "2024-03-31 02:30 a\n2024-10-27 02:30 b\n2024-10-27 02:30 +01:00 c", zone="Europe/Berlin"
    )
    assert times(reading) == ["10-27 01:30"]
    assert "did not happen" in reading.unread[0].why
    assert "happened twice" in reading.unread[1].why


@pytest.mark.parametrize(
    "heading",
    [
        "## 2024-03-13",
        "March 13, 2024",
        "Wednesday, 13 March 2024:",
        "**13 March 2024**",
        "Date: 2024-03-13",
        "- Date: 13 March 2024",
        "--- 13 March 2024 ---",
        "# Outage of 2024-03-13",
        "Timeline for 13 March 2024:",
        "2024-03-13 (Wed)",
    ],
)
def test_a_date_given_once_as_a_heading_holds_for_the_lines_below(heading: str) -> None:
    reading = read(f"{heading}\n10:01 a\n10:02 b")
    assert times(reading) == ["03-13 10:01", "03-13 10:02"]
    assert reading.unread == ()


def test_day_two_and_weekdays_count_from_the_day_above() -> None:
    reading = read("## 2024-03-13\n10:00 a\nDay 2\n09:00 b\n## Saturday\n08:00 c")
    assert times(reading) == ["03-13 10:00", "03-14 09:00", "03-16 08:00"]


def test_a_weekday_alone_is_the_last_one() -> None:
    assert times(read("Wednesday\n10:00 a")) == ["03-20 10:00"]
    assert times(read("Thursday\n10:00 a")) == ["03-14 10:00"]


def test_yesterday_is_the_day_before() -> None:
    assert times(read("Yesterday at 10:01 AM a")) == ["03-19 10:01"]


def test_after_midnight_the_day_rolls_over_and_that_is_said() -> None:
    reading = read("## 2024-03-13\n23:58 a\n00:05 b\n23:59 late entry\n00:10 c\n09:00 d")
    assert times(reading) == [
        "03-13 23:58",
        "03-14 00:05",
        "03-13 23:59",
        "03-14 00:10",
        "03-14 09:00",
    ]
    assert any("Line 3: 00:05 after 23:58 is read as 14 Mar 2024." in s for s in reading.assumed)


def test_a_small_step_back_is_out_of_order_and_stays_in_its_day() -> None:
    reading = read("## 2024-03-13\n14:10 a\n14:05 b\n14:12 c")
    assert times(reading) == ["03-13 14:10", "03-13 14:05", "03-13 14:12"]


def test_a_long_step_forward_stays_in_the_day_that_was_stated() -> None:
    assert times(read("## 2024-03-13\n02:00 a\n23:00 b")) == ["03-13 02:00", "03-13 23:00"]


def test_a_text_from_newest_to_oldest_rolls_backwards() -> None:
    reading = read("## 2024-03-14\n00:20 d\n00:10 c\n00:05 b\n23:58 a")
    assert times(reading)[-1] == "03-13 23:58"


def test_between_lines_of_different_zones_some_hours_back_are_no_midnight() -> None:
    reading = read("2024-03-13T09:00+01:00 a\n2024-03-13 10:01 PST b\n10:01–10:07 c")
    assert times(reading) == ["03-13 08:00", "03-13 18:01", "03-13 10:01"]


def test_a_year_that_is_not_given_is_the_last_one_not_in_the_future() -> None:
    assert read("Mar 13 10:01 a").events[0].at.year == 2024
    assert read("Nov 13 10:01 a").events[0].at.year == 2023
    reading = read("31 Dec 2023 23:58 a\n1 Jan 00:05 b")
    assert [e.at.year for e in reading.events] == [2023, 2024]


def test_one_unambiguous_date_decides_the_order_of_day_and_month_for_all() -> None:
    reading = read("03/04/2024 10:01 a\n04/13/2024 10:01 b")
    assert times(reading) == ["03-04 10:01", "04-13 10:01"]
    assert any("04/13/2024" in s for s in reading.assumed)


def test_an_ambiguous_date_is_never_read_in_silence() -> None:
    reading = read("03/02/2024 10:01 a")
    assert times(reading) == ["02-03 10:01"]
    assert any("two ways" in s for s in reading.assumed)
    assert times(read("03/02/2024 10:01 a", zone="America/New_York")) == ["03-02 15:01"]
    assert not any("two ways" in s for s in read("03/03/2024 10:01 a").assumed)


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("03/04/2024 10:01 a", ["03-04 10:01"], "yet to come"),
        ("02/01/2024 23:50 a\n02/02/2024 00:10 b", ["02-01 23:50", "02-02 00:10"], "close"),
        ("05.02.2024 10:01 a\n06.02.2024 00:10 b", ["02-05 10:01", "02-06 00:10"], ""),
    ],
)
def test_the_reading_of_a_date_that_makes_sense_is_taken_and_the_reason_said(
    text: str, expected: list[str], reason: str
) -> None:
    reading = read(text)
    assert times(reading) == expected
    assert any("two ways" in s and reason in s for s in reading.assumed) == bool(reason)


def test_a_weekday_that_contradicts_its_date_is_pointed_out() -> None:
    assert any("is a Wednesday" in s for s in read("Thu 13 Mar 2024 10:01 a").assumed)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("2024-05-06 UTC", "05-06 14:02"),
        ("(2024-05-06, UTC)", "05-06 14:02"),
        ("## 2024-05-06 (UTC)", "05-06 14:02"),
        ("2024-05-06 - CEST", "05-06 12:02"),
        ("2024-05-06 (Europe/Berlin)", "05-06 12:02"),
        ("Monday 6 May 2024 (CET)", "05-06 13:02"),
        ("6 May 2024, times in CEST:", "05-06 12:02"),
        ("**2024-05-06 (all times in UTC)**", "05-06 14:02"),
        ("=== Monday, May 6th 2024 ===\nTZ: PST", "05-06 22:02"),
        ("Date: 2024-05-06 (UTC)", "05-06 14:02"),
        ("Date: 2024-05-06\nTimezone: Europe/Berlin", "05-06 12:02"),
        ("Timeline (all times UTC)\n**2024-05-06**", "05-06 14:02"),
        ("Timeline for 2024-05-06 (UTC)", "05-06 14:02"),
        ("2024-05-06 Timeline\nTimes: Pacific", "05-06 21:02"),
        ("UTC\n2024-05-06", "05-06 14:02"),
        ("Zeitzone: Europe/Berlin\nDatum: 06.05.2024", "05-06 12:02"),
        ("Montag, 6. Mai 2024 (MESZ)", "05-06 12:02"),
        ("Checkout outage 2024-05-06 (times in UTC)", "05-06 14:02"),
    ],
)
def test_a_heading_says_the_day_and_the_zone_and_is_no_event(heading: str, expected: str) -> None:
    reading = read(f"{heading}\n14:02 alert fired", zone="Asia/Tokyo")
    assert times(reading) == [expected]
    assert reading.unread == ()
    assert not any("No time zone" in s for s in reading.assumed)


def test_a_zone_that_nobody_knows_is_listed() -> None:
    reading = read("Timezone: Mars/Olympus\n2024-05-06 14:02 alert fired")
    assert [(u.line, u.text) for u in reading.unread] == [(1, "Timezone: Mars/Olympus")]


def test_times_without_am_or_pm_in_a_text_that_has_them_are_read_near_the_time_above() -> None:
    reading = read("2024-03-13\n11:58 AM a\n12:03 b\n1:05-1:10 c\n12:50 d\n2:00 PM e")
    assert times(reading) == [
        "03-13 11:58", "03-13 12:03", "03-13 13:05", "03-13 12:50", "03-13 14:00",
    ]  # fmt: skip
    assert reading.events[2].until == datetime(2024, 3, 13, 13, 10, tzinfo=UTC)
    assert "1:05 is read as 13:05." in reading.assumed
    mixed = read("2024-03-13\n2:00 PM a\n2:03 b\n15:10 c")
    assert times(mixed)[1] == "03-14 02:03"


def test_elapsed_time_starts_at_the_first_time_of_the_text() -> None:
    reading = read("T+5m b\n2024-03-13 14:02 a\nT-1m c")
    assert times(reading) == ["03-13 14:07", "03-13 14:02", "03-13 14:01"]
    assert any("T+0 is read as the first time" in s for s in reading.assumed)


def test_the_text_can_state_what_t_zero_is() -> None:
    reading = read("T0 = 2024-03-13 14:00 UTC\nT+5m b")
    assert times(reading) == ["03-13 14:05"]
    assert reading.used == ((1, "the start of the T+ times"),)


def test_elapsed_time_without_any_start_begins_with_the_day() -> None:
    reading = read("T+5m b", date=date(2024, 3, 13))
    assert times(reading) == ["03-13 00:05"]
    assert any("The start is not given" in s for s in reading.assumed)


def test_elapsed_time_that_is_far_too_long_is_listed() -> None:
    reading = read("T+999999d b", date=date(2024, 3, 13))
    assert reading.events == ()
    assert len(reading.unread) == 1


def test_a_thousand_assumptions_of_one_kind_are_said_in_a_few_lines() -> None:
    reading = read("## 2024-03-13\n" + "23:00 a\n01:00 b\n" * 200)
    assert len(reading.assumed) < 20
    assert any("more lines" in s for s in reading.assumed)
