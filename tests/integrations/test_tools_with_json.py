"""What PagerDuty, Opsgenie, incident.io, Statuspage and Alertmanager say, as plain records."""

from __future__ import annotations

from typing import Any

import pytest

from integrations import alertmanager, incident_io, opsgenie, pagerduty, statuspage
from models.rules.problems import BadFile
from models.rules.record import ClockTime, IncidentRecord, ParticipantRecord
from models.rules.vocabulary import Clock, EventKind, IncidentKind, IncidentRole, Severity
from tests.integrations import files
from tests.integrations.files import OPTIONS, as_json, at, texts


def only(module: Any, document: object) -> IncidentRecord:
    reading = module.read(as_json(document), OPTIONS)
    assert reading.unread == ()
    [incident] = reading.incidents
    return incident


def test_pagerduty_log_entries_become_events_oldest_first() -> None:
    incident = only(pagerduty, files.pagerduty())
    assert [(e.at, e.kind, e.text, e.author) for e in incident.events] == [
        (at(10), EventKind.ALERT, "Triggered by an alert.", "Checkout"),
        (at(10, 1), EventKind.NOTE, "Notified Ada by phone.", ""),
        (at(10, 5), EventKind.ACTION, "Acknowledged by Ada.", "Ada Lovelace"),
        (at(10, 9), EventKind.ACTION, "Acknowledged again.", "Ada Lovelace"),
        (at(10, 20), EventKind.ESCALATION, "Escalated to Ben.", "Checkout"),
        (at(10, 40), EventKind.NOTE, "The pool was exhausted.", "Ada Lovelace"),
        (at(11), EventKind.RESOLUTION, "Resolved by Ada.", "Ada Lovelace"),
    ]
    assert [e.text for e in incident.events if e.is_noise] == ["Notified Ada by phone."]
    assert "Note added by Ada." in incident.events[5].source_text


def test_pagerduty_entries_of_one_second_are_turned_round_too() -> None:
    document: Any = files.pagerduty()
    entries = document["incidents"][0]["log_entries"]
    entries[1]["created_at"] = entries[2]["created_at"]
    assert [e.text for e in only(pagerduty, document).events][4:6] == [
        "Escalated to Ben.",
        "The pool was exhausted.",
    ]


def test_pagerduty_is_acknowledged_by_the_first_acknowledgement() -> None:
    incident = only(pagerduty, files.pagerduty())
    assert incident.clocks == {
        Clock.DETECTED: ClockTime(at(10)),
        Clock.ACKNOWLEDGED: ClockTime(at(10, 5)),
        Clock.RESOLVED: ClockTime(at(11)),
    }
    assert incident.severity is Severity.SEV1
    assert incident.services == ("Checkout",)
    assert incident.participants == (ParticipantRecord("Ada Lovelace"),)
    assert incident.source_key == "pagerduty:PABC"


def test_a_pagerduty_incident_that_is_still_open_has_no_resolution() -> None:
    document: Any = files.pagerduty()
    document["incidents"][0]["status"] = "acknowledged"
    document["incidents"][0]["priority"] = None
    incident = only(pagerduty, document)
    assert Clock.RESOLVED not in incident.clocks
    assert incident.severity is None


@pytest.mark.parametrize("wrap", [lambda i: [i], lambda i: {"incident": i}])
def test_a_bare_list_and_a_single_pagerduty_incident_are_read_too(wrap: Any) -> None:
    document: Any = files.pagerduty()
    assert only(pagerduty, wrap(document["incidents"][0])).title == "Checkout is down"


def test_opsgenie_opening_stands_in_for_the_detection() -> None:
    incident = only(opsgenie, files.opsgenie())
    assert incident.clocks == {
        Clock.IMPACT_BEGAN: ClockTime(at(10)),
        Clock.DETECTED: ClockTime(at(10, 5, 0, 500_000), estimated=True),
        Clock.DECLARED: ClockTime(at(10, 5, 0, 500_000)),
        Clock.RESOLVED: ClockTime(at(11)),
    }
    assert incident.severity is Severity.SEV0
    assert incident.services == ("Checkout",)  # the other is only an id, and that is said
    assert incident.participants == (ParticipantRecord("Ada"),)


