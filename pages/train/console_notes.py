"""What the facilitator notes while it runs, and the world of the story as it is."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from models.rules.exercise import facilitating
from models.rules.exercise.events import Verdict
from models.rules.scenario.shape import Expectation
from pages.components.problems import escape, show_problem
from pages.components.said import said, say
from pages.components.words import severity_badge
from pages.train.console_keys import FIELD, listen_for_keys
from pages.train.leading import Leading, lead

AT = "notes"
VERDICTS = {Verdict.MET: "Yes", Verdict.PARTLY: "Partly", Verdict.NOT_MET: "No"}


def show_notes(leading: Leading) -> None:
    """A line and Enter is an observation; the objective can be said with it."""
    objectives = {one.id: one.text for one in leading.run.scenario.objectives}
    with st.container(border=True, key=leading.key("notes")):
        st.text_input(
            FIELD,
            key=leading.key(f"observation:{entry(leading)}"),
            placeholder="Press N, write, Enter",
            icon=":material/visibility:",
            max_chars=500,
            on_change=observe,
            args=(leading,),
        )
        st.selectbox(
            "About",
            list(objectives),
            key=leading.key("objective"),
            index=None,
            format_func=objectives.__getitem__,
            placeholder="The whole exercise",
            label_visibility="collapsed",
        )
        listen_for_keys()
        show_problem(AT, live=True)
        if noted := said(leading.key("noted")):
            st.caption(f":material/check: Noted: {escape(noted)}")
        for one in leading.view.expectations:
            show_expectation(leading, one)


def show_expectation(leading: Leading, one: Expectation) -> None:
    key = leading.key(f"mark:{one.id}")
    st.pills(
        f"{escape(leading.seat_title(one.seat))}: {escape(one.text)}",
        list(VERDICTS),
        key=key,
        format_func=VERDICTS.__getitem__,
        on_change=mark,
        args=(leading, one.id),
    )


def show_world(leading: Leading) -> None:
    """The state behind the story, and the severity that would be right for it."""
    view = leading.view
    right = view.right_severity
    with st.expander("The world of the story", icon=":material/public:"):
        impact = "Customers are hurt now." if view.impact else "Customers are not hurt now."
        st.markdown(impact)
        if right is not None:
            others = "".join(f" or {level}" for level in right.accept)
            st.markdown(f"Right severity: {severity_badge(right.level)}{others}")
            st.caption(escape(right.why))
        lines = [f"- {escape(name)}: {escape(str(value))}" for name, value in view.state.items()]
        st.markdown("\n".join(lines))


def entry(leading: Leading) -> str:
    """Names the note that is being written: its field, and the command that keeps it. The same
    field, emptied, would get its text back from a browser that asks for a new drawing, and the
    note would be kept again."""
    return st.session_state.setdefault(leading.key("entry"), uuid4().hex)


def observe(leading: Leading) -> None:
    name = entry(leading)
    text = st.session_state.get(leading.key(f"observation:{name}"), "")
    about = st.session_state[leading.key("objective")] or ""
    if not text.strip():
        return
    if lead(leading, facilitating.observe, text, about, at=AT, click=f"note:{name}"):
        st.session_state[leading.key("entry")] = uuid4().hex
        say(leading.key("noted"), text)


def mark(leading: Leading, expectation: str) -> None:
    verdict = st.session_state[leading.key(f"mark:{expectation}")]
    if verdict is not None:
        lead(leading, facilitating.mark, expectation, verdict, at=AT)
