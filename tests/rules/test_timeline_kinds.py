"""What an event states, guessed from its words; and which clocks a timeline shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.rules.record import ClockTime, EventRecord
from models.rules.timeline.facts import clocks_from, severity_in
from models.rules.timeline.kinds import SIGNS, TABLE, kind_named, kind_of
from models.rules.vocabulary import Clock, EventKind, Precision, Severity

START = datetime(2024, 3, 13, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (EventKind.ALERT, ["alert fired", "Alert: disk full", "got paged", "disk usage alert"]),
        (EventKind.REPORT, ["customers report errors", "First report of issue by user"]),
        (EventKind.CHANGE, ["deployed v42", "rolled out 1.2", "merged the fix", "config change"]),
        (EventKind.MITIGATION, ["rolled back to v41", "failed over to the replica"]),
        (EventKind.ACTION, ["restarted pods", "killed the query"]),
        (EventKind.DECISION, ["decided to roll back", "Agreed to wait"]),
        (EventKind.UPDATE, ["status page updated", "e-mailed customers", "Informed leadership"]),
        (EventKind.ESCALATION, ["escalated to the database team", "paged Ada"]),
        (EventKind.RESOLUTION, ["Incident resolved", "all clear", "recovered", "Back to normal"]),
        (EventKind.OBSERVATION, ["error rate climbing", "saw a lock"]),
        (EventKind.NOTE, ["Ada joined the call", "issue is not yet resolved", "waiting"]),
        (EventKind.NOTE, ["not resolved", "the health check failed", "not yet rolled back"]),
    ],
)
def test_the_kind_is_guessed_from_plain_words_only(kind: EventKind, texts: list[str]) -> None:
    assert [(text, kind_of(text)) for text in texts] == [(text, kind) for text in texts]


def test_a_column_can_name_the_kind() -> None:
    assert kind_named("Deployment") is EventKind.CHANGE
    assert kind_named("**alert**") is EventKind.ALERT
    assert kind_named("purple") is None


def _event(minute: int, text: str, precision: Precision = Precision.MINUTE) -> EventRecord:
    at = START + timedelta(minutes=minute)
    return EventRecord(at=at, text=text, kind=kind_of(text), precision=precision)


def test_the_clocks_are_concluded_from_events_and_marked_as_estimated() -> None:
    clocks = clocks_from(
        [
            _event(0, "deployed v42"),
            _event(3, "alert fired"),
            _event(4, "customers report errors"),
            _event(5, "acked by Ada"),
            _event(9, "SEV1 declared"),
            _event(12, "rolled back"),
            _event(20, "all clear"),
            _event(30, "rolled back the flag too"),
        ]
    )
    minutes = {c: (t.at - START).seconds // 60 for c, t in clocks.items()}
    assert minutes == {
        Clock.DETECTED: 3,
        Clock.ACKNOWLEDGED: 5,
        Clock.DECLARED: 9,
        Clock.MITIGATED: 12,
        Clock.RESOLVED: 20,
    }
    assert all(t.estimated for t in clocks.values())


def test_impact_began_only_where_an_event_says_so() -> None:
    assert Clock.IMPACT_BEGAN not in clocks_from([_event(0, "deployed"), _event(1, "alert fired")])
    assert Clock.IMPACT_BEGAN in clocks_from([_event(0, "the outage began")])


def test_a_stated_clock_is_kept_and_an_event_known_to_the_day_shows_none() -> None:
    stated = {Clock.DETECTED: ClockTime(START)}
    assert clocks_from([_event(3, "alert fired")], stated)[Clock.DETECTED] == ClockTime(START)
    assert clocks_from([_event(3, "alert fired", Precision.DAY)]) == {}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("This was a SEV1.", Severity.SEV1),
        ("sev-2 declared", Severity.SEV2),
        ("Severity: 0", Severity.SEV0),
        ("**Severity**: SEV3", Severity.SEV3),
        ("SEV10", None),
        ("several pods", None),
        ("severity 1.5", None),
    ],
)
def test_a_severity_is_found_where_the_text_names_it(text: str, severity: Severity | None) -> None:
    assert severity_in(text) is severity


@pytest.mark.parametrize("kind", TABLE)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_words_that_state_a_kind_lack_its_signs(kind: EventKind, data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(TABLE[kind]))
    said = data.draw(st.from_regex(words)).lower().replace("\n", " ")
    assume(re.search(words, said))
    assert any(sign.replace("+", " ") in said for sign in SIGNS[kind].split())
