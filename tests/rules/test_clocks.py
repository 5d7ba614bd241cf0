"""The clocks of an incident: durations with their definitions, and times out of order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.clocks import (
    MEANING,
    MEASURES,
    contradiction,
    durations,
    lasted,
    length_in_words,
    order_problems,
)
from models.rules.record import ClockTime
from models.rules.vocabulary import Clock, Severity

BEGAN, DETECTED, ACKNOWLEDGED, DECLARED, MITIGATED, RESOLVED, CLOSED = Clock


def clocks(**minutes: float) -> dict[Clock, ClockTime]:
    """Minutes after ten; a half minute marks an estimate."""
    ten = datetime(2026, 3, 10, 10, tzinfo=UTC)
    return {
        Clock(name): ClockTime(ten + timedelta(minutes=int(m)), estimated=m != int(m))
        for name, m in minutes.items()
    }


WHOLE = clocks(
    impact_began=0, detected=12, acknowledged=14, declared=20, mitigated=60, resolved=100,
    closed=160,
)  # fmt: skip


def test_the_measures_of_the_field_run_from_where_to_where() -> None:
    assert {m.name: (m.start, m.end) for m in MEASURES} == {
        "Time to detect": (BEGAN, DETECTED),
        "Time to acknowledge": (DETECTED, ACKNOWLEDGED),
        "Time to declare": (DETECTED, DECLARED),
        "Time to mitigate": (DETECTED, MITIGATED),
        "Time to recover": (DETECTED, RESOLVED),
        "Duration of the impact": (BEGAN, MITIGATED),
    }
    assert MEASURES[0].definition == "impact began → detected"
    assert set(MEANING) == set(Clock)


@pytest.mark.parametrize(
    ("severity", "aims"),
    [
        (Severity.SEV0, {}),
        (Severity.SEV1, {"TTA": "under 5 min", "TTR": "under 1 h"}),
        (Severity.SEV2, {}),
        (Severity.SEV3, {}),
        (None, {}),
    ],
)
def test_the_field_sets_aims_for_sev1_alone(severity: Severity | None, aims: object) -> None:
    assert {m.short: m.aim(severity) for m in MEASURES if m.aim(severity)} == aims


def test_every_known_duration_is_measured() -> None:
    found = {d.measure.name: d.length // timedelta(minutes=1) for d in durations(WHOLE)}
    assert found == {
        "Time to detect": 12,
        "Time to acknowledge": 2,
        "Time to declare": 8,
        "Time to mitigate": 48,
        "Time to recover": 88,
        "Duration of the impact": 60,
    }


@pytest.mark.parametrize(
    ("known", "names"),
    [
        (clocks(), []),
        (clocks(detected=1), []),
        (clocks(impact_began=0, resolved=9), []),
        (clocks(detected=0, resolved=9), ["Time to recover"]),
        (clocks(impact_began=0, detected=1), ["Time to detect"]),
    ],
)
def test_a_duration_with_an_unknown_end_is_left_out(
    known: dict[Clock, ClockTime], names: list[str]
) -> None:
    assert [d.measure.name for d in durations(known)] == names


def test_a_duration_is_an_estimate_when_either_end_is() -> None:
    for known in (clocks(detected=0.5, resolved=9), clocks(detected=0, resolved=9.5)):
        assert [d.estimated for d in durations(known)] == [True]
    assert [d.estimated for d in durations(clocks(detected=0, resolved=9))] == [False]


def test_a_contradiction_is_no_length() -> None:
    [found] = durations(clocks(detected=30, resolved=10))
    assert found.contradicts
    assert found.length == timedelta(minutes=-20)
    assert not any(d.contradicts for d in durations(WHOLE))
    [together] = durations(clocks(detected=30, resolved=30))
    assert not together.contradicts


def test_a_contradiction_is_said_with_both_times_in_the_zone_of_the_reader() -> None:
    [found] = durations(clocks(detected=30, resolved=10))
    assert contradiction(
        "detected", found.start, "resolved", found.end, ZoneInfo("Asia/Tokyo")
    ) == ("times contradict: resolved 10 Mar 19:10, detected 10 Mar 19:30 JST")


def test_a_contradiction_is_pointed_out_in_the_zone_of_the_reader() -> None:
    [sentence] = order_problems(clocks(detected=30, resolved=10), ZoneInfo("Asia/Tokyo"))
    assert sentence == (
        "Resolved (10 Mar 19:10 JST) is before detected (10 Mar 19:30 JST). Check both times."
    )


@pytest.mark.parametrize(
    ("incidents", "minutes", "estimated"),
    [
        ([WHOLE], 60, False),
        ([clocks(impact_began=0, mitigated=30.5)], 30, True),
        ([clocks(detected=5, mitigated=30)], 25, True),
        ([clocks(impact_began=0, resolved=30)], 30, True),
        ([clocks(impact_began=0, mitigated=30), clocks(impact_began=20, mitigated=50)], 50, False),
        ([clocks(impact_began=0, mitigated=90), clocks(impact_began=20, mitigated=50)], 90, False),
        ([clocks(impact_began=0, mitigated=9), clocks(impact_began=20)], None, None),
        ([clocks(mitigated=9)], None, None),
        ([clocks(impact_began=10, mitigated=9)], None, None),
        ([clocks(impact_began=0, mitigated=9), clocks(detected=7, resolved=6)], None, None),
        ([], None, None),
    ],
)
def test_how_long_customers_were_affected(
    incidents: list[dict[Clock, ClockTime]], minutes: int | None, estimated: bool | None
) -> None:
    if minutes is None:
        assert lasted(incidents) is None
    else:
        assert lasted(incidents) == (timedelta(minutes=minutes), estimated)


@pytest.mark.parametrize(
    "known",
    [
        {},
        clocks(resolved=1),
        WHOLE,
        clocks(impact_began=5, detected=5, acknowledged=5, declared=5, mitigated=5, resolved=5),
        clocks(detected=0, mitigated=5, declared=9, resolved=20),  # over before it had a name
        clocks(detected=0, mitigated=5, acknowledged=9, resolved=20),
        clocks(detected=0, declared=2, acknowledged=4, resolved=20),  # called first, taken second
    ],
)
def test_what_can_be_is_not_pointed_out(known: dict[Clock, ClockTime]) -> None:
    assert order_problems(known) == ()


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (clocks(impact_began=10, detected=5), ["Detected", "impact began"]),
        (clocks(detected=10, acknowledged=5), ["Acknowledged", "detected"]),
        (clocks(detected=10, declared=5), ["Declared", "detected"]),
        (clocks(detected=10, mitigated=5), ["Mitigated", "detected"]),
        (clocks(detected=10, resolved=5), ["Resolved", "detected"]),
        (clocks(declared=10, resolved=5), ["Resolved", "declared"]),
        (clocks(mitigated=10, resolved=5), ["Resolved", "mitigated"]),
        (clocks(resolved=10, closed=5), ["Closed", "resolved"]),
    ],
)
def test_a_time_that_contradicts_the_order_is_pointed_out(
    known: dict[Clock, ClockTime], said: list[str]
) -> None:
    [sentence] = order_problems(known)
    later, earlier = said
    assert sentence == (
        f"{later} (10 Mar 10:05 UTC) is before {earlier} (10 Mar 10:10 UTC). Check both times."
    )


def test_moments_in_between_do_not_hide_a_contradiction() -> None:
    known = clocks(detected=10, declared=30, mitigated=5)
    assert [s[: s.index(" (")] for s in order_problems(known)] == ["Mitigated"]


def test_times_of_another_year_are_told_apart() -> None:
    known = clocks(detected=0)
    known[RESOLVED] = ClockTime(datetime(2025, 3, 10, 11, tzinfo=UTC))
    [sentence] = order_problems(known)
    assert "10 Mar 2025 11:00 UTC" in sentence
    assert "10 Mar 2026 10:00 UTC" in sentence


def test_times_of_the_same_minute_are_told_apart() -> None:
    known = clocks(detected=0)
    known[RESOLVED] = ClockTime(known[DETECTED].at - timedelta(seconds=20))
    [sentence] = order_problems(known)
    assert sentence.startswith("Resolved (10 Mar 09:59 UTC) is before detected (10 Mar 10:00 UTC)")
    known[DETECTED] = ClockTime(known[RESOLVED].at + timedelta(seconds=5))
    [sentence] = order_problems(known)
    assert "(10 Mar 09:59:40 UTC) is before detected (10 Mar 09:59:45 UTC)" in sentence


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(milliseconds=400), "0 min"),
        (timedelta(seconds=1), "1 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(seconds=119), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=1, minutes=12), "1 h 12 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=1, minutes=59), "1 d"),
        (timedelta(days=2, hours=3), "2 d 3 h"),
        (timedelta(days=400), "400 d"),
        (timedelta(minutes=-5), "-5 min"),
        (timedelta(seconds=-20), "-20 s"),
        (timedelta(days=-1, hours=-2), "-1 d 2 h"),
        (timedelta(milliseconds=-400), "0 min"),
    ],
)
def test_a_length_is_read_in_at_most_two_units(length: timedelta, words: str) -> None:
    assert length_in_words(length) == words
