"""Two people changed the same cell of the timeline: both versions, and which shall stand."""

from __future__ import annotations

from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.times import moment_text, zone_named
from models.rules.vocabulary import EventKind, label
from pages.components import unsaved
from pages.components.problems import escape, problem_text
from services.timeline import edit_event

Changes = dict[str, tuple[Any, Any]]


def note(incident_id: str, cell: str, where: str, changes: Changes, conflict: Conflict) -> None:
    """From a callback: `changes` of a cell (`event id:column`) met those of somebody else."""
    event_id = cell.partition(":")[0]
    found = st.session_state.setdefault(f"{incident_id}:conflicts", {})
    found[cell] = (event_id, where, changes, conflict.field, conflict.theirs)


def show(incident_id: str, me: Who, frozen: bool) -> None:
    """Every cell that waits for a decision. Of frozen words only what was written is shown."""
    for cell, (_, where, changes, field, theirs) in list(noted(incident_id).items()):
        with st.container(border=True):
            st.warning(
                f"Not saved: {escape(where)}. Somebody else changed it while you were writing.",
                icon=":material/call_split:",
            )
            st.caption("The version that is saved now:")
            st.text(in_words(theirs, me.zone) or "(empty)")
            st.caption("Yours:")
            st.code(in_words(changes[field][1], me.zone) or "(empty)", None, wrap_lines=True)
            with st.container(horizontal=True):
                if not frozen:
                    st.button(
                        "Keep mine",
                        key=f"{cell}:mine",
                        on_click=keep_mine,
                        args=(incident_id, cell, me),
                    )
                st.button(
                    "Take theirs", key=f"{cell}:theirs", on_click=let_go, args=(incident_id, cell)
                )
            if field == "text" and not frozen:
                show_both(incident_id, cell, f"{theirs}\n{changes[field][1]}", me)


def show_both(incident_id: str, cell: str, both: str, me: Who) -> None:
    """The texts one below the other, to put together."""
    with st.popover("Put both together", icon=":material/merge:", type="tertiary"):
        st.text_area("What happened", both, key=f"{cell}:both", height="content")
        st.button(
            "Save this",
            key=f"{cell}:both:save",
            on_click=keep_both,
            args=(incident_id, cell, me),
        )


def keep_both(incident_id: str, cell: str, me: Who) -> None:
    event_id, where, changes, field, theirs = noted(incident_id)[cell]
    mine = {**changes, field: (theirs, st.session_state[f"{cell}:both"])}
    noted(incident_id)[cell] = (event_id, where, mine, field, theirs)
    keep_mine(incident_id, cell, me)


def noted(incident_id: str) -> dict[str, Any]:
    return st.session_state.get(f"{incident_id}:conflicts", {})


def in_words(value: Any, zone: str) -> str:
    if isinstance(value, EventKind):
        return label(value)
    if value is None or isinstance(value, str):
        return str(value or "")
    return moment_text(value, zone_named(zone))


def keep_mine(incident_id: str, cell: str, me: Who) -> None:
    """Mine takes the place of what was shown as theirs; a third version is a new conflict."""
    event_id, where, changes, field, theirs = noted(incident_id)[cell]
    mine = {**changes, field: (theirs, changes[field][1])}
    let_go(incident_id, cell)
    try:
        edit_event(me, event_id, mine)
    except Conflict as conflict:
        note(incident_id, cell, where, mine, conflict)
    except ProblemForUser as problem:
        text = in_words(mine[field][1], me.zone)
        unsaved.keep(f"{cell}:mine", escape(where), text, text, problem_text(problem))
    else:
        st.session_state[f"{incident_id}:note"] = "Saved."


def let_go(incident_id: str, cell: str) -> None:
    noted(incident_id).pop(cell, None)
