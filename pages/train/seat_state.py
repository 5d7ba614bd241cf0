"""What is true now, at the top of a seat's screen: the story's time, severity, the world, what the
team is doing."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.views import VariableView
from models.rules.severity import LEVELS
from pages.components.pictures import is_phone
from pages.components.problems import escape
from pages.components.story_clock import show_story_clock
from pages.components.words import severity_badge
from pages.train.seated import Seated, clock_words


def show_now(seated: Seated) -> None:
    view = seated.view
    gap = "small" if is_phone() else "large"
    with st.container(border=True, horizontal=True, gap=gap, key=seated.key("now")):
        with st.container(width="content", gap=None):
            st.caption("Time in the story")
            if seated.run.is_solo:
                st.markdown(f"**{clock_words(view.at)}**")
            else:
                start = seated.run.scenario.clock.start
                show_story_clock(
                    start, view.story, speed=view.speed, running=view.phase == "running",
                    key=seated.key("clock"),
                )  # fmt: skip
        with st.container(width="content", gap=None):
            st.caption("Incident")
            declared = "Declared" if view.declared is not None else "Not declared"
            st.markdown(
                f"{declared} {severity_badge(view.severity)}",
                help=LEVELS[view.severity].impact if view.severity else None,
            )
        for variable in view.variables:
            with st.container(width="content", gap=None):
                st.caption(escape(variable_name(variable)))
                st.markdown(f"**{escape(variable_words(variable))}**")
    show_what_goes_on(seated)


def show_what_goes_on(seated: Seated) -> None:
    view = seated.view
    if view.phase == "paused":
        why = "The server was away for a moment. " if seated.run.play.interrupted else ""
        st.info(
            f"Paused. {why}The story stands still, and nothing is lost. The facilitator goes on "
            "when everybody is ready; you can still write and read.",
            icon=":material/pause_circle:",
        )
    if view.under_way and view.under_way_until is not None:
        st.markdown(
            f":material/construction: The team is at work until "
            f"**{seated.when(view.under_way_until)}**: {escape(view.under_way)}"
        )


def variable_name(variable: VariableView) -> str:
    """`error_rate` as `Error rate`."""
    name = variable.name.replace("_", " ")
    return name[:1].upper() + name[1:]


def variable_words(variable: VariableView) -> str:
    """The value with its unit: `60 % of payments`, `yes`, `restoring`."""
    value = variable.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:,}" if isinstance(value, int) else value.replace("_", " ")
    return f"{text} {variable.unit}".strip()
