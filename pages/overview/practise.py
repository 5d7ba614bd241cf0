"""The offer to practise alone: ten minutes, no preparation, nobody else needed."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from pages.components.going import go_to
from pages.components.problems import attempt, escape, show_problem
from services.scenario_library import get_scenario
from services.solo_play import find_unfinished, play_alone

FIRST = "first-page"  # the scenario for a first time
EXERCISE = "train/exercise.py"


def show_practise(person: Who) -> None:
    """The exercise that the person began alone, or the one for a first time."""
    unfinished = find_unfinished(person)
    with st.container(border=True):
        st.header("Practise alone: a ten-minute exercise", anchor=False)
        if unfinished is not None:
            st.markdown(f"You have begun “{escape(unfinished.title)}”. It waits where you left it.")
            st.button(
                "Go on with it",
                key="practise:go_on",
                icon=":material/arrow_forward:",
                on_click=go_to,
                args=(EXERCISE,),
                kwargs={"id": unfinished.run_id},
            )
        else:
            st.markdown(
                "A small bookshop, an alert that is meant for you, and a few decisions. After each "
                "one you read what it led to. Nothing is asked of you beforehand, and nobody "
                "looks on while you play."
            )
            st.button(
                "Start the exercise",
                key="practise:start",
                icon=":material/play_arrow:",
                on_click=start,
                args=(person,),
            )
        show_problem("practise")


def start(person: Who) -> None:
    """A second click goes on with the same run."""

    def play() -> None:
        scenario, _ = get_scenario(person, FIRST)
        go_to(EXERCISE, id=play_alone(person, scenario))

    attempt(play, at="practise")
