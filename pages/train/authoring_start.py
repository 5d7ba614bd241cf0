"""Where a scenario begins: a small example, a post-mortem of our own, or one that is there."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.vocabulary import PostmortemStatus
from pages.components.going import go_to
from pages.components.head import page_head
from services.postmortems import list_postmortems
from services.scenario_library import list_scenarios

DONE = (PostmortemStatus.PUBLISHED, PostmortemStatus.CLOSED)
FROM, CHANGE = "authoring:start:from", "authoring:start:change"


def show_start(person: Who) -> None:
    page_head(
        "Write a scenario",
        "A scenario is one text. It is checked while you write: every path is played, and what "
        "is wrong is named with its line.",
    )
    with st.grid(3, min_column_width=230, gap="small"):
        with st.container(border=True, height="stretch"):
            show_new()
        with st.container(border=True, height="stretch"):
            show_postmortems(person)
        with st.container(border=True, height="stretch"):
            show_change(person)


def show_new() -> None:
    st.subheader("From a small example", anchor=False)
    st.markdown("A complete story with two decisions. Replace it piece by piece with your own.")
    st.button(
        "Begin", key="authoring:start:new", type="primary", icon=":material/edit:",
        on_click=go_to, args=("train/authoring.py",), kwargs={"new": "1"},
    )  # fmt: skip


def show_postmortems(person: Who) -> None:
    st.subheader("From our own incident", anchor=False)
    rows = {row.id: row for row in list_postmortems(person, statuses=DONE, limit=None)}
    if not rows:
        st.markdown(
            "A published post-mortem can become a draft: its timeline, decisions and impact. "
            "There is none yet."
        )
        st.page_link("learn/postmortems.py", label="Post-mortems", icon=":material/edit_note:")
        return
    st.markdown(
        "Its timeline, decisions and impact become a draft for you to finish. Roles take the "
        "place of names."
    )
    st.selectbox(
        "Published post-mortem",
        list(rows),
        key=FROM,
        index=None,
        placeholder="Choose one",
        format_func=lambda one: rows[one].title,
    )
    st.button(
        "Make a draft", key="authoring:start:make", disabled=not st.session_state.get(FROM),
        icon=":material/history_edu:", on_click=make,
    )  # fmt: skip


def show_change(person: Who) -> None:
    st.subheader("Change one that is there", anchor=False)
    st.markdown("Your version takes its place for the team. The earlier ones are kept.")
    titles = {row.id: row.title for row in list_scenarios(person)}
    st.selectbox(
        "Scenario", list(titles), key=CHANGE, index=None, placeholder="Choose one",
        format_func=lambda one: titles[one],
    )  # fmt: skip
    st.button(
        "Open it", key="authoring:start:open", disabled=not st.session_state.get(CHANGE),
        icon=":material/edit:", on_click=change,
    )  # fmt: skip


def make() -> None:
    go_to("train/authoring.py", **{"from": st.session_state[FROM]})


def change() -> None:
    go_to("train/authoring.py", id=st.session_state[CHANGE])
