"""A person leads an exercise: the clock, what comes next, who has read, what to read aloud."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from models.rules.policy import Who
from pages.components.going import follow
from pages.components.live import listen
from pages.components.problems import attempt, escape, problems_shown, show_problem
from pages.components.session import who
from pages.train.called_off import show_called_off
from pages.train.console_clock import show_clock
from pages.train.console_lobby import show_lobby
from pages.train.console_notes import show_notes, show_world
from pages.train.console_people import show_people, show_received
from pages.train.console_story import show_decision, show_following, show_script
from pages.train.console_throw import show_throwing
from pages.train.leading import Leading
from pages.train.seated import link
from services import exercises
from services.exercise_log import Run

Part = Callable[[Leading], None]


def show() -> None:
    with problems_shown():
        who()
        run_id = st.query_params.get("id", "")
        if not run_id:
            st.markdown("No exercise is open here.")
            link("train/scenarios.py", "Choose a scenario", ":material/theater_comedy:")
            return
        board(run_id)


@st.fragment
def board(run_id: str) -> None:
    """Drawn anew by its own buttons, and when the exercise moves on."""
    follow()
    with problems_shown():
        person = who()
        run = exercises.get_run(person, run_id)
        if person.person_id not in run.facilitators:
            show_for_others(person, run)
            return
        listen(run.id, run.revision)
        leading = Leading(person, run, exercises.look_behind(person, run))
        st.markdown(f"# {escape(run.title)} :small[:gray[You lead]]")
        with st.container():
            show_problem(live=True)
        if leading.view.phase == "lobby":
            show_lobby(leading)
        elif leading.view.phase == "called_off":
            show_called_off()
        else:
            show_table(leading)


def show_table(leading: Leading) -> None:
    """The exercise as it runs or has run: the story on the left, the people on the right."""
    show_clock(leading)
    story, people = st.columns([5, 4], gap="large")
    if leading.view.phase == "ended":
        with story:
            show_after(leading)
    else:
        in_places(story, leading, (show_script, show_decision, show_following, show_throwing))
    in_places(people, leading, (show_notes, show_received, show_people, show_world))


def in_places(side: DeltaGenerator, leading: Leading, parts: tuple[Part, ...]) -> None:
    """Each part has a place that is always there: where something comes or goes above a field, the
    browser would make the field anew, close its popover and forget what is being typed."""
    for part in parts:
        with side.container():
            part(leading)


def show_after(leading: Leading) -> None:
    """What comes when the story is over."""
    with st.container(border=True):
        st.subheader("The exercise is over", anchor=False)
        st.markdown(
            "Take a breath, then talk about it while it is fresh: everybody writes in silence "
            "first, then you look at it together."
        )
        run_id = leading.run.id
        link("train/debrief.py", "Begin the hot wash", ":material/forum:", id=run_id)
        link("train/after_action.py", "What happened", ":material/summarize:", id=run_id)


def show_for_others(person: Who, run: Run) -> None:
    """Not one of those who lead: the way to a seat, or to lead as well."""
    st.markdown(f"# {escape(run.title)}")
    show_problem(live=True)
    st.markdown("This is the screen of whoever leads the exercise. It shows the whole story.")
    link("train/exercise.py", "Go to your seat", ":material/chair:", id=run.id)
    if run.is_solo or (person.person_id in run.play.seats and run.ended_at is None):
        return
    with st.popover("Lead it too", icon=":material/group_add:"):
        st.markdown("Whoever leads knows the answers, and cannot play in this exercise any more.")
        st.button(
            "I lead too",
            key=f"console:{run.id}:too",
            on_click=lambda: attempt(lambda: exercises.facilitate_too(person, run.id)),
        )


show()
