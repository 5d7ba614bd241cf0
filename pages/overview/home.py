"""overview/home."""

from __future__ import annotations

import streamlit as st


def show() -> None:
    st.title("overview/home")


show()
