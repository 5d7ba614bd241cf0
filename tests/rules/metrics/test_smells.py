"""Smells of a process: each table says what is found, and what only looks like it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.rules.metrics.smells import (
    SeenAction,
    SeenIncident,
    SeenPostmortem,
    Smell,
    SmellKey,
    smells,
)
from models.rules.vocabulary import IncidentKind, Severity
from models.rules.wording import read_wording

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
NOW = NOON + timedelta(days=10)
SEV0, SEV1, SEV2, SEV3 = Severity
ADA, BEN = "ada brandt", "ben okafor"


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def seen(**facts: Any) -> SeenIncident:
    known = {"id": "i1", "title": "Orders waited", "kind": IncidentKind.INCIDENT, "severity": SEV1}
    known["names_people"] = True
    return SeenIncident(**(known | facts))


def smell(
    key: SmellKey,
    *incidents: SeenIncident,
    postmortems: tuple[SeenPostmortem, ...] = (),
    actions: tuple[SeenAction, ...] = (),
    zone: str = "UTC",
    reviewing_since: datetime | None = NOON,
) -> Smell:
    found = smells(
        incidents,
        postmortems,
        actions,
        now=NOW,
        zone=ZoneInfo(zone),
        declare_within=timedelta(minutes=5),
        reviewing_since=reviewing_since,
    )
    return next(each for each in found if each.key is key)


def numbers(found: Smell) -> tuple[int, int]:
    return len(found.evidence), found.looked_at


@pytest.mark.parametrize(
    ("facts", "evidence", "looked_at"),
    [
        ({"declared_at": after(6)}, 1, 1),
        ({"declared_at": after(6), "severity": SEV0}, 1, 1),
        ({"declared_at": after(5)}, 0, 1),
        ({"declared_at": after(-5)}, 0, 1),
        ({"declared_at": after(60), "severity": SEV2}, 0, 0),
        ({"declared_at": after(60), "severity": None}, 0, 0),
        ({"declared_at": None}, 0, 0),
        ({"declared_at": after(60), "detected_at": None}, 0, 0),
        ({"declared_at": after(60), "kind": IncidentKind.DRILL}, 0, 0),
        ({"declared_at": after(60), "kind": IncidentKind.NEAR_MISS}, 0, 0),
    ],
)
def test_late_declaration(facts: dict[str, Any], evidence: int, looked_at: int) -> None:
    found = smell(SmellKey.LATE_DECLARATION, seen(**({"detected_at": NOON} | facts)))
    assert numbers(found) == (evidence, looked_at)


@pytest.mark.parametrize(
    ("facts", "evidence", "looked_at"),
    [
        ({}, 1, 1),
        ({"severity": SEV0}, 1, 1),
        ({"names_people": False}, 0, 0),  # from a status page, as it may be: it cannot tell
        ({"commanders": frozenset({ADA})}, 0, 1),
        ({"severity": SEV2}, 0, 0),
        ({"severity": SEV3}, 0, 0),
    ],
)
def test_no_commander(facts: dict[str, Any], evidence: int, looked_at: int) -> None:
    assert numbers(smell(SmellKey.NO_COMMANDER, seen(**facts))) == (evidence, looked_at)


@pytest.mark.parametrize(
    ("steps", "commanders", "evidence", "looked_at"),
    [
        ({ADA: 2, BEN: 3}, {ADA}, 1, 1),
        ({ADA: 1, BEN: 3}, {ADA}, 0, 1),
        ({ADA: 1, BEN: 1}, {ADA, BEN}, 1, 1),
        ({BEN: 3}, {ADA}, 0, 1),
        ({ADA: 3}, set(), 0, 0),
        ({}, {ADA}, 0, 0),
    ],
)
def test_hands_on_commander(
    steps: dict[str, int], commanders: set[str], evidence: int, looked_at: int
) -> None:
    each = seen(steps=steps, commanders=frozenset(commanders))
    assert numbers(smell(SmellKey.HANDS_ON_COMMANDER, each)) == (evidence, looked_at)


def test_a_commander_may_work_where_one_responder_is_enough() -> None:
    each = seen(steps={ADA: 9}, commanders=frozenset({ADA}), severity=SEV2)
    assert numbers(smell(SmellKey.HANDS_ON_COMMANDER, each)) == (0, 0)


def pages(*hours: float) -> tuple[datetime, ...]:
    """Hours after the midnight before 10 March, in UTC."""
    return tuple(NOON + timedelta(hours=hour - 12) for hour in hours)


@pytest.mark.parametrize(
    ("hours", "evidence", "nights"),
    [
        ((23, 24.5, 26, 29.9), 1, 1),
        ((23, 24.5, 26), 0, 1),  # three can be borne
        ((1, 2, 23, 24), 0, 2),  # two nights
        ((1, 2, 3, 6), 0, 1),  # the last one is in the morning
        ((21.9, 22, 22.5, 23), 0, 1),
        ((9, 10, 11, 12, 13, 14), 0, 0),
        ((), 0, 0),
    ],
)
def test_noisy_paging(hours: tuple[float, ...], evidence: int, nights: int) -> None:
    found = smell(SmellKey.NOISY_PAGING, seen(pages=pages(*hours)))
    assert numbers(found) == (evidence, nights)


def test_pages_of_several_incidents_make_one_night() -> None:
    one, other = seen(pages=pages(23, 24)), seen(id="i2", pages=pages(25, 26))
    found = smell(SmellKey.NOISY_PAGING, one, other)
    assert [each.id for each in found.evidence] == ["i1", "i2"]
    assert found.evidence[0].what == "2 of 4 pages in the night to 11 March 2026."


def test_the_night_is_that_of_the_zone() -> None:
    each = seen(pages=pages(12, 13, 14, 15))
    assert numbers(smell(SmellKey.NOISY_PAGING, each, zone="Pacific/Auckland"))[0] == 1


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({}, "No post-mortem, 10 d after it was resolved."),
        ({"postmortem_id": "p1"}, "No review yet, 10 d after it was resolved."),
        ({"postmortem_id": "p1", "met_at": after(49 * 60)},
         "Reviewed 2 d 1 h after it was resolved."),
        ({"postmortem_id": "p1", "met_at": after(48 * 60)}, ""),
        ({"postmortem_id": "p1", "published_at": after(9_000)}, ""),  # written without a meeting
        ({"severity": SEV2}, "No post-mortem, 10 d after it was resolved."),
    ],
)  # fmt: skip
def test_post_mortem_skipped_or_late(facts: dict[str, Any], what: str) -> None:
    found = smell(SmellKey.NO_REVIEW, seen(**({"resolved_at": NOON} | facts)))
    assert "".join(each.what for each in found.evidence) == what
    assert found.looked_at == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"resolved_at": None},
        {"resolved_at": NOW - timedelta(hours=47)},
        {"resolved_at": NOON, "severity": SEV3},
        {"resolved_at": NOON, "severity": None},
        {"resolved_at": NOON, "kind": IncidentKind.MAINTENANCE},
    ],
)
def test_no_review_is_asked_of_what_is_open_fresh_or_small(facts: dict[str, Any]) -> None:
    assert numbers(smell(SmellKey.NO_REVIEW, seen(**facts))) == (0, 0)


@pytest.mark.parametrize(
    ("facts", "since", "looked_at"),
    [
        ({}, NOON, 1),
        ({}, after(1), 0),  # brought in from before
        ({}, None, 0),  # no post-mortem was ever written here
        ({"postmortem_id": "p1"}, after(1), 1),
    ],
)
def test_what_was_resolved_before_the_first_post_mortem_is_asked_for_none(
    facts: dict[str, Any], since: datetime | None, looked_at: int
) -> None:
    each = seen(**({"resolved_at": NOON} | facts))
    assert smell(SmellKey.NO_REVIEW, each, reviewing_since=since).looked_at == looked_at


def test_blame_left_in_is_shown_sentence_by_sentence() -> None:
    found = smell(
        SmellKey.BLAME,
        postmortems=(
            SeenPostmortem("p1", "Orders waited", ("ada was careless.", "it was human error.")),
            SeenPostmortem("p2", "Mail was late"),
        ),
    )
    assert numbers(found) == (2, 2)
    assert {each.id for each in found.evidence} == {"p1"}


@pytest.mark.parametrize(
    ("due_on", "what"),
    [
        (date(2026, 3, 5), "Due on 5 March 2026, 15 days ago."),
        (date(2026, 3, 6), ""),
        (date(2026, 4, 1), ""),
        (None, "It has no due date."),
    ],
)
def test_actions_ignored(due_on: date | None, what: str) -> None:
    found = smell(SmellKey.IGNORED_ACTIONS, actions=(SeenAction("a1", "Add a check", due_on),))
    assert "".join(each.what for each in found.evidence) == what
    assert found.looked_at == 1


def test_every_smell_says_what_it_means_and_what_to_try_without_blame() -> None:
    found = smells(
        [], [], [], now=NOW, zone=UTC, declare_within=timedelta(minutes=5), reviewing_since=None
    )
    assert [each.key for each in found if each.evidence] == []
    assert {each.key for each in found} == set(SmellKey)
    for each in found:
        assert each.meaning
        assert each.to_try
        assert read_wording(f"{each.meaning}\n{each.to_try}") == ()
