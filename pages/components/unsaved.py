"""What somebody wrote and Hotwash could not save: kept until it is saved or let go.

While its field is on the screen, the field shows it. When the field is gone (the post-mortem was
published meanwhile, the line was removed, the person went on), it stands at the top of the page.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_KEPT, _DRAWN = "unsaved", "unsaved:drawn"


def begin() -> DeltaGenerator:
    """Before a page is drawn; the place for `show`."""
    st.session_state[_DRAWN] = []
    return st.container()


def drawn(key: str) -> None:
    """The field of this key is on the page, and shows its own text."""
    st.session_state.setdefault(_DRAWN, []).append(key)


def keep(key: str, label: str, value: Any, text: str, why: str) -> None:
    """From a callback: `value` (in words: `text`) could not be saved. `label` and `why` are
    Markdown."""
    st.session_state.setdefault(_KEPT, {})[key] = (label, value, text, why)


def let_go(key: str) -> None:
    """It is saved, or not wanted any more."""
    st.session_state.get(_KEPT, {}).pop(key, None)


def is_kept(key: str) -> bool:
    return key in st.session_state.get(_KEPT, {})


def value_of(key: str) -> Any:
    """What was written, as the field holds it. Only for what is kept."""
    return st.session_state[_KEPT][key][1]


def why_of(key: str) -> str:
    """Why it is not saved, as Markdown. Only for what is kept."""
    return str(st.session_state[_KEPT][key][3])


def show(place: DeltaGenerator) -> None:
    """After a page was drawn: what was written in fields that are not there (any more)."""
    there = set(st.session_state.get(_DRAWN, ()))
    for key, (label, _, text, why) in st.session_state.get(_KEPT, {}).items():
        if key in there or not text:
            continue
        with place.container(border=True, key=f"unsaved:{key}:left"):
            st.warning(f"Not saved: **{label}**. {why}", icon=":material/error:")
            st.caption("This is what you wrote. Copy it if you still need it.")
            st.code(text, language=None, wrap_lines=True)
            st.button("Let it go", key=f"{key}:let_go", on_click=let_go, args=(key,))
