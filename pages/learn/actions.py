"""A person follows up every action of every post-mortem and exercise: whose, until when, done or
not; one at a time, or several together."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from models.rules.actions import COMPLETION_MEANS
from models.rules.following.rates import TARGET, share
from models.rules.policy import Who
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.pictures import is_phone
from pages.components.problems import problems_shown
from pages.components.session import who
from pages.learn.action_cards import show_cards
from pages.learn.action_chosen import show_chosen
from pages.learn.action_filters import NUMBER, asked, show_filters
from pages.learn.action_questions import show_questions
from pages.learn.action_table import SAVED, show_table
from services.action_list import ActionList, find_actions, wanted_actions

PAGE, ON_PHONE = 50, 15


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        size = ON_PHONE if is_phone() else PAGE
        wanted = wanted_actions(st.query_params)
        found = find_actions(person, wanted, page=st.session_state.get(NUMBER, 1), size=size)
        page_head("Actions")
        if not found.total:
            show_empty()
            return
        show_done(found)
        show_questions(person)
        show_filters(found, wanted, person)
        if not found.rows:
            show_nothing()
            return
        show_list(found, size, person)


def show_done(found: ActionList) -> None:
    """How many are done, with the numbers beside the percentage and what is counted."""
    if found.counted:
        words = f"{share(found.done, found.counted)} done; the target is over {TARGET:.0%}"
        if found.declined:
            words += f". {found.declined:,} declined and not counted"
        st.progress(found.done / found.counted, text=f"{words}.")
    st.caption(COMPLETION_MEANS)


def show_list(found: ActionList, size: int, person: Who) -> None:
    pages = -(-found.count // size)
    if st.session_state.get(NUMBER, 1) > pages:  # the list has become shorter
        st.session_state.pop(NUMBER)
    show_count(found, (st.session_state.get(NUMBER, 1) - 1) * size)
    if is_phone():
        show_cards(found.rows, found.moves)
    else:
        show_table(found.rows, found.moves, person)
        show_chosen(found.rows, person)
    if pages > 1:
        st.pagination(pages, key=NUMBER)


def show_count(found: ActionList, first: int) -> None:
    part = len(found.rows)
    shown = f"{first + 1:,} to {first + part:,} of " if part < found.count else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        saved = " · :material/check: Saved" if st.session_state.pop(SAVED, False) else ""
        actions = "action" if found.count == 1 else "actions"
        st.caption(f"{shown}{found.count:,} {actions}{saved}")
        st.page_link("learn/loop.py", label="How promises are kept", icon=":material/cycle:")
        st.link_button(
            "Export as CSV",
            f"/export/actions.csv?{urlencode(asked())}",
            key="actions:csv",
            icon=":material/download:",
            type="tertiary",
        )
        st.page_link(
            "learn/tickets.py", label="To the tracker", icon=":material/send:",
            query_params=asked(),
        )  # fmt: skip


def show_empty() -> None:
    st.markdown(
        "There are no actions yet. They are written in a post-mortem, in the step Actions, or "
        "after an exercise, and stay here until they are done or declined."
    )
    st.button(
        "See the post-mortems", key="actions:none", on_click=go_to, args=("learn/postmortems.py",)
    )


def show_nothing() -> None:
    st.markdown("No action fits these filters.")
    st.button("Show all actions", key="actions:all", on_click=st.query_params.clear)


show()
