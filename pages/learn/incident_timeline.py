"""The timeline on the page of an incident: short and to read; it is edited in the workspace."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from models.rules.policy import Who
from models.rules.record import EventRecord
from models.rules.times import zone_named
from models.rules.vocabulary import Precision, label
from pages.components.problems import escape
from services.incidents import IncidentView

SHOWN = 12  # events
LONGEST = 240  # characters of an event
START = {
    Precision.DAY: "",
    Precision.HOUR: "%H:??",
    Precision.MINUTE: "%H:%M",
    Precision.SECOND: "%H:%M:%S",
}


def show_timeline(view: IncidentView, person: Who) -> None:
    events = [event for event in view.record.events if not event.is_noise]
    st.header("Timeline", anchor=False)
    if events:
        show_events(view, events, person)
    else:
        st.markdown(
            "No events yet. Write them in the Timeline step of the post-mortem."
            if view.postmortem_id
            else "No events yet. Start the post-mortem to write them down."
        )
    if view.postmortem_id:
        st.page_link(
            "learn/workspace.py",
            label="See the whole timeline" if view.is_frozen else "Edit the timeline",
            icon=":material/timeline:",
            query_params={"id": view.postmortem_id, "step": "timeline"},
        )


def show_events(view: IncidentView, events: list[EventRecord], person: Who) -> None:
    zone = zone_named(person.zone)
    st.caption(f"Times in {person.zone}")
    days = groupby(events[:SHOWN], key=lambda event: event.at.astimezone(zone).date())
    st.markdown(
        "\n\n".join(
            f"**{day:%-d %b %Y}**\n\n" + "\n".join(line(event, person) for event in of_day)
            for day, of_day in days
        )
    )
    left = len(events) - SHOWN
    noise = len(view.record.events) - len(events)
    rest = [f"{left:,} more events" if left > 0 else "", f"{noise:,} of noise" if noise else ""]
    if any(rest):
        st.caption(f"And {' and '.join(words for words in rest if words)}.")


def line(event: EventRecord, person: Who) -> str:
    """A list item of Markdown."""
    text = event.text if len(event.text) <= LONGEST else f"{event.text[:LONGEST]} …"
    about = f"{label(event.kind)}, {event.author}" if event.author else label(event.kind)
    time = span(event, person)
    return f"- **{time}** {escape(text)} :small[:gray[{escape(about)}]]"


def span(event: EventRecord, person: Who) -> str:
    """When it was, as exactly as is known: 14:02, 14:02–14:07, 23:50–00:10 (14 Mar)."""
    zone = zone_named(person.zone)
    start = event.at.astimezone(zone)
    known = START[event.precision]
    if event.until is None:
        return f"{start:{known}}" if known else "that day"
    end = event.until.astimezone(zone)
    later = "" if end.date() == start.date() else f" ({end:%-d %b})"
    clock = "%H:%M:%S" if event.precision is Precision.SECOND else "%H:%M"
    return f"{start:{known or '%H:%M'}}–{end:{clock}}{later}"
