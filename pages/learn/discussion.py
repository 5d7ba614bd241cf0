"""A person reads all that was said about a post-mortem, answers, and resolves it one by one."""

from __future__ import annotations

import streamlit as st

from models.rules.discussion import parts_of, step_of
from models.rules.policy import Who
from models.rules.problems import NotFound
from models.rules.record import PostmortemRecord
from models.rules.review import Step
from models.rules.vocabulary import label
from pages.components.head import page_head
from pages.components.live import listen
from pages.components.problems import problems_shown
from pages.components.session import who
from pages.learn.discussion_threads import Parts, show_new, show_threads
from reports.phrasing import count
from services.comments import Thread, list_threads
from services.draft_news import get_news
from services.postmortems import get_postmortem


def show() -> None:
    me = who()
    with problems_shown():
        postmortem_id = st.query_params.get("id", "")
        try:
            changes = get_news(me, postmortem_id).revision
            record = get_postmortem(me, postmortem_id)
        except NotFound:
            page_head("Comments")
            st.markdown("There is no post-mortem at this address. It may have been removed.")
            st.page_link("learn/postmortems.py", label="All post-mortems")
            return
        listen(postmortem_id, changes, "postmortem")
        show_all(record, list_threads(me, postmortem_id), me)


def show_all(record: PostmortemRecord, threads: tuple[Thread, ...], me: Who) -> None:
    parts = parts_of(record)
    open_ones = sum(thread.is_open for thread in threads)
    page_head("Comments", f"{record.title}: {count(open_ones, 'open comment')}")
    st.page_link(
        "learn/workspace.py",
        label="Open the workspace",
        icon=":material/edit_note:",
        query_params={"id": record.id},
    )
    if not threads:
        st.markdown(
            "Nobody has commented yet. A comment can be about any part: a line of the timeline, a "
            "why, a lesson, an action."
        )
    for step in Step:
        there = [thread for thread in threads if step_of(thread.part) is step]
        if there:
            show_step(record.id, step, there, parts, me)
    with st.container(border=True):
        st.markdown("**New comment**")
        show_new(record.id, parts, threads, me, f"{record.id}:all")


def show_step(postmortem_id: str, step: Step, threads: list[Thread], parts: Parts, me: Who) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(label(step), anchor=False, width="content")
        st.page_link(
            "learn/workspace.py",
            label=f"Go to {label(step)}",
            query_params={"id": postmortem_id, "step": step.value},
        )
    show_threads(threads, parts, me, f"{postmortem_id}:{step}:all")


show()
