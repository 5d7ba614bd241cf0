"""After playing alone: a quiet look back, with the questions of the scenario."""

from __future__ import annotations

import streamlit as st

from pages.components.problems import escape
from pages.train.debrief_own import show_own
from pages.train.debrief_plan import show_plan
from pages.train.debrief_talk import Talk
from pages.train.debrief_writing import show_writing
from pages.train.seated import link
from services import debriefs


def show_alone(talk: Talk) -> None:
    st.title("Look back", anchor=False)
    st.caption(escape(talk.run.title))
    if talk.person.person_id != talk.run.opened_by:
        st.markdown("This was played alone. What was noted is theirs who played.")
        return
    asking, writing = st.columns(2, gap="large")
    with asking:
        st.markdown("Five quiet minutes are enough. Take the questions that say something to you.")
        show_questions(talk)
        link("train/after_action.py", "What happened", ":material/summarize:", id=talk.run.id)
    with writing:
        show_writing(talk)
        st.caption("Your notes are yours: nobody else sees them, here or in their report.")
        show_own(talk)
        show_plan(talk, debriefs.list_improvements(talk.person, talk.run.id))


def show_questions(talk: Talk) -> None:
    debrief = talk.run.scenario.debrief
    asked = [*debrief.hot_wash, *(one.text for one in debrief.questions), debrief.takeaway_prompt]
    with st.container(border=True):
        st.markdown("\n".join(f"- {escape(question)}" for question in asked))
