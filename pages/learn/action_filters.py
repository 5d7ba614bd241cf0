"""The filters and the order of the list of actions. They stand in the address, so that a view can
be sent to somebody and the export shows the same."""

from __future__ import annotations

from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus, ActionType, label
from services.action_list import ActionList, Order, WantedActions

ASKED = ("owner", "overdue", "status", "type", "sort")
NUMBER = "actions:page"
ORDERS = {
    Order.DUE: "Due date",
    Order.PRIORITY: "Priority",
    Order.STATUS: "Status",
    Order.OWNER: "Owner",
    Order.TYPE: "Type",
    Order.SOURCE: "Source",
}


def asked() -> dict[str, str]:
    """What the address asks for."""
    return {name: st.query_params[name] for name in ASKED if name in st.query_params}


def show_filters(found: ActionList, wanted: WantedActions, person: Who) -> None:
    mine = wanted.owner.casefold() == person.name.casefold()
    owners = dict.fromkeys([*found.owners, *([wanted.owner] if wanted.owner else [])])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        widget(st.toggle, "Mine", "mine", mine, ask_mine, person.name)
        widget(st.toggle, "Overdue", "overdue", wanted.overdue, ask_overdue)
        widget(
            st.selectbox,
            "Owner",
            "owner",
            wanted.owner or None,
            ask,
            "owner",
            options=list(owners),
            index=None,
            placeholder="Anybody",
        )
        widget(
            st.multiselect,
            "Status",
            "status",
            list(wanted.statuses),
            ask,
            "status",
            options=list(ActionStatus),
            format_func=label,
            placeholder="Any",
        )
        widget(
            st.multiselect,
            "Type",
            "type",
            list(wanted.types),
            ask,
            "type",
            options=list(ActionType),
            format_func=label,
            placeholder="Any",
        )
        widget(
            st.selectbox, "Sort by", "sort", wanted.order, ask, "sort",
            options=list(Order), format_func=lambda order: ORDERS[order],
        )  # fmt: skip


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


def ask_mine(name: str) -> None:
    st.session_state["actions:owner"] = name if st.session_state["actions:mine"] else None
    ask("owner")


def ask_overdue() -> None:
    st.session_state["actions:overdue"] = "1" if st.session_state["actions:overdue"] else ""
    ask("overdue")
