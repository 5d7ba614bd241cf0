"""The head of a page: title, what it is for, badges, and the way back."""

from __future__ import annotations

import streamlit as st

from pages.components.problems import escape, show_problem

LONG = 120  # characters of a title; beyond, it is written smaller


def page_head(title: str, about: str = "", *, badges: str = "") -> None:
    """`title` is user text or ours; `badges` is Markdown of ours. Problems show below."""
    with st.container(key="long-title") if len(title) > LONG else st.container():
        st.title(escape(title), anchor=False)
    if badges:
        st.markdown(badges)
    if about:
        st.caption(about)
    show_problem()
