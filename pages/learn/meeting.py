"""People review an incident together, each in their own browser: the agenda with its clock, cards
that everybody writes in silence, votes, and what goes into the post-mortem."""

from __future__ import annotations

import streamlit as st

from pages.components.going import follow
from pages.components.live import listen
from pages.components.problems import escape, problems_shown, show_problem
from pages.components.session import who
from pages.components.tab_secret import tab_secret
from pages.learn.meeting_board import show_board
from pages.learn.meeting_coming_in import show_coming_in, show_gathering
from pages.learn.meeting_over import show_over
from pages.learn.meeting_part import show_part
from pages.learn.meeting_screen import show_screen
from pages.learn.meeting_seen import Seen
from pages.learn.meeting_survey import show_survey
from services.meeting_look import get_meeting


def show() -> None:
    with problems_shown():
        who()
        meeting_id = st.query_params.get("id", "")
        if not meeting_id:
            st.title("Review meeting", anchor=False)
            st.markdown(
                "No meeting is open here. Open a post-mortem and start one on its first step."
            )
            st.page_link(
                "learn/postmortems.py", label="All post-mortems", icon=":material/edit_note:"
            )
            return
        board(meeting_id)


@st.fragment
def board(meeting_id: str) -> None:
    """Drawn anew by its own buttons, and when anybody at the meeting does something."""
    follow()
    with problems_shown():
        person = who()
        secret = tab_secret(f"meeting:{meeting_id}")
        seen = Seen(person, get_meeting(person, meeting_id, secret=secret), secret)
        listen(seen.view.id, seen.view.revision, "meeting")
        if st.query_params.get("view") == "screen":
            show_screen(seen)
        else:
            show_meeting(seen)


def show_meeting(seen: Seen) -> None:
    """Each part has a place that is always there, so that a field in which somebody types is never
    made anew."""
    show_head(seen)
    view = seen.view
    if view.phase == "called_off":
        st.markdown("This meeting was called off before it began.")
    elif view.phase == "over":
        show_over(seen)
    elif not view.attends:
        show_coming_in(seen)
    elif view.phase == "gathering":
        show_gathering(seen)
    else:
        with st.container():
            show_part(seen)
        with st.container():
            show_survey(seen)
        with st.container():
            show_board(seen)


def show_head(seen: Seen) -> None:
    view = seen.view
    st.title("Review meeting", anchor=False)
    with st.container(key="lines-meeting"):
        st.page_link(
            "learn/workspace.py",
            label=escape(view.postmortem_title),
            icon=":material/edit_note:",
            query_params={"id": view.postmortem_id},
        )
    with st.container():
        show_problem(seen.key("top"), live=True)


show()
