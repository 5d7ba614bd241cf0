"""Severity on the page of an incident: the level, the questions that lead to it, the history."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.severity import LEVELS, NO, NOT_SURE, YES, Question, walk
from models.rules.vocabulary import Severity
from pages.components.problems import attempt, escape, show_problem
from pages.components.wording import show_wording
from pages.components.words import severity_badge, when
from services.incidents import CHANGES, IncidentView, save_severity


def show_severity(view: IncidentView, person: Who) -> None:
    record = view.record
    choosing = f"severity:{record.id}:answers" in st.session_state
    st.header("Severity", anchor=False)
    with st.container(border=True):
        if record.severity is None:
            st.markdown("Not chosen yet. At most three questions lead to it.")
        else:
            level = LEVELS[record.severity]
            st.markdown(f"{severity_badge(record.severity)} {level.impact}. {level.response}.")
        if choosing:
            show_choice(view, person)
        else:
            show_path(view)
            st.button(
                "Change the severity" if record.severity else "Answer the questions",
                key=f"severity:{record.id}:begin",
                on_click=begin,
                args=(record.id,),
            )
        show_problem("severity")
    with st.expander("What the four levels mean", expanded=record.severity is None or choosing):
        for severity, level in LEVELS.items():
            st.markdown(
                f"{severity_badge(severity)} {level.impact}. "
                f":small[:gray[{level.response}. For example: {level.example}.]]"
            )
    if view.severity_changes:
        show_history(view, person)


def show_path(view: IncidentView) -> None:
    """The answers that led to the level, as they are kept on the record."""
    if view.record.severity_path:
        answers = [f"- {escape(q)} **{escape(a)}**" for q, a in view.record.severity_path]
        st.markdown("\n".join(answers))


def show_choice(view: IncidentView, person: Who) -> None:
    """One question at a time, then the level they lead to."""
    incident_id = view.record.id
    answers = st.session_state[f"severity:{incident_id}:answers"]
    st.divider()
    for (_, answer), text in zip(answers, asked(answers), strict=True):
        st.markdown(f":small[:gray[{text}]] **{answer}**")
    step = walk(answers)
    if isinstance(step, Question) and not st.session_state.get(f"severity:{incident_id}:direct"):
        show_question(incident_id, step)
        return
    led_to = None if isinstance(step, Question) else step
    if led_to:
        st.markdown(f"The answers lead to {severity_badge(led_to)} {LEVELS[led_to].impact}.")
    show_confirm(view, person, led_to)


def asked(answers: list[tuple[str, str]]) -> list[str]:
    """The questions of the answers, in words."""
    steps = (walk(answers[:count]) for count in range(len(answers)))
    return [step.text for step in steps if isinstance(step, Question)]


def show_question(incident_id: str, question: Question) -> None:
    st.markdown(f"**{question.text}**")
    with st.container(horizontal=True):
        for words, answer in (("Yes", YES), ("No", NO), ("Not sure", NOT_SURE)):
            st.button(
                words,
                key=f"severity:{incident_id}:{question.key}:{answer}",
                on_click=note_answer,
                args=(incident_id, question.key, answer),
            )
    st.caption("When in doubt the higher level is taken; it can be lowered later.")
    with st.container(horizontal=True):
        st.button(
            "Choose without the questions",
            key=f"severity:{incident_id}:skip",
            type="tertiary",
            on_click=skip,
            args=(incident_id,),
        )
        show_leave(incident_id)


def show_confirm(view: IncidentView, person: Who, led_to: Severity | None) -> None:
    incident_id, was = view.record.id, view.record.severity
    level = f"severity:{incident_id}:level:{led_to}"
    reason = f"severity:{incident_id}:reason"
    st.segmented_control("Level", list(Severity), key=level, default=led_to or was, required=True)
    st.text_area(
        "Why it changes" if was else "Why, if it is another level than the answers lead to",
        key=reason,
        height="content",
        placeholder="What is known now that was not known before?" if was else "",
    )
    show_wording(st.session_state.get(reason, ""), [p.name for p in view.record.participants])
    with st.container(horizontal=True):
        st.button(
            "Save the severity",
            key=f"severity:{incident_id}:save",
            type="primary",
            on_click=save,
            args=(person, incident_id, was, level, reason),
        )
        st.button(
            "Ask again",
            key=f"severity:{incident_id}:again",
            type="tertiary",
            on_click=begin,
            args=(incident_id,),
        )
        show_leave(incident_id)


def show_leave(incident_id: str) -> None:
    st.button(
        "Leave it as it is",
        key=f"severity:{incident_id}:leave",
        type="tertiary",
        on_click=forget,
        args=(incident_id,),
    )


def show_history(view: IncidentView, person: Who) -> None:
    many = len(view.severity_changes)
    with st.expander(
        f"Changes of the severity ({f'the last {many}' if many == CHANGES else many})"
    ):
        for change in reversed(view.severity_changes):
            by = f", {escape(change.by)}" if change.by else ""
            st.markdown(
                f"{severity_badge(change.before)} → {severity_badge(change.after)} "
                f":small[:gray[{when(change.at, person.zone)}{by}]]  \n{escape(change.reason)}"
            )


def begin(incident_id: str) -> None:
    forget(incident_id)
    st.session_state[f"severity:{incident_id}:answers"] = []


def skip(incident_id: str) -> None:
    st.session_state[f"severity:{incident_id}:direct"] = True


def forget(incident_id: str) -> None:
    for name in ("answers", "direct"):
        st.session_state.pop(f"severity:{incident_id}:{name}", None)


def note_answer(incident_id: str, question: str, answer: str) -> None:
    """A second click on the same answer changes nothing."""
    given = st.session_state[f"severity:{incident_id}:answers"]
    if question not in dict(given):
        given.append((question, answer))


def save(person: Who, incident_id: str, was: Severity | None, level: str, reason: str) -> None:
    chosen = Severity(st.session_state[level]) if st.session_state[level] else None
    words, answers = st.session_state[reason], st.session_state[f"severity:{incident_id}:answers"]
    complete = answers if isinstance(walk(answers), Severity) else ()
    if chosen is None:
        return
    if attempt(
        lambda: save_severity(person, incident_id, chosen, was=was, reason=words, answers=complete),
        at="severity",
    ):
        forget(incident_id)
