"""Step 2: what happened, in the order of time, as a picture and as a table to edit."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.record import IncidentRecord, PostmortemRecord
from models.rules.review import people_in
from pages.components.pictures import drawing_theme, drawing_width, show_drawing
from pages.learn.steps import (
    clocks,
    timeline_chosen,
    timeline_more,
    timeline_proposals,
    timeline_table,
)
from reports.drawings import phase_strip, timeline_picture


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """One incident at a time: its picture, its clocks, its events."""
    incident = choose_incident(postmortem)
    if incident is None:
        st.info("This post-mortem covers no incident yet. Add one on the Prepare step.")
        return
    show_pictures(incident, me)
    clocks.show(incident, me, frozen)
    st.markdown("### Events")
    chosen = timeline_table.show(incident, people_in(postmortem), me, frozen)
    timeline_chosen.show(incident, chosen, me, frozen)
    if not frozen:
        timeline_proposals.show(postmortem.id, incident, chosen, me)
        timeline_more.show(incident, me)


def choose_incident(postmortem: PostmortemRecord) -> IncidentRecord | None:
    """The incident whose timeline is shown."""
    by_id = {incident.id: incident for incident in postmortem.incidents}
    if len(by_id) < 2:
        return next(iter(by_id.values()), None)
    chosen = st.segmented_control(
        "Incident",
        list(by_id),
        default=next(iter(by_id)),
        required=True,
        format_func=lambda i: by_id[i].title,
        key=f"{postmortem.id}:timeline_of",
    )
    return by_id.get(chosen or "", next(iter(by_id.values())))


def show_pictures(incident: IncidentRecord, me: Who) -> None:
    """The phases between the clocks, and the events on a line with the gaps between them."""
    look = {
        "severity": incident.severity,
        "zone": me.zone,
        "width": drawing_width(),
        "theme": drawing_theme(),
    }
    if len(incident.clocks) > 1:
        show_drawing(phase_strip(incident.clocks, **look), "The phases between the clocks")
    if any(not event.is_noise for event in incident.events):
        show_drawing(
            timeline_picture(incident.events, incident.clocks, **look),
            "The events on a line of time, by kind",
        )
