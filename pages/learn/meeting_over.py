"""After the meeting: what it took, the two questions, and the cards, which can still be carried."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.agenda import AGENDA
from models.rules.meeting.board import COLUMNS
from models.rules.vocabulary import label
from pages.components.problems import escape
from pages.components.words import when
from pages.learn.meeting_groups import show_choosing, show_groups
from pages.learn.meeting_seen import Seen
from pages.learn.meeting_survey import show_survey


def show_over(seen: Seen) -> None:
    view = seen.view
    st.markdown(
        f"The meeting is over. It began on {when(view.started_at, seen.person.zone)} and was led "
        f"by {escape(view.facilitator)}. Its record is in the appendix of the report."
    )
    st.page_link(
        "learn/workspace.py",
        label="Open what we learned",
        icon=":material/edit_note:",
        query_params={"id": view.postmortem_id, "step": "learned"},
    )
    asked, there = st.columns(2, gap="large")
    with asked:
        show_survey(seen)
    with there:
        names = ", ".join(escape(one.name) for one in view.people)
        st.markdown(f"**Who was there** :small[:gray[{len(view.people)}]]  \n{names}")
        show_minutes(seen)
    st.subheader("Cards", anchor=False)
    show_choosing(seen)
    with st.grid(2, min_column_width=300, gap="small"):
        for kind in COLUMNS:
            with st.container(gap="small"):
                st.markdown(f"**{label(kind)}**")
                groups = [group for group in view.groups if group.kind is kind]
                show_groups(seen, groups)
                if not groups:
                    st.caption("No cards")


def show_minutes(seen: Seen) -> None:
    rows = zip(AGENDA, seen.view.parts, strict=True)
    lines = [f"| {part.title} | {box.minutes} | {-(-box.seconds // 60)} |" for part, box in rows]
    head = ["| Part | Planned, min | Spent, min |", "| --- | ---: | ---: |"]
    st.markdown("\n".join([*head, *lines]))
