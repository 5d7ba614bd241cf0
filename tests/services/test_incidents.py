"""Incidents: made by hand, found again, their severity with its history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, NotFound, ProblemForUser
from models.rules.record import ClockTime
from models.rules.vocabulary import Clock, IncidentKind, Severity
from services import incidents
from services.people import list_services
from services.postmortems import start_postmortem
from services.publishing import publish_postmortem
from services.timeline import add_event
from tests.statements import statements

AT = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
MAJOR = [("down", "no"), ("major", "yes"), ("workaround", "yes")]


@pytest.fixture
def incident(ada: Who) -> str:
    return incidents.create_incident(ada, "Checkout slow", began_at=AT)


def test_an_incident_by_hand_keeps_when_its_impact_began(ada: Who) -> None:
    made = incidents.create_incident(
        ada, " Fire  drill ", began_at=AT, kind=IncidentKind.DRILL, began_estimated=True
    )
    record = incidents.get_incident(ada, made).record
    assert (record.title, record.kind) == ("Fire drill", IncidentKind.DRILL)
    assert record.clocks == {Clock.IMPACT_BEGAN: ClockTime(AT, estimated=True)}


def test_an_incident_needs_a_title(ada: Who) -> None:
    with pytest.raises(ProblemForUser, match="what happened"):
        incidents.create_incident(ada, "  ", began_at=AT)


def test_the_list_has_the_newest_first_and_finds_words_of_titles(ada: Who) -> None:
    for day, title in enumerate(("Queue full", "Queue slow", "Disk 100% full")):
        incidents.create_incident(ada, title, began_at=AT + timedelta(days=day))
    titles = [row.title for row in incidents.list_incidents(ada)]
    assert titles == ["Disk 100% full", "Queue slow", "Queue full"]
    assert [row.title for row in incidents.list_incidents(ada, text="queue", limit=1)] == [
        "Queue slow"
    ]
    assert incidents.count_incidents(ada, text="QUEUE") == 2
    assert incidents.count_incidents(ada, text="0%") == 1
    assert incidents.count_incidents(ada, text="_") == 0


def test_how_long_it_lasted_runs_from_the_start_of_impact(ada: Who, incident: str) -> None:
    over = ClockTime(AT + timedelta(minutes=90))
    incidents.save_clock(ada, incident, Clock.RESOLVED, over, None)
    assert incidents.list_incidents(ada)[0].lasted == timedelta(minutes=90)


def test_answers_of_the_tree_are_kept_in_words(ada: Who, incident: str) -> None:
    incidents.save_severity(ada, incident, Severity.SEV1, was=None, answers=MAJOR)
    record = incidents.get_incident(ada, incident).record
    assert record.severity is Severity.SEV1
    assert record.severity_path[1] == ("Is a major function degraded?", "yes")


def test_a_change_of_severity_needs_a_reason_and_is_remembered(ada: Who, incident: str) -> None:
    incidents.save_severity(ada, incident, Severity.SEV1, was=None, answers=MAJOR)
    with pytest.raises(ProblemForUser, match="why"):
        incidents.save_severity(ada, incident, Severity.SEV2, was=Severity.SEV1)
    incidents.save_severity(
        ada, incident, Severity.SEV2, was=Severity.SEV1, reason="Only one region."
    )
    view = incidents.get_incident(ada, incident)
    assert [(c.before, c.after, c.reason, c.by) for c in view.severity_changes] == [
        (None, Severity.SEV1, "", "Ada Brandt"),
        (Severity.SEV1, Severity.SEV2, "Only one region.", "Ada Brandt"),
    ]
    assert view.record.severity_path == ()


def test_another_level_than_the_answers_lead_to_needs_a_reason(ada: Who, incident: str) -> None:
    with pytest.raises(ProblemForUser, match="another level"):
        incidents.save_severity(ada, incident, Severity.SEV2, was=None, answers=MAJOR)


def test_answers_that_confirm_the_level_are_kept_without_a_change(ada: Who, incident: str) -> None:
    incidents.save_severity(ada, incident, Severity.SEV1, was=None)
    incidents.save_severity(ada, incident, Severity.SEV1, was=Severity.SEV1, answers=MAJOR)
    view = incidents.get_incident(ada, incident)
    assert len(view.record.severity_path) == 3
    assert len(view.severity_changes) == 1


def test_two_people_who_change_the_severity_at_once_both_hear_of_it(
    ada: Who, ben: Who, incident: str
) -> None:
    incidents.save_severity(ada, incident, Severity.SEV1, was=None)
    with pytest.raises(Conflict):
        incidents.save_severity(ben, incident, Severity.SEV3, was=None)


def test_a_new_service_joins_the_list_and_edits_of_others_stay(
    ada: Who, ben: Who, incident: str
) -> None:
    incidents.save_services(ada, incident, ["Checkout"], [])
    incidents.save_services(ben, incident, ["Search"], [])
    assert incidents.get_incident(ada, incident).record.services == ("Checkout", "Search")
    assert [s.name for s in list_services(ada)] == ["Checkout", "Search"]
    incidents.save_services(ada, incident, [], ["Checkout"])
    assert incidents.get_incident(ada, incident).record.services == ("Search",)


def test_of_many_changes_of_the_severity_the_newest_are_told(ada: Who, incident: str) -> None:
    levels = [Severity.SEV2, Severity.SEV3] * incidents.CHANGES
    was: Severity | None = None
    for level in levels:
        incidents.save_severity(ada, incident, level, was=was, reason="Seen anew.")
        was = level
    told = incidents.get_incident(ada, incident).severity_changes
    assert len(told) == incidents.CHANGES
    assert [change.after for change in told] == levels[-incidents.CHANGES :]


def test_times_that_contradict_are_no_length(ada: Who, incident: str) -> None:
    incidents.save_clock(ada, incident, Clock.RESOLVED, ClockTime(AT - timedelta(hours=1)), None)
    [row] = incidents.list_incidents(ada)
    assert (row.started_at, row.resolved_at) == (AT, AT - timedelta(hours=1))
    assert row.contradicts
    assert row.lasted is None


def test_several_incidents_share_one_postmortem(ada: Who, incident: str) -> None:
    other = incidents.create_incident(ada, "Mails late", began_at=AT)
    made = start_postmortem(ada, [incident, other])
    assert {row.postmortem_id for row in incidents.list_incidents(ada)} == {made}


def test_facts_are_frozen_with_the_postmortem_but_severity_is_not(ada: Who, incident: str) -> None:
    publish_postmortem(ada, start_postmortem(ada, [incident]), 1)
    assert incidents.get_incident(ada, incident).is_frozen
    with pytest.raises(ProblemForUser, match="frozen"):
        incidents.save_title(ada, incident, "Another", "Checkout slow")
    with pytest.raises(ProblemForUser, match="frozen"):
        incidents.save_clock(ada, incident, Clock.RESOLVED, ClockTime(AT), None)
    incidents.save_severity(ada, incident, Severity.SEV2, was=None)
    assert incidents.get_incident(ada, incident).record.severity is Severity.SEV2


def test_an_incident_that_is_not_there_is_not_found(ada: Who) -> None:
    for missing in ("", "nothing", "x" * 500):
        with pytest.raises(NotFound):
            incidents.get_incident(ada, missing)


def test_the_number_of_statements_does_not_grow_with_the_list(ada: Who) -> None:
    def made(count: int) -> None:
        for _ in range(count):
            one = incidents.create_incident(ada, "Queue full", began_at=AT)
            add_event(ada, one, "It was full.", at=AT)
            start_postmortem(ada, [one])

    made(1)
    with statements() as few:
        incidents.list_incidents(ada)
    made(10)
    with statements() as many:
        assert len(incidents.list_incidents(ada)) == 11
    assert len(many) == len(few)
