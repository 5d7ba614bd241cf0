"""Large timelines are read once, and never shown older than they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.record import EventRecord, IncidentRecord
from services import event_memory, timeline
from services.bring_in import bring_in, read_options
from services.incidents import get_incident
from services.record_in import store_incident
from services.unit_of_work import writing
from tests.statements import statements

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
FROM_TABLE = "FROM timeline_event"


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_memory, "LARGE", 3)
    event_memory._kept.clear()


@pytest.fixture
def incident(ada: Who) -> str:
    """Five events, brought in."""
    text = "2026-03-10\n" + "".join(f"09:0{n} event {n}\n" for n in range(5))
    return bring_in(ada, text.encode(), read_options(zone="UTC")).incident_ids[0]


def texts(who: Who, incident: str) -> list[str]:
    return [event.text for event in get_incident(who, incident).record.events]


def reads(who: Who, incident: str) -> int:
    """How often the table of events is read for one look at the incident."""
    with statements() as sent:
        get_incident(who, incident)
    return sum(FROM_TABLE in statement.replace("\n", "") for statement in sent)


def test_a_second_look_does_not_read_the_events_again(ada: Who, incident: str) -> None:
    assert reads(ada, incident) == 1
    assert reads(ada, incident) == 0
    assert texts(ada, incident) == [f"event {n}" for n in range(5)]


EDITS: dict[str, Callable[[Who, str, list[EventRecord]], object]] = {
    "added": lambda who, i, _: timeline.add_event(who, i, "late", at=NINE + timedelta(hours=1)),
    "edited": lambda who, _, e: timeline.edit_event(who, e[0].id, {"text": ("event 0", "now")}),
    "removed": lambda who, _, e: timeline.remove_events(who, [e[1].id]),
    "merged": lambda who, _, e: timeline.merge_events(who, [e[0].id, e[1].id]),
    "shifted": lambda who, i, e: timeline.shift_events(who, i, [e[0].id], timedelta(minutes=9)),
    "collapsed": lambda who, _, e: timeline.save_noise(who, [e[0].id], True),
    "shown by a link": lambda who, _, e: timeline.add_link(who, e[0].id, "https://a.example"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_seen_at_once(ada: Who, incident: str, edit: str) -> None:
    before = list(get_incident(ada, incident).record.events)
    EDITS[edit](ada, incident, before)
    after = list(get_incident(ada, incident).record.events)
    assert after != before
    if edit != "shown by a link":
        timeline.undo(ada, incident)
        assert list(get_incident(ada, incident).record.events) == before


def test_evidence_that_is_taken_away_is_gone_at_once(ada: Who, incident: str) -> None:
    [first, *_] = get_incident(ada, incident).record.events
    timeline.add_link(ada, first.id, "https://a.example")
    assert get_incident(ada, incident).record.events[0].evidence
    [proof] = timeline.list_evidence(ada, [incident])
    timeline.remove_evidence(ada, proof.id)
    assert not get_incident(ada, incident).record.events[0].evidence


def test_short_timelines_and_those_without_an_audit_line_are_not_kept(ada: Who) -> None:
    with writing(ada) as work:
        events = tuple(EventRecord(NINE, f"event {n}") for n in range(5))
        unaudited = store_incident(work, IncidentRecord("Quiet", events=events)).id
    get_incident(ada, unaudited)
    assert not event_memory._kept
    text = b"2026-03-10\n09:00 one\n09:01 two\n"
    short = bring_in(ada, text, read_options(zone="UTC")).incident_ids[0]
    get_incident(ada, short)
    assert not event_memory._kept


def test_only_a_few_are_remembered(ada: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_memory, "MOST", 1)
    for number in range(2):
        text = "2026-03-10\n" + "".join(f"09:0{n} event {number}{n}\n" for n in range(3))
        made = bring_in(ada, text.encode(), read_options(zone="UTC")).incident_ids[0]
        get_incident(ada, made)
    assert [key[1] for key in event_memory._kept] == [made]
