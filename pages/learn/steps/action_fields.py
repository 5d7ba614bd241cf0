"""The fields of an action: what it is while the post-mortem is open, how far it is afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from models.rules.following.life import MOVES, OVER
from models.rules.policy import Who
from models.rules.record import ActionRecord
from models.rules.vocabulary import ActionStatus, ActionType, Priority, label
from pages.components.fields import choice_field, date_field, text_field
from pages.components.wording import Kept
from services.actions import save_action

TYPES = {
    ActionType.PREVENT: "Prevent: make it not happen",
    ActionType.DETECT: "Detect: notice it sooner",
    ActionType.MITIGATE: "Mitigate: make it hurt less",
    ActionType.PROCESS: "Process: work together better",
}


@dataclass(frozen=True)
class Choices:
    """What the cards of one post-mortem offer: read once for all of them."""

    people: list[str]
    factors: list[str]
    names: tuple[str, ...]
    kept: Kept


def show_promise(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """Who and until when; before publication also what it is, afterwards how far it has come."""
    with st.grid(3 if not frozen else 4, min_column_width=140):
        choice_field(
            "Owner",
            choices.people,
            key=f"{action.id}:owner",
            saved=action.owner or None,
            save=saver(me, action.id, "owner", ""),
            new=True,
            placeholder="One person",
        )
        date_field(
            "Due",
            key=f"{action.id}:due",
            saved=action.due_on,
            save=saver(me, action.id, "due_on", None),
        )
        if frozen and action.status is not ActionStatus.DONE:
            show_status(action.id, action.status, me)
        if not frozen:
            show_kind(action, choices, me)
        text_field(
            "In the tracker",
            key=f"{action.id}:tracker",
            saved=action.tracker_url,
            save=saver(me, action.id, "tracker_url", ""),
            placeholder="https://…",
        )


def show_status(action_id: str, status: ActionStatus, me: Who) -> None:
    """How far it is. Done and declined are not among the choices: they need a word."""
    choice_field(
        "Status",
        [one for one in ActionStatus if one not in OVER and one in (status, *MOVES[status])],
        key=f"{action_id}:status",
        saved=status,
        save=saver(me, action_id, "status", status),
        say=label,
        required=True,
    )


def show_kind(action: ActionRecord, choices: Choices, me: Who) -> None:
    """How urgent, of which kind, and what it answers: frozen with the words."""
    choice_field(
        "Priority",
        list(Priority),
        key=f"{action.id}:priority",
        saved=action.priority,
        save=saver(me, action.id, "priority", action.priority),
        say=label,
        required=True,
    )
    choice_field(
        "Type",
        list(ActionType),
        key=f"{action.id}:type",
        saved=action.type,
        save=saver(me, action.id, "type", action.type),
        say=TYPES.__getitem__,
        required=True,
    )
    choice_field(
        "Answers the factor",
        choices.factors,
        key=f"{action.id}:factor",
        saved=action.factor or None,
        save=saver(me, action.id, "factor", ""),
        new=True,
        placeholder="Choose, or type a new one",
    )


def saver(me: Who, action_id: str, field: str, empty: Any) -> Any:
    """What a field calls when it is left; `empty` is what is stored when nothing is chosen."""

    def save(now: Any, was: Any) -> None:
        was, now = (empty if value is None else value for value in (was, now))
        save_action(me, action_id, {field: (was, now)})

    return save
