"""A person plans an exercise or a monthly series, changes one, or cancels it."""

from __future__ import annotations

import secrets

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import Conflict
from models.rules.scenario.shape import Scenario
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.problems import attempt, escape, problems_shown
from pages.components.session import who
from pages.components.words import when
from pages.train import plan_form as form
from pages.train.exercises_ahead import about
from pages.train.plan_draft import keep_plan
from pages.train.run_words import day_words, people
from services import exercise_plans
from services.exercise_plans import PlanRow
from services.scenario_library import get_scenario, list_playable

HERE = "train/exercises.py"
SHOWN = 12  # dates of a series; more are counted
NEW = "plan:new"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        plan_id = st.query_params.get("id", "")
        if plan_id:
            show_change(person, plan_id)
        else:
            show_planning(person, st.query_params.get("scenario", ""))


def show_planning(person: Who, scenario_id: str) -> None:
    page_head("Plan an exercise")
    scenarios = {scenario.id: scenario for scenario in list_playable(person)}
    chosen = st.selectbox(
        "Scenario",
        list(scenarios),
        key=f"{NEW}:scenario",
        index=list(scenarios).index(scenario_id) if scenario_id in scenarios else None,
        format_func=lambda each: scenarios[each].title,
        placeholder="Choose what to play",
    )
    if chosen is None:
        back()
        keep_plan(NEW, person)
        return
    scenario, key = scenarios[chosen], f"{NEW}:{chosen}"
    st.session_state.setdefault(f"{NEW}:id", secrets.token_hex(10))
    with st.container(horizontal=True):
        form.show_time(NEW, person.zone)
        form.show_minutes(key, scenario.duration_min)
    form.show_repeat(NEW)
    times = form.times(NEW, person.zone)
    form.show_people(key, scenario, person)
    with st.container(border=True):
        st.markdown(f"**{escape(form.times_words(NEW, person.zone))}**")
        days = [day_words(at, person.zone) for at in times[:SHOWN]]
        more = f" and {len(times) - SHOWN} more" if len(times) > SHOWN else ""
        st.markdown(" · ".join(days) + more)
        st.caption(escape(form.open_seat_words(key, scenario)) or "Every seat has somebody.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Plan it" if len(times) == 1 else f"Plan these {len(times)}",
            key=f"{key}:save",
            type="primary",
            on_click=save_new,
            args=(person, key, scenario),
        )
        back()
    keep_plan(NEW, person)


def show_change(person: Who, plan_id: str) -> None:
    plan = exercise_plans.get_plan(person, plan_id)
    key = f"plan:{plan.id}"
    page_head(plan.title, about(plan))
    if plan.run_id or plan.cancelled_at:
        st.markdown("This exercise was opened or cancelled; its plan stays as it is.")
        back()
        return
    scenario, _ = get_scenario(person, plan.wish.scenario_id)
    if f"{key}:minutes" not in st.session_state:  # the fields begin with what is saved now
        st.session_state[f"{key}:sequence"] = plan.sequence
    begun_with = st.session_state[f"{key}:sequence"]
    if st.session_state.pop(f"{key}:conflict", False):
        show_conflict(person, plan, key)
    with st.container(horizontal=True):
        form.show_time(key, plan.zone, plan.starts_at)
        form.show_minutes(key, plan.wish.minutes)
    form.show_people(key, scenario, person, plan.wish)
    following = exercise_plans.list_following(person, plan.id)
    if following:
        show_scope(key, following)
    st.caption(escape(form.open_seat_words(key, scenario)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Save the change",
            key=f"{key}:save",
            type="primary",
            on_click=save_change,
            args=(person, plan, key, begun_with),
        )
        back()
    show_cancel(person, plan, key, len(following))


def show_scope(key: str, following: tuple[PlanRow, ...]) -> None:
    st.radio(
        "This exercise is one of a series",
        [False, True],
        key=f"{key}:following",
        format_func=lambda all_: (
            f"Change this one and the {len(following)} that follow" if all_ else "Change this one"
        ),
    )
    days = ", ".join(day_words(each.starts_at, each.zone) for each in following[:SHOWN])
    st.caption(
        f"Those that follow: {days}{' and more' if len(following) > SHOWN else ''}. They keep "
        "their days; what you change here is changed there too."
    )


def show_conflict(person: Who, plan: PlanRow, key: str) -> None:
    """What is saved now, and the choice between it and what stands in the fields."""
    with st.container(border=True):
        st.caption("The version that is saved now:")
        st.text(f"{when(plan.starts_at, person.zone)} · {about(plan)}\n{plan.wish.note}".strip())
        with st.container(horizontal=True):
            st.button(
                "Keep mine",
                key=f"{key}:mine",
                on_click=save_change,
                args=(person, plan, key, plan.sequence),
            )
            st.button("Take theirs", key=f"{key}:theirs", on_click=form.forget, args=(key,))


def show_cancel(person: Who, plan: PlanRow, key: str, following: int) -> None:
    """Asks once more: people may have it in their calendars."""
    with st.container(border=True):
        st.markdown("**Cancel it**")
        st.caption("It stays in the list, marked, until its time has passed.")
        sure = st.checkbox("Yes, this exercise does not take place", key=f"{key}:sure")
        with st.container(horizontal=True):
            st.button(
                "Cancel this exercise",
                key=f"{key}:cancel",
                disabled=not sure,
                on_click=cancel,
                args=(person, plan, key, False),
            )
            if following:
                st.button(
                    f"Cancel it and the {following} that follow",
                    key=f"{key}:cancel_all",
                    disabled=not sure,
                    on_click=cancel,
                    args=(person, plan, key, True),
                )


def back() -> None:
    st.page_link(HERE, label="Back to the exercises", icon=":material/arrow_back:")


def leave(key: str, said: str) -> None:
    form.forget(key)
    st.session_state["exercises:said"] = said
    go_to(HERE)


def save_new(person: Who, key: str, scenario: Scenario) -> None:
    wish, times = form.wish(key, scenario.id), form.times(NEW, person.zone)
    plan_id = st.session_state[f"{NEW}:id"]

    def act() -> None:
        exercise_plans.plan_exercises(person, wish, times, zone=person.zone, plan_id=plan_id)

    if attempt(act):
        number = f"{len(times)} exercises are" if len(times) > 1 else "The exercise is"
        asked = f", with {people(len(wish.people))} asked to come" if wish.people else ""
        leave(NEW, f"{number} planned{asked}.")


def save_change(person: Who, plan: PlanRow, key: str, sequence: int) -> None:
    wish, [at] = form.wish(key, plan.wish.scenario_id), form.times(key, plan.zone)
    following = bool(st.session_state.get(f"{key}:following"))

    def act() -> None:
        try:
            exercise_plans.change_plan(
                person, plan.id, wish, at, sequence=sequence, following=following
            )
        except Conflict:
            st.session_state[f"{key}:conflict"] = True
            raise

    if attempt(act):
        leave(key, "The change is saved. Calendars that follow it will hear of it.")


def cancel(person: Who, plan: PlanRow, key: str, following: bool) -> None:
    def act() -> None:
        exercise_plans.cancel_plan(person, plan.id, following=following)

    if attempt(act):
        leave(key, "Cancelled. Tell those who were asked; calendars that follow it hear of it.")


show()
