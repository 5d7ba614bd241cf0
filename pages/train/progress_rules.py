"""A small chart for each rule: a point for each run, joined only where there are enough of them."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd
import streamlit as st

from models.rules.exercise.trends import Change, Trend
from pages.components.problems import escape
from pages.train.seat_end import RULES
from services.exercise_trends import TeamProgress

INK = "#2d7b9a"
MARKS = {
    Change.BETTER: ":material/trending_up: Better",
    Change.WORSE: ":material/trending_down: Worse",
    Change.NOT_SHOWN: "No change shown",
}


def show_rules(team: TeamProgress, titles: Mapping[str, str]) -> None:
    if not team.trends:
        st.markdown("Nothing could be observed in these runs yet.")
        return
    with st.grid(3, min_column_width=300, gap="small"):
        for trend in team.trends:
            with st.container(border=True, gap="xsmall", height="stretch"):
                show_rule(trend, team, titles)


def show_rule(trend: Trend, team: TeamProgress, titles: Mapping[str, str]) -> None:
    mark = f" :gray-badge[{MARKS[trend.change]}]" if trend.change in MARKS else ""
    st.markdown(f"**{RULES[trend.rule]}**{mark}")
    st.altair_chart(
        chart(trend, titles),
        key=f"progress:{team.team_id}:{trend.rule}",
        alt=f"{RULES[trend.rule]}. {trend.sentence} In order of time: {shares(trend)}.",
    )
    st.caption(escape(trend.sentence))


def shares(trend: Trend) -> str:
    return ", ".join(f"{run.share:.0%}" for run in trend.runs)


def chart(trend: Trend, titles: Mapping[str, str]) -> alt.Chart:
    """Runs in the order of time. With too few for a claim the points are not joined: a line would
    look like one."""
    points = pd.DataFrame(
        {
            "run": number,
            "share": run.share,
            "day": f"{run.ended_at:%-d %b %Y}",
            "scenario": titles.get(run.scenario_id, run.scenario_id),
            "how": "live" if run.mode == "live" else "in turns",
        }
        for number, run in enumerate(trend.runs, start=1)
    )
    base = alt.Chart(points, height=120)
    is_line = trend.change is not Change.TOO_FEW
    drawn = (
        base.mark_line(point=alt.OverlayMarkDef(size=28, color=INK), strokeWidth=2, color=INK)
        if is_line
        else base.mark_point(size=45, filled=True, color=INK, opacity=1)
    )
    return drawn.encode(
        x=alt.X("run:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
        y=alt.Y(
            "share:Q",
            title=None,
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", values=[0, 0.5, 1]),
        ),
        tooltip=[
            alt.Tooltip("day:N", title="day"),
            alt.Tooltip("scenario:N", title="scenario"),
            alt.Tooltip("how:N", title="played"),
            alt.Tooltip("share:Q", title="reached", format=".0%"),
        ],
    )
