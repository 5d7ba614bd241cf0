"""Exercises ahead, across months of all lengths and changes of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.exercise.schedule import (
    Invited,
    MonthlySeries,
    OnDay,
    OnWeekday,
    PlannedExercise,
    Weekday,
    check_planned,
    expand,
    in_words,
    open_seats,
)
from models.rules.problems import ProblemForUser
from tests.rules.exercise.queue_scenario import queue_scenario

BERLIN = "Europe/Berlin"
FIRST_TUESDAY = MonthlySeries(OnWeekday(1, Weekday.TUESDAY), time(14), BERLIN)
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
PLANNED = PlannedExercise(
    "p1", "The queue", datetime(2026, 5, 5, 12, tzinfo=UTC), 45, BERLIN,
    (Invited("Ada Brandt", "ada@example.org", "ic"), Invited("Ben Okafor", seat="ops")),
)  # fmt: skip


def test_the_first_tuesday_at_two_stays_at_two_across_daylight_saving() -> None:
    found = expand(FIRST_TUESDAY, date(2026, 2, 4), 9)
    assert [f"{at:%m-%d %H:%M}" for at in found] == [
        "03-03 13:00", "04-07 12:00", "05-05 12:00", "06-02 12:00", "07-07 12:00", "08-04 12:00",
        "09-01 12:00", "10-06 12:00", "11-03 13:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (OnDay(15), ["01-15", "02-15", "03-15", "04-15"]),
        (OnDay(31), ["01-31", "02-28", "03-31", "04-30"]),
        (OnWeekday(-1, Weekday.FRIDAY), ["01-30", "02-27", "03-27", "04-24"]),
        (OnWeekday(4, Weekday.SUNDAY), ["01-25", "02-22", "03-22", "04-26"]),
        (OnWeekday(1, Weekday.THURSDAY), ["01-01", "02-05", "03-05", "04-02"]),
    ],
)
def test_days_of_the_month(on: OnDay | OnWeekday, days: list[str]) -> None:
    found = expand(MonthlySeries(on, time(9), "UTC"), date(2026, 1, 1), 4)
    assert [f"{at:%m-%d}" for at in found] == days


@pytest.mark.parametrize(
    ("on", "at", "moment"),
    [
        (date(2026, 3, 29), time(2, 30), "2026-03-29T01:30:00+00:00"),  # skipped: 03:30 there
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),  # twice: the first
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat_has_one_answer(
    on: date, at: time, moment: str
) -> None:
    [found] = expand(MonthlySeries(OnDay(on.day), at, BERLIN), on, 1)
    assert found == datetime.fromisoformat(moment)


def test_every_third_month_counts_from_the_first_exercise() -> None:
    series = MonthlySeries(OnDay(10), time(9), "UTC", every=3)
    found = expand(series, date(2026, 1, 11), 3)
    assert [f"{at:%Y-%m-%d}" for at in found] == ["2026-02-10", "2026-05-10", "2026-08-10"]


ONS = st.builds(OnDay, st.integers(1, 31)) | st.builds(
    OnWeekday, st.sampled_from((1, 2, 3, 4, -1)), st.sampled_from(Weekday)
)
ZONES = st.sampled_from(
    (BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC")
)


@given(
    on=ONS, at=st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0)), zone=ZONES,
    every=st.integers(1, 12), count=st.integers(1, 36),
    first=st.dates(date(2012, 1, 1), date(2100, 1, 1)),
)  # fmt: skip
def test_any_series_is_in_order_one_a_month_at_its_time_on_the_wall(
    on: Any, at: time, zone: str, every: int, count: int, first: date
) -> None:
    found = expand(MonthlySeries(on, at, zone, every), first, count)
    assert len(found) == count
    local = [moment.astimezone(ZoneInfo(zone)) for moment in found]
    assert local[0].date() >= first
    months = [moment.year * 12 + moment.month for moment in local]
    assert [b - a for a, b in pairwise(months)] == [every] * (count - 1)
    for moment in local:
        shown = datetime.combine(moment.date(), at)
        later = moment.replace(tzinfo=None) - shown
        assert timedelta(0) <= later <= timedelta(hours=1)  # later only where it was skipped
        if isinstance(on, OnWeekday):
            assert moment.weekday() == on.weekday


@pytest.mark.parametrize(
    ("series", "count"),
    [
        (replace(FIRST_TUESDAY, on=OnDay(32)), 1),
        (replace(FIRST_TUESDAY, on=OnWeekday(5, Weekday.MONDAY)), 1),
        (replace(FIRST_TUESDAY, every=0), 1),
        (replace(FIRST_TUESDAY, zone="Berlin"), 1),
        (FIRST_TUESDAY, 0),
        (FIRST_TUESDAY, 37),
    ],
)
def test_a_series_that_cannot_be_meant_is_refused(series: MonthlySeries, count: int) -> None:
    with pytest.raises(ProblemForUser):
        expand(series, date(2026, 1, 1), count)


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (FIRST_TUESDAY, "On the first Tuesday of each month at 14:00 (Europe/Berlin)"),
        (MonthlySeries(OnDay(15), time(9, 30), "UTC"), "On the 15th of each month at 09:30 (UTC)"),
        (
            MonthlySeries(OnDay(31), time(9), "UTC", 3),
            "On the 31st of every 3rd month, or its last day at 09:00 (UTC)",
        ),
        (
            MonthlySeries(OnWeekday(-1, Weekday.FRIDAY), time(16), "UTC", 2),
            "On the last Friday of every 2nd month at 16:00 (UTC)",
        ),
    ],
)
def test_a_series_is_said_in_words(series: MonthlySeries, words: str) -> None:
    assert in_words(series) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_at": NOW}, "in the past"),
        ({"minutes": 9}, "10 to 480"),
        ({"zone": "Mars/Base"}, "not a time zone"),
        ({"people": (Invited("Ada", seat="pilot"),)}, "no seat “pilot” for Ada"),
        ({"people": (Invited("Ada", seat="ic"), Invited("Ben", seat="ic"))}, "Incident commander"),
        ({"people": (Invited("Ada"), Invited("ada"))}, "ada is invited twice|Ada is invited twice"),
        ({"people": tuple(Invited(f"P{n}") for n in range(51))}, "50 people can play"),
    ],
)
def test_what_cannot_be_planned_is_said(change: dict[str, Any], words: str) -> None:
    check_planned(PLANNED, queue_scenario(), NOW)
    with pytest.raises(ProblemForUser, match=words):
        check_planned(replace(PLANNED, **change), queue_scenario(), NOW)


def test_required_seats_that_nobody_has_yet_are_named() -> None:
    assert open_seats(PLANNED, queue_scenario()) == ()
    assert open_seats(replace(PLANNED, people=()), queue_scenario()) == ("Incident commander",)
