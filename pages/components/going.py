"""Going to another page from a callback: Streamlit switches pages only while it draws."""

from __future__ import annotations

import streamlit as st


def go_to(page: str, **ids: str) -> None:
    """From a callback: the next drawing goes to `page`, a file below pages/, with these ids in
    its address."""
    st.session_state["going_to"] = (page, ids)


def follow() -> None:
    """At the top of a page whose callbacks use `go_to`."""
    goal = st.session_state.pop("going_to", None)
    if goal:
        page, ids = goal
        st.switch_page(page, query_params=ids)
