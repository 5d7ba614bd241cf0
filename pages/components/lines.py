"""A list of things to open: on each line a link, and below it what there is to know."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.problems import escape


def lines(key: str) -> DeltaGenerator:
    """The frame for lines; `key` once a page."""
    return st.container(border=True, key=f"lines-{key}")


def line(page: str, title: str, about: str, badges: str = "", object_id: str = "") -> None:
    """`title` and `about` are text, of users or ours; `badges` is Markdown of ours."""
    with st.container(gap=None):
        query = {"id": object_id} if object_id else None
        st.page_link(page, label=f"**{escape(title)}**", query_params=query)
        st.markdown(f"{badges} :small[:gray[{escape(about)}]]".strip())
