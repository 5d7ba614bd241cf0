"""A person takes part in an exercise: reads what reaches the seat, decides, acts, sees the end."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from pages.components.going import follow
from pages.components.head import page_head
from pages.components.live import listen
from pages.components.pictures import is_phone
from pages.components.problems import escape, problems_shown, show_problem
from pages.components.session import who
from pages.components.turns import in_turn
from pages.train.called_off import show_called_off
from pages.train.seat_actions import show_actions
from pages.train.seat_decision import show_decision
from pages.train.seat_end import show_end, show_own_end
from pages.train.seat_inbox import show_earlier, show_newest
from pages.train.seat_leave import show_leave_alone
from pages.train.seat_lobby import show_lobby, show_seats
from pages.train.seat_state import show_now
from pages.train.seat_story import is_between, show_between, show_progress
from pages.train.seat_team import show_team
from pages.train.seated import Seated, link
from services import exercises
from services.exercise_log import Run


def show() -> None:
    with problems_shown():
        who()
        run_id = st.query_params.get("id", "")
        if not run_id:
            show_nothing_open()
            return
        board(run_id)


@st.fragment
def board(run_id: str) -> None:
    """Drawn anew by its own buttons, and when the exercise moves on."""
    follow()
    with in_turn(), problems_shown():
        person = who()
        run = exercises.get_run(person, run_id)
        with st.container(gap=None):
            if not run.is_solo:
                listen(run.id, run.revision)
            show_heading(person, run)
        if run.play.called_off:
            show_called_off()
        elif person.person_id in run.play.seats:
            show_seat(Seated(person, run, exercises.look(person, run)))
        else:
            show_without_seat(person, run)


def show_nothing_open() -> None:
    page_head("Exercise", "No exercise is open here.")
    link("train/join.py", "Join with a code", ":material/login:")
    link("train/scenarios.py", "Choose a scenario", ":material/theater_comedy:")
    link("overview/home.py", "Home", ":material/home:")


def show_without_seat(person: Who, run: Run) -> None:
    if person.person_id in run.facilitators:
        st.markdown("You facilitate this exercise.")
        link("train/console.py", "Open the facilitator's screen", ":material/tune:", id=run.id)
    elif run.play.ended is not None:
        st.markdown("This exercise is over, and you had no seat in it.")
        link("train/after_action.py", "What happened", ":material/summarize:", id=run.id)
    else:
        show_seats(person, run)


def show_seat(seated: Seated) -> None:
    view = seated.view
    with st.container():
        show_problem(live=True)
    if view.phase == "lobby":
        show_lobby(seated)
    elif seated.run.is_solo and is_between(seated):
        show_between(seated)
    elif view.phase == "ended":
        (show_own_end if seated.run.is_solo else show_end)(seated)
    else:
        show_table(seated)


def show_heading(person: Who, run: Run) -> None:
    """The title, and beside it the seat of somebody who plays with others."""
    seat = "" if run.is_solo else run.play.seats.get(person.person_id or "", "")
    title = next((one.title for one in run.scenario.seats if one.id == seat), "")
    beside = f" :small[:gray[{escape(title)}]]" if title else ""
    st.title(escape(run.title) + beside, anchor=False)


def show_table(seated: Seated) -> None:
    """The exercise as it runs: what came in, beside it what can be done. Each part
    has a frame of its own that is always there: where something comes or goes above a field, the
    browser would make the field anew and forget what is being typed."""
    if seated.run.is_solo:
        show_progress(seated)
    with st.container():
        show_now(seated)
    parts = (show_newest, show_decision, show_actions, show_earlier, show_team)
    if is_phone():
        places = [st.container() for _ in parts]
    else:
        reading, doing = st.columns(2, gap="medium")
        sides = (reading, doing, doing, reading, doing)
        places = [side.container() for side in sides]
    for place, part in zip(places, parts, strict=True):
        with place:
            part(seated)
    if seated.run.is_solo:
        show_leave_alone(seated)


show()
