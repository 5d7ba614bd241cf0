"""Beside what is being written: what happened before that is like it, and what was promised."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.rules.actions import completion
from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.review import Step
from models.rules.vocabulary import ActionStatus, words
from pages.components.problems import escape
from pages.components.words import severity_badge
from services.promises import Promise
from services.recurring import FactorPast, find_factor_pasts
from services.similar import SimilarPostmortem, find_similar

LISTED = 4  # promises of one post-mortem or factor
COMMON_WORDS = 6  # words in common that are named
NOTED, PROPOSED = ActionStatus.IDEA, ActionStatus.PROPOSED
_NOT_NOTED = "Proposed then; what became of it is not noted"
_ICONS = {
    ActionStatus.DONE: ":material/check_circle:",
    ActionStatus.DECLINED: ":material/block:",
    ActionStatus.IN_PROGRESS: ":material/pending:",
}


def show(step: Step, postmortem: PostmortemRecord, me: Who) -> None:
    """What helps at this step: similar incidents at the timeline and the whys, the past of the
    factors where they are tagged and where actions are written."""
    if step in (Step.TIMELINE, Step.WHY):
        show_similar(postmortem, me)
    if step in (Step.WHY, Step.ACTIONS):
        answered = (action.factor for action in postmortem.actions if action.factor)
        show_factors(postmortem, me, tuple({*postmortem.all_factors, *answered}))


def show_similar(postmortem: PostmortemRecord, me: Who) -> None:
    """Earlier incidents like this one; nothing where there is none."""
    found = find_similar(me, postmortem)
    if not found:
        return
    with st.expander(
        "Similar incidents before this one",
        key=f"{postmortem.id}:similar",
        icon=":material/history:",
    ):
        for earlier in found:
            show_earlier(earlier)


def show_earlier(earlier: SimilarPostmortem) -> None:
    with st.container(gap="xxsmall"):
        st.page_link(
            "learn/published.py",
            label=f"**{escape(earlier.title)}**",
            query_params={"id": earlier.postmortem_id},
        )
        shared = ", ".join(earlier.shared[:COMMON_WORDS])
        about = f"{earlier.began_at:%-d %b %Y} · in common: {escape(shared)}"
        if earlier.services:
            about += f" · same service: {escape(', '.join(earlier.services))}"
        st.markdown(f"{severity_badge(earlier.severity)} :small[:gray[{about}]]")
        show_promises(earlier.promises, "Promised then")


def show_factors(postmortem: PostmortemRecord, me: Who, factors: Sequence[str]) -> None:
    """What these factors led to before; nothing where they never came up."""
    pasts = find_factor_pasts(me, factors, besides=postmortem.id)
    if not pasts:
        return
    with st.expander(
        "These factors before, and what was promised for them",
        key=f"{postmortem.id}:factors_before",
        icon=":material/repeat:",
    ):
        for past in pasts:
            show_past(past)


def show_past(past: FactorPast) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"**{escape(past.factor)}**")
        if past.seen and past.last_id and past.last_at:
            many = "one post-mortem" if past.seen == 1 else f"{past.seen:,} post-mortems, last in"
            st.page_link(
                "learn/published.py",
                label=f"Named in {many}: {escape(past.last_title)} ({past.last_at:%-d %b %Y})",
                query_params={"id": past.last_id},
            )
        if past.promises:
            show_promises(past.promises, "Promised for it")
        else:
            st.caption("Nothing was promised for it so far.")


def show_promises(promises: Sequence[Promise], lead: str) -> None:
    """How many are done, and each of the first ones with its state."""
    if not promises:
        return
    decided = [p.status for p in promises if p.status not in (NOTED, PROPOSED)]
    done, counted = completion(decided)
    said = f"{lead}: {done} of {counted} done"
    if not counted:
        said = f"{lead}: nothing, it was decided against" if decided else _NOT_NOTED
    lines = [one_line(promise) for promise in promises[:LISTED]]
    more = len(promises) - LISTED
    lines += [f"and {more} more"] if more > 0 else []
    st.caption("  \n".join([said, *lines]))


def one_line(promise: Promise) -> str:
    """`✓ Done: Alert on replica lag (Mira)`."""
    icon = _ICONS.get(promise.status, ":material/radio_button_unchecked:")
    state = words(promise.status)
    if promise.is_overdue and promise.due_on:
        state += f", due {promise.due_on:%-d %b %Y} and overdue"
    owner = f" ({escape(promise.owner)})" if promise.owner else ""
    return f"{icon} {escape(promise.text)}{owner} – {state}"
