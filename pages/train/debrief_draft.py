"""What is being written outlasts a reload: this browser tab keeps it, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

# At each keystroke the fields inside the box are kept in the tab's own storage. A page that comes
# up with empty fields is given what was kept; what has been handed in (`round`) is let go.
_DRAFT = st.components.v2.component(
    "kept_draft",
    js="""
    const drafts = new WeakMap();

    function begin(data, ask) {
      const one = { data };
      const place = `hotwash:draft:${data.name}`;
      const fields = () => [...document.querySelectorAll(`.st-key-${one.data.box} textarea`)];
      one.keep = () => {
        const texts = fields().map((field) => field.value);
        if (texts.some((text) => text.trim()))
          sessionStorage.setItem(place, JSON.stringify({ texts, more: one.data.more }));
        else if (texts.length) sessionStorage.removeItem(place);
      };
      one.forget = () => sessionStorage.removeItem(place);
      const onInput = (event) => {
        if (event.target instanceof Element && event.target.closest(`.st-key-${one.data.box}`))
          one.keep();
      };
      document.addEventListener("input", onInput, true);
      one.stop = () => document.removeEventListener("input", onInput, true);
      const kept = sessionStorage.getItem(place);
      if (kept && !data.filled) ask(JSON.parse(kept));
      return one;
    }
    export default function ({ data, parentElement, setTriggerValue }) {
      let one = drafts.get(parentElement);
      if (!one) {
        one = begin(data, (kept) => setTriggerValue("kept", kept));
        drafts.set(parentElement, one);
      } else if (one.data.round !== data.round) {
        one.forget();
      } else if (data.filled) {
        one.data = data;
        one.keep();
      }
      one.data = data;
      return () => { one.stop(); drafts.delete(parentElement); };
    }
    """,
)


def keep_draft(name: str, box: str, fields: Sequence[str], more: Sequence[str], round: int) -> None:
    """Keeps the text areas in the container `box` (its key), whose keys are `fields`, in order;
    with them the values of the widgets `more`. `round` counts what was handed in."""
    state = st.session_state
    data = {
        "name": name,
        "box": box,
        "filled": any(state.get(key) for key in fields),
        "more": [state.get(key) for key in more],
        "round": round,
    }
    key = f"{name}:draft"

    def bring_back() -> None:
        kept: dict[str, Any] = dict(state[key].get("kept") or {})
        for places, values in ((fields, kept.get("texts", ())), (more, kept.get("more", ()))):
            for place, value in zip(places, values, strict=False):
                state[place] = value

    _DRAFT(data=data, key=key, on_kept_change=bring_back)
