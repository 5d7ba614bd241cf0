"""A double click arrives twice. The second one finds the form empty, and is not a mistake."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from services import clock

_TWICE = timedelta(seconds=2)


def note_done(place: str) -> None:
    """From a callback: the form of this place was sent and emptied."""
    st.session_state[f"{place}:done_at"] = clock.now()


def is_second_click(place: str) -> bool:
    """From a callback that finds its form empty: whether it was sent a moment ago."""
    done = st.session_state.get(f"{place}:done_at")
    return done is not None and clock.now() - done < _TWICE
