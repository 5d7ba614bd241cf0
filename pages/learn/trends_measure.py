"""Every measure in short, and one of them closer: drawn, as a table, and as files."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from models.rules.metrics.charts import By, Chart, chart
from models.rules.metrics.intervals import Spread
from models.rules.metrics.measures import MEASURES, Key
from models.rules.metrics.said import (
    NO_FIGURE,
    estimated_words,
    left_out_words,
    minutes_words,
    share_words,
    spread_words,
    with_interval,
)
from models.rules.metrics.summaries import Dot, Summary
from models.rules.policy import Who
from pages.components.pictures import drawing_theme, drawing_width, show_drawing
from pages.components.problems import escape
from pages.learn.trends_filters import ask, show_files
from reports.drawings.trend import trend_drawing
from services.metrics import Trends, list_dots, list_services_between
from services.trend_choice import TrendChoice
from services.trend_documents import SUMMARY

LISTED = 100  # incidents in the table at a time
HEADS = ("n", "Median (95 % interval)", "90th percentile (95 % interval)")


def show_overview(trends: Trends) -> None:
    st.header("How long", anchor=False)
    rows = [
        [f"**{each.measure.name}**", *cells(each.spread), standard_cell(each)]
        for each in trends.measures
    ]
    show_table(["Measure", *HEADS, "Standard"], rows)
    show_files(SUMMARY, "csv", about="All measures, by period")


def cells(spread: Spread) -> list[str]:
    return [
        f"{spread.n:,}",
        with_interval(spread.median, spread.median_interval),
        with_interval(spread.p90, spread.p90_interval),
    ]


def standard_cell(summary: Summary) -> str:
    """`under 5 min, SEV1: met by 3 of 9 (33 %)`."""
    if not summary.standard:
        return "–"
    standard = summary.standard.standard
    whose = f", {standard.severity}" if standard.severity else ""
    n = summary.standard.n
    met = f"met by {share_words(summary.standard.met, n)}" if n else "nothing to measure"
    return f"{standard.words}{whose}: {met}"


def show_table(heads: list[str], rows: list[list[str]]) -> None:
    """Cells of ours, or escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def show_closer(trends: Trends, choice: TrendChoice, person: Who) -> None:
    st.session_state["trends:measure"] = choice.measure
    st.pills(
        "Look closer at",
        list(Key),
        key="trends:measure",
        required=True,
        format_func=lambda key: MEASURES[key].name,
        on_change=ask,
        args=("measure", "trends:measure"),
    )
    summary = next(each for each in trends.measures if each.measure.key is choice.measure)
    st.subheader(summary.measure.name, anchor=False)
    st.markdown(about(summary))
    st.caption(summary.measure.definition)
    dots = list_dots(person, choice.measure, choice.selection)
    if not dots:
        st.markdown("None of the chosen incidents has both times, so there is nothing to draw.")
        return
    drawn = chart(summary.measure, dots, choice.by)
    drawing = trend_drawing(drawn, width=drawing_width(), theme=drawing_theme())
    show_drawing(drawing.svg(drawing_theme()), drawing.told)
    show_by(drawn)
    if choice.measure is Key.BETWEEN:
        show_services(choice, person)
    with st.expander("As a table"):
        show_periods(drawn)
        show_values(dots, choice.measure)
    show_files(choice.measure, "csv", "svg", about=summary.measure.name)


def about(summary: Summary) -> str:
    """n, what it says, what was left out and why."""
    said = [f"{spread_words(summary.spread)}.", left_out_words(summary.excluded)]
    said.append(estimated_words(summary.estimated, summary.spread.n))
    if summary.standard:
        said.append(f"Standard: {standard_cell(summary)}.")
    if summary.few:
        services = "service has" if summary.few == 1 else "services have"
        said.append(f"{summary.few:,} {services} fewer than three failures. {NO_FIGURE}")
    return " ".join(part for part in said if part)


def show_by(drawn: Chart) -> None:
    st.session_state["trends:by"] = drawn.by
    st.segmented_control(
        "Median and 90th percentile for each",
        list(By),
        key="trends:by",
        required=True,
        format_func=str.capitalize,
        on_change=ask,
        args=("by", "trends:by"),
    )


def show_services(choice: TrendChoice, person: Who) -> None:
    found = list_services_between(person, choice.selection)
    rows = [
        [escape(each.name), "yes" if each.is_critical else "no", *cells(each.spread)]
        for each in found
    ]
    if rows:
        show_table(["Service", "Critical", *HEADS], rows)
    st.caption(f"n counts the times between two failures. {NO_FIGURE}")


def show_periods(drawn: Chart) -> None:
    rows = [[each.name, *cells(each.spread)] for each in drawn.periods]
    show_table([drawn.by.capitalize(), *HEADS], rows)


def show_values(dots: tuple[Dot, ...], key: Key) -> None:
    """Each value with the way to its incident, the newest first."""
    newest = dots[::-1]
    pages = -(-len(newest) // LISTED)
    number = st.pagination(pages, key=f"trends:page:{key}") if pages > 1 else 1
    shown = newest[(number - 1) * LISTED : number * LISTED]
    st.dataframe(
        [row(dot) for dot in shown],
        hide_index=True,
        width="stretch",
        column_config={
            "Incident": st.column_config.TextColumn(width="large"),
            "Open": st.column_config.LinkColumn(display_text="Open", width=70),
            "Minutes": st.column_config.NumberColumn(format="%.1f"),
        },
    )


def row(dot: Dot) -> dict[str, str | float]:
    named = {"Service": dot.service} if dot.service else {}
    return {
        "Open": f"/incident?id={dot.incident_id}",
        "Incident": dot.title,
        "Severity": dot.severity or "–",
        "Started (UTC)": f"{datetime.fromtimestamp(dot.started_at, UTC):%-d %b %Y, %H:%M}",
        "Length": minutes_words(dot.minutes),
        "Minutes": dot.minutes,
        "Estimated": "yes" if dot.estimated else "no",
        **named,
    }
