"""One action: its words while the post-mortem is open; owner, date and status at any time."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.record import ActionRecord
from models.rules.vocabulary import ActionStatus, label
from pages.components.fields import text_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.wording import show_vague, show_wording
from pages.learn.steps.action_done import show_done, show_proof
from pages.learn.steps.action_fields import TYPES, Choices, saver, show_promise
from services.actions import remove_action, save_action

NOT_PROMISED = (ActionStatus.IDEA, ActionStatus.PROPOSED)


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
    if action.status is ActionStatus.IDEA:
        st.markdown(":gray-badge[:material/lightbulb: An idea, not promised]")
    if frozen:
        answers = f" · answers {escape(action.factor)}" if action.factor else ""
        st.markdown(escape(action.text))
        st.caption(f"{label(action.priority)} priority · {TYPES[action.type]}{answers}")
        return
    text_field(
        "What will be done",
        key=f"{action.id}:text",
        saved=action.text,
        save=saver(me, action.id, "text", ""),
        area=True,
    )
    show_vague(action.text)
    show_wording(action.text, choices.names, choices.kept)


def show_ways_out(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """Deciding against it, with a reason; or taking it away while it is only a proposal."""
    if action.status is ActionStatus.DONE:
        show_proof(action.id, action.reason, me)
        return
    with st.container(horizontal=True):
        if action.status is not ActionStatus.IDEA:
            show_done(action.id, action.status, me)
        if not frozen:
            show_idea(action, me)
        with st.popover("We decided not to", type="tertiary", icon=":material/block:"):
            st.caption("An honest “no, because” is worth more than an action that nobody does.")
            reason = f"{action.id}:decline"
            st.text_area("Because", key=reason, persist_state="session")
            show_wording(st.session_state.get(reason, ""), choices.names)
            st.button(
                "Decide not to do it", key=f"{reason}:go", on_click=decline, args=(action, me)
            )
        if action.status in NOT_PROMISED and not frozen:
            with st.popover("Remove", icon=":material/close:", type="tertiary"):
                st.markdown("It is deleted. This cannot be undone.")
                st.button(
                    "Remove this action",
                    key=f"{action.id}:remove",
                    on_click=take_away,
                    args=(action.id, me),
                )


def show_idea(action: ActionRecord, me: Who) -> None:
    """Publishing makes proposals promises; an idea stays one until somebody proposes it."""
    if action.status not in NOT_PROMISED:
        return
    is_idea = action.status is ActionStatus.IDEA
    st.button(
        "Propose it" if is_idea else "Only an idea",
        key=f"{action.id}:idea",
        type="tertiary",
        icon=":material/add_task:" if is_idea else ":material/lightbulb:",
        help="An idea is noted and not promised when the post-mortem is published.",
        on_click=move,
        args=(action, ActionStatus.PROPOSED if is_idea else ActionStatus.IDEA, me),
    )


def show_declined(action: ActionRecord, choices: Choices, me: Who, frozen: bool) -> None:
    """What was decided against stays readable, with its reason."""
    st.markdown(f":gray-badge[:material/block: We decided not to] {escape(action.text)}")
    text_field(
        "Because",
        key=f"{action.id}:reason",
        saved=action.reason,
        save=saver(me, action.id, "reason", ""),
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


def decline(action: ActionRecord, me: Who) -> None:
    reason = st.session_state.get(f"{action.id}:decline", "")
    changes = {
        "status": (action.status, ActionStatus.DECLINED),
        "reason": (action.reason, reason),
    }
    attempt(lambda: save_action(me, action.id, changes), at=action.id)


def take_up(action: ActionRecord, frozen: bool, me: Who) -> None:
    move(action, ActionStatus.ACCEPTED if frozen else ActionStatus.PROPOSED, me)


def move(action: ActionRecord, to: ActionStatus, me: Who) -> None:
    attempt(lambda: save_action(me, action.id, {"status": (action.status, to)}), at=action.id)


def take_away(action_id: str, me: Who) -> None:
    attempt(lambda: remove_action(me, action_id), at=action_id)
