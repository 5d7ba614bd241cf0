"""A seat chooses the severity with the questions that are used for incidents."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import commands
from models.rules.severity import LEVELS, Question, walk
from models.rules.vocabulary import Severity
from pages.components.said import say
from pages.components.words import severity_badge
from pages.learn.incident_severity import asked, begin, forget, show_leave, show_question
from pages.train.seat_form import AT, begin_anew, text_key, typed
from pages.train.seated import Seated, act


def show_severity(seated: Seated) -> None:
    run_id, level = seated.run.id, seated.view.severity
    answers = st.session_state.get(f"severity:{run_id}:answers")
    if answers is None:
        if level is None:
            st.markdown("Not chosen yet. At most three questions lead to it.")
        else:
            st.markdown(f"{severity_badge(level)} {LEVELS[level].impact}.")
        again = "Change the severity" if level else "Answer the questions"
        st.button(again, key=seated.key("severity:begin"), on_click=begin, args=(run_id,))
        return
    for (_, answer), text in zip(answers, asked(answers), strict=True):
        st.markdown(f":small[:gray[{text}]] **{answer}**")
    step = walk(answers)
    if isinstance(step, Question) and not st.session_state.get(f"severity:{run_id}:direct"):
        show_question(run_id, step)
        return
    show_level(seated, None if isinstance(step, Question) else step)


def show_level(seated: Seated, led_to: Severity | None) -> None:
    run_id, scale = seated.run.id, seated.run.scenario.severity.scale
    if led_to:
        st.markdown(f"The answers lead to {severity_badge(led_to)} {LEVELS[led_to].impact}.")
    here = within(led_to, scale) if led_to else seated.view.severity
    if led_to and here is not led_to:
        st.caption(f"This team uses {', '.join(scale)}; in doubt the higher one.")
    level = seated.key(f"severity:level:{led_to}")
    st.segmented_control("Level", list(scale), key=level, default=here, required=True)
    why = text_key(seated, "severity")
    st.text_area("Why (optional)", key=why, height="content", persist_state="session")
    with st.container(horizontal=True):
        st.button(
            "Set the severity",
            key=seated.key("severity:save"),
            type="primary",
            on_click=save,
            args=(seated, level),
        )
        st.button(
            "Ask again",
            key=seated.key("severity:again"),
            type="tertiary",
            on_click=begin,
            args=(run_id,),
        )
        show_leave(run_id)


def within(level: Severity, scale: tuple[Severity, ...]) -> Severity:
    """The level itself, or where the scenario does not use it the next higher one that it uses;
    the highest when there is none."""
    order = list(Severity)
    known = sorted(scale, key=order.index)
    return next((s for s in reversed(known) if order.index(s) <= order.index(level)), known[0])


def save(seated: Seated, level: str) -> None:
    chosen = st.session_state[level]
    if chosen is None:
        return
    if act(seated, commands.choose_severity, Severity(chosen), typed(seated, "severity"), at=AT):
        forget(seated.run.id)
        begin_anew(seated, "severity")
        st.session_state[seated.key("doing")] = None
        say(seated.key("done"), f"The severity is {chosen}")
