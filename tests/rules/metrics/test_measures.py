"""Each measure: from which moment to which, what is left out and why, and its standard."""

from __future__ import annotations

import pytest

from models.rules.metrics.columns import IncidentFacts
from models.rules.metrics.measures import MEASURES, Exclusion, Key
from models.rules.metrics.selection import Selection
from models.rules.metrics.summaries import dots, months
from models.rules.vocabulary import Clock, IncidentKind, Severity
from tests.rules.metrics.history import incident, known, summary

FIVE = (Key.DETECT, Key.ACKNOWLEDGE, Key.MITIGATE, Key.RECOVER, Key.REVIEW)


def whole(**changes: object) -> IncidentFacts:
    """Every moment known: the measures are 10, 3, 20, 60 and 600 minutes."""
    times = {"began": 0, "detected": 10, "acknowledged": 13, "mitigated": 30, "resolved": 70}
    return incident(**(times | {"met_at": 670, "published_at": 770} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "minutes"),
    [
        (Key.DETECT, 10),
        (Key.ACKNOWLEDGE, 3),
        (Key.MITIGATE, 20),
        (Key.RECOVER, 60),
        (Key.REVIEW, 600),
        (Key.PUBLISH, 700),
    ],
)
def test_a_measure_goes_from_one_moment_to_another(key: Key, minutes: float) -> None:
    assert summary(key, whole()).spread.median == minutes


@pytest.mark.parametrize(
    ("left_out", "keys"),
    [
        (whole(resolved=None), {Key.RECOVER, Key.REVIEW}),
        (whole(resolved=None, mitigated=None), {Key.MITIGATE, Key.RECOVER, Key.REVIEW}),
        (whole(resolved=None, acknowledged=None), {Key.RECOVER, Key.REVIEW}),
    ],
)
def test_an_unresolved_incident_never_counts_as_ending_now(
    left_out: IncidentFacts, keys: set[Key]
) -> None:
    found = {k for k in FIVE if summary(k, left_out).excluded[Exclusion.UNRESOLVED]}
    assert found == keys
    for key in keys:
        assert summary(key, left_out).spread.n == 0


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        (whole(began=None), {Key.DETECT}),
        (whole(detected=None), {Key.DETECT, Key.ACKNOWLEDGE, Key.MITIGATE, Key.RECOVER}),
        (whole(acknowledged=None), {Key.ACKNOWLEDGE}),
        (whole(mitigated=None), {Key.MITIGATE}),
        (whole(met_at=None), {Key.REVIEW}),
        (whole(acknowledged=None, resolved=None), {Key.ACKNOWLEDGE}),
    ],
)
def test_a_measure_without_one_of_its_moments_misses_a_clock(
    facts: IncidentFacts, keys: set[Key]
) -> None:
    assert {k for k in FIVE if summary(k, facts).excluded[Exclusion.MISSING_CLOCK]} == keys


@pytest.mark.parametrize("resolved", [10, 9, -500])
def test_zero_and_negative_lengths_are_left_out_and_counted(resolved: float) -> None:
    found = summary(Key.RECOVER, whole(resolved=resolved), whole())
    assert (found.spread.n, found.excluded[Exclusion.ZERO_OR_NEGATIVE]) == (1, 1)


@pytest.mark.parametrize("key", list(Key))
@pytest.mark.parametrize("kind", [IncidentKind.DRILL, IncidentKind.MAINTENANCE])
def test_drills_and_maintenance_are_left_out_of_every_measure(key: Key, kind: IncidentKind) -> None:
    found = summary(key, whole(kind=kind, resolved=None), whole(kind=kind))
    expected = dict.fromkeys(Exclusion, 0) | {Exclusion(kind.value): 2}
    assert (found.spread.n, found.excluded) == (0, expected)


@pytest.mark.parametrize("key", FIVE)
def test_near_misses_count_where_both_times_are_known(key: Key) -> None:
    assert summary(key, whole(kind=IncidentKind.NEAR_MISS)).spread.n == 1


