"""A line to write in and add: typing and Enter, or leaving the field, adds it and frees the field.

What could not be added stays in the field and says why, until it is added or let go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components import unsaved
from pages.components.problems import attempt, escape
from pages.components.twice import is_second_click, note_done

LOST = "The connection was lost before this reached Hotwash."


@dataclass(frozen=True)
class _Line:
    key: str
    label: str
    add: Callable[[str, str], object]


def add_field(
    label: str,
    *,
    key: str,
    add: Callable[[str, str], object],
    placeholder: str,
    label_visibility: Any = "visible",
    ask: str = "",
) -> None:
    """`add(text, new_id)` is the service call. The id is made here and stays until it went well:
    a second try cannot add the line twice. With `ask`, a sentence about what follows from adding,
    the line is added only by a button below it."""
    line, state = _Line(key, label, add), st.session_state
    unsaved.drawn(key)
    if key not in state and unsaved.is_kept(key):
        state[key] = unsaved.value_of(key)
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        label_visibility=label_visibility,
        on_change=_ask if ask else _left,
        args=(line, ask) if ask else (line,),
    )
    state.pop(f"problem:{key}", None)  # said below for as long as the text stands there
    if not state[key].strip():
        return
    if not unsaved.is_kept(key):  # a browser that came back to a restarted server brought it along
        unsaved.keep(key, escape(label), state[key], state[key], LOST)
    with st.container(border=True, key=f"unsaved:{key}"):
        st.warning(f"Not saved yet. {unsaved.why_of(key)}", icon=":material/error:")
        with st.container(horizontal=True):
            st.button("Add it", key=f"{key}:again", on_click=_left, args=(line,))
            st.button("Let it go", key=f"{key}:drop", on_click=_drop, args=(key,))


def _left(line: _Line) -> None:
    key, state = line.key, st.session_state
    text = state[key]
    if not text.strip():
        unsaved.let_go(key)
        return
    if state.get(f"{key}:last") == text and is_second_click(key):
        # A browser that is told to draw anew at the moment of adding still sends the text along.
        state[key] = ""
        return
    new_id = state.setdefault(f"{key}:id", uuid4().hex)
    if attempt(lambda: line.add(text, new_id), at=key, typed=(line.label, text)):
        state[key], state[f"{key}:last"] = "", text
        del state[f"{key}:id"]
        note_done(key)


def _ask(line: _Line, why: str) -> None:
    text = st.session_state[line.key]
    unsaved.let_go(line.key)
    if text.strip():
        unsaved.keep(line.key, escape(line.label), text, text, why)


def _drop(key: str) -> None:
    st.session_state[key] = ""
    unsaved.let_go(key)
