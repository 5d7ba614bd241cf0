"""Before the start: who sits where, and a seat to choose. A brief is read only by its seat."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from pages.components.problems import attempt, escape, show_problem
from pages.components.prose import show_prose
from pages.train.seated import Seated
from services.exercise_log import Run
from services.exercises import find_planned_seat, join_run


def show_lobby(seated: Seated) -> None:
    """Somebody has sat down, and the facilitator has not begun."""
    with st.container(border=True):
        st.markdown(
            f":material/hourglass_top: You sit as **{escape(seated.view.title)}**. The facilitator "
            "begins; the first message then appears here by itself."
        )
    own, table = st.columns([5, 3], gap="large")
    with own:
        st.header("For your eyes only", anchor=False)
        with st.container(border=True):
            show_prose(seated.view.brief)
        st.header("How the story begins", anchor=False)
        show_prose(seated.view.opening)
        st.caption(
            "Messages come by alert, chat, mail or phone. You answer, decide what your seat "
            "decides, and may act at any time: declare, choose a severity, tell people, ask for "
            "help. No prize for speed; the exercise ends with a talk, without blame."
        )
    with table:
        show_seats(seated.person, seated.run)


def show_seats(person: Who, run: Run) -> None:
    """Who sits where; until the start one may sit down elsewhere, later only those who come new."""
    st.header("Who sits where", anchor=False)
    own = run.play.seats.get(person.person_id or "", "")
    if not own:
        st.caption("Choose a seat. What is written for it is shown once you sit there.")
        show_planned_seat(person, run)
    show_problem("seats", live=True)
    for seat in run.scenario.seats:
        sitting = [run.play.players[p] for p, s in run.play.seats.items() if s == seat.id]
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            names = ", ".join(escape(name) for name in sitting) or "free"
            st.markdown(f"**{escape(seat.title)}**  \n:small[:gray[{names}]]", width="stretch")
            if seat.id == own:
                st.markdown(":gray-badge[:material/check: Your seat]", width="content")
                continue
            st.button(
                "Sit here" if not sitting else "Sit here too",
                key=f"seat:{run.id}:sit:{seat.id}",
                type="tertiary" if sitting or own else "secondary",
                on_click=sit_down,
                args=(person, run.id, seat.id),
            )


def show_planned_seat(person: Who, run: Run) -> None:
    planned = find_planned_seat(person, run.id)
    for seat in run.scenario.seats:
        if seat.id == planned:
            st.button(
                f"Take the seat you were asked to: {escape(seat.title)}",
                key=f"seat:{run.id}:planned",
                type="primary",
                on_click=sit_down,
                args=(person, run.id, planned),
            )


def sit_down(person: Who, run_id: str, seat: str) -> None:
    attempt(lambda: join_run(person, run_id, seat), at="seats")
