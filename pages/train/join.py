"""A person joins an exercise or a meeting with the code that the facilitator shows."""

from __future__ import annotations

import streamlit as st

from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.problems import attempt, problems_shown
from pages.components.session import who
from services.exercises import find_planned_seat, join_run
from services.join_codes import find_by_code

FIELD = "join:code"


def show() -> None:
    follow()
    with problems_shown():
        who()
        code = st.query_params.get("code", "")
        if code and FIELD not in st.session_state:
            st.session_state[FIELD] = code[:20]
            join()
            follow()
        page_head(
            "Join an exercise or a meeting",
            "The facilitator shows a code of six letters and figures.",
        )
        with st.form("join", border=False):
            st.text_input("Code", key=FIELD, max_chars=20, placeholder="like 7KF 2MX", width=240)
            st.form_submit_button("Join", type="primary", on_click=join)


def join() -> None:
    code = st.session_state[FIELD]

    def enter() -> None:
        """Whoever was asked to a seat sits there at once; others choose."""
        person = who()
        found = find_by_code(person, code)
        if found.kind == "meeting":
            go_to("learn/meeting.py", id=found.id)
            return
        if find_planned_seat(person, found.id):
            join_run(person, found.id)
        go_to("train/exercise.py", id=found.id)

    attempt(enter)


show()
