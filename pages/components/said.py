"""Words that are shown once after something was done. On a screen that others' acts draw anew, they
stay for some seconds, through every drawing: otherwise nobody could read them."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from services import clock

_READ = timedelta(seconds=6)


def say(key: str, text: str) -> None:
    """From a callback: `said(key)` gives this text from the next drawing on."""
    st.session_state[key] = text
    st.session_state.pop(f"{key}:since", None)


def said(key: str) -> str:
    """The text, while it is to be shown; otherwise ""."""
    since, now = st.session_state.setdefault(f"{key}:since", clock.now()), clock.now()
    if now - since > _READ or key not in st.session_state:
        st.session_state.pop(key, None)
        st.session_state.pop(f"{key}:since", None)
    return str(st.session_state.get(key, ""))
