"""Step 7: the summary, what is still missing, how it reads, and who has read it."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.review import Step, people_in, steps
from models.rules.summary import draft_summary
from models.rules.vocabulary import label
from pages.components.fields import text_field
from pages.components.problems import attempt, show_problem
from pages.components.prose import show_prose
from pages.components.wording import Kept, show_wording
from pages.learn.steps import review_findings, review_people
from services.postmortems import save_summary
from services.publishing import list_kept_wording


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """Summary and reading on one side; completeness and reviewers on the other. Of frozen words
    nothing is asked."""
    kept = list_kept_wording(me, postmortem.id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_summary(postmortem, kept, me, frozen)
        if not frozen:
            review_findings.show(postmortem, kept, me)
    with right:
        if not frozen:
            show_completeness(postmortem)
        review_people.show(postmortem, me, frozen)


def show_summary(postmortem: PostmortemRecord, kept: Kept, me: Who, frozen: bool) -> None:
    """What leadership reads first."""
    st.markdown("**Summary**")
    if frozen:
        show_prose(postmortem.summary)
        return
    st.caption("What happened, for whom, for how long, why, and what follows. A few sentences.")
    show_problem(f"{postmortem.id}:summary_draft")
    text_field(
        "Summary",
        key=f"{postmortem.id}:summary",
        saved=postmortem.summary,
        save=lambda now, was: save_summary(me, postmortem.id, now, was),
        area=True,
        label_visibility="collapsed",
        placeholder="Write it here, or begin with a draft from the facts",
    )
    show_wording(postmortem.summary, people_in(postmortem), kept)
    draft = draft_summary(postmortem)
    if not postmortem.summary:
        st.button(
            "Draft it from the facts",
            key=f"{postmortem.id}:draft_summary",
            icon=":material/auto_awesome:",
            on_click=use_draft,
            args=(postmortem, draft, me),
        )
    elif postmortem.summary == draft:
        st.caption("This is the draft from the facts. Rewrite it in your own words.")
    else:
        with st.popover("Start again from the facts", type="tertiary"):
            st.caption("The draft below takes the place of what is written now.")
            show_prose(draft)
            st.button(
                "Replace the summary",
                key=f"{postmortem.id}:replace_summary",
                on_click=use_draft,
                args=(postmortem, draft, me),
            )


def show_completeness(postmortem: PostmortemRecord) -> None:
    """Each step with what it lacks; nothing here has to be complete before publication."""
    st.markdown("**Is everything there?**")
    states = [state for state in steps(postmortem) if state.step is not Step.PUBLISH]
    done = [label(state.step) for state in states if state.done]
    if done:
        st.markdown(f":material/check_circle: {', '.join(done)}")
    with st.container(gap=None):
        for state in (state for state in states if not state.done):
            st.button(
                label(state.step),
                key=f"{postmortem.id}:complete:{state.step}",
                icon=":material/circle:",
                type="tertiary",
                on_click=review_findings.go_to,
                args=(state.step,),
            )
            st.caption(f"Missing: {', '.join(state.missing)}")


def use_draft(postmortem: PostmortemRecord, draft: str, me: Who) -> None:
    attempt(
        lambda: save_summary(me, postmortem.id, draft, postmortem.summary),
        at=f"{postmortem.id}:summary_draft",
    )