def test_an_open_opsgenie_incident_has_no_end() -> None:
    document: Any = files.opsgenie()
    del document["data"][0]["impactEndDate"]
    incident = only(opsgenie, document)
    assert Clock.RESOLVED not in incident.clocks
    assert EventKind.RESOLUTION not in {e.kind for e in incident.events}


def test_incident_io_updates_and_follow_ups_join_their_incident() -> None:
    incident = only(incident_io, files.incident_io())
    assert [e.text for e in incident.events] == [
        "Looking.",
        "Status: Fixing",
        "Identified at",
        "Follow-up: Alert on the pool (open)",
    ]
    assert incident.events[0].author == "Ada"
    assert incident.participants == (ParticipantRecord("Ada", IncidentRole.COMMANDER),)
    assert incident.clocks == {
        Clock.IMPACT_BEGAN: ClockTime(at(9, 58)),
        Clock.DECLARED: ClockTime(at(10, 5)),
        Clock.DETECTED: ClockTime(at(10, 5), estimated=True),
    }
    assert incident.severity is Severity.SEV0


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("standard", IncidentKind.INCIDENT),
        ("retrospective", IncidentKind.INCIDENT),
        ("test", IncidentKind.DRILL),
        ("tutorial", IncidentKind.DRILL),
    ],
)
def test_incident_io_tests_and_tutorials_are_drills(mode: str, kind: IncidentKind) -> None:
    document: Any = files.incident_io()
    document["incidents"][0]["mode"] = mode
    assert only(incident_io, document).kind is kind


def test_incident_io_rows_without_their_incident_are_shown_with_the_file_to_bring() -> None:
    updates = files.incident_io()["incident_updates"]
    reading = incident_io.read(as_json(updates), OPTIONS)
    assert reading.incidents == ()
    assert len(reading.unread) == 2
    assert "Bring incidents.json" in reading.unread[0].why


def test_an_incident_io_update_given_in_both_places_counts_once() -> None:
    document: Any = files.incident_io()
    both, nameless = document["incident_updates"]
    nameless["id"] = None
    document["incidents"][0]["updates"] = [both, nameless]
    assert [e.text for e in only(incident_io, document).events].count("Looking.") == 1
    assert [e.text for e in only(incident_io, document).events].count("Status: Fixing") == 2


def test_statuspage_updates_keep_their_status_and_the_last_resolves() -> None:
    incident = only(statuspage, files.statuspage())
    assert [(e.kind, e.text) for e in incident.events] == [
        (EventKind.UPDATE, "Investigating: Looking."),
        (EventKind.UPDATE, "Identified: A full pool."),
        (EventKind.RESOLUTION, "Resolved: All good."),
    ]
    assert incident.clocks == {
        Clock.DETECTED: ClockTime(at(10, 5), estimated=True),
        Clock.RESOLVED: ClockTime(at(11)),
    }
    assert incident.services == ("Checkout", "Payments")


@pytest.mark.parametrize(
    ("impact", "severity"),
    [("critical", "SEV0"), ("major", "SEV1"), ("minor", "SEV2"), ("none", None)],
)
def test_statuspage_impact_becomes_a_severity(impact: str, severity: str | None) -> None:
    document: Any = files.statuspage()
    document["incidents"][0]["impact"] = impact
    assert only(statuspage, document).severity == severity


def test_statuspage_maintenance_has_no_detection_and_no_severity() -> None:
    document: Any = files.statuspage()
    document["incidents"][0]["impact"] = "maintenance"
    incident = only(statuspage, document)
    assert incident.kind is IncidentKind.MAINTENANCE
    assert incident.severity is None
    assert Clock.DETECTED not in incident.clocks