@pytest.mark.parametrize("key", FIVE)
def test_every_incident_is_counted_or_left_out_for_one_reason(key: Key) -> None:
    every = [
        whole(),
        whole(resolved=None),
        whole(detected=None, resolved=None),
        whole(resolved=5, met_at=4),
        whole(kind=IncidentKind.DRILL, detected=None),
        whole(kind=IncidentKind.MAINTENANCE, resolved=None),
        whole(kind=IncidentKind.NEAR_MISS, began=None),
    ]
    found = summary(key, *every)
    assert found.spread.n + sum(found.excluded.values()) == len(every)


@pytest.mark.parametrize(
    ("clock", "keys"),
    [
        (Clock.IMPACT_BEGAN, {Key.DETECT}),
        (Clock.DETECTED, {Key.DETECT, Key.ACKNOWLEDGE, Key.MITIGATE, Key.RECOVER}),
        (Clock.RESOLVED, {Key.RECOVER, Key.REVIEW}),
        (Clock.DECLARED, set()),
    ],
)
def test_it_says_how_many_rest_on_an_estimated_clock(clock: Clock, keys: set[Key]) -> None:
    guessed = whole(estimated=(clock,))
    assert {k for k in FIVE if summary(k, guessed, whole()).estimated == 1} == keys


@pytest.mark.parametrize(
    ("key", "facts", "met", "n"),
    [
        (Key.ACKNOWLEDGE, whole(acknowledged=14.9), 1, 1),
        (Key.ACKNOWLEDGE, whole(acknowledged=15), 0, 1),
        (Key.ACKNOWLEDGE, whole(severity=Severity.SEV0), 0, 0),
        (Key.ACKNOWLEDGE, whole(severity=None), 0, 0),
        (Key.RECOVER, whole(resolved=69), 1, 1),
        (Key.RECOVER, whole(resolved=70), 0, 1),
        (Key.REVIEW, whole(met_at=70 + 48 * 60, severity=Severity.SEV3), 1, 1),
        (Key.REVIEW, whole(met_at=71 + 48 * 60), 0, 1),
        # Resolved on a Tuesday: the next Tuesday is five working days later.
        (Key.PUBLISH, whole(published_at=7 * 24 * 60 + 1439), 1, 1),
        (Key.PUBLISH, whole(published_at=8 * 24 * 60), 0, 1),
    ],
)
def test_the_standards_of_the_field_are_for_the_severities_that_it_names(
    key: Key, facts: IncidentFacts, met: int, n: int
) -> None:
    standard = summary(key, facts).standard
    assert standard is not None
    assert (standard.met, standard.n) == (met, n)


def test_measures_without_a_standard_name_none() -> None:
    assert {k for k in Key if MEASURES[k].standard is None} == {Key.DETECT, Key.MITIGATE}


def test_a_dot_says_which_incident_it_is() -> None:
    late = whole(id="late", began=24 * 60, detected=24 * 60 + 4, severity=None)
    early = whole(id="early", estimated=(Clock.DETECTED,))
    found = dots(known(late, early), Key.DETECT, Selection())
    assert [(d.incident_id, d.minutes, d.estimated, d.severity) for d in found] == [
        ("early", 10, True, Severity.SEV1),
        ("late", 4, False, None),
    ]
    assert found[0].title == early.title
    assert {dot.month for dot in found} == {"2026-03"}


def test_months_without_values_are_no_zeros() -> None:
    march, may = 0, 60 * 24 * 60
    ours = known(
        whole(began=march, detected=5),
        whole(began=march, detected=9),
        whole(began=may, detected=may + 7),
        whole(began=None, detected=30 * 24 * 60),
    )
    found = months(ours, Key.DETECT, Selection())
    assert [(m.month, m.spread.n, m.spread.median) for m in found] == [
        ("2026-03", 2, 7),
        ("2026-05", 1, 7),
    ]
