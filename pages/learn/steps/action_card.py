"""One action: its words while the post-mortem is open; owner, date and status at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.record import ActionRecord
from models.rules.vocabulary import ActionStatus, ActionType, Priority, label
from pages.components.fields import choice_field, date_field, text_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.wording import Kept, show_vague, show_wording
from services.actions import remove_action, save_action

TYPES = {
    ActionType.PREVENT: "Prevent: make it not happen",
    ActionType.DETECT: "Detect: notice it sooner",
    ActionType.MITIGATE: "Mitigate: make it hurt less",
    ActionType.PROCESS: "Process: work together better",
}
PROMISED = (ActionStatus.ACCEPTED, ActionStatus.IN_PROGRESS, ActionStatus.DONE)


@dataclass(frozen=True)
class Choices:
    """What the cards of one post-mortem offer: read once for all of them."""

    people: list[str]
    factors: list[str]
    names: tuple[str, ...]
    kept: Kept


def show_action(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """A card with everything that belongs to the action."""
    with st.container(border=True, gap="small"):
        show_problem(action.id)
        if action.status is ActionStatus.DECLINED:
            show_declined(action, choices, me, frozen)
            return
        show_words(action, choices, me, frozen)
        show_promise(action, choices, me, frozen)
        show_ways_out(action, choices, me, frozen)


def show_words(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """What will be done, and what makes that vague."""
    text_field(
        "What will be done",
        key=f"{action.id}:text",
        saved=action.text,
        save=_saver(me, action.id, "text", ""),
        area=True,
        disabled=frozen,
    )
    if not frozen:
        show_vague(action.text)
        show_wording(action.text, choices.names, choices.kept)


def show_promise(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """Who, until when, how urgent, of which kind, and what it answers."""
    with st.grid(3, min_column_width=140):
        choice_field(
            "Owner",
            choices.people,
            key=f"{action.id}:owner",
            saved=action.owner or None,
            save=_saver(me, action.id, "owner", ""),
            new=True,
            placeholder="One person",
        )
        date_field(
            "Due",
            key=f"{action.id}:due",
            saved=action.due_on,
            save=_saver(me, action.id, "due_on", None),
        )
        choice_field(
            "Priority",
            list(Priority),
            key=f"{action.id}:priority",
            saved=action.priority,
            save=_saver(me, action.id, "priority", action.priority),
            say=label,
            required=True,
            disabled=frozen,
        )
        choice_field(
            "Type",
            list(ActionType),
            key=f"{action.id}:type",
            saved=action.type,
            save=_saver(me, action.id, "type", action.type),
            say=TYPES.__getitem__,
            required=True,
            disabled=frozen,
        )
        choice_field(
            "Answers the factor",
            choices.factors,
            key=f"{action.id}:factor",
            saved=action.factor or None,
            save=_saver(me, action.id, "factor", ""),
            new=True,
            placeholder="Choose, or type a new one",
            disabled=frozen,
        )
        text_field(
            "In the tracker",
            key=f"{action.id}:tracker",
            saved=action.tracker_url,
            save=_saver(me, action.id, "tracker_url", ""),
            placeholder="https://…",
        )
        if frozen:
            choice_field(
                "Status",
                PROMISED,
                key=f"{action.id}:status",
                saved=action.status,
                save=_saver(me, action.id, "status", action.status),
                say=label,
                required=True,
            )


def show_ways_out(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """Deciding against it, with a reason; or taking it away while it is only a proposal."""
    if action.status is ActionStatus.DONE:
        return
    with st.container(horizontal=True):
        with st.popover("We decided not to", type="tertiary", icon=":material/block:"):
            st.caption("An honest “no, because” is worth more than an action that nobody does.")
            reason = f"{action.id}:decline"
            st.text_area("Because", key=reason)
            show_wording(st.session_state.get(reason, ""), choices.names)
            st.button(
                "Decide not to do it", key=f"{reason}:go", on_click=decline, args=(action, me)
            )
        if action.status is ActionStatus.PROPOSED and not frozen:
            st.button(
                "Remove",
                key=f"{action.id}:remove",
                icon=":material/close:",
                type="tertiary",
                on_click=take_away,
                args=(action.id, me),
            )


def show_declined(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """What was decided against stays readable, with its reason."""
    st.markdown(f":gray-badge[:material/block: We decided not to] {escape(action.text)}")
    text_field(
        "Because",
        key=f"{action.id}:reason",
        saved=action.reason,
        save=_saver(me, action.id, "reason", ""),
        area=True,
    )
    show_wording(action.reason, choices.names, choices.kept)
    st.button(
        "Take it up again",
        key=f"{action.id}:again",
        type="tertiary",
        icon=":material/undo:",
        on_click=take_up,
        args=(action, frozen, me),
    )


def _saver(me: Who, action_id: str, field: str, empty: Any) -> Any:
    """What a field calls when it is left; `empty` is what is stored when nothing is chosen."""

    def save(now: Any, was: Any) -> None:
        was, now = (empty if value is None else value for value in (was, now))
        save_action(me, action_id, {field: (was, now)})

    return save


def decline(action: ActionRecord, me: Who) -> None:
    reason = st.session_state.get(f"{action.id}:decline", "")
    changes = {
        "status": (action.status, ActionStatus.DECLINED),
        "reason": (action.reason, reason),
    }
    attempt(lambda: save_action(me, action.id, changes), at=action.id)


def take_up(action: ActionRecord, frozen: bool, me: Who) -> None:
    status = ActionStatus.ACCEPTED if frozen else ActionStatus.PROPOSED
    changes = {"status": (action.status, status), "reason": (action.reason, "")}
    attempt(lambda: save_action(me, action.id, changes), at=action.id)


def take_away(action_id: str, me: Who) -> None:
    attempt(lambda: remove_action(me, action_id), at=action_id)
