"""Step 2, Timeline: clocks, the table of events, and what can be done with its lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.rules.policy import Who
from models.rules.record import ClockTime, EventRecord, IncidentRecord
from models.rules.vocabulary import Clock, EventKind, Precision
from pages.learn.steps import timeline_conflicts, timeline_editing
from services import incidents, postmortems, timeline
from tests.conftest import Browser

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PAGE = "learn/workspace.py"


@pytest.fixture
def incident(ada: Who) -> str:
    made = incidents.create_incident(ada, "Checkout slow", began_at=NINE)
    for minute, text in ((1, "Alert fired"), (5, "Restarted two workers"), (9, "Over")):
        timeline.add_event(ada, made, text, at=NINE + timedelta(minutes=minute))
    return made


@pytest.fixture
def postmortem(ada: Who, incident: str) -> str:
    return postmortems.start_postmortem(ada, [incident])


def record(who: Who, incident: str) -> IncidentRecord:
    return incidents.get_incident(who, incident).record


def test_a_clock_is_typed_in_any_zone_and_marked_as_estimated(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.text_input(f"{incident}:{Clock.DETECTED}").set_value("11:05 Europe/Berlin").run()
    app.checkbox(f"{incident}:{Clock.DETECTED}:estimated").check().run()
    kept = record(ada, incident).clocks[Clock.DETECTED]
    assert kept == ClockTime(NINE + timedelta(hours=1, minutes=5), estimated=True)
    assert any("1 h 5 min** time to detect" in m.value for m in app.markdown)
    assert any("impact began → detected, estimated" in m.value for m in app.markdown)


def test_a_clock_out_of_order_is_pointed_out_and_kept(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    early = ClockTime(NINE - timedelta(hours=1))
    incidents.save_clock(ada, incident, Clock.RESOLVED, early, None)
    app = browser.open(PAGE, id=postmortem, step="timeline")
    assert "is before impact began" in app.warning[0].value
    assert record(ada, incident).clocks[Clock.RESOLVED] == early


def test_a_line_that_judges_is_pointed_out_with_why(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    timeline.add_event(ada, incident, "The engineer carelessly deleted it", at=NINE)
    app = browser.open(PAGE, id=postmortem, step="timeline")
    judged = next(e for e in app.expander if "judges rather than states" in e.label)
    assert "carelessly" in judged.markdown[0].value


def test_noise_is_collapsed_until_it_is_asked_for(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    first = record(ada, incident).events[0]
    timeline.save_noise(ada, [first.id], True)
    app = browser.open(PAGE, id=postmortem, step="timeline")
    assert len(app.dataframe[0].value) == 2
    app.toggle(f"{incident}:noise").set_value(True).run()
    assert len(app.dataframe[0].value) == 3


def test_a_filter_leaves_the_lines_that_fit(
    browser: Browser, incident: str, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.text_input(f"{incident}:filter").set_value("workers restarted").run()
    assert list(app.dataframe[0].value["text"]) == ["Restarted two workers"]


def test_an_event_is_added_with_a_bare_hour(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.text_input(f"{incident}:new:at").set_value("09:03")
    app.text_input(f"{incident}:new:text").set_value("Looked at the graph")
    next(b for b in app.button if b.label == "Add").click().run()
    added = record(ada, incident).events[1]
    assert (added.at, added.text) == (NINE + timedelta(minutes=3), "Looked at the graph")
    assert app.text_input(f"{incident}:new:text").value == ""


def test_an_event_without_a_time_stays_in_the_form(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.text_input(f"{incident}:new:text").set_value("Looked at the graph")
    next(b for b in app.button if b.label == "Add").click().run()
    assert "Write when it happened" in app.error[0].value
    assert app.text_input(f"{incident}:new:text").value == "Looked at the graph"
    assert len(record(ada, incident).events) == 3


def test_pasted_lines_are_shown_before_they_are_added(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.text_area(f"{incident}:paste").set_value("09:20 called support\n09:30 wrote a mail").run()
    assert len(record(ada, incident).events) == 3
    app.button(f"{incident}:paste:add").click().run()
    assert [e.text for e in record(ada, incident).events[3:]] == ["called support", "wrote a mail"]
    assert app.text_area(f"{incident}:paste").value == ""


def test_ticked_lines_are_merged_and_the_merge_is_undone(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    events = record(ada, incident).events
    browser.app.session_state[f"{incident}:chosen"] = [e.id for e in events[:2]]
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.button(f"{incident}:merge").click().run()
    assert record(ada, incident).events[0].text == "Alert fired\nRestarted two workers"
    undo = app.button(f"{incident}:undo")
    assert undo.label == "Undo: merged 2 events"
    undo.click().run()
    assert record(ada, incident).events == events


def test_one_line_is_split_at_a_chosen_word(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    line = record(ada, incident).events[1]
    browser.app.session_state[f"{incident}:chosen"] = [line.id]
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.selectbox(f"{line.id}:split:place").set_value(len("Restarted "))
    app.text_input(f"{line.id}:split:at").set_value("09:06")
    app.button(f"{line.id}:split").click().run()
    parts = [(e.at.minute, e.text) for e in record(ada, incident).events[1:3]]
    assert parts == [(5, "Restarted"), (6, "two workers")]


def test_all_lines_are_shifted_by_an_offset(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.number_input(f"{incident}:shift:hours").set_value(1)
    app.radio(f"{incident}:shift:way").set_value("earlier")
    app.button(f"{incident}:shift").click().run()
    assert [e.at.hour for e in record(ada, incident).events] == [8, 8, 8]


def test_a_link_is_kept_as_evidence_and_taken_away(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    line = record(ada, incident).events[0]
    browser.app.session_state[f"{incident}:chosen"] = [line.id]
    app = browser.open(PAGE, id=postmortem, step="timeline")
    app.text_input(f"{line.id}:url").set_value("javascript:alert(1)")
    add = next(b for b in app.button if b.label == "Add the link")
    add.click().run()
    assert "A link begins with https" in app.error[0].value
    app.text_input(f"{line.id}:url").set_value("https://graphs.example.com/1")
    next(b for b in app.button if b.label == "Add the link").click().run()
    [proof] = timeline.list_evidence(ada, [incident])
    assert proof.url == "https://graphs.example.com/1"
    app.button(f"{proof.id}:remove").click().run()
    assert timeline.list_evidence(ada, [incident]) == ()


def test_a_kept_file_is_reached_by_the_route_that_asks_who_is_there(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    line = record(ada, incident).events[0]
    timeline.add_file(ada, line.id, "kernel.log", b"out of memory")
    [proof] = timeline.list_evidence(ada, [incident])
    browser.app.session_state[f"{incident}:chosen"] = [line.id]
    app = browser.open(PAGE, id=postmortem, step="timeline")
    assert [link.url for link in app.get("link_button")] == [f"/evidence/{proof.id}"]
    assert not app.get("download_button")


class Table:
    """The table of events as the browser drives it: it reports all edits it still holds."""

    def __init__(self, who: Who, incident: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.who, self.incident = who, incident
        self.state: dict[str, Any] = {}
        monkeypatch.setattr(timeline_editing.st, "session_state", self.state)
        self.drawn: tuple[EventRecord, ...] = ()
        self.draw()

    def draw(self) -> str:
        self.drawn = record(self.who, self.incident).events
        rows = [
            {
                "chosen": False,
                "time": timeline_editing.time_text(e.at, e.precision, self.who.zone),
                "text": e.text,
            }
            for e in self.drawn
        ]
        self.key = timeline_editing.editor_key(self.incident, self.drawn, rows)
        return self.key

    def report(self, edits: dict[int, dict[str, Any]]) -> None:
        self.state[self.key] = {"edited_rows": edits}
        timeline_editing.save_edits(self.incident, self.key, self.drawn, self.who)

    @property
    def refused(self) -> list[str]:
        return [why for _, why in self.state.get(f"{self.key}:refused", {}).values()]


@pytest.fixture
def table(ada: Who, incident: str, monkeypatch: pytest.MonkeyPatch) -> Table:
    return Table(ada, incident, monkeypatch)


def test_a_cell_is_saved_once_however_often_it_is_reported(table: Table, ben: Who) -> None:
    table.report({0: {"text": "Alert fired twice"}})
    line = table.drawn[0].id
    timeline.edit_event(ben, line, {"text": ("Alert fired twice", "Ben's words")})
    table.report({0: {"text": "Alert fired twice"}, 2: {"text": "All over"}})
    kept = [e.text for e in record(ben, table.incident).events]
    assert kept == ["Ben's words", "Restarted two workers", "All over"]


def test_the_editor_goes_on_when_it_shows_what_is_stored(table: Table) -> None:
    key = table.key
    table.report({0: {"text": "Alert fired twice"}})
    assert table.draw() == key


@pytest.mark.parametrize("typed", ["9:02", "09:07"])
def test_a_time_that_is_completed_or_moves_its_line_begins_the_editor_anew(
    table: Table, typed: str
) -> None:
    key = table.key
    table.report({0: {"time": typed}})
    assert table.draw() != key
    assert record(table.who, table.incident).events == table.drawn


def test_a_cell_that_somebody_else_changed_first_waits_for_a_decision(
    table: Table, ben: Who
) -> None:
    cell = f"{table.drawn[0].id}:text"
    timeline.edit_event(ben, table.drawn[0].id, {"text": ("Alert fired", "Ben's words")})
    table.report({0: {"text": "Mine"}})
    assert record(ben, table.incident).events[0].text == "Ben's words"
    timeline.edit_event(ben, table.drawn[0].id, {"text": ("Ben's words", "A third version")})
    timeline_conflicts.keep_mine(table.incident, cell, table.who)  # they have not seen the third
    assert record(ben, table.incident).events[0].text == "A third version"
    timeline_conflicts.keep_mine(table.incident, cell, table.who)
    assert record(ben, table.incident).events[0].text == "Mine"
    assert timeline_conflicts.noted(table.incident) == {}


def test_both_versions_of_a_cell_are_shown_to_choose_from(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="timeline")
    line = record(ada, incident).events[0].id
    app.session_state[f"{incident}:conflicts"] = {
        f"{line}:text": (line, "09:00, text", {"text": ("a", "Mine")}, "text", "Alert fired")
    }
    app.run()
    assert "Alert fired" in [t.value for t in app.text]
    assert [c.value for c in app.code] == ["Mine"]
    next(b for b in app.button if b.label == "Keep mine").click()
    app.run()
    assert not app.exception
    assert record(ada, incident).events[0].text == "Mine"
    assert any("Saved." in c.value for c in app.caption)


def test_an_edit_says_that_it_is_saved(table: Table) -> None:
    table.report({0: {"text": "Alert fired twice"}})
    assert table.state[f"{table.incident}:note"] == "Saved."


def test_a_time_that_cannot_be_read_stays_in_its_cell_until_it_is_corrected(table: Table) -> None:
    key = table.key
    table.report({1: {"time": "half past"}})
    assert "is not a time" in table.refused[0]
    assert table.draw() == key
    table.report({1: {"time": "half past"}, 2: {"text": "All over"}})
    assert record(table.who, table.incident).events[2].text == "All over"
    table.report({1: {"time": "09:04"}})
    assert table.refused == []
    assert record(table.who, table.incident).events[1].at == NINE + timedelta(minutes=4)


def test_an_hour_becomes_exact_when_its_minutes_are_typed(
    ada: Who, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeline.add_event(ada, incident, "Calls begin", at=NINE, precision=Precision.HOUR)
    table = Table(ada, incident, monkeypatch)
    assert timeline_editing.time_text(NINE, Precision.HOUR, "UTC") == "2026-03-10 09:??"
    table.report({0: {"time": "09:00", "kind": "Report"}})
    calls = record(ada, incident).events[0]
    assert (calls.precision, calls.kind) == (Precision.MINUTE, EventKind.REPORT)
