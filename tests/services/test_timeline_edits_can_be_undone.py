"""Edits of a timeline: what they do, and that each can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event as sql_event

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import EventRecord
from models.rules.vocabulary import Source
from services import incidents, postmortems, timeline, whys
from services.database import engine

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def incident(ada: Who) -> str:
    return incidents.create_incident(ada, "Checkout slow", began_at=NINE)


def add(who: Who, incident: str, minute: int, text: str) -> str:
    return timeline.add_event(who, incident, text, at=NINE + timedelta(minutes=minute))


def texts(who: Who, incident: str) -> list[str]:
    return [event.text for event in incidents.get_incident(who, incident).record.events]


def test_removed_lines_come_back_with_undo(ada: Who, incident: str) -> None:
    first, second = add(ada, incident, 1, "Alert"), add(ada, incident, 2, "Restart")
    add(ada, incident, 3, "Over")
    assert timeline.remove_events(ada, [first, second]) == 2
    assert texts(ada, incident) == ["Over"]
    assert timeline.last_change(ada, incident) == "removed 2 events"
    timeline.undo(ada, incident)
    assert texts(ada, incident) == ["Alert", "Restart", "Over"]


def test_a_merge_is_taken_back_with_evidence_and_links(ada: Who, incident: str) -> None:
    first, second = add(ada, incident, 1, "Alert"), add(ada, incident, 9, "Second alert")
    timeline.add_link(ada, second, "https://graphs.example.com/1", "Graph")
    postmortem = postmortems.start_postmortem(ada, [incident])
    root = whys.add_why(ada, postmortem, None, "Checkout was slow")
    whys.link_events(ada, root, [second], [])

    timeline.merge_events(ada, [first, second])
    [merged] = incidents.get_incident(ada, incident).record.events
    assert (merged.text, merged.until) == ("Alert\nSecond alert", NINE + timedelta(minutes=9))
    assert [e.title for e in merged.evidence] == ["Graph"]
    assert postmortems.get_postmortem(ada, postmortem).whys[0].event_ids == (first,)

    timeline.undo(ada, incident)
    kept = {e.id: len(e.evidence) for e in incidents.get_incident(ada, incident).record.events}
    assert kept == {first: 0, second: 1}
    assert postmortems.get_postmortem(ada, postmortem).whys[0].event_ids == (second,)


def test_evidence_that_came_later_does_not_stand_in_the_way_of_undo(
    ada: Who, incident: str
) -> None:
    line = add(ada, incident, 1, "Alrt")
    timeline.edit_event(ada, line, {"text": ("Alrt", "Alert")})
    timeline.add_link(ada, line, "https://graphs.example.com/1")
    timeline.undo(ada, incident)
    [event] = incidents.get_incident(ada, incident).record.events
    assert (event.text, len(event.evidence)) == ("Alrt", 1)


def test_all_lines_are_shifted_and_back(ada: Who, incident: str) -> None:
    add(ada, incident, 1, "Alert")
    add(ada, incident, 2, "Over")
    assert timeline.shift_events(ada, incident, [], timedelta(hours=-1)) == 2
    assert timeline.last_change(ada, incident) == "shifted all events 1 h earlier"
    timeline.undo(ada, incident)
    first, _ = incidents.get_incident(ada, incident).record.events
    assert first.at == NINE + timedelta(minutes=1)


def test_a_shift_out_of_the_calendar_moves_nothing(ada: Who, incident: str) -> None:
    add(ada, incident, 1, "Alert")
    with pytest.raises(ProblemForUser):
        timeline.shift_events(ada, incident, [], timedelta(days=365 * 300))
    [event] = incidents.get_incident(ada, incident).record.events
    assert event.at == NINE + timedelta(minutes=1)


def test_a_split_keeps_both_parts(ada: Who, incident: str) -> None:
    line = add(ada, incident, 1, "Alert fired. Ada restarted it.")
    timeline.split_event(ada, line, 13, NINE + timedelta(minutes=5))
    assert texts(ada, incident) == ["Alert fired.", "Ada restarted it."]
    timeline.undo(ada, incident)
    assert texts(ada, incident) == ["Alert fired. Ada restarted it."]


def test_collapsed_lines_are_noise_until_they_are_brought_back(ada: Who, incident: str) -> None:
    line = add(ada, incident, 1, "somebody joined")
    timeline.save_noise(ada, [line], True)
    assert incidents.get_incident(ada, incident).record.events[0].is_noise
    timeline.undo(ada, incident)
    assert not incidents.get_incident(ada, incident).record.events[0].is_noise


def test_a_line_that_was_changed_elsewhere_is_not_undone_over(ada: Who, incident: str) -> None:
    line = add(ada, incident, 1, "Alert")
    other = incidents.create_incident(ada, "Another", began_at=NINE)
    with pytest.raises(ProblemForUser, match="nothing to undo"):
        timeline.undo(ada, other)
    with pytest.raises(Conflict):
        timeline.edit_event(ada, line, {"text": ("Something else", "Mine")})
    assert texts(ada, incident) == ["Alert"]


def test_pasted_lines_are_added_once_and_undone_together(ada: Who, incident: str) -> None:
    pasted = "09:01 alert fired\n09:05 restarted the workers\nnonsense without a time"
    reading = timeline.preview_events(ada, incident, pasted)
    assert [e.at for e in reading.events] == [
        NINE + timedelta(minutes=1),
        NINE + timedelta(minutes=5),
    ]
    assert timeline.add_events(ada, incident, reading.events) == 2
    assert timeline.add_events(ada, incident, reading.events) == 0
    timeline.undo(ada, incident)
    assert texts(ada, incident) == []


def test_an_edit_of_many_lines_takes_few_statements(ada: Who, incident: str) -> None:
    def statements(count: int) -> int:
        lines = [
            EventRecord(NINE + timedelta(seconds=n), f"{count} line {n}", source=Source.TEXT)
            for n in range(count)
        ]
        seen: list[str] = []

        def note(_c: object, _u: object, statement: str, *_: object) -> None:
            seen.append(statement)

        sql_event.listen(engine(), "before_cursor_execute", note)
        timeline.add_events(ada, incident, lines)
        timeline.shift_events(ada, incident, [], timedelta(minutes=1))
        timeline.undo(ada, incident)
        sql_event.remove(engine(), "before_cursor_execute", note)
        return len(seen)

    assert statements(300) <= statements(3) + 4
