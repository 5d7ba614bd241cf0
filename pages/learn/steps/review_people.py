"""Reviewers: whom to ask, who has signed which words, and my own sign-off."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.record import PostmortemRecord, ReviewRecord
from models.rules.review import people_in
from pages.components.problems import attempt, escape, show_problem
from pages.components.prose import show_prose
from pages.components.short_form import ShortForm
from pages.components.twice import is_second_click, note_done
from pages.components.wording import show_wording
from pages.components.words import when
from services.people import list_people
from services.publishing import ask_reviewer, remove_reviewer, sign_off

QUESTIONS = """
- Is the evidence kept, and is the impact complete?
- Do the whys go deep enough, past any person?
- Are the actions the right ones, and in the right order?
- Is it shared with everybody who could learn from it?
"""


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """Who was asked and who has signed, then what one can do about it."""
    st.markdown("**Reviewers**")
    show_problem(f"{postmortem.id}:reviewers")
    if not postmortem.reviews:
        st.caption("Nobody was asked yet. One reader who was not there sees most.")
    for review in postmortem.reviews:
        show_review(postmortem.id, review, me, frozen)
    if frozen:
        return
    show_ask(postmortem, me)
    show_sign_off(postmortem, me)


def show_review(postmortem_id: str, review: ReviewRecord, me: Who, frozen: bool) -> None:
    name = f"**{escape(review.name)}**"
    if review.signed_at is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/hourglass_empty: {name} was asked")
            if not frozen:
                st.button(
                    "Withdraw",
                    key=f"{postmortem_id}:withdraw:{review.name}",
                    type="tertiary",
                    help="Take the request back",
                    on_click=withdraw,
                    args=(postmortem_id, review.name, me),
                )
        return
    signed = f"{name} signed off on {when(review.signed_at, me.zone)}"
    if review.stale:
        st.markdown(f":material/history: {signed}, but the words have changed since.")
    else:
        st.markdown(f":material/verified: {signed}")
    if review.comment:
        with st.container(border=True):
            show_prose(review.comment)


def show_ask(postmortem: PostmortemRecord, me: Who) -> None:
    there = {review.name.casefold() for review in postmortem.reviews}
    names = [p.name for p in list_people(me) if p.is_active and p.name.casefold() not in there]
    form = new_reviewer(postmortem.id)
    who, ask = st.columns([3, 1], vertical_alignment="bottom")
    who.selectbox(
        "Ask somebody to read it",
        names,
        placeholder="Choose, or type a name",
        accept_new_options=True,
        **form.field("name"),
    )
    ask.button(
        "Ask",
        key=f"{form.name}:send",
        on_click=save_reviewer,
        args=(postmortem.id, me),
        width="stretch",
    )
    form.mark()


def new_reviewer(postmortem_id: str) -> ShortForm:
    return ShortForm(f"{postmortem_id}:ask", name=None)


def show_sign_off(postmortem: PostmortemRecord, me: Who) -> None:
    """The acting person signs the words as they stand on this page."""
    mine = next((r for r in postmortem.reviews if r.name == me.name), None)
    if mine and mine.signed_at and not mine.stale:
        st.caption("You have signed these words.")
        return
    with st.container(border=True):
        st.markdown(f"**Sign off as {escape(me.name)}**")
        st.markdown(QUESTIONS)
        comment = f"{postmortem.id}:comment"
        st.text_area(
            "Comment",
            key=comment,
            placeholder="What a reader should know; may be empty",
            persist_state="session",
        )
        show_wording(st.session_state.get(comment, ""), people_in(postmortem))
        again = mine is not None and mine.signed_at is not None
        st.button(
            "Sign off again" if again else "Sign off",
            key=f"{postmortem.id}:sign",
            icon=":material/verified:",
            on_click=sign,
            args=(postmortem.id, me),
        )


def save_reviewer(postmortem_id: str, me: Who) -> None:
    form, place = new_reviewer(postmortem_id), f"{postmortem_id}:ask"
    name = form.value("name") or ""
    if not name and is_second_click(place):
        return
    if attempt(lambda: ask_reviewer(me, postmortem_id, name), at=f"{postmortem_id}:reviewers"):
        note_done(place)
        form.clear()


def withdraw(postmortem_id: str, name: str, me: Who) -> None:
    attempt(lambda: remove_reviewer(me, postmortem_id, name), at=f"{postmortem_id}:reviewers")


def sign(postmortem_id: str, me: Who) -> None:
    comment = st.session_state.get(f"{postmortem_id}:comment", "")
    attempt(lambda: sign_off(me, postmortem_id, comment), at=f"{postmortem_id}:reviewers")
