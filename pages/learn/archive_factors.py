"""A person sees which contributing factors come back, and what was promised against them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.recurring import FactorsOverTime
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.problems import escape, escape_label, problems_shown
from pages.components.session import who
from pages.learn.steps.before import show_past
from services.recurring import find_factor_pasts, get_factors_over_time

FACTOR, YEARS = "factor", "years"
PERIODS = (2, 5, 10)  # years back
LISTED = 30  # factors in the table at a time


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        page_head(
            "Contributing factors over time",
            "In how many published post-mortems each factor was found, by the quarter in which "
            "the incident began. n is how many post-mortems there are; few are no trend.",
        )
        st.page_link("learn/archive.py", label="Archive", icon=":material/arrow_back:")
        years = show_period()
        found = get_factors_over_time(person, quarters=4 * years)
        if not found.rows:
            show_empty(found, years)
            return
        show_table(found)
        show_factor(found, person)


def show_period() -> int:
    """How many years back; kept in the address."""
    asked = st.query_params.get(YEARS, "")
    key = "factors:years"
    st.session_state[key] = next((n for n in PERIODS if str(n) == asked), PERIODS[0])
    st.segmented_control(
        "Period",
        PERIODS,
        key=key,
        required=True,
        format_func=lambda years: f"Last {years} years",
        on_change=lambda: st.query_params.update({YEARS: str(st.session_state[key])}),
    )
    return int(st.session_state[key])


def show_empty(found: FactorsOverTime, years: int) -> None:
    if any(found.totals):
        st.markdown(
            f"The post-mortems of the last {years} years name no contributing factors. They are "
            "tagged on the Why step, on one answer or on the whole."
        )
    else:
        st.markdown(f"No incident of the last {years} years has a published post-mortem.")
    st.button(
        "See the post-mortems",
        key="factors:postmortems",
        on_click=lambda: go_to("learn/postmortems.py"),
    )


def show_table(found: FactorsOverTime) -> None:
    rows = found.rows
    if len(rows) > LISTED:
        page = st.pagination(-(-len(rows) // LISTED), key="factors:page")
        rows = rows[(page - 1) * LISTED : page * LISTED]
    heads = [f"{q} (n={n})" for q, n in zip(found.quarters, found.totals, strict=True)]
    table: list[dict[str, Any]] = [
        {"Factor": row.factor, "All": row.total}
        | dict(zip(heads, (count or None for count in row.counts), strict=True))
        for row in rows
    ]
    columns = {head: st.column_config.NumberColumn(width=95) for head in heads}
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        column_config=columns
        | {
            "Factor": st.column_config.TextColumn(pinned=True, width="medium"),
            "All": st.column_config.NumberColumn(width=50),
        },
    )
    without = sum(found.without)
    if without:
        many = f"{without:,} of the {sum(found.totals):,} post-mortems"
        st.caption(f"{many} of these quarters name no factor.")


def show_factor(found: FactorsOverTime, person: Who) -> None:
    """One factor: where it was seen last, what was promised, and the way to all of them."""
    names = [row.factor for row in found.rows]
    asked = st.query_params.get(FACTOR, "")
    key = "factors:chosen"
    st.session_state[key] = asked if asked in names else names[0]
    chosen = st.selectbox(
        "Look closer at", names, key=key, format_func=escape_label, on_change=choose
    )
    with st.container(border=True):
        for past in find_factor_pasts(person, [chosen]):
            show_past(past)
            st.page_link(
                "learn/archive.py",
                label=f"All post-mortems that name {escape(past.factor)}",
                icon=":material/search:",
                query_params={"factor": past.factor_id},
            )


def choose() -> None:
    st.query_params[FACTOR] = st.session_state["factors:chosen"]


show()
