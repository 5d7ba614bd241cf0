"""A plan that is not saved yet outlasts a reload: this browser tab keeps it, and nobody else."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import NotFound
from services.exercise_plans import get_plan

# What is drawn is kept in the tab's own storage. A form that comes up for the first time in a
# session is given what was kept, and stores nothing until then.
_DRAFT = st.components.v2.component(
    "kept_plan",
    js="""
    export default function ({ data, setTriggerValue }) {
      const place = `hotwash:draft:${data.name}`;
      const kept = sessionStorage.getItem(place);
      if (kept && data.is_first) setTriggerValue("kept", JSON.parse(kept));
      else sessionStorage.setItem(place, JSON.stringify(data.values));
    }
    """,
)


def keep_plan(key: str, person: Who) -> None:
    """Keeps what the fields of a new plan hold, whose keys begin with `key`. Drawn after them."""
    state, opened = st.session_state, f"{key}:opened"

    def bring_back() -> None:
        restore(key, dict(state[f"{key}:draft"].get("kept") or {}), person)

    values = {
        name.removeprefix(f"{key}:"): as_plain(value)
        for name, value in state.items()
        if isinstance(name, str) and name.startswith(f"{key}:") and is_field(name)
    }
    data = {"name": key, "values": values, "is_first": not state.get(opened)}
    state[opened] = True
    _DRAFT(data=data, key=f"{key}:draft", on_kept_change=bring_back)


def restore(key: str, kept: dict[str, Any], person: Who) -> None:
    """From a callback: puts kept values back, unless that plan was saved after all, or another
    scenario is asked for by now."""
    asked = st.query_params.get("scenario", "")
    if kept.get("scenario") is None or (asked and asked != kept["scenario"]):
        return
    try:
        get_plan(person, str(kept.get("id", "")))
    except NotFound:
        for name, value in kept.items():
            st.session_state[f"{key}:{name}"] = as_value(value)


def is_field(name: str) -> bool:
    """Not a button, and none of the draft's own."""
    return not name.endswith((":save", ":draft", ":opened"))


def as_plain(value: Any) -> Any:
    """A day or a time as JSON takes it."""
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    return value


def as_value(value: Any) -> Any:
    if isinstance(value, dict):
        [(kind, text)] = value.items()
        return (date if kind == "date" else time).fromisoformat(text)
    return value
