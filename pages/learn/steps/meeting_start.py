"""The way into the review meeting: opening one, going to the one that is open, those before."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.agenda import AGENDA, LONGEST_MIN, SHORTEST_MIN, USUAL_MIN, time_boxes
from models.rules.policy import Who
from pages.components.going import follow, go_to
from pages.components.problems import attempt, show_problem
from pages.components.words import when
from services.meetings import MeetingRow, list_meetings, start_meeting

PAGE = "learn/meeting.py"


def show_meetings(postmortem_id: str, me: Who, frozen: bool) -> None:
    """Below the time of the meeting on the first step. About frozen words none is started."""
    follow()
    rows = list_meetings(me, postmortem_id)
    if not frozen and not any(row.ended_at is None for row in rows):
        with st.popover("Start the meeting", icon=":material/groups:"):
            show_start(postmortem_id, me)
    for row in rows:
        if row.ended_at is not None:
            label = f"The meeting of {when(row.started_at, me.zone)}"
            st.page_link(PAGE, label=label, icon=":material/groups:", query_params={"id": row.id})


def show_open_meeting(postmortem_id: str, me: Who) -> None:
    """On every step, while a meeting about this post-mortem is open."""
    open_ones = [row for row in list_meetings(me, postmortem_id) if row.ended_at is None]
    for row in open_ones:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/groups: {standing(row, me)}")
            st.page_link(PAGE, label="Go to the meeting", query_params={"id": row.id})


def standing(row: MeetingRow, me: Who) -> str:
    if row.started_at is None:
        return "People are coming into the review meeting."
    return f"The review meeting is under way since {when(row.started_at, me.zone)}."


def show_start(postmortem_id: str, me: Who) -> None:
    st.markdown("You lead it. People come in with a code, each in their own browser.")
    minutes = st.slider(
        "Minutes", SHORTEST_MIN, LONGEST_MIN, USUAL_MIN, step=5, key=f"{postmortem_id}:minutes"
    )
    boxes = zip(AGENDA, time_boxes(minutes), strict=True)
    st.caption("  \n".join(f"{part.title}: {box} min" for part, box in boxes))
    st.checkbox(
        "Anonymous cards",
        key=f"{postmortem_id}:anonymous",
        help="Who wrote a card is then kept nowhere, not in the record of changes either. This "
        "cannot be changed during the meeting.",
    )
    show_problem(f"{postmortem_id}:start")
    st.button(
        "Open the meeting",
        key=f"{postmortem_id}:start",
        type="primary",
        on_click=start,
        args=(postmortem_id, me),
    )


def start(postmortem_id: str, me: Who) -> None:
    minutes = st.session_state[f"{postmortem_id}:minutes"]
    anonymous = st.session_state[f"{postmortem_id}:anonymous"]
    attempt(
        lambda: go_to(
            PAGE, id=start_meeting(me, postmortem_id, minutes=minutes, anonymous=anonymous)
        ),
        at=f"{postmortem_id}:start",
    )
