"""What can be done with the ticked lines of a timeline: merge, split, shift, collapse, remove,
undo, and the evidence of one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from models.rules.policy import Who
from models.rules.record import EventRecord, IncidentRecord
from models.rules.times import moment_text, parse_moment, zone_named
from pages.components.problems import attempt, escape, show_problem
from pages.components.words import when
from pages.learn.steps import evidence
from services.timeline import (
    last_change,
    merge_events,
    remove_events,
    save_noise,
    shift_events,
    split_event,
    undo,
)

_PART_BEGINS = re.compile(r"(?<=[.;!?\n])\s+(?=\S)|\n+")
_WORD_BEGINS = re.compile(r"\s+(?=\S)")


def show(incident: IncidentRecord, chosen: list[EventRecord], me: Who, frozen: bool) -> None:
    """A row of operations, and the panel of the one line that is ticked."""
    show_problem(f"{incident.id}:events")
    if not frozen:
        with st.container(horizontal=True, vertical_alignment="center"):
            show_operations(incident, chosen, me)
    if note := st.session_state.pop(f"{incident.id}:note", ""):
        st.caption(f":material/check: {note}")
    if len(chosen) == 1:
        with st.container(border=True):
            show_line(incident.id, chosen[0], me, frozen)
    elif incident.events and not chosen:
        more = (
            "."
            if frozen
            else ", or to split it; tick several to merge them. Every operation can be undone."
        )
        st.caption(f"Tick a line to see all of it and its evidence{more}")


def show_operations(incident: IncidentRecord, chosen: list[EventRecord], me: Who) -> None:
    ids = tuple(event.id for event in chosen)
    if len(ids) > 1:
        st.button(
            f"Merge {len(ids)} lines",
            key=f"{incident.id}:merge",
            icon=":material/merge:",
            on_click=do,
            args=(incident.id, "Merged.", lambda: merge_events(me, ids)),
        )
    if ids:
        all_noise = all(event.is_noise for event in chosen)
        st.button(
            "Bring back" if all_noise else "Collapse",
            key=f"{incident.id}:collapse",
            icon=":material/unfold_more:" if all_noise else ":material/unfold_less:",
            help="Noise is kept, and left out of the table and of print.",
            on_click=do,
            args=(incident.id, "Saved.", lambda: save_noise(me, ids, not all_noise)),
        )
        st.button(
            "Remove",
            key=f"{incident.id}:remove",
            icon=":material/delete:",
            on_click=do,
            args=(incident.id, "Removed. Undo brings it back.", lambda: remove_events(me, ids)),
        )
    if incident.events:
        with st.popover("Shift", icon=":material/schedule:"):
            show_shift(incident, ids, me)
    if what := last_change(me, incident.id):
        st.button(
            f"Undo: {what}",
            key=f"{incident.id}:undo",
            icon=":material/undo:",
            type="tertiary",
            on_click=do,
            args=(incident.id, f"Undone: {what}.", lambda: undo(me, incident.id)),
        )


def do(incident_id: str, note: str, act: Callable[[], object]) -> None:
    """One operation on a timeline; what is ticked is let go when it went well."""
    if attempt(act, at=f"{incident_id}:events"):
        st.session_state[f"{incident_id}:chosen"] = []
        st.session_state[f"{incident_id}:note"] = note


def show_shift(incident: IncidentRecord, ids: tuple[str, ...], me: Who) -> None:
    """An offset for a source whose clock was wrong, or whose zone was misread."""
    key = f"{incident.id}:shift"
    st.radio(
        "Direction", ["later", "earlier"], key=f"{key}:way", horizontal=True,
        label_visibility="collapsed",
    )  # fmt: skip
    hours, minutes = st.columns(2, wrap=False)
    hours.number_input("Hours", 0, 10_000, 0, key=f"{key}:hours")
    minutes.number_input("Minutes", 0, 59, 0, key=f"{key}:minutes")
    what = f"the {len(ids)} ticked" if len(ids) > 1 else "the ticked line" if ids else "all lines"
    st.button(f"Shift {what}", key=key, on_click=shift, args=(incident.id, ids, me))


def shift(incident_id: str, ids: tuple[str, ...], me: Who) -> None:
    key = f"{incident_id}:shift"
    by = timedelta(
        hours=st.session_state[f"{key}:hours"], minutes=st.session_state[f"{key}:minutes"]
    )
    by = -by if st.session_state[f"{key}:way"] == "earlier" else by
    do(incident_id, "Shifted.", lambda: shift_events(me, incident_id, ids, by))


def show_line(incident_id: str, event: EventRecord, me: Who, frozen: bool) -> None:
    """One line whole: its words, where they came from, its evidence, and a place to split it."""
    st.caption(when(event.at, me.zone) + (f" · {escape(event.author)}" if event.author else ""))
    st.text(event.text)
    if event.source_text and event.source_text.strip() != event.text:
        line = f", line {event.line}" if event.line else ""
        with st.expander(f"As it came{line}"):
            st.text(event.source_text)
    evidence.show(incident_id, event, me, frozen)
    places = split_places(event.text)
    if not frozen and places:
        with st.popover("Split in two", icon=":material/call_split:", type="tertiary"):
            show_split(event, places, me)


def split_places(text: str) -> list[int]:
    """Where the second part may begin: at sentences, or at words when there is only one."""
    found = [match.end() for match in _PART_BEGINS.finditer(text)]
    found = found or [match.end() for match in _WORD_BEGINS.finditer(text)]
    return found[:200]


def show_split(event: EventRecord, places: list[int], me: Who) -> None:
    key = f"{event.id}:split"
    st.selectbox(
        "The second part begins with",
        places,
        key=f"{key}:place",
        format_func=lambda place: event.text[place : place + 60],
    )
    st.text_input("Its time", moment_text(event.at, zone_named(me.zone)), key=f"{key}:at")
    show_problem(key)
    st.button("Split", key=key, on_click=split, args=(event, me))


def split(event: EventRecord, me: Who) -> None:
    key = f"{event.id}:split"
    place, text = st.session_state[f"{key}:place"], st.session_state[f"{key}:at"]
    zone = zone_named(me.zone)

    def act() -> None:
        second_at = parse_moment(text, zone, event.at.astimezone(zone).date())
        split_event(me, event.id, place, second_at)

    attempt(act, at=key)
