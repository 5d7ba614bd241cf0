"""A person sees the exercises that go on, that are planned and that were played, joins one, and
goes on to plan the next."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import problems_shown
from pages.components.session import who
from pages.train.exercises_ahead import show_planned
from pages.train.exercises_calendar import show_calendar
from pages.train.run_words import run_about
from pages.train.seated import link
from services.exercise_records import FoundRuns, RunRow, WantedRuns, find_runs, list_played
from services.people import list_teams

PAGE = 20  # runs
TEAM, SCENARIO = "exercises:team", "exercises:scenario"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        show_head()
        running = page_of(WantedRuns(ended=False), person, "running")
        if running.count:
            st.header("Going on now", anchor=False)
            with lines("running"):
                for run in running.rows:
                    show_running(run, person)
            turn_pages(running, "running")
        planned = show_planned(person)
        show_played(person, is_first=not running.count and not planned)
        show_calendar(person)


def show_head() -> None:
    page_head("Exercises", "What is being played, what is ahead, and what was played.")
    with st.container(horizontal=True):
        st.button(
            "Plan an exercise",
            key="exercises:plan",
            type="primary",
            icon=":material/event:",
            on_click=go_to,
            args=("train/plan.py",),
        )
        st.button(
            "Join with a code",
            key="exercises:join",
            icon=":material/login:",
            on_click=go_to,
            args=("train/join.py",),
        )


def show_running(run: RunRow, person: Who) -> None:
    """The facilitator is led to the console, everybody else to a seat."""
    page = "train/console.py" if run.is_facilitator and not run.is_solo else "train/exercise.py"
    badge = ""
    if not run.is_solo and (run.is_facilitator or run.is_mine):
        badge = ":gray-badge[You lead]" if run.is_facilitator else ":gray-badge[You take part]"
    line(page, run.title, run_about(run, person), badge, run.id)


def show_played(person: Who, *, is_first: bool) -> None:
    scenarios = {name: played.title for name, played in list_played(person).items()}
    st.header("Played", anchor=False)
    if not scenarios:
        show_nothing_played(is_first)
        return
    teams = {team.id: team.name for team in list_teams(person)}
    with st.container(horizontal=True):
        for label, key, choices in (("Team", TEAM, teams), ("Scenario", SCENARIO, scenarios)):
            if len(choices) > 1 or key == SCENARIO:
                st.selectbox(
                    label,
                    list(choices),
                    key=key,
                    index=None,
                    format_func=choices.get,
                    placeholder="All",
                    width=300,
                )
    team, scenario = st.session_state.get(TEAM) or "", st.session_state.get(SCENARIO) or ""
    wanted = WantedRuns(ended=True, team_id=team, scenario_id=scenario)
    found = page_of(wanted, person, f"played:{team}:{scenario}")
    if not found.rows:
        chosen = "No exercise fits this choice. Take a part of it away."
        others = "Only others have played so far, each alone, which is theirs to look back at."
        st.markdown(chosen if team or scenario else others)
        return
    with lines("played"):
        for run in found.rows:
            page = "train/exercise.py" if run.is_solo and run.is_mine else "train/after_action.py"
            line(page, run.title, run_about(run, person), object_id=run.id)
    turn_pages(found, f"played:{team}:{scenario}")


def show_nothing_played(is_first: bool) -> None:
    if is_first:
        st.markdown(
            "No exercise has been played here yet. Begin alone, in ten minutes and with nothing to "
            "prepare; or choose a scenario and play it as a team."
        )
        link("train/scenarios.py", "Choose a scenario", ":material/theater_comedy:")
    else:
        st.caption("Nothing yet. What has ended is kept here, with its after-action report.")


def page_of(wanted: WantedRuns, person: Who, key: str) -> FoundRuns:
    number = st.session_state.get(f"exercises:{key}:page") or 1
    return find_runs(
        person,
        WantedRuns(
            ended=wanted.ended,
            team_id=wanted.team_id,
            scenario_id=wanted.scenario_id,
            skip=(number - 1) * PAGE,
            limit=PAGE,
        ),
    )


def turn_pages(found: FoundRuns, key: str) -> None:
    pages = -(-found.count // PAGE)
    if pages > 1:
        st.pagination(pages, key=f"exercises:{key}:page")
        st.caption(f"{found.count:,} altogether.")


show()
