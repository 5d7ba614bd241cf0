"""A person says who they are: the name that signs, publishes and owns."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import NOBODY
from pages.components.problems import attempt, show_problem
from pages.components.session import sign_in
from services.people import NAME, introduce, list_people


def show() -> None:
    """One question, and what the answer is used for."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        st.title("Hotwash", anchor=False)
        st.markdown(
            "**Learn from incidents, without blame.** After one, find out together how it could "
            "happen, write down what you learned, hand leadership a page about it, and follow what "
            "you decided until it is done."
        )
        show_question([p.name for p in list_people(NOBODY) if p.is_active])
        show_problem()
        st.caption(
            "There are no accounts and no passwords here: everybody who can open this page is "
            "trusted to give their own name. Use it within one team. Your name stands beside what "
            "you sign off, publish and own; a cookie in this browser remembers it."
        )


def show_question(names: list[str]) -> None:
    with st.form("welcome", border=True):
        if names:
            st.selectbox(
                "Who are you?",
                names,
                index=None,
                key="welcome:name",
                placeholder="Choose your name, or type a new one",
                accept_new_options=True,
            )
        else:
            st.text_input(
                "Who are you?", key="welcome:name", placeholder="Your name", max_chars=NAME
            )
        st.form_submit_button("Come in", type="primary", on_click=come_in)


def come_in() -> None:
    name = st.session_state.get("welcome:name") or ""
    attempt(lambda: sign_in(introduce(name)))
