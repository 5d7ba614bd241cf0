"""An action becomes done with a proof, and can be opened again."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus
from pages.components.fields import text_field
from pages.components.problems import attempt
from pages.learn.steps.action_fields import saver
from services.actions import save_action

PROOF = "What shows that it is done?"
HINT = "A link, or a few words"


def show_done(action_id: str, status: ActionStatus, me: Who) -> None:
    """The way to done, which asks for its proof."""
    with st.popover("It is done", type="tertiary", icon=":material/check_circle:"):
        proof = f"{action_id}:proof"
        st.text_input(PROOF, key=proof, placeholder=HINT, persist_state="session")
        st.button("Mark it done", key=f"{proof}:go", on_click=finish, args=(action_id, status, me))


def show_proof(action_id: str, proof: str, me: Who) -> None:
    """What shows that it is done, and the way back."""
    st.markdown(":gray-badge[:material/check_circle: Done]")
    text_field(
        PROOF,
        key=f"{action_id}:done_by",
        saved=proof,
        save=saver(me, action_id, "reason", ""),
        placeholder=HINT,
    )
    st.button(
        "Open it again",
        key=f"{action_id}:reopen",
        type="tertiary",
        icon=":material/undo:",
        on_click=reopen,
        args=(action_id, me),
    )


def finish(action_id: str, status: ActionStatus, me: Who) -> None:
    proof = st.session_state.get(f"{action_id}:proof", "")
    changes = {"status": (status, ActionStatus.DONE), "reason": ("", proof)}
    attempt(lambda: save_action(me, action_id, changes), at=action_id)


def reopen(action_id: str, me: Who) -> None:
    changes = {"status": (ActionStatus.DONE, ActionStatus.IN_PROGRESS)}
    attempt(lambda: save_action(me, action_id, changes), at=action_id)
