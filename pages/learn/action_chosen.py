"""Below the table, always in sight: what the ticked rows become together, and the question for a
proof or a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.rules.following.life import OVER
from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus, label
from pages.components.going import go_to
from pages.components.problems import attempt, escape, show_problem
from pages.learn.action_edits import Waiting, save_together
from pages.learn.action_table import CHOSEN, SAVED, WAITING, anew
from services.action_rows import ActionRow
from services.people import list_people

ASKED = {
    ActionStatus.DONE: ("What shows that it is done?", "A link, or a few words"),
    ActionStatus.DECLINED: ("Why was it decided not to do it?", "The reason is part of the record"),
}
SHOWN = 3  # actions that are named; the others are counted


def show_chosen(rows: Sequence[ActionRow], person: Who) -> None:
    """Only of what stands on this page: what is not seen is not changed."""
    waiting: Waiting | None = st.session_state.get(WAITING)
    asked = [row for row in rows if waiting and row.id in waiting.action_ids]
    ticked = st.session_state.get(CHOSEN, set())
    chosen = [row for row in rows if row.id in ticked]
    if waiting and asked:
        with st.bottom:
            show_waiting(waiting.status, asked, person)
    elif chosen:
        with st.bottom:
            show_together(chosen, person)


def show_waiting(status: ActionStatus, rows: Sequence[ActionRow], person: Who) -> None:
    """Done needs a proof, declined a reason: until it is there, nothing has changed."""
    question, hint = ASKED[status]
    with st.form("actions:word", border=False):
        st.markdown(f"**{question}** {named(rows)}")
        st.text_input(question, key="actions:said", placeholder=hint, label_visibility="collapsed")
        show_problem("actions:word")
        with st.container(horizontal=True):
            st.form_submit_button(
                "It is done" if status is ActionStatus.DONE else "Decline it",
                type="primary",
                on_click=save_word,
                args=(person, status, rows),
            )
            st.form_submit_button("Leave it as it is", on_click=leave)


def named(rows: Sequence[ActionRow]) -> str:
    said = "; ".join(escape(row.text) for row in rows[:SHOWN])
    return f"{said}, and {len(rows) - SHOWN} more" if len(rows) > SHOWN else said


def show_together(rows: Sequence[ActionRow], person: Who) -> None:
    """Owner, status and due date for all that are ticked; what is left empty stays as it is."""
    count = "1 action" if len(rows) == 1 else f"{len(rows):,} actions"
    people = [p.name for p in list_people(person) if p.is_active]
    with st.container():  # always there, so that what follows keeps its place
        show_problem("actions:together")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            f"Owner of {count}", people, key="actions:set:owner", index=None,
            placeholder="As it is",
        )  # fmt: skip
        st.selectbox(
            "Status", list(ActionStatus), key="actions:set:status", index=None,
            format_func=label, placeholder="As it is",
        )  # fmt: skip
        st.date_input("Due", key="actions:set:due_on", value=None, format="YYYY-MM-DD")
        if st.session_state.get("actions:set:status") in OVER:
            question, hint = ASKED[st.session_state["actions:set:status"]]
            name = "Proof" if st.session_state["actions:set:status"] == OVER[0] else "Reason"
            st.text_input(name, key="actions:set:word", placeholder=hint, help=question)
        st.button(
            f"Change {count}",
            key="actions:set:go",
            type="primary",
            on_click=save_chosen,
            args=(person, tuple(rows)),
        )
        if len(rows) == 1:
            st.button(
                "Open", key="actions:open", icon=":material/open_in_full:",
                help="Its history, its proof, and what else there is to it",
                on_click=open_one, args=(rows[0].id,),
            )  # fmt: skip
        st.button(
            "To the tracker", key="actions:tickets", icon=":material/send:",
            help="Shows first what would be sent",
            on_click=go_to, args=("learn/tickets.py",),
            kwargs={"ids": ",".join(row.id for row in rows)},
        )  # fmt: skip
        st.button("Take ticks away", key="actions:none_chosen", on_click=untick)


def save_chosen(person: Who, rows: Sequence[ActionRow]) -> None:
    state = st.session_state
    now: dict[str, Any] = {
        field: state[f"actions:set:{field}"]
        for field in ("owner", "status", "due_on")
        if state.get(f"actions:set:{field}") is not None
    }
    word = state.get("actions:set:word", "")
    state[SAVED] = bool(now) and attempt(
        lambda: save_together(person, rows, now, word), at="actions:together"
    )
    if state[SAVED]:
        untick()
        for field in ("owner", "status", "due_on"):
            state[f"actions:set:{field}"] = None


def save_word(person: Who, status: ActionStatus, rows: Sequence[ActionRow]) -> None:
    word = st.session_state["actions:said"]
    saved = attempt(
        lambda: save_together(person, rows, {"status": status}, word), at="actions:word"
    )
    if saved:
        st.session_state[SAVED] = True
        leave()


def open_one(action_id: str) -> None:
    untick()
    go_to("learn/action.py", id=action_id)


def untick() -> None:
    st.session_state[CHOSEN] = set()
    anew()


def leave() -> None:
    st.session_state.pop(WAITING, None)
    st.session_state.pop("actions:said", None)
    anew()
