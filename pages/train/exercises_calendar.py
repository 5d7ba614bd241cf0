"""What a person has ahead in their calendar program: an address that is a key, told once."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from pages.components.address import whole_address
from pages.components.problems import attempt, show_problem
from pages.components.words import when
from services.exercise_calendar import drop_address, find_address, make_address

TOLD = "exercises:calendar:told:"  # and the id of the person


def show_calendar(person: Who) -> None:
    since = find_address(person)
    with st.expander("In your calendar", icon=":material/calendar_month:"):
        st.markdown(
            "A calendar program can follow the exercises that you lead or are asked to, the review "
            "meetings you take part in and the due dates of your actions, changes and all. It "
            "cannot say who it is, so it gets **an address that is a key**: whoever has it can "
            "read their titles, times and notes and who leads them, and nothing else. Give it to "
            "your calendar only."
        )
        show_problem("calendar")
        secret = st.session_state.get(f"{TOLD}{person.person_id}")
        if since and secret:
            st.markdown("Add this to your calendar as a subscription:")
            st.code(whole_address(f"/calendar/{secret}.ics"), language=None, wrap_lines=True)
            st.caption(
                "It is shown now and not again: Hotwash keeps only what it takes to know it. "
                "When you lose it, make a new one; the old one then leads nowhere."
            )
        elif since:
            made = when(since, person.zone)
            st.markdown(f"You made an address on {made}. It cannot be shown again.")
        with st.container(horizontal=True):
            st.button(
                "Make a new address" if since else "Make an address",
                key="exercises:calendar:make",
                help="The old one stops working." if since else None,
                on_click=make,
                args=(person,),
            )
            st.link_button(
                "My due dates as a file",
                "/export/due-dates.ics",
                icon=":material/download:",
                help="For a calendar that follows no address. It holds the due dates of now.",
            )
            if since:
                st.button(
                    "Stop it",
                    key="exercises:calendar:drop",
                    type="tertiary",
                    on_click=drop,
                    args=(person,),
                )


def make(person: Who) -> None:
    def tell() -> None:
        st.session_state[f"{TOLD}{person.person_id}"] = make_address(person)

    attempt(tell, at="calendar")


def drop(person: Who) -> None:
    st.session_state.pop(f"{TOLD}{person.person_id}", None)
    attempt(lambda: drop_address(person), at="calendar")
