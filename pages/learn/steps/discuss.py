"""What people say about this step: beside its name, folded, with the number of open threads."""

from __future__ import annotations

import streamlit as st

from models.rules.discussion import parts_of, step_of
from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.review import Step
from pages.learn.discussion_threads import show_new, show_threads
from reports.phrasing import count
from services.comments import list_threads


def show(postmortem: PostmortemRecord, step: Step, me: Who) -> None:
    """A panel for the step, and the way to all comments."""
    threads = list_threads(me, postmortem.id)
    parts = {part: words for part, words in parts_of(postmortem).items() if step_of(part) is step}
    here = [thread for thread in threads if step_of(thread.part) is step]
    open_here, open_all = (sum(t.is_open for t in some) for some in (here, threads))
    place = f"{postmortem.id}:{step}:discuss"
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(
            f"Discuss ({open_here} open)" if open_here else "Discuss",
            icon=":material/forum:",
            type="tertiary",
            key=place,
        ):
            if not here:
                st.caption("Ask, or say what you know. It never becomes part of the document.")
            show_threads(here, parts, me, place)
            with st.container(border=True):
                show_new(postmortem.id, parts, here, me, place)
        if open_all > open_here or (threads and not here):
            st.page_link(
                "learn/discussion.py",
                label=f"All comments: {count(open_all, 'open one')}",
                query_params={"id": postmortem.id},
            )


def show_for_readers(postmortem: PostmortemRecord, me: Who) -> None:
    """All threads, below what was published."""
    threads = list_threads(me, postmortem.id)
    open_ones = sum(thread.is_open for thread in threads)
    place = f"{postmortem.id}:readers"
    with st.expander(
        f"Comments ({open_ones} open)" if open_ones else "Comments",
        icon=":material/forum:",
        key=place,
    ):
        st.caption("What was published stays as it is; comments stand beside it.")
        parts = parts_of(postmortem)
        show_threads(threads, parts, me, place)
        show_new(postmortem.id, parts, threads, me, place)
