"""A person looks back at an exercise: the report, the run step by step, and beside another run."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import facilitating
from models.rules.policy import Who
from pages.components.head import page_head
from pages.components.problems import attempt, escape, problems_shown, show_problem
from pages.components.session import who
from pages.train.after_action_compare import show_compare
from pages.train.after_action_export import pdf_button, show_exports
from pages.train.after_action_replay import show_replay
from pages.train.after_action_report import show_report
from pages.train.seated import link
from reports.exercise_contents import Contents
from services import exercises
from services.exercise_documents import read_report
from services.exercise_log import Run
from services.exercise_records import get_facts, may_read_report

VIEWS = {"report": "Report", "replay": "Replay", "compare": "Compare"}


def show() -> None:
    with problems_shown():
        person = who()
        run_id = st.query_params.get("id", "")
        if not run_id:
            page_head("After-action report", "No exercise is open here.")
            link("train/scenarios.py", "Choose a scenario", ":material/theater_comedy:")
            return
        run = exercises.get_run(person, run_id)
        if not may_read_report(person, run):
            show_closed(run)
            return
        said = Contents(read_report(person, get_facts(person, run_id)))
        show_head(person, run, said)
        view = asked_view(run_id)
        if view == "replay":
            show_replay(person, run)
        elif view == "compare":
            show_compare(person, run)
        else:
            show_report(person, run, said)


def show_closed(run: Run) -> None:
    """The report holds the answers: not yet for this person."""
    page_head("After-action report", run.title)
    if run.play.ended is None:
        st.markdown("This exercise is not over yet. What happened can be read here at its end.")
        link("train/exercise.py", "To the exercise", ":material/chair:", id=run.id)
        return
    if run.is_solo:
        st.markdown("This was played alone. Who played can give you the report as a file.")
        return
    st.markdown(
        "The report opens when the hot wash begins, so that everybody comes to it with their own "
        "view of what happened."
    )
    link("train/debrief.py", "To the hot wash", ":material/forum:", id=run.id)


def show_head(person: Who, run: Run, said: Contents) -> None:
    scores = f"Process {said.process} · Decisions {said.decision}"
    page_head(
        said.title,
        said.provenance,
        badges=f":gray-badge[{escape(said.standing)}] :small[{escape(scores)}]",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        pdf_button(run.id)
        look_back = "Look back" if run.is_solo else "Hot wash"
        link("train/debrief.py", look_back, ":material/forum:", id=run.id)
        link("train/scenario.py", "The scenario", ":material/theater_comedy:", id=run.scenario.id)
    with st.expander("Other formats, names and paper"):
        show_exports(run.id)
    if run.is_solo:
        st.caption("Only you can read this. To show it to somebody, give them the file.")
    elif not run.play.revealed:
        show_unrevealed(person, run)
    key = f"{run.id}:view"
    st.segmented_control(
        "View", list(VIEWS), key=key, default=asked_view(run.id), format_func=VIEWS.__getitem__,
        required=True, label_visibility="collapsed", on_change=to_view, args=(key,),
    )  # fmt: skip


def show_unrevealed(person: Who, run: Run) -> None:
    """Only those who facilitated read this so far."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        show_problem("reveal")
        st.markdown(
            ":material/visibility_off: Only you who led the exercise can read this so far. The "
            "hot wash opens it to everybody."
        )
        st.button(
            "Open it without a talk", key=f"{run.id}:reveal", on_click=reveal, args=(person, run)
        )


def reveal(person: Who, run: Run) -> None:
    attempt(
        lambda: exercises.act_as_facilitator(person, run.id, facilitating.reveal, click="reveal"),
        at="reveal",
    )


def asked_view(run_id: str) -> str:
    """The view that the address names, or that was chosen since."""
    view = st.session_state.get(f"{run_id}:view") or st.query_params.get("view", "")
    return view if view in VIEWS else "report"


def to_view(key: str) -> None:
    st.query_params["view"] = st.session_state[key]


show()
