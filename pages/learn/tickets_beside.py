"""How far the ticket of an action is, beside the action: read back, and taken over by a person."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.rules.following.life import OVER
from models.rules.policy import Who
from models.rules.tickets.places import TRACKER_NAMES, Tracker
from models.rules.tickets.states import STAGE_WORDS, PushState, Stage
from pages.components.problems import attempt, escape, show_problem
from pages.components.words import when
from services.action_rows import ActionRow
from services.tickets import TicketRow, list_tickets, mark_done, read_back

TROUBLE = "tickets:trouble"


def show_tickets(row: ActionRow, person: Who) -> None:
    """The tickets of one action, when it has any."""
    found = list_tickets(person, [row.id]).get(row.id, ())
    for ticket in found:
        with st.container(border=True, key=f"ticket-{row.id}-{ticket.tracker}"):
            show_ticket(ticket, row, person)
    if any(ticket.state is PushState.MADE for ticket in found):
        show_ask([row.id], person)


def show_ticket(ticket: TicketRow, row: ActionRow, person: Who) -> None:
    st.markdown(ticket_words(ticket, person.zone))
    key = f"{row.id}:{ticket.tracker}"
    show_problem(key)
    if ticket.stage is Stage.DONE and row.status not in OVER:
        st.button(
            "Mark the action done, with this link as proof",
            key=f"{key}:done", icon=":material/task_alt:",
            on_click=take_over, args=(person, row, ticket.tracker, key),
        )  # fmt: skip


def ticket_words(ticket: TicketRow, zone: str) -> str:
    """Where it is and how far, in Markdown."""
    name = TRACKER_NAMES[ticket.tracker]
    if ticket.state is PushState.SENDING:
        return f"It is on its way to {name}."
    if ticket.state is not PushState.MADE:
        may_be = "It may be" if ticket.state is PushState.UNSURE else "It is not"
        return f"{may_be} in {name}. {escape(ticket.problem)}".strip()
    link = f"[{escape(ticket.name)}]({ticket.url.replace('(', '%28').replace(')', '%29')})"
    if ticket.stage is None:
        return f"{link} in {name}"
    said = f" (“{escape(ticket.said)}”)" if ticket.said else ""
    at = f":small[:gray[as read {when(ticket.read_at, zone)}]]"
    return f"{link} in {name} is {STAGE_WORDS[ticket.stage]}{said} {at}"


def show_ask(action_ids: Sequence[str], person: Who) -> None:
    for message in st.session_state.pop(TROUBLE, ()):
        st.warning(escape(message), icon=":material/cloud_off:")
    st.button(
        "See how far the tickets are" if len(action_ids) > 1 else "See how far the ticket is",
        key="tickets:ask", icon=":material/refresh:", type="tertiary",
        help="Asks the tracker. The actions stay as they are.",
        on_click=ask, args=(person, tuple(action_ids)),
    )  # fmt: skip


def ask(person: Who, action_ids: Sequence[str]) -> None:
    attempt(lambda: st.session_state.update({TROUBLE: read_back(person, action_ids)}))


def take_over(person: Who, row: ActionRow, tracker: Tracker, at: str) -> None:
    attempt(lambda: mark_done(person, row.id, tracker, row.status, row.reason), at=at)
