"""Before the start: how people come in, who sits where, what to say at the beginning."""

from __future__ import annotations

import streamlit as st

from pages.components.joining import show_join
from pages.components.problems import attempt, escape
from pages.components.prose import show_prose
from pages.train.called_off import show_calling_off
from pages.train.console_people import show_people
from pages.train.leading import Leading
from pages.train.run_words import people
from services import exercises

WELCOME = (
    "This is practice: nothing here is real, and nobody is graded. We look at how we work "
    "together, and at what our tools and agreements make easy or hard. Say what you would do and "
    "why. If something in the story seems unlikely, play on, and keep the doubt for the talk "
    "afterwards."
)


def show_lobby(leading: Leading) -> None:
    joining, table = st.columns([1, 1], gap="large")
    with joining:
        with st.container(border=True):
            show_join(leading.run.join_code)
        show_beginning(leading)
    with table:
        show_people(leading)
        show_start(leading)


def show_beginning(leading: Leading) -> None:
    st.subheader("To read aloud", anchor=False)
    with st.container(border=True):
        st.markdown(WELCOME)
    st.subheader("The opening", anchor=False)
    with st.container(border=True):
        show_prose(leading.run.scenario.opening.text)


def show_start(leading: Leading) -> None:
    scenario = leading.run.scenario
    taken = set(leading.run.play.seats.values())
    missing = [seat.title for seat in scenario.seats if seat.required and seat.id not in taken]
    if not taken:
        st.caption("Somebody must sit down before the clock can start.")
    elif missing:
        words = escape(", ".join(missing))
        st.caption(f"Nobody sits here yet: {words}. Others will speak for these seats.")
    if len(leading.run.play.players) < scenario.min_players:
        st.caption(f"The scenario is made for at least {people(scenario.min_players)}.")
    st.button(
        "Start the clock",
        key=leading.key("start"),
        type="primary",
        icon=":material/play_arrow:",
        disabled=not taken,
        on_click=start,
        args=(leading,),
    )
    show_calling_off(leading)


def start(leading: Leading) -> None:
    click = f"start:{leading.run.id}"
    attempt(lambda: exercises.start_live(leading.person, leading.run.id, click=click))
