"""A person sees what many incidents show, and how sure that is; compares two periods; finds habits
of the process; and takes the quarterly review along."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.problems import problem_text, problems_shown
from pages.components.session import who
from pages.learn.trends_compare import show_comparison
from pages.learn.trends_counts import show_actions, show_counts, show_noticed
from pages.learn.trends_filters import asked, clear, keep_view, show_filters
from pages.learn.trends_measure import show_closer, show_overview
from pages.learn.trends_quarter import show_quarter
from pages.learn.trends_smells import show_smells
from services.metrics import Trends, get_trends
from services.trend_choice import TrendChoice, trend_choice

VIEWS = {
    "trends": "Trends",
    "compare": "Compare two periods",
    "smells": "Process smells",
    "quarter": "Quarterly review",
}


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        page_head(
            "Trends",
            "What many incidents show, with how many there are and how sure it is. There is no "
            "mean here: a few long incidents would decide it.",
        )
        try:
            choice = trend_choice(person, asked())
        except ProblemForUser as problem:
            show_bad_address(problem)
            return
        trends = get_trends(person, choice.selection)
        if not get_trends(person).incidents:
            show_nothing_yet()
            return
        view = show_views()
        if view == "quarter":
            show_quarter(person)
            return
        show_filters(choice, person)
        show_how_many(trends)
        if not trends.incidents:
            return
        show_view(view, trends, choice, person)


def show_view(view: str, trends: Trends, choice: TrendChoice, person: Who) -> None:
    if view == "compare":
        show_comparison(choice, person)
    elif view == "smells":
        show_smells(choice.selection, person)
    else:
        show_overview(trends)
        show_closer(trends, choice, person)
        show_counts(trends)
        show_noticed(trends)
        show_actions(trends)


def show_views() -> str:
    """Which part of the page is shown; it stands in the address."""
    view = st.query_params.get("view", "")
    st.session_state["trends:view"] = view if view in VIEWS else "trends"
    return str(
        st.segmented_control(
            "What to look at",
            list(VIEWS),
            key="trends:view",
            format_func=VIEWS.__getitem__,
            required=True,
            label_visibility="collapsed",
            on_change=keep_view,
        )
    )


def show_how_many(trends: Trends) -> None:
    if not trends.incidents:
        st.markdown("No incident is of this kind. Take a filter away to see more.")
        st.button("Show all incidents", key="trends:all", on_click=clear)
        return
    many = "One incident is" if trends.incidents == 1 else f"{trends.incidents:,} incidents are"
    same = ""
    if trends.same:
        are = "is a duplicate or a part" if trends.same == 1 else "are duplicates or parts"
        same = f" {trends.same:,} more {are} of another and counted with it."
    st.caption(f"{many} chosen, drills and maintenance included.{same}")


def show_bad_address(problem: ProblemForUser) -> None:
    st.error(problem_text(problem), icon=":material/error:")
    st.button("Show all incidents", key="trends:clear", on_click=clear)


def show_nothing_yet() -> None:
    st.markdown(
        "There are no incidents yet. Write one down or bring in what you have: from the first one "
        "on, its times stand here. A change is spoken of when enough have come together."
    )
    with st.container(horizontal=True):
        st.button(
            "See incidents",
            key="trends:incidents",
            type="primary",
            on_click=lambda: go_to("learn/incidents.py"),
        )
        st.button("Bring in", key="trends:bring_in", on_click=lambda: go_to("learn/bring_in.py"))


show()
