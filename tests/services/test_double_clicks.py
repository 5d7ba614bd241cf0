"""A double click arrives twice; what it makes is there once."""

from __future__ import annotations

from datetime import UTC, datetime

from models.rules.policy import Who
from services import incidents, timeline

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)


def test_an_incident_is_made_once(ada: Who) -> None:
    for _ in range(2):
        incidents.create_incident(ada, "Checkout down", began_at=NOON, incident_id="made1by2form3")
    assert incidents.count_incidents(ada) == 1


def test_two_incidents_may_look_the_same(ada: Who) -> None:
    incidents.create_incident(ada, "Checkout down", began_at=NOON)
    incidents.create_incident(ada, "Checkout down", began_at=NOON)
    assert incidents.count_incidents(ada) == 2


def test_a_line_of_the_timeline_and_a_link_are_added_once(ada: Who) -> None:
    incident_id = incidents.create_incident(ada, "Checkout down", began_at=NOON)
    event_id = timeline.add_event(ada, incident_id, "Alert fired", at=NOON)
    assert timeline.add_event(ada, incident_id, "Alert fired", at=NOON) == event_id
    for _ in range(2):
        timeline.add_link(ada, event_id, "https://example.org/graph")
    assert len(timeline.list_evidence(ada, [incident_id])) == 1
    timeline.undo(ada, incident_id)
    assert incidents.get_incident(ada, incident_id).record.events == ()