def test_a_status_history_with_an_object_a_line_keeps_line_numbers_and_contradictions() -> None:
    row = (
        b'{"id":"9","title":"T","started_at":"2024-03-13T10:00:00Z","downtime_start":'
        b'"2024-03-13T12:00:00Z","downtime_end":"2024-03-13T09:00:00Z","resolved_at":'
        b'"2024-03-13T10:00:00Z","updates":[{"at":"2024-03-13T10:00:00Z","status":"Resolved",'
        b'"message":"Over."}]}'
    )
    reading = statuspage.read(row + b"\n\n{broken\n" + row.replace(b'"9"', b'"8"'), OPTIONS)
    assert [i.events[0].line for i in reading.incidents] == [1, 4]
    assert [u.line for u in reading.unread] == [3]
    assert reading.incidents[0].clocks == {
        Clock.IMPACT_BEGAN: ClockTime(at(12), estimated=True),
        Clock.DETECTED: ClockTime(at(10), estimated=True),
        Clock.MITIGATED: ClockTime(at(9), estimated=True),
        Clock.RESOLVED: ClockTime(at(10)),
    }


def test_an_alert_in_year_1_still_fires_and_nanoseconds_are_cut() -> None:
    incident = only(alertmanager, files.alertmanager())
    assert [(e.at, e.kind, e.zone) for e in incident.events] == [
        (at(10, 0, 0, 123_456), EventKind.ALERT, "+01:00"),
        (at(10, 5), EventKind.ALERT, "+01:00"),
        (at(10, 30), EventKind.RESOLUTION, "+01:00"),
    ]
    assert incident.title == "PoolFull: The pool is full"
    assert incident.severity is Severity.SEV1
    assert incident.services == ("checkout",)
    assert incident.events[0].evidence[0].url == "https://prometheus.example/graph"
    assert Clock.RESOLVED not in incident.clocks


def test_a_group_whose_alerts_have_all_ended_is_resolved_at_the_last_end() -> None:
    document: Any = files.alertmanager()
    document["alerts"][1]["endsAt"] = "2024-03-13T12:00:00+01:00"
    assert only(alertmanager, document).clocks[Clock.RESOLVED] == ClockTime(at(11))


def test_an_alert_that_says_it_fires_has_no_end_even_with_a_time_for_it() -> None:
    document: Any = files.alertmanager()
    document["alerts"][0]["status"] = "firing"
    incident = only(alertmanager, document)
    assert {e.kind for e in incident.events} == {EventKind.ALERT}


def test_the_same_group_on_another_day_is_another_incident() -> None:
    document: Any = files.alertmanager()
    first = only(alertmanager, document).source_key
    document["alerts"][1]["endsAt"] = "2024-03-13T12:00:00+01:00"
    assert only(alertmanager, document).source_key == first
    document["alerts"][0]["startsAt"] = "2024-03-12T11:00:00+01:00"
    assert only(alertmanager, document).source_key != first


def test_a_row_without_a_usable_time_is_shown_and_the_others_are_read() -> None:
    document: Any = files.pagerduty()
    entries = document["incidents"][0]["log_entries"]
    entries[0]["created_at"] = "yesterday"
    entries[1]["created_at"] = None
    entries[2] = "not an entry"
    reading = pagerduty.read(as_json(document), OPTIONS)
    assert len(texts(reading)) == 4
    assert [u.text for u in reading.unread] == [
        "Incident 1 “Checkout is down”, log entry 3: not an entry",
        "Incident 1 “Checkout is down”, log entry 1: Resolved by Ada.",
        "Incident 1 “Checkout is down”, log entry 2: The pool was exhausted.",
    ]


def test_a_field_of_the_wrong_type_is_noted_with_incident_and_field() -> None:
    document: Any = files.statuspage()
    document["incidents"][0] |= {"resolved_at": 17, "shortlink": "javascript:alert(1)"}
    reading = statuspage.read(as_json(document), OPTIONS)
    assert [u.text for u in reading.unread] == [
        "Incident 1 “Checkout is down”, resolved_at: 17",
        "Incident 1 “Checkout is down”, shortlink: javascript:alert(1)",
    ]
    assert reading.incidents[0].source_url == ""


def test_a_long_title_is_shortened_and_kept_whole_in_the_summary() -> None:
    document: Any = files.opsgenie()
    document["data"][0]["message"] = long = "word " * 100 + "end"
    incident = only(opsgenie, document)
    assert len(incident.title) == 300
    assert incident.summary == f"{long}\n\nPayments fail."


