"""learn/bring_in."""

from __future__ import annotations

import streamlit as st


def show() -> None:
    st.title("learn/bring_in")


show()
