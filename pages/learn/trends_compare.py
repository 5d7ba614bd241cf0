"""Two periods side by side. A change is claimed only where the intervals say so."""

from __future__ import annotations

import streamlit as st

from models.rules.metrics.change import Change, CountChange
from models.rules.metrics.intervals import Interval, Spread
from models.rules.metrics.measures import MEASURES
from models.rules.metrics.said import COMPARING, verdict_words, with_interval
from models.rules.metrics.selection import Selection
from models.rules.policy import Who
from pages.learn.trends_filters import day
from pages.learn.trends_measure import show_table
from services.metrics import compare_periods
from services.trend_choice import TrendChoice


def show_comparison(choice: TrendChoice, person: Who) -> None:
    st.header("Two periods", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day("Earlier, from", "before_from", choice.before.first)
        day("Earlier, to", "before_to", choice.before.last)
    st.markdown(
        f"**Earlier** is {days(choice.before)}, **later** is {days(choice.now)}, in UTC. The "
        "later period is the one of the filters, or the newest half year that has incidents."
    )
    found = compare_periods(person, choice.before, choice.now)
    rows = [measure_row(MEASURES[key].name, change) for key, change in found.measures]
    rows.append(count_row(found.incidents))
    show_table(["Measure", "Earlier", "Later", "What can be said"], rows)
    st.caption(COMPARING)
    st.caption(
        "Of incidents, the interval is that of the number in 30 days. One outage that is written "
        "down as several incidents makes it too narrow."
    )


def days(selection: Selection) -> str:
    return f"{selection.first:%-d %b %Y} to {selection.last:%-d %b %Y}"


def measure_row(name: str, change: Change) -> list[str]:
    claim = f"**{verdict_words(change.verdict)}**"
    return [f"**{name}**", spread_cell(change.before), spread_cell(change.now), claim]


def spread_cell(spread: Spread) -> str:
    if not spread.n:
        return "n = 0"
    return f"n = {spread.n:,}, median {with_interval(spread.median, spread.median_interval)}"


def count_row(change: CountChange) -> list[str]:
    return [
        "**Number of incidents**",
        f"n = {change.before:,}, {in_30_days(change.before_in_30_days)}",
        f"n = {change.now:,}, {in_30_days(change.now_in_30_days)}",
        f"**{verdict_words(change.verdict)}**",
    ]


def in_30_days(interval: Interval) -> str:
    return f"{interval.low or 0:.1f} to {interval.high or 0:.1f} in 30 days"
