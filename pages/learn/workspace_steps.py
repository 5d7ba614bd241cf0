"""The way through the workspace: the eight steps, what each has and lacks, on and back."""

from __future__ import annotations

import streamlit as st

from models.rules.record import PostmortemRecord
from models.rules.review import Step, StepState
from models.rules.vocabulary import label

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


def show_strip(
    postmortem: PostmortemRecord, states: tuple[StepState, ...], current: Step, frozen: bool
) -> None:
    """The eight steps, each with what is there and, while it can be added, what is missing."""
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
                st.caption(in_short(state, frozen))


def in_short(state: StepState, frozen: bool) -> str:
    """What a step has or lacks, for the narrow column below its name."""
    if state.done or frozen:
        return ", ".join(state.has[:3]) or ("done" if state.done else "nothing written")
    more = f" (and {len(state.missing) - 1} more)" if len(state.missing) > 1 else ""
    return f"Missing: {state.missing[0]}{more}"


def show_step_head(state: StepState, frozen: bool) -> None:
    """What this step is for, and all that it still lacks. Of frozen words nothing is asked."""
    st.header(label(state.step), anchor=False)
    if frozen:
        return
    st.markdown(ABOUT[state.step])
    there = f"There: {', '.join(state.has)}. " if state.has else ""
    missing = f"Still missing: {', '.join(state.missing)}." if state.missing else "Nothing missing."
    st.caption(there + missing)


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


def go_to(step: Step) -> None:
    st.query_params["step"] = step.value
