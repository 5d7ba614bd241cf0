"""The filters and the order of the list of actions. They stand in the address, so that a view can
be sent to somebody and the export shows the same."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus, ActionType, label
from pages.components.pictures import is_phone
from pages.components.problems import escape
from services.action_list import ActionList, Order, Origin, WantedActions
from services.people import get_team

ASKED = ("owner", "team", "overdue", "status", "type", "from", "source", "sort")
NUMBER = "actions:page"
ORIGINS = {Origin.POSTMORTEM: "Post-mortems", Origin.EXERCISE: "Exercises"}
ORDERS = {
    Order.DUE: "Sorted by due date",
    Order.PRIORITY: "Sorted by priority",
    Order.STATUS: "Sorted by status",
    Order.OWNER: "Sorted by owner",
    Order.TYPE: "Sorted by type",
    Order.SOURCE: "Sorted by source",
}


def asked() -> dict[str, str]:
    """What the address asks for."""
    return {name: st.query_params[name] for name in ASKED if name in st.query_params}


def show_filters(found: ActionList, wanted: WantedActions, person: Who) -> None:
    """What is asked for most in a row of switches, the rest in a row of choices."""
    mine = wanted.owner.casefold() == person.name.casefold()
    team = get_team(person)
    with st.container(horizontal=True, vertical_alignment="center"):
        widget(st.toggle, "Mine", "mine", mine, ask_switch, "mine", "owner", person.name)
        if team:
            ours = wanted.team.casefold() == team.casefold()
            widget(st.toggle, "My team's", "ours", ours, ask_switch, "ours", "team", team)
        widget(
            st.toggle, "Overdue", "overdue", wanted.overdue, ask_switch, "overdue", "overdue", "1"
        )
        widget(
            st.selectbox, "Sort by", "sort", wanted.order, ask, "sort", options=list(Order),
            format_func=ORDERS.__getitem__, label_visibility="collapsed", width=230,
        )  # fmt: skip
        if wanted.source:
            st.button(
                f"From one source only: {escape(source_title(found))}", key="actions:source",
                icon=":material/close:", type="tertiary", on_click=forget_source,
            )  # fmt: skip
    with choices_frame(wanted), st.container(horizontal=True, vertical_alignment="bottom"):
        show_people(found, wanted)
        show_kinds(wanted)


def choices_frame(wanted: WantedActions) -> DeltaGenerator:
    """On a phone the choices are folded away until one is made."""
    if not is_phone():
        return st.container()
    made = any((wanted.owner, wanted.team, wanted.statuses, wanted.types, wanted.origin))
    return st.expander("More filters", expanded=made)


def show_people(found: ActionList, wanted: WantedActions) -> None:
    for name, words, known, chosen in (
        ("owner", "Owner", found.owners, wanted.owner),
        ("team", "Team", found.teams, wanted.team),
    ):
        if not known and not chosen:
            continue
        at = next((one for one in known if one.casefold() == chosen.casefold()), chosen)
        options = list(dict.fromkeys([*known, *([at] if at else [])]))
        widget(
            st.selectbox, words, name, at or None, ask, name,
            options=options, index=None, placeholder="Any",
        )  # fmt: skip


def show_kinds(wanted: WantedActions) -> None:
    widget(
        st.multiselect, "Status", "status", list(wanted.statuses), ask, "status",
        options=list(ActionStatus), format_func=label, placeholder="Any",
    )  # fmt: skip
    widget(
        st.multiselect, "Type", "type", list(wanted.types), ask, "type",
        options=list(ActionType), format_func=label, placeholder="Any",
    )  # fmt: skip
    widget(
        st.selectbox, "From", "from", wanted.origin, ask, "from",
        options=list(Origin), format_func=ORIGINS.__getitem__, index=None, placeholder="Any",
    )  # fmt: skip


def source_title(found: ActionList) -> str:
    return found.rows[0].source_title if found.rows else "without actions here"


def widget(draw: Any, words: str, name: str, value: Any, act: Any, *args: str, **more: Any) -> None:
    """A filter that shows what the address says, and says it there when it is changed."""
    key = f"actions:{name}"
    st.session_state[key] = value
    draw(words, key=key, on_change=act, args=args, **more)


def ask(name: str) -> None:
    """Takes a choice into the address, and begins on the first page."""
    value = st.session_state[f"actions:{name}"]
    text = ",".join(value) if isinstance(value, list) else str(value or "")
    st.session_state.pop(NUMBER, None)
    if text and text != Order.DUE:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)


def ask_switch(switch: str, name: str, value: str) -> None:
    """A switch stands for one value of a filter."""
    st.session_state[f"actions:{name}"] = value if st.session_state[f"actions:{switch}"] else ""
    ask(name)


def forget_source() -> None:
    st.query_params.pop("source", None)
    st.session_state.pop(NUMBER, None)
