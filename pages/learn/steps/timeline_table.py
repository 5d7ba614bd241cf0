"""The events of an incident as a table: every cell is saved when it is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from models.rules.policy import Who
from models.rules.record import EventRecord, IncidentRecord
from models.rules.times import moment_text, zone_named
from models.rules.vocabulary import label
from pages.components import unsaved
from pages.components.problems import escape
from pages.learn.steps import timeline_conflicts
from pages.learn.steps.timeline_editing import (
    FIELDS,
    KINDS,
    begin_anew,
    editor_key,
    save_edits,
    time_text,
)
from pages.learn.steps.timeline_judging import show_judging

PAGE = 100
ROW_HEIGHT = 66  # pixels; from 65 on, Streamlit wraps the text of a cell


def show(
    incident: IncidentRecord, names: Sequence[str], me: Who, frozen: bool
) -> list[EventRecord]:
    """Draws the table; returns the events that are ticked in it, in the order of time."""
    if not incident.events:
        hint = "" if frozen else " Add the first one below, or paste a whole timeline."
        st.caption(f"No events yet.{hint}")
        return []
    shown = choose_shown(incident)
    if not shown:
        st.caption("No line fits. Clear the filter to see all of them.")
        return []
    show_editor(incident, shown, me, frozen)
    if not frozen:
        show_judging(incident.id, shown, names, me)
    ticked = set(st.session_state.get(f"{incident.id}:chosen", ()))
    return [event for event in shown if event.id in ticked]


def choose_shown(incident: IncidentRecord) -> list[EventRecord]:
    """The lines of this page: those that fit the filter, without noise unless it is wanted."""
    noise = sum(event.is_noise for event in incident.events)
    events = incident.events
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.text_input(
            "Filter",
            key=f"{incident.id}:filter",
            placeholder="Filter by words, names or kind",
            label_visibility="collapsed",
            icon=":material/filter_list:",
            width=320,
        )
        with_noise = noise > 0 and st.toggle(
            f"Show {noise:,} collapsed {'line' if noise == 1 else 'lines'}",
            key=f"{incident.id}:noise",
            help="Joins, notifications and the like. Kept, but left out here and in print.",
        )
        found = [e for e in events if (with_noise or not e.is_noise) and fits(e, wanted or "")]
        pages = max(-(-len(found) // PAGE), 1)
        page = st.pagination(pages, key=f"{incident.id}:page") if pages > 1 else 1
        st.caption(f"{len(found):,} of {len(events):,} lines")
    return found[(min(page, pages) - 1) * PAGE :][:PAGE]


def fits(event: EventRecord, wanted: str) -> bool:
    words = wanted.casefold().split()
    there = f"{event.text} {event.author} {label(event.kind)}".casefold() if words else ""
    return all(word in there for word in words)


def show_editor(
    incident: IncidentRecord, shown: Sequence[EventRecord], me: Who, frozen: bool
) -> None:
    ticked = set(st.session_state.get(f"{incident.id}:chosen", ()))
    rows = [cells_of(event, event.id in ticked, me.zone) for event in shown]
    key = editor_key(incident.id, shown, rows)
    timeline_conflicts.show(incident.id, me, frozen)
    show_refused(incident.id, key)
    st.data_editor(
        pd.DataFrame(rows),
        key=key,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height="content" if len(rows) <= 10 else 10 * ROW_HEIGHT,
        disabled=[*FIELDS, "evidence"] if frozen else ["evidence"],
        column_config={
            "chosen": st.column_config.CheckboxColumn("", width=40, help="Choose lines"),
            "time": st.column_config.TextColumn(
                "Time", width=136, help=f"In {me.zone}; another zone can follow, like +02:00."
            ),
            "text": st.column_config.TextColumn("What happened", width=345),
            "kind": st.column_config.SelectboxColumn(
                "Kind", options=list(KINDS), required=True, width=100
            ),
            "who": st.column_config.TextColumn("Who", width=110),
            "until": st.column_config.TextColumn("Until", width=130, help="For a span of time."),
            "evidence": st.column_config.TextColumn("Evidence", width=76),
        },
        on_change=save_edits,
        args=(incident.id, key, tuple(shown), me),
        alt="The events of the incident",
    )


def cells_of(event: EventRecord, chosen: bool, zone: str) -> dict[str, Any]:
    return {
        "chosen": chosen,
        "time": time_text(event.at, event.precision, zone),
        "text": event.text,
        "kind": label(event.kind),
        "who": event.author,
        "evidence": str(len(event.evidence) or ""),
        "until": moment_text(event.until, zone_named(zone)),
    }


def show_refused(incident_id: str, key: str) -> None:
    """What could not be saved, and why. It stays in its cell until it is corrected."""
    refused = st.session_state.get(f"{key}:refused", {})
    if refused:
        for cell in refused:
            unsaved.drawn(cell)
        lines = "\n".join(
            f"- {message} You wrote: “{escape(str(value or ''))}”."
            for value, message in refused.values()
        )
        st.error(f"Not saved:\n\n{lines}", icon=":material/error:")
        st.button(
            "Show what is saved", key=f"{key}:again", on_click=begin_anew, args=(incident_id, key)
        )
