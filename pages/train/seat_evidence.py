"""What comes with a message: extracts of logs, changes of code, tables, and drawn measurements."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import pyarrow as pa
import streamlit as st

from models.rules.exercise.views import EvidenceView
from pages.components.problems import escape

TALL = 14  # lines; a longer extract scrolls by itself
SHORT = 30  # rows that are written out as words; a longer table is a grid
LINE = 24  # pixels


@dataclass(frozen=True)
class Measured:
    """What a chart draws: a point in each row, the name of the axis, how many lines, in words."""

    points: pa.Table
    axis: str
    lines: int
    words: str


def show_evidence(exhibits: Sequence[EvidenceView], key: str) -> None:
    """Each exhibit with its title, one below the other. `key` names the message."""
    for exhibit in exhibits:
        with st.container(gap="xsmall"):
            st.markdown(f":small[**{escape(exhibit.title)}**]")
            if exhibit.csv is None:
                show_text(exhibit)
            elif exhibit.type == "metric":
                show_metric(exhibit, f"{key}:{exhibit.id}")
            else:
                show_table(exhibit)


def show_text(exhibit: EvidenceView) -> None:
    text = (exhibit.text or "").rstrip("\n")
    long = text.count("\n") >= TALL
    language = "diff" if exhibit.type == "diff" else None
    st.code(text, language=language, height=TALL * LINE if long else "content")


def show_table(exhibit: EvidenceView) -> None:
    heading, rows = read_rows(exhibit.csv or "")
    if len(rows) > SHORT:
        frame = pd.DataFrame(rows, columns=pd.Index(heading))
        st.dataframe(frame, hide_index=True, height=TALL * LINE)
        return
    cells = [[escape(cell) for cell in row] for row in rows]
    frame = pd.DataFrame(cells, columns=pd.Index([escape(name) for name in heading]))
    st.table(frame, hide_index=True, alt=exhibit.title)


def show_metric(exhibit: EvidenceView, key: str) -> None:
    """A line for each column, over the first one; below it what it shows, in words."""
    found = measured(exhibit.csv or "")
    if found is None:
        show_table(exhibit)
        return
    alt = f"{exhibit.title}. {found.words}"
    st.vega_lite_chart(found.points, drawing(found.axis, found.lines), key=key, alt=alt)
    st.caption(escape(found.words))


@lru_cache(maxsize=128)
def measured(text: str) -> Measured | None:
    """What a CSV has measured; None where it holds no numbers. The same for every seat and at each
    drawing: made anew, the points took a fifth of the time of a screen."""
    heading, rows = read_rows(text)
    series = series_of(heading, rows)
    if not series:
        return None
    points: list[dict[str, str | int | float]] = [
        {"x": row[0], "order": place, "series": name, "value": value}
        for name, values in series.items()
        for place, (row, value) in enumerate(zip(rows, values, strict=True))
        if value is not None
    ]
    words = " ".join(in_words(name, rows, values) for name, values in series.items())
    return Measured(pa.Table.from_pylist(points), heading[0], len(series), words)


def drawing(axis: str, count: int) -> dict[str, object]:
    """A line chart in Vega-Lite's own words, whose axis keeps the order of the rows. Written as
    they are: having them made and checked anew took most of the time of drawing a seat."""
    x = {"field": "x", "type": "ordinal", "title": axis}
    value = {"field": "value", "type": "quantitative"}
    series = {"field": "series", "type": "nominal"}
    legend = {"orient": "top", "labelLimit": 300}
    return {
        "height": 200,
        "mark": {"type": "line", "point": {"size": 28}, "strokeWidth": 2},
        "encoding": {
            "x": {
                **x,
                "sort": {"field": "order", "op": "min"},
                "axis": {"labelAngle": 0, "labelOverlap": "greedy"},
            },
            "y": {**value, "title": None},
            "color": {**series, "title": None, "legend": legend}
            if count > 1
            else {"value": "#2d7b9a"},
            "tooltip": [x, {**series, "title": "what"}, {**value, "title": "value"}],
        },
    }


def read_rows(text: str) -> tuple[list[str], list[list[str]]]:
    """The heading and the rows of a small CSV, each row as long as the heading."""
    lines = [line for line in csv.reader(io.StringIO(text.strip())) if line]
    if not lines:
        return [], []
    heading = [cell.strip() for cell in lines[0]]
    width = len(heading)
    return heading, [[c.strip() for c in (row + [""] * width)[:width]] for row in lines[1:]]


def series_of(heading: list[str], rows: list[list[str]]) -> dict[str, list[float | None]]:
    """The columns of numbers behind the first one; None where a cell is empty."""
    found = {}
    for column, name in enumerate(heading[1:], start=1):
        values = [number(row[column]) for row in rows]
        written = [row[column] for row in rows if row[column]]
        if written and sum(value is not None for value in values) == len(written):
            found[name] = values
    return found


def number(cell: str) -> float | None:
    """The number of a cell like `1,200` or `4 %`; None where it is none."""
    try:
        value = float(cell.replace(",", "").removesuffix("%").strip())
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def in_words(name: str, rows: list[list[str]], values: list[float | None]) -> str:
    """`Failed payments: from 0 at 09:58 to 60 at 10:05, at most 60 at 10:05.`"""
    known = [(row[0], value) for row, value in zip(rows, values, strict=True) if value is not None]
    (begin, first), (end, last) = known[0], known[-1]
    where, most = max(known, key=lambda point: point[1])
    peak = f", at most {most:,g} at {where}" if most not in (first, last) else ""
    return f"{name[:1].upper()}{name[1:]}: from {first:,g} at {begin} to {last:,g} at {end}{peak}."
