"""The quarterly review as a document to take along."""

from __future__ import annotations

import streamlit as st

from models.rules.following.loop import Quarter, quarter_of, read_quarter
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from services import clock
from services.action_outcomes import first_day

FORMATS = {"pdf": "PDF", "html": "HTML", "md": "Markdown"}
MOST = 40  # quarters to choose from: ten years


def show_quarter(person: Who) -> None:
    st.header("Quarterly review", anchor=False)
    st.markdown(
        "One to four pages for the people who decide what comes next: what to discuss, how long "
        "and how often, which factors came back, the promises that are open, the exercises that "
        "were run. It names no person."
    )
    now = quarter_of(clock.now().date())
    first = min(quarter_of(first_day(person) or clock.now().date()), now)
    quarters = [now]
    while quarters[-1] > first and len(quarters) < MOST:
        quarters.append(quarters[-1].before)
    st.session_state["trends:quarter"] = quarter_asked(quarters)
    chosen: Quarter = st.selectbox(
        "Quarter, by when the incidents began (UTC)",
        quarters,
        key="trends:quarter",
        width=320,
        on_change=keep_quarter,
    )
    with st.container(horizontal=True, gap="small"):
        for kind, words in FORMATS.items():
            st.link_button(
                f"Quarterly review, {words}" if kind == "pdf" else words,
                f"/export/quarterly/{chosen}.{kind}",
                key=f"trends:quarter:{kind}",
                icon=":material/download:" if kind == "pdf" else None,
                type="primary" if kind == "pdf" else "secondary",
            )


def quarter_asked(quarters: list[Quarter]) -> Quarter:
    """The one of the address, where it is offered; otherwise the last one that is over."""
    try:
        asked = read_quarter(st.query_params.get("quarter", ""))
    except ProblemForUser:
        asked = None
    return asked if asked in quarters else quarters[min(1, len(quarters) - 1)]


def keep_quarter() -> None:
    st.query_params["quarter"] = str(st.session_state["trends:quarter"])
