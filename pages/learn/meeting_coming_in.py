"""Before a meeting begins: how people talk here, who is there, and how others come in."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.agenda import AGENDA
from models.rules.meeting.ground_rules import GROUND_RULES
from pages.components.going import go_to
from pages.components.joining import show_join
from pages.components.problems import attempt, escape
from pages.learn.meeting_seen import Seen
from services import meetings


def show_coming_in(seen: Seen) -> None:
    """The door: the rules first, then in."""
    with st.container(border=True):
        show_rules(seen)
        st.button(
            "Come in",
            key=seen.key("join"),
            type="primary",
            icon=":material/login:",
            on_click=seen.do,
            args=(meetings.join_meeting,),
        )
    show_people(seen)


def show_gathering(seen: Seen) -> None:
    """Everybody waits for the beginning; the facilitator has the code to show."""
    rules, coming = st.columns(2, gap="large")
    with rules:
        with st.container(border=True):
            show_rules(seen)
        show_agenda(seen)
    with coming:
        with st.container(border=True):
            show_join(seen.view.join_code)
            show_screen_link(seen)
        show_people(seen)
        if seen.view.leads:
            show_beginning(seen)
        else:
            st.markdown(
                f"{escape(seen.view.facilitator)} begins the meeting. It appears here by itself."
            )


def show_rules(seen: Seen) -> None:
    st.markdown("**How we talk here**")
    st.markdown("\n".join(f"- {escape(rule)}" for rule in GROUND_RULES))
    st.caption(promise(seen.view.is_anonymous))


def promise(is_anonymous: bool) -> str:
    """What becomes of a card, and of the name of who writes it."""
    if is_anonymous:
        return (
            ":material/visibility_off: Cards are anonymous: who wrote one is kept nowhere, not in "
            "the record of changes either. The words themselves may still tell, most of all in a "
            "small group."
        )
    return (
        ":material/badge: Cards carry the name of who wrote them. Nobody else reads a card before "
        "all are shown at once."
    )


def show_agenda(seen: Seen) -> None:
    rows = zip(AGENDA, seen.view.parts, strict=True)
    lines = [f"| {part.title} | {box.minutes} |" for part, box in rows]
    st.markdown("\n".join(["| Part | Minutes |", "| --- | ---: |", *lines]))


def show_people(seen: Seen) -> None:
    """Who is there now."""
    here = [one for one in seen.view.people if one.is_here]
    words = ", ".join(escape(one.name) for one in here)
    st.markdown(f"**Here** :small[:gray[{len(here)}]]  \n{words or 'Nobody yet'}")


def show_screen_link(seen: Seen) -> None:
    st.page_link(
        "learn/meeting.py",
        label="View for the big screen",
        icon=":material/tv:",
        query_params={"id": seen.view.id, "view": "screen"},
    )


def show_beginning(seen: Seen) -> None:
    with st.container(horizontal=True):
        st.button(
            "Begin the meeting",
            key=seen.key("begin"),
            type="primary",
            icon=":material/play_arrow:",
            on_click=seen.do,
            args=(meetings.begin_meeting,),
        )
        with st.popover("Call it off", type="tertiary"):
            st.markdown("Nothing of it is kept. Another meeting can be started at any time.")
            st.button(
                "Call it off", key=seen.key("call_off"), on_click=call_off, args=(seen,)
            )  # fmt: skip


def call_off(seen: Seen) -> None:
    if attempt(lambda: meetings.end_meeting(seen.person, seen.view.id), at=seen.key("top")):
        go_to("learn/workspace.py", id=seen.view.postmortem_id)
