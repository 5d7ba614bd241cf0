"""Threads of comments, as every page shows them: what was said, a reply, and resolving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import uuid4

import streamlit as st

from models.rules.policy import Who
from pages.components import unsaved
from pages.components.fields import text_field
from pages.components.problems import attempt, escape, escape_label, show_problem
from pages.components.prose import show_prose
from pages.components.twice import is_second_click, note_done
from pages.components.words import when
from reports.phrasing import count
from services.comments import (
    CommentRow,
    Thread,
    add_comment,
    edit_comment,
    reopen_thread,
    reply,
    resolve_thread,
)

Parts = Mapping[str, str]  # what there is to comment on, with its words in short


def show_threads(threads: Sequence[Thread], parts: Parts, me: Who, place: str) -> None:
    """Open threads in the order of what they are about, then those about something that was
    removed, then the resolved ones, folded. `place` keeps the keys of two lists apart."""
    order = list(parts)
    open_ones = sorted(
        (thread for thread in threads if thread.is_open and thread.part in parts),
        key=lambda thread: order.index(thread.part),
    )
    for thread in open_ones:
        show_thread(thread, parts[thread.part], me, place)
    removed = [thread for thread in threads if thread.is_open and thread.part not in parts]
    if removed:
        st.markdown("**About something that was removed**")
        for thread in removed:
            show_thread(thread, thread.about, me, place)
    resolved = [thread for thread in threads if not thread.is_open]
    if resolved and st.toggle(
        f"Show {count(len(resolved), 'resolved comment')}", key=f"{place}:resolved"
    ):
        for thread in resolved:
            show_thread(thread, parts.get(thread.part, thread.about), me, place)


def show_thread(thread: Thread, about: str, me: Who, place: str) -> None:
    key = f"{place}:{thread.id}"
    with st.container(border=True, gap="xsmall", key=f"lines-{key}"):
        st.markdown(f":small[:gray[{escape(about)}]]")
        for comment in thread.comments:
            show_comment(comment, me, f"{place}:{comment.id}")
        show_problem(f"{key}:state")
        if not thread.is_open:
            with st.container(horizontal=True, vertical_alignment="center"):
                said = f":material/check: Resolved by {escape(thread.resolved_by)}"
                st.caption(said, width="content")
                st.button(
                    "Open again", key=f"{key}:reopen", type="tertiary",
                    on_click=attempt, args=(lambda: reopen_thread(me, thread.id),),
                    kwargs={"at": f"{key}:state"},
                )  # fmt: skip
            return
        show_writing(
            "Reply", f"{key}:reply", lambda text, new_id: reply(me, thread.id, text,
                                                                comment_id=new_id),
            beside=lambda: st.button(
                "Resolve", key=f"{key}:resolve", icon=":material/check:", type="tertiary",
                on_click=attempt, args=(lambda: resolve_thread(me, thread.id),),
                kwargs={"at": f"{key}:state"},
            ),
        )  # fmt: skip


def show_comment(comment: CommentRow, me: Who, key: str) -> None:
    """One comment; its writer can change it in place."""
    editing = f"{key}:editing"
    with st.container(horizontal=True, vertical_alignment="center"):
        edited = " · changed since" if comment.is_edited else ""
        st.markdown(
            f"**{escape(comment.author)}** :small[:gray[{when(comment.at, me.zone)}{edited}]]",
            width="content",
        )
        if comment.is_own:
            st.button(
                "Done" if st.session_state.get(editing) else "Edit",
                key=f"{key}:edit",
                type="tertiary",
                on_click=turn,
                args=(editing,),
            )
    if comment.is_own and st.session_state.get(editing):
        text_field(
            "Your comment",
            key=f"{key}:text",
            saved=comment.text,
            save=lambda now, was: edit_comment(me, comment.id, now, was),
            area=True,
            label_visibility="collapsed",
        )
    else:
        show_prose(comment.text)


def turn(editing: str) -> None:
    st.session_state[editing] = not st.session_state.get(editing)


def show_new(
    postmortem_id: str, parts: Parts, threads: Sequence[Thread], me: Who, place: str
) -> None:
    """A new comment, about one of the parts; each says how many are open there."""
    open_at = [thread.part for thread in threads if thread.is_open]

    def in_words(part: str) -> str:
        there = open_at.count(part)
        return escape_label(parts[part]) + (f" ({there} open)" if there else "")

    about = st.selectbox(
        "About", list(parts), key=f"{place}:about", format_func=in_words, width="stretch"
    )
    show_writing(
        "Add comment",
        f"{place}:new",
        lambda text, new_id: add_comment(me, postmortem_id, about, text, comment_id=new_id),
    )


def show_writing(
    label: str,
    key: str,
    store: Callable[[str, str], object],
    beside: Callable[[], object] | None = None,
) -> None:
    """A place to write, and the button that sends it: nothing is sent by leaving."""
    unsaved.drawn(key)
    st.text_area(
        "Your words",
        key=key,
        height="content",
        label_visibility="collapsed",
        placeholder="What would help, or what is not clear?" if beside is None else "Reply",
        persist_state="session",
    )
    show_problem(key)
    with st.container(horizontal=True):
        st.button(label, key=f"{key}:send", on_click=send, args=(key, store))
        if beside:
            beside()


def send(key: str, store: Callable[[str, str], object]) -> None:
    text = st.session_state.get(key) or ""
    if not text.strip() and is_second_click(key):
        return
    new_id = st.session_state.setdefault(f"{key}:id", uuid4().hex)
    if attempt(lambda: store(text, new_id), at=key, typed=("Comment", text)):
        st.session_state[key] = ""
        del st.session_state[f"{key}:id"]
        note_done(key)
