"""Step 1: who comes together, in which role, when, and about which incidents."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.ground_rules import GROUND_RULES
from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.review import countdown, hands_on
from pages.components.address import whole_address
from pages.components.export import export_url
from pages.components.fields import choice_field, moment_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.words import severity_badge, when
from pages.learn.steps import participants
from pages.learn.steps.meeting_start import show_meetings
from services import clock
from services.people import list_people
from services.postmortems import (
    add_incident,
    list_free_incidents,
    save_facilitator,
    save_meeting,
    save_owner,
)


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """People on one side; time, incidents and what to read beforehand on the other."""
    names = [person.name for person in list_people(me) if person.is_active]
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_leads(postmortem, names, me, frozen)
        participants.show(postmortem, names, me, frozen)
        with st.container(border=True):
            st.markdown("**How we talk about it**")
            st.markdown("\n".join(f"- {rule}" for rule in GROUND_RULES))
    with right:
        show_meeting(postmortem, me, frozen)
        show_incidents(postmortem, me, frozen)
        show_pre_read(postmortem.id)


def show_leads(postmortem: PostmortemRecord, names: list[str], me: Who, frozen: bool) -> None:
    """The two people who carry it."""
    choice_field(
        "Owner",
        names,
        key=f"{postmortem.id}:owner",
        saved=postmortem.owner or None,
        save=lambda now, was: save_owner(me, postmortem.id, now or "", was or ""),
        new=True,
        placeholder="Choose somebody, or type a name",
        help="Answers for the post-mortem being written and published. One person.",
        disabled=frozen,
    )
    choice_field(
        "Facilitator",
        names,
        key=f"{postmortem.id}:facilitator",
        saved=postmortem.facilitator or None,
        save=lambda now, was: save_facilitator(me, postmortem.id, now or "", was or ""),
        new=True,
        placeholder="Choose somebody, or type a name",
        help="Leads the meeting. Best somebody who did not respond to the incident.",
        disabled=frozen,
    )
    if postmortem.facilitator and hands_on(postmortem, postmortem.facilitator):
        st.warning(
            f"{escape(postmortem.facilitator)} took part in the response. Open questions are "
            "easier to ask for somebody who did not; choose another facilitator if you can.",
            icon=":material/group:",
        )


def show_meeting(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """When it is due, and when the meeting is."""
    if postmortem.due_at is None:
        st.caption(
            "Meet within 48 hours of the end of the incident. The countdown starts when the "
            "timeline says when it was resolved."
        )
    else:
        left = "" if frozen else f" ({countdown(postmortem.due_at, clock.now())})"
        st.markdown(f"Due **{when(postmortem.due_at, me.zone)}**{left}")
        st.caption("48 hours after the incident was over, while memories are fresh.")
    moment_field(
        "Meeting",
        key=f"{postmortem.id}:meeting",
        saved=postmortem.meeting_at,
        save=lambda now, was: save_meeting(me, postmortem.id, now, was),
        zone=me.zone,
        disabled=frozen,
    )
    if postmortem.meeting_at:
        st.link_button(
            "In my calendar",
            f"/export/meeting/{postmortem.id}.ics",
            icon=":material/event:",
            type="tertiary",
        )
    if postmortem.due_at and postmortem.meeting_at and postmortem.meeting_at > postmortem.due_at:
        st.caption(
            ":material/info: The meeting is after the 48 hours. Earlier is better, if it fits."
        )
    show_meetings(postmortem.id, me, frozen)


def show_incidents(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """The incidents that this post-mortem covers."""
    st.markdown("**Incidents covered**")
    for incident in postmortem.incidents:
        st.page_link(
            "learn/incident.py",
            label=escape(incident.title),
            query_params={"id": incident.id},
            icon=":material/notifications_active:",
        )
        began = min((c.at for c in incident.clocks.values()), default=None)
        st.markdown(f"{severity_badge(incident.severity)} {when(began, me.zone)}")
    if frozen:
        return
    with st.popover("Add another incident", icon=":material/add:", type="tertiary"):
        search = f"{postmortem.id}:incident_text"
        chosen = f"{postmortem.id}:incident"
        text = st.text_input("Find", key=search, placeholder="A word of its title")
        found = {i: (title, began) for i, title, began in list_free_incidents(me, text=text)}
        if not found:
            st.caption("No incident without a post-mortem fits. Try another word.")
            return
        st.selectbox(
            "Incident",
            list(found),
            key=chosen,
            index=None,
            format_func=lambda i: f"{when(found[i][1], me.zone)} · {found[i][0]}",
            placeholder="Choose an incident",
        )
        show_problem(f"{postmortem.id}:incident")
        st.button(
            "Add it",
            key=f"{postmortem.id}:incident_add",
            on_click=save_incident,
            args=(postmortem.id, me),
        )


def save_incident(postmortem_id: str, me: Who) -> None:
    incident_id = st.session_state.get(f"{postmortem_id}:incident") or ""
    if incident_id:
        attempt(
            lambda: add_incident(me, postmortem_id, incident_id), at=f"{postmortem_id}:incident"
        )


def show_pre_read(postmortem_id: str) -> None:
    """What everybody reads, and corrects, before the meeting."""
    st.markdown("**To read before the meeting**")
    st.caption("Send this address to everybody who comes. They can correct the draft right there.")
    st.code(address_of(postmortem_id), language=None, wrap_lines=True)
    st.link_button("The draft as PDF", export_url(postmortem_id, "pdf"), icon=":material/download:")


def address_of(postmortem_id: str) -> str:
    """The whole address of this workspace's timeline."""
    return whole_address(f"/postmortem?id={postmortem_id}&step=timeline")