def test_a_text_that_is_too_long_is_shown_whole_not_cut() -> None:
    document: Any = files.statuspage()
    document["incidents"][0]["incident_updates"][0]["body"] = "x" * 10_001
    reading = statuspage.read(as_json(document), OPTIONS)
    assert len(texts(reading)) == 2
    assert "x" * 10_001 in reading.unread[0].text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-12T24:00:00Z", at(0)),
        ("2024-03-12T23:59:60Z", at(0)),
        ("2024-03-13T12:00:00.5+02:00", at(10, 0, 0, 500_000)),
        ("2024-03-13 10:00", at(10)),
        ("2024-03-13 10:00:00 UTC", at(10)),
        ("2024-03-13 10:00:00 CET", at(9)),
        ("2024-03-13T10:00:00.000000999Z", at(10)),
        (1710324000, at(10)),
        ("1710324000", at(10)),
        (1710324000.5, at(10, 0, 0, 500_000)),
        (1710324000500, at(10, 0, 0, 500_000)),
        ("1710324000500", at(10, 0, 0, 500_000)),
        (1710324000500000000, at(10, 0, 0, 500_000)),
    ],
)
def test_unusual_times_have_one_answer(written: object, meant: object) -> None:
    document: Any = files.statuspage()
    document["incidents"][0]["resolved_at"] = written
    assert only(statuspage, document).clocks[Clock.RESOLVED].at == meant


@pytest.mark.parametrize("written", [None, "", " ", 0, "0"])
def test_a_time_that_is_not_set_is_none_and_no_problem(written: object) -> None:
    document: Any = files.opsgenie()
    document["data"][0]["createdAt"] = written
    reading = opsgenie.read(as_json(document), OPTIONS)
    assert Clock.DECLARED not in reading.incidents[0].clocks
    assert reading.unread == ()


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00:00Z", "2024-02-30T00:00:00Z", "9999-12-31", 12, -5, 20240313, True, "soon"],
)
def test_times_that_cannot_be_meant_are_noted(written: object) -> None:
    document: Any = files.opsgenie()
    document["data"][0]["createdAt"] = written
    reading = opsgenie.read(as_json(document), OPTIONS)
    assert Clock.DECLARED not in reading.incidents[0].clocks
    assert [str(written).lower() in u.text.lower() for u in reading.unread] == [True]


def test_the_wrong_format_says_what_was_looked_for() -> None:
    with pytest.raises(BadFile, match="does not look like a PagerDuty file: it has no list of in"):
        pagerduty.read(as_json(files.opsgenie()), OPTIONS)


def test_who_has_two_roles_at_incident_io_is_known_by_the_one_that_answers_for_more() -> None:
    document: Any = files.incident_io()
    [row] = document["incidents"]
    lead = row["incident_role_assignments"][0]
    reporter = {**lead, "role": {"name": "Reporter", "role_type": "reporter"}}
    row["incident_role_assignments"] = [reporter, lead]
    assert [p.role for p in only(incident_io, document).participants] == [
        IncidentRole.COMMANDER,
        IncidentRole.REPORTER,
    ]


@pytest.mark.parametrize(
    ("window", "given"),
    [({"start_at": "2024-03-13T10:00:00Z"}, {Clock.IMPACT_BEGAN, Clock.MITIGATED}), (None, set())],
)
def test_a_window_of_impact_counts_though_it_ends_and_begins_with_the_notices(
    window: object, given: set[Clock]
) -> None:
    row = {
        "id": "9", "title": "T", "impact_window": window,
        "started_at": "2024-03-13T10:00:00Z", "resolved_at": "2024-03-13T11:00:00Z",
        "downtime_start": "2024-03-13T10:00:00Z", "downtime_end": "2024-03-13T11:00:00Z",
        "updates": [{"at": "2024-03-13T10:00:00Z", "status": "Investigating", "message": "Look."}],
    }  # fmt: skip
    assert only(statuspage, [row]).clocks.keys() == given | {Clock.DETECTED, Clock.RESOLVED}
