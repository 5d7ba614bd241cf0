"""A post-mortem in eight steps: a person leads it from the first facts to its publication.

They can leave at any point: everything is saved when a field is left, and the step stands in the
address.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from models.rules.lifecycle import EDITABLE
from models.rules.policy import Who
from models.rules.problems import NotFound
from models.rules.record import PostmortemRecord
from models.rules.review import Step, countdown, people_in, steps
from models.rules.vocabulary import words
from pages.components.fields import text_field
from pages.components.head import page_head
from pages.components.live import listen
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.components.wording import show_wording
from pages.components.words import severity_badge, status_badge
from pages.learn.steps import (
    actions,
    before,
    discuss,
    impact,
    learned,
    prepare,
    publish,
    review,
    timeline,
    why,
)
from pages.learn.steps.meeting_start import show_open_meeting
from pages.learn.workspace_steps import go_to, show_next, show_step_head, show_strip
from services import clock
from services.draft_news import get_news
from services.postmortems import get_postmortem, save_title

SHOW: dict[Step, Callable[[PostmortemRecord, Who, bool], None]] = {
    Step.PREPARE: prepare.show,
    Step.TIMELINE: timeline.show,
    Step.IMPACT: impact.show,
    Step.WHY: why.show,
    Step.LEARNED: learned.show,
    Step.ACTIONS: actions.show,
    Step.REVIEW: review.show,
    Step.PUBLISH: publish.show,
}
_TO_TOP = st.components.v2.component(
    "to_top",
    js="""
    export default function ({ data }) {
      const main = document.querySelector('[data-testid="stMain"]');
      if (main && window.hotwashStep !== undefined && window.hotwashStep !== data.step) {
        main.scrollTo(0, 0);
      }
      window.hotwashStep = data.step;
    }
    """,
)


def show() -> None:
    """The frame around every step."""
    me = who()
    with problems_shown():
        try:
            postmortem_id = st.query_params.get("id", "")
            changes = get_news(me, postmortem_id).revision  # what comes later draws anew
            postmortem = get_postmortem(me, postmortem_id)
        except NotFound:
            show_nothing_here()
            return
        listen(postmortem.id, changes, "postmortem")
        frozen = postmortem.status not in EDITABLE
        step = chosen_step()
        states = steps(postmortem)
        show_head(postmortem, me, frozen)
        show_open_meeting(postmortem.id, me)
        show_strip(postmortem, states, step, frozen)
        if frozen and step is not Step.PUBLISH:
            show_frozen(postmortem)
        show_step_head(next(state for state in states if state.step is step), frozen)
        discuss.show(postmortem, step, me)
        if not frozen:
            before.show(step, postmortem, me)
        SHOW[step](postmortem, me, frozen)
        show_next(postmortem, step)
    _TO_TOP(data={"step": step.value}, key="to_top")


def show_nothing_here() -> None:
    """For an address that leads nowhere (any more)."""
    page_head("Post-mortem")
    st.markdown("There is no post-mortem at this address. It may have been removed.")
    st.page_link("learn/postmortems.py", label="All post-mortems", icon=":material/arrow_back:")


def show_head(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """Title, status, and when it is due."""
    badges = [severity_badge(postmortem.severity), status_badge(postmortem.status)]
    if not frozen:
        due = countdown(postmortem.due_at, clock.now()) if postmortem.due_at else "no due date yet"
        badges.append(f":gray-badge[:material/schedule: {due}]")
    owner = escape(postmortem.owner) or "no owner yet"
    badges.append(f":gray-badge[:material/person: {owner}]")
    page_head(postmortem.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" ".join(badges), width="content")
        if frozen:
            return
        with st.popover("Rename", icon=":material/edit:", type="tertiary"):
            text_field(
                "Title",
                key=f"{postmortem.id}:title",
                saved=postmortem.title,
                save=lambda now, was: save_title(me, postmortem.id, now, was),
            )
            show_wording(postmortem.title, people_in(postmortem))


def show_frozen(postmortem: PostmortemRecord) -> None:
    """Why nothing can be edited, and the way to change that."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/lock: This post-mortem is {words(postmortem.status)}, so its words are "
            "frozen. To change them, reopen it; what was published stays as it is."
        )
        st.button(
            "Go to Publish", key=f"{postmortem.id}:to_publish", on_click=go_to, args=(Step.PUBLISH,)
        )


def chosen_step() -> Step:
    """The step in the address; the first one for none, or for words that are no step."""
    wanted = st.query_params.get("step", "")
    return Step(wanted) if wanted in set(Step) else Step.PREPARE


show()
