"""Back to draft, reopen with a reason, close; and the history of all such moves."""

from __future__ import annotations

import streamlit as st

from models.rules.actions import completion
from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.review import people_in
from models.rules.vocabulary import PostmortemStatus, label, words
from pages.components.problems import attempt, escape
from pages.components.wording import show_wording
from pages.components.words import when
from services.publishing import back_to_draft, close_postmortem


def show_after(postmortem: PostmortemRecord, me: Who) -> None:
    """What can be done with a published or closed post-mortem."""
    done, counted = completion(a.status for a in postmortem.actions)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_reopen(postmortem, me)
        if postmortem.status is PostmortemStatus.PUBLISHED:
            show_close(postmortem, counted - done, me)


def show_reopen(postmortem: PostmortemRecord, me: Who) -> None:
    with st.popover("Reopen", icon=":material/edit:"):
        st.markdown(
            "The words can be edited again, and the next publication is a new revision. The "
            "published one stays where it is until then."
        )
        reason = f"{postmortem.id}:reopen"
        st.text_area(
            "Why is it opened again?", key=reason, placeholder="For example: the vendor answered"
        )
        show_wording(st.session_state.get(reason, ""), people_in(postmortem))
        st.button("Reopen it", key=f"{reason}:go", on_click=reopen, args=(postmortem.id, me))


def show_close(postmortem: PostmortemRecord, left: int, me: Who) -> None:
    if left:
        st.caption(
            f"It can be closed when its actions are done or declined; {left} "
            f"{'is' if left == 1 else 'are'} open."
        )
        st.page_link("learn/actions.py", label="Actions", icon=":material/checklist:")
        return
    with st.popover("Close", icon=":material/lock:"):
        st.markdown("Everything that was decided is done or declined. Closing says so.")
        st.button(
            "Close it", key=f"{postmortem.id}:close", on_click=close, args=(postmortem.id, me)
        )


def show_back_to_draft(postmortem_id: str, me: Who) -> None:
    st.button(
        "Back to draft",
        key=f"{postmortem_id}:to_draft",
        icon=":material/undo:",
        on_click=take_back,
        args=(postmortem_id, me),
    )


def show_history(postmortem: PostmortemRecord, me: Who) -> None:
    """Every move with who, when and why."""
    if not postmortem.transitions:
        return
    st.markdown("### History")
    lines = []
    for move in postmortem.transitions:
        by = f" by {escape(move.by)}" if move.by else ""
        because = f": {escape(move.reason)}" if move.reason else ""
        moved = f"{label(move.from_status)} → {words(move.to_status)}"
        lines.append(f"- {when(move.at, me.zone)}: {moved}{by}{because}")
    st.markdown("\n".join(lines))


def reopen(postmortem_id: str, me: Who) -> None:
    reason = st.session_state.get(f"{postmortem_id}:reopen", "")
    attempt(lambda: back_to_draft(me, postmortem_id, reason), at=f"{postmortem_id}:move")


def take_back(postmortem_id: str, me: Who) -> None:
    attempt(lambda: back_to_draft(me, postmortem_id), at=f"{postmortem_id}:move")


def close(postmortem_id: str, me: Who) -> None:
    attempt(lambda: close_postmortem(me, postmortem_id), at=f"{postmortem_id}:move")
