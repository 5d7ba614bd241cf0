"""More lines for a timeline: one that is typed, or many that are pasted."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.record import IncidentRecord
from models.rules.timeline import TimelineReading
from models.rules.times import parse_moment, zone_named
from models.rules.vocabulary import EventKind, label
from pages.components.problems import attempt, escape, show_problem
from pages.components.twice import is_second_click, note_done
from pages.learn.steps.timeline_editing import time_text
from services.timeline import add_event, add_events, preview_events

MOST_SHOWN = 200


def show(incident: IncidentRecord, me: Who) -> None:
    """A form for one event, and a place to paste."""
    show_one(incident, me)
    with st.expander(
        "Paste more lines" if incident.events else "Paste a timeline",
        expanded=not incident.events,
        key=f"{incident.id}:pasting",
        icon=":material/content_paste:",
        on_change="rerun",
    ):
        show_paste(incident, me)


def show_one(incident: IncidentRecord, me: Who) -> None:
    key = f"{incident.id}:new"
    # No form: what is typed in one is lost when somebody goes to another step without adding it.
    with st.container(border=True):
        st.markdown("**Add an event**")
        time, text, kind, who = st.columns([2, 5, 2, 2], vertical_alignment="bottom")
        time.text_input(
            "Time", key=f"{key}:at", placeholder="10:01", help=day_help(incident, me),
            persist_state="session",
        )  # fmt: skip
        text.text_input("What happened", key=f"{key}:text", persist_state="session")
        kind.selectbox(
            "Kind", list(EventKind), key=f"{key}:kind", format_func=label,
            index=list(EventKind).index(EventKind.NOTE), persist_state="session",
        )  # fmt: skip
        who.text_input("Who", key=f"{key}:who", persist_state="session")
        st.button(
            "Add", key=f"{key}:add", icon=":material/add:", on_click=save_one, args=(incident, me)
        )
    show_problem(key)


def day_help(incident: IncidentRecord, me: Who) -> str:
    day = last_day(incident, me)
    without = f" Without a date it is on {day:%Y-%m-%d}." if day else ""
    return f"In {me.zone}; another zone can follow, like +02:00.{without}"


def last_day(incident: IncidentRecord, me: Who) -> date | None:
    """The day that a bare hour is on: that of the last event, else of the first clock."""
    known = [event.at for event in incident.events[-1:]] or [
        clock.at for clock in incident.clocks.values()
    ]
    return min(known).astimezone(zone_named(me.zone)).date() if known else None


def save_one(incident: IncidentRecord, me: Who) -> None:
    state, key = st.session_state, f"{incident.id}:new"
    at, text, kind, who = (state[f"{key}:{name}"] for name in ("at", "text", "kind", "who"))

    def act() -> None:
        if not at.strip():
            raise ProblemForUser("Write when it happened, like 10:01.", field="time")
        moment = parse_moment(at, zone_named(me.zone), last_day(incident, me))
        add_event(me, incident.id, text, at=moment, kind=kind, author=who)

    if not at.strip() and not text.strip() and is_second_click(key):
        return
    if attempt(act, at=key):
        state[f"{key}:at"] = state[f"{key}:text"] = ""
        note_done(key)


def show_paste(incident: IncidentRecord, me: Who) -> None:
    """A preview of what would be added, what was understood otherwise, and what was not read."""
    key = f"{incident.id}:paste"
    st.text_area(
        "Lines with their times",
        key=key,
        persist_state="session",
        height=160,
        placeholder="14:02 alert fired\n14:05–14:20 restarted the workers\n2024-03-13 14:31Z over",
        help=f"From chat, notes or a log. Times without a zone are read in {me.zone}.",
    )
    show_problem(key)
    text = st.session_state.get(key) or ""
    if not text.strip():
        st.button("Read the lines", key=f"{key}:read")
        return
    reading = preview_events(me, incident.id, text)
    show_reading(reading, me)
    count = len(reading.events)
    st.button(
        f"Add {count:,} {'event' if count == 1 else 'events'}",
        key=f"{key}:add",
        type="primary",
        disabled=not count,
        on_click=save_paste,
        args=(incident.id, me),
    )


def show_reading(reading: TimelineReading, me: Who) -> None:
    for sentence in reading.assumed:
        st.caption(f":material/info: {escape(sentence)}")
    rows = [
        {
            "Line": event.line,
            "Time": time_text(event.at, event.precision, me.zone),
            "Kind": label(event.kind),
            "What happened": event.text,
            "Who": event.author,
        }
        for event in reading.events[:MOST_SHOWN]
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True)
    if len(reading.events) > MOST_SHOWN:
        st.caption(f"And {len(reading.events) - MOST_SHOWN:,} more.")
    if reading.unread:
        st.markdown(f"**{len(reading.unread):,} not read**")
        unread = [
            {"Line": u.line, "Text": u.text, "Why": u.why} for u in reading.unread[:MOST_SHOWN]
        ]
        st.dataframe(pd.DataFrame(unread), hide_index=True)
    if reading.used:
        st.caption(
            "Understood as something else than an event: "
            + escape("; ".join(f"line {line} ({what})" for line, what in reading.used[:20]))
        )


def save_paste(incident_id: str, me: Who) -> None:
    key = f"{incident_id}:paste"
    text = st.session_state.get(key) or ""
    note = []

    def act() -> None:
        events = preview_events(me, incident_id, text).events
        added = add_events(me, incident_id, events)
        there = len(events) - added
        note.append(f"Added {added:,}." + (f" {there:,} were there already." if there else ""))

    if attempt(act, at=key):
        st.session_state[key] = ""
        st.session_state[f"{incident_id}:note"] = note[0]
