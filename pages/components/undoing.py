"""A line that was taken away can be brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.components.problems import escape

LONGEST = 60  # characters of the line that are shown


def show_undo(text: str, *, key: str, on_click: Callable[..., None], args: tuple[Any, ...]) -> None:
    """Says what was taken away; `on_click(*args)` brings it back. `text` is of users."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Taken away: {escape(short)}", width="content")
        st.button(
            "Undo", key=key, icon=":material/undo:", type="tertiary", on_click=on_click, args=args
        )
