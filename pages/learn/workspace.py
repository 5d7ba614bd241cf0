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
from models.rules.review import Step, StepState, countdown, people_in, steps
from models.rules.vocabulary import label, words
from pages.components.fields import text_field
from pages.components.head import page_head
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.components.wording import show_wording
from pages.components.words import severity_badge, status_badge
from pages.learn.steps import actions, impact, learned, prepare, publish, review, timeline, why
from services import clock
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
ABOUT: dict[Step, str] = {
    Step.PREPARE: "Who comes together, when, and about what.",
    Step.TIMELINE: "What happened, as facts in the order of time, from before anybody noticed.",
    Step.IMPACT: "What it meant for customers, data and money. An estimate is fine; mark it.",
    Step.WHY: "How it could happen. Ask further until the answers are about the system.",
    Step.LEARNED: "What to keep, what to mend, and what nobody knew before.",
    Step.ACTIONS: "Few things, each with one owner and a date.",
    Step.REVIEW: "Is it complete, and is it fair to everybody who was there?",
    Step.PUBLISH: "Freeze the words, and hand them to everybody who can learn from them.",
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
            postmortem = get_postmortem(me, st.query_params.get("id", ""))
        except NotFound:
            show_nothing_here()
            return
        frozen = postmortem.status not in EDITABLE
        step = chosen_step()
        states = steps(postmortem)
        show_head(postmortem, me, frozen)
        show_strip(postmortem, states, step)
        if frozen and step is not Step.PUBLISH:
            show_frozen(postmortem)
        show_step_head(next(state for state in states if state.step is step))
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
                limit=300,
            )
            show_wording(postmortem.title, people_in(postmortem))


def show_strip(postmortem: PostmortemRecord, states: tuple[StepState, ...], current: Step) -> None:
    """The eight steps, each with what is there and what is missing."""
    with st.grid(4, min_column_width=150, gap="small"):
        for state in states:
            with st.container(gap="xxsmall"):
                st.button(
                    label(state.step),
                    key=f"{postmortem.id}:step:{state.step}",
                    icon=":material/check_circle:" if state.done else ":material/circle:",
                    type="primary" if state.step is current else "secondary",
                    on_click=go_to,
                    args=(state.step,),
                    width="stretch",
                )
                st.caption(in_short(state))


def in_short(state: StepState) -> str:
    """What a step has and lacks, for the narrow column below its name."""
    if state.done:
        return ", ".join(state.has[:3]) or "done"
    more = f" and {len(state.missing) - 1} more" if len(state.missing) > 1 else ""
    return f"Missing: {state.missing[0]}{more}"


def show_step_head(state: StepState) -> None:
    """What this step is for, and all that it still lacks."""
    st.subheader(label(state.step), anchor=False)
    st.markdown(ABOUT[state.step])
    there = f"There: {', '.join(state.has)}. " if state.has else ""
    missing = f"Still missing: {', '.join(state.missing)}." if state.missing else "Nothing missing."
    st.caption(there + missing)


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


def show_next(postmortem: PostmortemRecord, step: Step) -> None:
    """On to the next step; every step can be left unfinished."""
    order = list(Step)
    place = order.index(step)
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if place > 0:
            st.button(
                f"Back to {label(order[place - 1])}",
                key=f"{postmortem.id}:back",
                icon=":material/arrow_back:",
                on_click=go_to,
                args=(order[place - 1],),
            )
        else:
            st.page_link("learn/postmortems.py", label="All post-mortems")
        if place < len(order) - 1:
            st.button(
                f"Next step: {label(order[place + 1])}",
                key=f"{postmortem.id}:next",
                icon=":material/arrow_forward:",
                icon_position="right",
                type="primary",
                on_click=go_to,
                args=(order[place + 1],),
            )


def chosen_step() -> Step:
    """The step in the address; the first one for none, or for words that are no step."""
    wanted = st.query_params.get("step", "")
    return Step(wanted) if wanted in set(Step) else Step.PREPARE


def go_to(step: Step) -> None:
    st.query_params["step"] = step.value


show()
