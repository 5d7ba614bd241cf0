"""A person who followed an address that leads to no page finds the way on."""

from __future__ import annotations

import streamlit as st

from pages.components.head import page_head


def show() -> None:
    """That there is nothing, and where to go."""
    page_head("No such page")
    st.markdown(
        "No page of Hotwash has this address. It may be misspelt, or come from another version."
    )
    with st.container(horizontal=True):
        st.page_link("overview/home.py", label="Home", icon=":material/home:")
        st.page_link("learn/archive.py", label="Archive", icon=":material/library_books:")


show()
