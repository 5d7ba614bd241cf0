"""learn/workspace."""

from __future__ import annotations

import streamlit as st


def show() -> None:
    st.title("learn/workspace")


show()
