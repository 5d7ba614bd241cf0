"""Exactly what goes to whom, before it does."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import NotFound
from pages.components.problems import attempt, escape, show_problem
from pages.components.words import when
from pages.learn.sending_choice import link_to, look_again, show_prepared
from services.distribution import Prepared, get_prepared, send
from services.settings import settings

INLINE = 12  # addresses that are shown without opening a list


def show_preview(sending_id: str, me: Who) -> None:
    try:
        found = get_prepared(me, sending_id)
    except NotFound:
        st.caption("What was prepared here is gone. Choose above and look at it again.")
        return
    if found.sent_at is not None:
        return
    st.header("This is what goes out", anchor=False)
    show_before(found, me)
    with st.container(border=True):
        show_recipients(found)
        st.markdown(f"**Subject** {escape(found.subject)}")
        st.text(found.text)
        st.link_button(
            f"Look at the attachment: {found.file_name}, {size_in_words(found.size)}",
            url(found, "pdf"),
            icon=":material/picture_as_pdf:",
        )
        if found.may_be_names:
            st.caption(
                "These words in it may be names of people. Look at the document before you send "
                f"it: {escape(found.may_be_names)}."
            )
    show_problem(f"{found.id}:send")
    show_buttons(found, me)


def show_before(found: Prepared, me: Who) -> None:
    """That the same has been sent before, and who has it; again only on purpose."""
    if found.before:
        times = "; ".join(f"{escape(name)} on {when(at, me.zone)}" for name, at in found.before)
        st.warning(
            f"This document of the same revision has been sent already: {times}.",
            icon=":material/history:",
        )
    if found.left_out or found.wish.again:
        st.checkbox(
            "Send it again to those it was sent to",
            value=found.wish.again,
            key=f"{found.id}:again",
            help="Otherwise nobody gets the same document twice.",
            on_change=change_again,
            args=(found, me, link_to(found.wish.postmortem_id)),
        )


def show_recipients(found: Prepared) -> None:
    count = len(found.recipients)
    lists = escape(", ".join(found.lists))
    if not count:
        st.markdown(
            f"**To** nobody: this has been sent to everybody on {lists} before. What became of it "
            "stands below."
        )
    else:
        st.markdown(f"**To** {people(count)} on {lists}, each in a mail of their own")
    if 0 < count <= INLINE:
        st.text("\n".join(found.recipients))
    elif count:
        with st.expander(f"The {count} addresses"):
            st.text("\n".join(found.recipients))
    if found.left_out and count:
        with st.expander(f"Left out, because it was sent to them: {people(len(found.left_out))}"):
            st.text("\n".join(found.left_out))


def show_buttons(found: Prepared, me: Who) -> None:
    count = len(found.recipients)
    with st.container(horizontal=True, vertical_alignment="center"):
        if settings().mail is None:
            st.link_button(
                "The mail as a draft", url(found, "eml"), icon=":material/drafts:", type="primary",
                disabled=not count,
                help="A file (.eml) that a mail program opens. The addresses are blind copies, so "
                "that nobody sees another's.",
            )  # fmt: skip
            st.link_button("The document, PDF", url(found, "pdf"), icon=":material/download:")
        else:
            st.button(
                f"Send to {people(count)}",
                key=f"{found.id}:go",
                type="primary",
                icon=":material/send:",
                disabled=not count,
                on_click=send_it,
                args=(found, me),
            )
        st.button("Not now", key=f"{found.id}:drop", type="tertiary", on_click=look_again)


def url(found: Prepared, kind: str) -> str:
    return f"/sending/{quote(found.id, safe='')}.{kind}"


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def size_in_words(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} KB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"


def send_it(found: Prepared, me: Who) -> None:
    if attempt(lambda: send(me, found.id, found.recipients), at=f"{found.id}:send"):
        look_again()


def change_again(found: Prepared, me: Who, link: str) -> None:
    again = st.session_state[f"{found.id}:again"]
    show_prepared(replace(found.wish, again=again), me, link)
