"""Time between failures: per service, from one resolved to the impact of the next."""

from __future__ import annotations

from itertools import pairwise

import pytest

from models.rules.metrics.columns import IncidentFacts
from models.rules.metrics.measures import Exclusion, Key
from models.rules.metrics.selection import Selection
from models.rules.metrics.summaries import dots, services_between
from models.rules.vocabulary import Clock, IncidentKind
from tests.rules.metrics.history import incident, known, summary


def failures(*spans: tuple[float, float | None], services: str = "pay") -> list[IncidentFacts]:
    """Failures from their start to their end, in minutes."""
    return [incident(began=b, detected=b, resolved=e, services=services) for b, e in spans]


THREE = ((0, 10), (110, 120), (420, 430))  # gaps of 100 and 300


def test_a_gap_goes_from_an_end_to_the_next_start() -> None:
    found = summary(Key.BETWEEN, *failures(*THREE))
    assert (found.spread.n, found.spread.median, found.spread.p90) == (2, 200, 280)


def test_below_three_failures_there_is_no_time_between_them() -> None:
    found = summary(Key.BETWEEN, *failures(*THREE[:2]), *failures((0, 5), services="web"))
    assert (found.spread.n, found.spread.median, found.few) == (0, None, 2)


def test_services_are_not_mixed() -> None:
    found = summary(
        Key.BETWEEN, *failures(*THREE), *failures((50, 55), (60, 65), (80, 85), services="web")
    )
    assert (found.spread.n, found.spread.median) == (4, 57.5)  # of 5, 15, 100, 300


def test_one_incident_of_two_services_is_a_failure_of_each() -> None:
    assert summary(Key.BETWEEN, *failures(*THREE, services="pay web")).spread.n == 4


def test_with_a_service_chosen_only_its_gaps_count() -> None:
    every = failures(*THREE, services="pay web")
    chosen = Selection(service_id="web")
    assert summary(Key.BETWEEN, *every, selection=chosen).spread.n == 2


def test_with_a_team_chosen_only_gaps_of_its_services_count() -> None:
    every = failures(*THREE, services="pay mail")
    chosen = Selection(team_id="t1")
    assert summary(Key.BETWEEN, *every, selection=chosen).spread.n == 2


@pytest.mark.parametrize(
    ("spans", "n", "reason"),
    [
        (((0, 10), (110, None), (420, 430)), 1, Exclusion.UNRESOLVED),
        (((0, 200), (110, 120), (420, 430)), 1, Exclusion.ZERO_OR_NEGATIVE),
        (((0, 110), (110, 120), (420, 430)), 1, Exclusion.ZERO_OR_NEGATIVE),
    ],
)
def test_a_gap_that_is_none_is_left_out_and_counted(
    spans: tuple[tuple[float, float | None], ...], n: int, reason: Exclusion
) -> None:
    found = summary(Key.BETWEEN, *failures(*spans))
    assert (found.spread.n, found.excluded[reason]) == (n, 1)
    assert sum(found.excluded.values()) == 1


def test_the_last_failure_has_no_gap_after_it_and_is_not_left_out() -> None:
    found = summary(Key.BETWEEN, *failures((0, 10), (110, 120), (420, None)))
    assert (found.spread.n, sum(found.excluded.values())) == (2, 0)


@pytest.mark.parametrize(
    "kind", [IncidentKind.NEAR_MISS, IncidentKind.DRILL, IncidentKind.MAINTENANCE]
)
def test_what_is_no_failure_neither_ends_nor_begins_a_gap(kind: IncidentKind) -> None:
    between = incident(began=200, detected=200, resolved=210, kind=kind, services="pay")
    found = summary(Key.BETWEEN, *failures(*THREE), between)
    assert (found.spread.n, found.spread.median) == (2, 200)


def test_detection_stands_in_for_an_unknown_start_and_is_an_estimate() -> None:
    first, _, third = failures(*THREE)
    unknown = incident(detected=115, resolved=120, services="pay")
    found = summary(Key.BETWEEN, first, unknown, third)
    assert (found.spread.n, found.estimated) == (2, 1)
    assert found.spread.median == pytest.approx((105 + 300) / 2)


@pytest.mark.parametrize(("clock", "estimated"), [(Clock.RESOLVED, 1), (Clock.IMPACT_BEGAN, 0)])
def test_a_gap_is_estimated_when_the_end_before_it_is(clock: Clock, estimated: int) -> None:
    _, *later = failures(*THREE)
    first = incident(began=0, detected=0, resolved=10, estimated=(clock,), services="pay")
    assert summary(Key.BETWEEN, first, *later).estimated == estimated


@pytest.mark.parametrize(
    "lost", [incident(began=5, resolved=6), incident(resolved=6, services="pay")]
)
def test_a_failure_without_a_service_or_a_start_misses_a_clock(lost: IncidentFacts) -> None:
    found = summary(Key.BETWEEN, *failures(*THREE), lost)
    assert (found.spread.n, found.excluded[Exclusion.MISSING_CLOCK]) == (2, 1)


def test_the_standard_is_for_critical_services() -> None:
    day = 24 * 60
    spans = ((0, 1), (31 * day + 1.5, 31 * day + 2), (40 * day, 40 * day + 1))
    found = summary(Key.BETWEEN, *failures(*spans), *failures(*spans, services="web"))
    assert found.standard is not None
    assert (found.spread.n, found.standard.met, found.standard.n) == (4, 1, 2)


def test_each_service_has_its_own_spread() -> None:
    ours = known(*failures(*THREE), *failures((0, 1), (5, 6), services="web"))
    found = services_between(ours, Selection())
    assert [(s.name, s.is_critical, s.spread.n) for s in found] == [("Payments", True, 2)]


def test_a_dot_is_the_later_failure_with_its_service() -> None:
    every = failures(*THREE)
    found = dots(known(*every), Key.BETWEEN, Selection())
    assert [(d.incident_id, d.minutes, d.service) for d in found] == [
        (later.id, gap, "Payments")
        for (_, later), gap in zip(pairwise(every), (100, 300), strict=True)
    ]
