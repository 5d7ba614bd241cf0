"""What is planned: the next first, each with its people, a file for the calendar, and a way in."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from models.rules.policy import Who
from models.rules.scenario.wording import counted
from pages.components.going import go_to
from pages.components.pictures import is_phone
from pages.components.problems import attempt, escape, show_problem
from pages.train.run_words import day_words, people, until
from services.exercise_plans import FoundPlans, PlanRow, find_plans, open_plan

PAGE = 10  # plans
SOON = timedelta(hours=1)
NAMED = 6  # people by name; more are counted


def show_planned(person: Who) -> int:
    """How many there are."""
    number = st.session_state.get("exercises:ahead:page") or 1
    found = find_plans(person, skip=(number - 1) * PAGE, limit=PAGE)
    st.header("Planned", anchor=False)
    said = st.session_state.pop("exercises:said", "")
    with st.container():  # always there, so that nothing below it is made anew when it empties
        if said:
            st.markdown(f":material/check: {escape(said)}")
    if not found.count:
        st.caption("Nothing is planned yet. Plan one exercise, or a series that comes each month.")
        return 0
    for plan in found.rows:
        show_plan(plan, found, person)
    pages = -(-found.count // PAGE)
    if pages > 1:
        st.pagination(pages, key="exercises:ahead:page")
        st.caption(f"{found.count:,} altogether.")
    return found.count


def show_plan(plan: PlanRow, found: FoundPlans, person: Who) -> None:
    with st.container(border=True, gap="small"):
        what, ways = st.columns([6, 7], vertical_alignment="center")
        with what.container(gap=None):
            series = " :gray-badge[:material/repeat: Series]" if plan.series_id else ""
            mark = " :gray-badge[Cancelled]" if plan.cancelled_at else series
            st.markdown(f"**{escape(plan.title)}**{mark}")
            left = until(plan.starts_at, found.now)
            st.markdown(f"{day_words(plan.starts_at, person.zone)} :small[:gray[({left})]]")
            st.markdown(f":small[:gray[{escape(about(plan))}]]")
            if plan.wish.note:
                st.text(plan.wish.note)
        side = "left" if is_phone() else "right"
        with ways.container(horizontal=True, horizontal_alignment=side):
            if plan.cancelled_at is None:
                show_ways(plan, found, person)
            st.link_button(
                "Take it out of your calendar" if plan.cancelled_at else "Calendar file",
                f"/export/exercise-plan/{plan.id}.ics",
                key=f"exercises:{plan.id}:file",
                icon=":material/download:",
                type="tertiary",
            )
        show_problem(f"plan:{plan.id}")


def show_ways(plan: PlanRow, found: FoundPlans, person: Who) -> None:
    leads = plan.wish.led_by == person.person_id
    is_near = plan.starts_at - found.now <= SOON
    st.button(
        "Open it now",
        key=f"exercises:{plan.id}:open",
        type="primary" if leads and is_near else "secondary",
        icon=":material/play_arrow:",
        help=None if leads else f"{escape(plan.leader)} will lead it.",
        on_click=open_now,
        args=(person, plan),
    )
    st.button(
        "Change",
        key=f"exercises:{plan.id}:change",
        type="tertiary",
        icon=":material/edit:",
        on_click=go_to,
        args=("train/plan.py",),
        kwargs={"id": plan.id},
    )


def about(plan: PlanRow) -> str:
    """`30 minutes · Payments · led by Ben Okafor · with Ada Brandt`."""
    said = [f"{counted(plan.wish.minutes, 'minute')}", plan.team, f"led by {plan.leader}"]
    if len(plan.names) > NAMED:
        said.append(people(len(plan.names)))
    elif plan.names:
        said.append("with " + ", ".join(plan.names))
    else:
        said.append("nobody is asked yet")
    return " · ".join(part for part in said if part)


def open_now(person: Who, plan: PlanRow) -> None:
    def go() -> None:
        run_id = open_plan(person, plan.id)
        leads = plan.wish.led_by == person.person_id
        go_to("train/console.py" if leads else "train/exercise.py", id=run_id)

    attempt(go, at=f"plan:{plan.id}")
