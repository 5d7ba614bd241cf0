"""A person reads what a scenario trains, without what would spoil it, and opens an exercise."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import BadFile
from models.rules.scenario.shape import Scenario
from models.rules.scenario.wording import counted
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import attempt, escape, problem_text, problems_shown
from pages.components.session import who
from pages.components.words import when
from pages.train.run_words import PHASES, how_ended
from pages.train.seated import link
from services.exercise_records import RunRow, list_runs
from services.exercises import open_run
from services.people import list_teams
from services.scenario_library import get_scenario
from services.scenario_versions import made_from

RUNS_SHOWN = 10


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        scenario_id = st.query_params.get("id", "")
        try:
            scenario, _ = get_scenario(person, scenario_id)
        except BadFile as problem:
            show_draft(scenario_id, problem)
            return
        page_head(scenario.title, badges=badges(scenario))
        about, play = st.columns([5, 3], gap="large")
        with about:
            show_about(scenario, person)
        with play:
            show_play(scenario, person)
        show_runs(list_runs(person, scenario_id=scenario_id), person)


def badges(scenario: Scenario) -> str:
    tags = " ".join(f":gray-badge[{escape(tag)}]" for tag in scenario.tags)
    level = scenario.difficulty.value.capitalize()
    return f":gray-badge[{level}] :gray-badge[{counted(scenario.duration_min, 'minute')}] {tags}"


def show_about(scenario: Scenario, person: Who) -> None:
    for paragraph in scenario.summary.split("\n\n"):
        st.markdown(escape(paragraph))
    st.header("What it trains", anchor=False)
    st.markdown("\n".join(f"- {escape(one.text)}" for one in scenario.objectives))
    st.header("Seats", anchor=False)
    needed = [seat for seat in scenario.seats if seat.required]
    others = [seat for seat in scenario.seats if not seat.required]
    st.markdown("\n".join(f"- {escape(seat.title)}" for seat in needed))
    if others:
        st.caption("If there are more people: " + escape(", ".join(s.title for s in others)) + ".")
    origin = made_from(person, scenario.id) if person.person_id else None
    if scenario.inspired_by or origin:
        with st.expander("What it is built on (gives the cause away)"):
            if origin:
                words = f"Our own post-mortem: {escape(origin[1])}"
                link("learn/published.py", words, ":material/history_edu:", id=origin[0])
            st.markdown("\n".join(f"- {escape(one.name)}" for one in scenario.inspired_by))


def show_play(scenario: Scenario, person: Who) -> None:
    with st.container(border=True):
        st.subheader("Alone", anchor=False)
        st.markdown(
            "You play every seat. The story waits for each decision, and you read at once what "
            "it led to."
        )
        st.button(
            "Play alone",
            key=f"scenario:{scenario.id}:alone",
            icon=":material/play_arrow:",
            type="primary",
            on_click=open_alone,
            args=(person, scenario),
        )
    with st.container(border=True):
        st.subheader("As a team", anchor=False)
        least, most = scenario.min_players, scenario.max_players
        many = f"{least} to {most} people" if least != most else counted(least, "person", "people")
        st.markdown(
            f"For {many}, and one more who leads. Each joins from their own browser with a code; "
            "who leads reads the whole story, so choose somebody who need not play."
        )
        teams = {team.id: team.name for team in list_teams(person)}
        if teams:
            st.selectbox(
                "Team",
                list(teams),
                key=f"scenario:{scenario.id}:team",
                index=None,
                format_func=teams.__getitem__,
                placeholder="No team in particular",
            )
        st.button(
            "Open an exercise",
            key=f"scenario:{scenario.id}:team_open",
            icon=":material/groups:",
            on_click=open_for_team,
            args=(person, scenario),
        )
    link("train/plan.py", "Plan it for later", ":material/event:", scenario=scenario.id)
    link("train/authoring.py", "Read or change the whole story", ":material/edit:", id=scenario.id)


def show_runs(runs: tuple[RunRow, ...], person: Who) -> None:
    if not runs:
        return
    st.header("Played here", anchor=False)
    with lines("scenario-runs"):
        for run in runs[:RUNS_SHOWN]:
            page = "train/after_action.py" if run.ended_at else "train/exercise.py"
            who_played = run.team or run.opened_by
            how = "alone" if run.is_solo else counted(run.players, "person", "people")
            end = how_ended(run) if run.ended_at else PHASES.get(run.phase, run.phase)
            line(page, when(run.created_at, person.zone), f"{who_played}, {how}: {end}", "", run.id)
    if len(runs) > RUNS_SHOWN:
        st.caption(f"And {len(runs) - RUNS_SHOWN:,} earlier ones, in the list of exercises.")


def show_draft(scenario_id: str, problem: BadFile) -> None:
    page_head("A scenario that is being written")
    st.warning(problem_text(problem), icon=":material/edit:")
    link("train/authoring.py", "Go on writing", ":material/edit:", id=scenario_id)


def open_alone(person: Who, scenario: Scenario) -> None:
    attempt(lambda: go_to("train/exercise.py", id=open_run(person, scenario, solo=True)))


def open_for_team(person: Who, scenario: Scenario) -> None:
    team = st.session_state.get(f"scenario:{scenario.id}:team")
    attempt(lambda: go_to("train/console.py", id=open_run(person, scenario, team_id=team)))


show()
