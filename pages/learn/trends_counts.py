"""How often, who noticed first, and how many promises are done."""

from __future__ import annotations

import streamlit as st

from models.rules.metrics.counts import ACTIONS, FREQUENCY, NOTICED_FIRST
from models.rules.metrics.intervals import share_interval
from models.rules.metrics.said import done_words, percent, share_words
from pages.components.pictures import drawing_theme, drawing_width, show_drawing
from pages.learn.trends_filters import show_files
from pages.learn.trends_measure import show_table
from reports.drawings.marks import LEVELS, level_words
from reports.drawings.monthly_counts import counts_drawing
from services.metrics import Trends
from services.trend_documents import FREQUENCY as FILE
from services.trend_documents import MONTHS_DRAWN, counts_of, months_drawn


def show_counts(trends: Trends) -> None:
    st.header("How often", anchor=False)
    months = months_drawn(trends)
    n = sum(row.incidents for row in trends.frequency)
    st.caption(f"n = {n:,}. {FREQUENCY}")
    if not months:
        st.markdown("None of the chosen incidents is counted by month.")
        return
    counts = counts_of(trends)
    drawing = counts_drawing(months, counts, width=drawing_width(), theme=drawing_theme())
    show_drawing(drawing.svg(drawing_theme()), drawing.told)
    if trends.frequency[0].month < months[0]:
        st.caption(f"The newest {MONTHS_DRAWN} months are shown; the file has all of them.")
    with st.expander("As a table"):
        rows = [
            [month, *(f"{counts.get((month, level), 0):,}" for level in LEVELS)]
            for month in reversed(months)
        ]
        show_table(["Month", *map(level_words, LEVELS)], rows)
    show_files(FILE, "csv", "svg", about="Incidents by month")


def show_noticed(trends: Trends) -> None:
    noticed = trends.noticed
    n = noticed.monitoring + noticed.people
    st.header("Who noticed first", anchor=False)
    if noticed.share is None:
        st.markdown("The timelines of the chosen incidents do not tell who noticed first.")
    else:
        low, high = noticed.interval.low or 0.0, noticed.interval.high or 0.0
        st.markdown(
            f"Monitoring noticed **{share_words(noticed.monitoring, n)}** before a customer or a "
            f"colleague did; the 95 % interval is {percent(low)} to {percent(high)}."
        )
    if noticed.unknown:
        st.caption(f"{noticed.unknown:,} without an answer in the timeline are left out.")
    st.caption(NOTICED_FIRST)


def show_actions(trends: Trends) -> None:
    actions = trends.actions
    promised = actions.done + actions.open
    st.header("Promises kept", anchor=False)
    said = done_words(actions.done, promised)
    if promised:
        interval = share_interval(actions.done, promised)
        low, high = interval.low or 0.0, interval.high or 0.0
        said += f" The 95 % interval is {percent(low)} to {percent(high)}."
    st.markdown(said)
    declined = f" Declined, and left out: {actions.declined:,}." if actions.declined else ""
    st.caption(f"{ACTIONS}{declined}")
    st.page_link("learn/loop.py", label="How promises are kept", icon=":material/checklist:")
