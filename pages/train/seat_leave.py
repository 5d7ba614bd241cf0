"""Who plays alone may leave the exercise for good, or begin it anew."""

from __future__ import annotations

import streamlit as st

from pages.components.going import go_to
from pages.components.problems import attempt, show_problem
from pages.train.seated import Seated
from services.solo_play import leave_alone, play_alone


def show_leave_alone(seated: Seated) -> None:
    """Both are asked about first: what is open there says what becomes of this exercise."""
    with st.popover("Leave or begin anew", icon=":material/logout:", type="tertiary"):
        st.markdown(
            "You can also close this page and go on another day: the exercise waits where you "
            "left it. If you leave it for good, it ends here, and what you did so far can still "
            "be read."
        )
        st.button(
            "Leave and begin anew",
            key=seated.key("leave:anew"),
            icon=":material/restart_alt:",
            on_click=begin_anew,
            args=(seated,),
        )
        st.button(
            "Leave for good",
            key=seated.key("leave:good"),
            icon=":material/logout:",
            on_click=leave,
            args=(seated,),
        )
    show_problem("leave", live=True)


def leave(seated: Seated) -> None:
    attempt(lambda: leave_alone(seated.person, seated.run.id), at="leave")


def begin_anew(seated: Seated) -> None:
    def anew() -> None:
        leave_alone(seated.person, seated.run.id)
        go_to("train/exercise.py", id=play_alone(seated.person, seated.run.scenario))

    attempt(anew, at="leave")
