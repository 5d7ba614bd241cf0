"""A person sees what exercises show over time: each rule of a team over its runs, seats and
scenarios that want practice, and what was played alone."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.trends import QUARTER_DAYS, RUNS_FOR_A_CLAIM
from models.rules.policy import Who
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.components.words import when
from pages.train.progress_rules import show_rules
from pages.train.run_words import people
from pages.train.seated import link
from services.exercise_trends import Progress, TeamProgress, get_progress

TEAM = "progress:team"
SHOWN = 12  # lines of a list; the rest can be unfolded
QUARTER = f"{QUARTER_DAYS // 7} weeks"


def show() -> None:
    with problems_shown():
        person = who()
        progress = get_progress(person, st.session_state.get(TEAM) or "")
        page_head(
            "Progress",
            "What exercises show over time. It is about how a team works together, not about "
            "anybody in it, and stays apart from incidents.",
        )
        if not progress.runs and not progress.solo:
            show_nothing_yet()
        else:
            show_team(progress)
            show_solo(progress, person)
        show_seats(progress, person)
        show_scenarios(progress, person)


def show_nothing_yet() -> None:
    st.markdown(
        "No exercise has been played to its end yet. Each one adds a point here; from "
        f"{RUNS_FOR_A_CLAIM} on, Hotwash says whether a change is more than chance."
    )
    link("train/scenarios.py", "Choose a scenario", ":material/theater_comedy:")
    link("train/exercises.py", "Plan exercises", ":material/event:")


def show_team(progress: Progress) -> None:
    st.header("Rules of response", anchor=False)
    if len(progress.teams) > 1:
        names = dict(progress.teams)
        st.selectbox("Team", list(names), key=TEAM, format_func=names.__getitem__, width=300)
    if progress.team is None:
        st.markdown(
            "Trends are shown for each team. Choose the team when you open or plan an exercise."
        )
    else:
        show_about(progress.team)
        show_rules(progress.team, progress.titles)
    if progress.without_team:
        many = progress.without_team
        runs = "One exercise names" if many == 1 else f"{many:,} exercises name"
        st.caption(f"{runs} no team, and so counts only for seats and scenarios below.")


def show_about(team: TeamProgress) -> None:
    runs = "one exercise" if team.runs == 1 else f"{team.runs} exercises"
    newest = f", the newest of {team.all_runs:,}" if team.all_runs > team.runs else ""
    st.markdown(f"**{escape(team.name)}**, {runs}{newest}.")
    said = (
        "Each point is a run: the share that it reached of what the rule asks. A change is spoken "
        f"of from {RUNS_FOR_A_CLAIM} runs on, and only where chance alone would seldom give such "
        "an order (Mann–Kendall test, at most 5 % over all rules together). Different scenarios "
        "are of different difficulty."
    )
    if team.policies > 1:
        said += (
            " The team’s thresholds were changed between these runs; each is measured by its own."
        )
    st.caption(said)


def show_solo(progress: Progress, person: Who) -> None:
    if not progress.solo:
        return
    st.header("Played alone", anchor=False)
    st.caption("One person plays every seat, so this says nothing of a team and has no trend.")
    with lines("solo"):
        for solo in progress.solo[:SHOWN]:
            times = "once" if solo.runs == 1 else f"{solo.runs:,} times"
            last = when(solo.last_at, person.zone)
            about = f"Played {times} by {people(solo.people)}, last on {last}"
            line("train/scenario.py", solo.title, about, object_id=solo.scenario_id)


def show_seats(progress: Progress, person: Who) -> None:
    never = [gap.seat for gap in progress.seats if gap.last_at is None]
    long_ago = [gap for gap in progress.seats if gap.last_at is not None]
    st.header("Seats that want practice", anchor=False)
    if not progress.seats:
        st.markdown(f":material/check: Every seat was practised within {QUARTER}.")
    if never:
        st.markdown(f"Nobody has practised these yet: {escape(', '.join(never))}.")
    if long_ago:
        said = [f"{gap.seat}, last on {when(gap.last_at, person.zone)}" for gap in long_ago]
        st.markdown(
            f"Not for {QUARTER}: " + " ".join(f":gray-badge[{escape(one)}]" for one in said)
        )


def show_scenarios(progress: Progress, person: Who) -> None:
    st.header("Scenarios not played for a quarter", anchor=False)
    if not progress.scenarios:
        st.markdown(f":material/check: Every scenario was played within {QUARTER}.")
        return
    with lines("scenarios"):
        for gap in progress.scenarios[:SHOWN]:
            about = f"Last on {when(gap.last_at, person.zone)}" if gap.last_at else "Never played"
            line("train/scenario.py", gap.title, about, object_id=gap.scenario_id)
    if len(progress.scenarios) > SHOWN:
        link("train/scenarios.py", f"And {len(progress.scenarios) - SHOWN:,} more", "")


show()
