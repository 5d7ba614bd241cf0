"""Two questions at the end, without a name, and what came of them."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.agenda import PartKind
from models.rules.meeting.survey import ANSWERS, ENOUGH, QUESTIONS, Answer, SurveyQuestion
from pages.learn.meeting_seen import Seen
from reports.phrasing import count
from services.meeting_records import answer_survey


def show_survey(seen: Seen) -> None:
    """For whoever was there, from the last part on."""
    view = seen.view
    if view.phase == "running" and view.now.kind is not PartKind.CLOSE:
        return
    was_there = any(one.person_id == seen.person.person_id for one in view.people)
    with st.container(border=True):
        st.markdown("**Was it worth the hour?**")
        if was_there and not view.has_answered:
            show_questions(seen)
        elif was_there:
            st.markdown(":material/check: Thank you, your answers are counted.")
        show_result(seen)


def show_questions(seen: Seen) -> None:
    for question, words in QUESTIONS.items():
        st.radio(
            words,
            list(Answer),
            key=answer_key(seen, question),
            index=None,
            format_func=ANSWERS[question].__getitem__,
            horizontal=True,
            persist_state="session",
        )
    answered = all(st.session_state.get(answer_key(seen, one)) for one in SurveyQuestion)
    st.button(
        "Hand in both answers",
        key=seen.key("survey"),
        type="primary",
        disabled=not answered,
        on_click=hand_in,
        args=(seen,),
    )
    st.caption("Only how many gave each answer is kept, and that you have answered. Never what.")


def show_result(seen: Seen) -> None:
    """From three answers on; before that one could tell whose they are."""
    if not seen.view.survey:
        so_far = count(seen.view.answers, "answer")
        st.caption(f"{so_far} so far. The result is shown from {ENOUGH} answers on.")
        return
    for one in seen.view.survey:
        said = ", ".join(
            f"{ANSWERS[one.question][answer].lower()} **{given}**"
            for answer, given in one.counts.items()
        )
        st.markdown(f"{QUESTIONS[one.question]}  \n{said} :small[:gray[of {one.answers}]]")


def answer_key(seen: Seen, question: SurveyQuestion) -> str:
    return seen.key(f"survey:{question}")


def hand_in(seen: Seen) -> None:
    answers = [st.session_state.get(answer_key(seen, question)) for question in SurveyQuestion]
    if all(answers):
        seen.do(answer_survey, *answers)
