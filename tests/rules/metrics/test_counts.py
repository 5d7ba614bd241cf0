"""Which incidents are chosen; frequency, who noticed first, and how the actions stand."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.metrics.columns import ActionFacts, IncidentFacts, Noticed, noticed
from models.rules.metrics.counts import action_counts, frequency, noticed_first
from models.rules.metrics.measured import History
from models.rules.metrics.selection import EVERYTHING, Selection, chosen
from models.rules.vocabulary import ActionStatus, IncidentKind, Severity
from tests.rules.metrics.history import DAY, incident, known

A_DAY = 24 * 60
INCIDENTS = (
    incident(id="a", began=0, services="pay", postmortem_id="p1"),
    incident(
        id="b", detected=A_DAY - 1, severity=Severity.SEV2, services="web", postmortem_id="p2"
    ),
    incident(id="c", began=2 * A_DAY, severity=None, services="pay web", postmortem_id="p2"),
    incident(id="d", first_known=40 * A_DAY, kind=IncidentKind.DRILL, severity=Severity.SEV0),
)


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (EVERYTHING, "abcd"),
        (Selection(first=date(2026, 3, 11)), "cd"),
        (Selection(last=date(2026, 3, 10)), "ab"),  # the last day counts whole
        (Selection(first=date(2026, 3, 12), last=date(2026, 3, 12)), "c"),
        (Selection(severities=frozenset({Severity.SEV1, Severity.SEV0})), "ad"),
        (Selection(kinds=frozenset({IncidentKind.DRILL})), "d"),
        (Selection(service_id="web"), "bc"),
        (Selection(service_id="mail"), ""),
        (Selection(service_id="unknown"), ""),
        (Selection(team_id="t1"), "ac"),
        (Selection(service_id="web", severities=frozenset({Severity.SEV2})), "b"),
    ],
)
def test_a_selection_narrows_step_by_step(selection: Selection, ids: str) -> None:
    ours = known(*INCIDENTS).columns
    mask = chosen(ours, selection)
    assert "".join(i for i, is_chosen in zip(ours.ids, mask, strict=True) if is_chosen) == ids


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        (incident(began=0, detected=A_DAY, first_known=-A_DAY), date(2026, 3, 10)),
        (incident(detected=A_DAY, first_known=-A_DAY), date(2026, 3, 11)),
        (incident(resolved=A_DAY, first_known=-A_DAY), date(2026, 3, 9)),
    ],
)
def test_the_start_decides_about_the_period(facts: IncidentFacts, day: date) -> None:
    assert chosen(known(facts).columns, Selection(first=day, last=day)).all()


def test_frequency_counts_real_incidents_by_month_and_severity() -> None:
    ours = known(
        incident(began=0, severity=None),
        incident(began=0),
        incident(began=5),
        incident(began=0, severity=Severity.SEV0),
        incident(began=90 * A_DAY),
        incident(began=0, kind=IncidentKind.DRILL),
        incident(began=0, kind=IncidentKind.MAINTENANCE),
        incident(began=0, kind=IncidentKind.NEAR_MISS),
    ).columns
    found = frequency(ours, chosen(ours, EVERYTHING))
    assert [(row.month, row.severity, row.incidents) for row in found] == [
        ("2026-03", Severity.SEV0, 1),
        ("2026-03", Severity.SEV1, 2),
        ("2026-03", None, 1),
        ("2026-06", Severity.SEV1, 1),
    ]


def test_frequency_counts_only_the_chosen() -> None:
    ours = known(*INCIDENTS).columns
    found = frequency(ours, chosen(ours, Selection(service_id="web")))
    assert [(row.severity, row.incidents) for row in found] == [(Severity.SEV2, 1), (None, 1)]


def test_no_incidents_have_no_frequency() -> None:
    ours = known().columns
    assert frequency(ours, chosen(ours, EVERYTHING)) == ()


@pytest.mark.parametrize(
    ("signs", "who"),
    [
        ({"alert_at": 5}, Noticed.MONITORING),
        ({"report_at": 5}, Noticed.PEOPLE),
        ({"alert_at": 4, "report_at": 5}, Noticed.MONITORING),
        ({"alert_at": 5, "report_at": 4}, Noticed.PEOPLE),
        ({"alert_at": 10.9}, Noticed.MONITORING),  # in the minute of the detection
        ({"alert_at": 11}, Noticed.UNKNOWN),
        ({"alert_at": 11, "report_at": 9}, Noticed.PEOPLE),
        ({"alert_at": 5, "report_at": 5}, Noticed.UNKNOWN),
        ({}, Noticed.UNKNOWN),
    ],
)
def test_the_first_sign_up_to_the_detection_tells_who_noticed(
    signs: dict[str, float], who: Noticed
) -> None:
    assert noticed(incident(detected=10, **signs)) is who


def test_without_a_detection_nobody_knows_who_noticed() -> None:
    assert noticed(incident(alert_at=5)) is Noticed.UNKNOWN


def test_the_share_of_monitoring_is_of_those_that_are_known() -> None:
    ours = known(
        incident(detected=10, alert_at=5),
        incident(detected=10, alert_at=5),
        incident(detected=10, report_at=5),
        incident(detected=10),
        incident(detected=10, alert_at=5, kind=IncidentKind.DRILL),
    ).columns
    found = noticed_first(ours, chosen(ours, EVERYTHING))
    assert (found.monitoring, found.people, found.unknown) == (2, 1, 1)
    assert found.share == pytest.approx(2 / 3)


def test_a_share_of_nothing_is_none() -> None:
    ours = known(incident()).columns
    assert noticed_first(ours, chosen(ours, EVERYTHING)).share is None


def promised() -> History:
    """Two actions of p1, four of p2, one of an exercise."""
    of = [
        ("p1", ActionStatus.DONE),
        ("p1", ActionStatus.DECLINED),
        ("p2", ActionStatus.ACCEPTED),
        ("p2", ActionStatus.IN_PROGRESS),
        ("p2", ActionStatus.PROPOSED),
        ("p2", ActionStatus.DONE),
        (None, ActionStatus.DONE),
    ]
    return known(*INCIDENTS, actions=tuple(ActionFacts(status, p, DAY) for p, status in of))


@pytest.mark.parametrize(
    ("selection", "done", "declined", "still_open"),
    [
        (EVERYTHING, 3, 1, 3),
        (Selection(service_id="pay"), 2, 1, 3),
        (Selection(severities=frozenset({Severity.SEV1})), 1, 1, 0),
        (Selection(severities=frozenset({Severity.SEV0})), 0, 0, 0),
        (Selection(last=date(2026, 3, 10)), 3, 1, 3),
        (Selection(first=date(2026, 3, 11)), 1, 0, 3),  # the exercise was before
    ],
)
def test_actions_belong_to_the_incidents_they_were_promised_for(
    selection: Selection, done: int, declined: int, still_open: int
) -> None:
    ours = promised().columns
    found = action_counts(ours, selection, chosen(ours, selection))
    assert (found.done, found.declined, found.open) == (done, declined, still_open)


def test_completion_is_of_all_that_was_not_declined() -> None:
    ours = promised().columns
    found = action_counts(ours, EVERYTHING, chosen(ours, EVERYTHING))
    assert found.completion == pytest.approx(3 / 6)


def test_no_promise_has_no_completion() -> None:
    ours = known(*INCIDENTS).columns
    assert action_counts(ours, EVERYTHING, chosen(ours, EVERYTHING)).completion is None
