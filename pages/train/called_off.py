"""An exercise that does not take place: how who leads calls it off, and what all then read."""

from __future__ import annotations

import streamlit as st

from pages.components.problems import attempt
from pages.train.leading import Leading
from pages.train.seated import link
from services import calling_off


def show_calling_off(leading: Leading) -> None:
    with st.popover("Call it off", icon=":material/close:", type="tertiary"):
        st.markdown(
            "Whoever has joined is told. This exercise leaves the list, counts nowhere and cannot "
            "be opened again. If it was planned, the plan stays for another try."
        )
        st.button(
            "Call this exercise off",
            key=leading.key("call_off"),
            on_click=call_off,
            args=(leading,),
        )


def show_called_off() -> None:
    st.markdown(
        "This exercise was called off before it began. Nothing of it is counted, and nobody needs "
        "to wait for it."
    )
    link("train/exercises.py", "See what goes on and what is planned", ":material/event:")
    link("train/scenarios.py", "Choose a scenario", ":material/theater_comedy:")


def call_off(leading: Leading) -> None:
    attempt(lambda: calling_off.call_off(leading.person, leading.run.id))
