"""What happens to an edit in the table of events.

The editor knows rows by position only. So each commit goes through the list of events that was
drawn, and the editor is begun anew (another key) when rows come, go or move, or when what it
shows is not what is stored: a time that was completed, a cell that somebody else changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import EventRecord
from models.rules.times import moment_text, parse_moment, zone_named
from models.rules.vocabulary import EventKind, Precision, label
from pages.components import unsaved
from pages.components.problems import escape, problem_text
from pages.learn.steps import timeline_conflicts
from services.timeline import edit_event

KINDS = {label(kind): kind for kind in EventKind}
FIELDS = {"time": "at", "text": "text", "kind": "kind", "who": "author", "until": "until"}
_NEVER = "\0"  # no cell holds this


def time_text(at: datetime, precision: Precision, zone: str) -> str:
    """The time as far as it is known: `2024-03-13 10:??` for an hour, the day alone for a day."""
    local = at.astimezone(zone_named(zone))
    if precision is Precision.DAY:
        return f"{local:%Y-%m-%d}"
    if precision is Precision.HOUR:
        return f"{local:%Y-%m-%d %H}:??"
    return moment_text(at, zone_named(zone))


def editor_key(
    incident_id: str, shown: Sequence[EventRecord], rows: Sequence[dict[str, Any]]
) -> str:
    """The key of the editor that may go on, or of a new one."""
    state = st.session_state
    version = state.get(f"{incident_id}:editor", 0)
    key = f"{incident_id}:editor:{version}"
    ids = [event.id for event in shown]
    refused = state.get(f"{key}:refused", {})
    edits = state[key]["edited_rows"] if key in state else {}
    differs = any(
        f"{ids[int(row)]}:{column}" not in refused and value != rows[int(row)][column]
        for row, cells in (edits.items() if state.get(f"{key}:ids") == ids else ())
        for column, value in cells.items()
    )
    if differs or state.get(f"{key}:ids", ids) != ids:
        key = f"{incident_id}:editor:{version + 1}"
        state[f"{incident_id}:editor"] = version + 1
    state[f"{key}:ids"] = ids
    return key


def begin_anew(incident_id: str, key: str) -> None:
    """From a callback: the next drawing shows what is stored."""
    for cell in st.session_state.get(f"{key}:refused", {}):
        unsaved.let_go(cell)
    st.session_state[f"{incident_id}:editor"] = st.session_state.get(f"{incident_id}:editor", 0) + 1


def save_edits(incident_id: str, key: str, drawn: Sequence[EventRecord], me: Who) -> None:
    """Saves each cell that changed since the last time: the editor reports again what it reported
    before, until it finds it stored."""
    state = st.session_state
    edits = {
        (drawn[int(row)], column): value
        for row, cells in state[key]["edited_rows"].items()
        for column, value in cells.items()
    }
    # What the browser no longer reports, it has found stored and let go.
    there = {f"{event.id}:{column}" for event, column in edits}
    saved, refused = (
        {cell: tried for cell, tried in state.get(f"{key}:{name}", {}).items() if cell in there}
        for name in ("saved", "refused")
    )
    state[f"{key}:saved"], state[f"{key}:refused"] = saved, refused
    for (event, column), value in edits.items():
        cell = f"{event.id}:{column}"
        if column == "chosen":
            tick(incident_id, event.id, bool(value))
            continue
        tried = refused[cell][0] if cell in refused else saved.get(cell, _NEVER)
        if value == tried:
            continue
        where = f"{time_text(event.at, event.precision, me.zone)}, {column}"
        changes: timeline_conflicts.Changes = {}
        try:
            changes = changes_of(me, event, column, value, saved.get(cell, _NEVER))
            edit_event(me, event.id, changes)
        except Conflict as conflict:
            timeline_conflicts.note(incident_id, cell, where, changes, conflict)
            continue
        except ProblemForUser as problem:
            refused[cell] = (value, f"{where}: {problem_text(problem)}")
            unsaved.keep(cell, escape(where), value, str(value or ""), problem_text(problem))
            continue
        saved[cell] = value
        refused.pop(cell, None)
        unsaved.let_go(cell)
        state[f"{incident_id}:note"] = "Saved."


def changes_of(
    me: Who, event: EventRecord, column: str, value: Any, before: Any
) -> timeline_conflicts.Changes:
    """What one cell changes. `before` is what this editor saved there last, if it did."""
    field = FIELDS[column]
    was = getattr(event, field) if before == _NEVER else read_cell(me, event, column, before)
    now = read_cell(me, event, column, value)
    changes = {field: (was, now)}
    if field == "at" and event.precision in (Precision.HOUR, Precision.DAY):
        changes["precision"] = (event.precision, Precision.MINUTE)
    return changes


def read_cell(me: Who, event: EventRecord, column: str, value: Any) -> Any:
    """What a cell means: moments in UTC, kinds, texts. Raises ProblemForUser."""
    if column == "kind":
        return KINDS[value]
    if column in ("time", "until"):
        if column == "until" and not (value or "").strip():
            return None
        zone = zone_named(me.zone)
        return parse_moment(value or "", zone, event.at.astimezone(zone).date())
    return value or ""


def tick(incident_id: str, event_id: str, chosen: bool) -> None:
    """From a callback: chooses a line for the operations below the table, or lets it go."""
    ids = [i for i in st.session_state.get(f"{incident_id}:chosen", ()) if i != event_id]
    st.session_state[f"{incident_id}:chosen"] = [*ids, event_id] if chosen else ids
