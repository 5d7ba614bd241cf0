"""A secret of this browser tab, by which it knows again what it wrote without a name."""

from __future__ import annotations

import secrets

import streamlit as st

# The tab keeps the first secret that it is offered. One that comes back, after a reload or a
# restart of the server, says which it kept.
_SECRET = st.components.v2.component(
    "tab_secret",
    js="""
    export default function ({ data, setTriggerValue }) {
      const kept = sessionStorage.getItem(data.name);
      if (!kept) sessionStorage.setItem(data.name, data.offered);
      else if (kept !== data.offered) setTriggerValue("kept", kept);
    }
    """,
)


def tab_secret(name: str) -> str:
    """The secret of this tab for what is called `name`: 128 random bits, known to the tab and to
    this session, and stored nowhere else. Draws nothing; once in a page."""
    place, key = f"{name}:secret", f"{name}:secret:tab"
    offered = st.session_state.setdefault(place, secrets.token_hex(16))

    def take() -> None:
        st.session_state[place] = str(st.session_state[key].get("kept") or offered)

    _SECRET(data={"name": f"hotwash:{name}", "offered": offered}, key=key, on_kept_change=take)
    return str(st.session_state[place])
