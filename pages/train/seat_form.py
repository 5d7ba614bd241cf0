"""The small forms of what a seat can do: a text, a button, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.components.said import say
from pages.train.seated import Seated, act

AT = "action"  # where problems of these forms are shown


def field(seated: Seated, name: str, label: str) -> None:
    st.text_area(label, key=text_key(seated, name), height="content", persist_state="session")


def button(seated: Seated, label: str, on_click: Callable[[Seated], None]) -> None:
    key = seated.key(f"do:{on_click.__name__}")
    st.button(label, key=key, type="primary", on_click=on_click, args=(seated,))


def text_key(seated: Seated, name: str) -> str:
    """Each entry has a field of its own. The same one, emptied, would get its text back: all hear
    of what was done at once, and a browser that then asks for a new drawing sends it along."""
    return seated.key(f"text:{name}:{st.session_state.get(_round(seated, name), 0)}")


def begin_anew(seated: Seated, name: str) -> None:
    """From a callback: what was written is sent; the next entry begins with an empty field."""
    st.session_state[_round(seated, name)] = st.session_state.get(_round(seated, name), 0) + 1


def _round(seated: Seated, name: str) -> str:
    return seated.key(f"round:{name}")


def do(seated: Seated, said: str, name: str, change: Callable[..., Any], *args: Any) -> None:
    """Does it; then the form is closed, its text `name` is gone, and one line says what is done."""
    if act(seated, change, *args, at=AT):
        begin_anew(seated, name)
        st.session_state[seated.key("doing")] = None
        say(seated.key("done"), said)


def typed(seated: Seated, name: str) -> str:
    return st.session_state.get(text_key(seated, name), "")
