"""Did it help? What the owner of a done action is asked some weeks later, and what was answered."""

from __future__ import annotations

import streamlit as st

from models.rules.following.helped import SAID, Helped, since_words
from models.rules.policy import Who
from pages.components.lines import line, lines
from pages.components.problems import attempt, escape, show_problem
from pages.components.words import severity_badge, when
from services.action_outcomes import Answer, Question, answer_helped, list_answers, list_questions

ASKED = 3  # questions at a time: more are a form, and forms are not answered


def show_questions(person: Who) -> None:
    """What the acting person is asked now."""
    questions = list_questions(person, ASKED)
    if not questions:
        return
    count = "1 action" if len(questions) == 1 else f"{len(questions)} actions"
    with st.expander(f"Did it help? You are asked about {count}", icon=":material/help:"):
        for question in questions:
            st.markdown(f"**{escape(question.text)}**")
            show_question(question, None, person)


def show_question(question: Question, answer: Answer | None, person: Who) -> None:
    """The question with what happened since beside it; `answer` when there is one to change."""
    key = f"helped:{question.action_id}"
    with st.container(border=True):
        st.caption(f"Done on {when(question.done_at, person.zone)}")
        st.markdown(escape(since_words(question.since_count, question.factor)))
        if question.since:
            show_since(question, person)
        st.segmented_control(
            "Did it help?",
            list(Helped),
            key=key,
            default=answer.helped if answer else None,
            format_func=SAID.__getitem__,
        )
        st.text_input(
            "In a sentence, how you can tell",
            key=f"{key}:sentence",
            value=answer.sentence if answer else "",
            max_chars=2_000,
        )
        show_problem(key)
        st.button(
            "Keep this answer", key=f"{key}:go", on_click=save_answer,
            args=(question.action_id, answer, person),
        )  # fmt: skip


def show_since(question: Question, person: Who) -> None:
    with lines(f"since-{question.action_id}"):
        for one in question.since:
            line(
                "learn/incident.py",
                one.title,
                when(one.began_at, person.zone),
                severity_badge(one.severity),
                one.incident_id,
            )
    if (more := question.since_count - len(question.since)) > 0:
        st.caption(f"And {more:,} before these.")


def show_answer(answer: Answer, person: Who) -> None:
    """What was judged, by whom and when."""
    said = f": {escape(answer.sentence)}" if answer.sentence else ""
    by = f" by {escape(answer.by)}" if answer.by else ""
    st.markdown(f"**{SAID[answer.helped]}**{said}")
    st.caption(f"Judged{by} on {when(answer.at, person.zone)}")


def show_answers(postmortem_id: str, person: Who) -> None:
    """What was judged about the actions of a post-mortem: also in after years."""
    answers = list_answers(person, postmortem_id=postmortem_id)
    if answers:
        st.markdown("**Did it help?**")
    for answer in answers:
        st.markdown(escape(answer.text))
        show_answer(answer, person)


def save_answer(action_id: str, answer: Answer | None, person: Who) -> None:
    key = f"helped:{action_id}"
    helped = st.session_state.get(key)
    if helped is None:
        st.session_state[f"problem:{key}"] = "Choose one of the four answers first."
        return
    sentence, was = st.session_state[f"{key}:sentence"], answer.helped if answer else None
    attempt(lambda: answer_helped(person, action_id, Helped(helped), sentence, was), at=key)
