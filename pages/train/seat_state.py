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
    with st.container(border=True, horizontal=True, gap=gap, key=f"facts-{seated.run.id}"):
        if seated.run.is_solo:
            show_fact("Time in the story", f"**{clock_words(view.at)}**")
        else:
            show_story_clock(
                seated.run.scenario.clock.start, view.story, speed=view.speed,
                running=view.phase == "running", key=seated.key("clock"), shown="Time in the story",
            )  # fmt: skip
        declared = "Declared" if view.declared is not None else "Not declared"
        show_fact(
            "Incident",
            f"{declared} {severity_badge(view.severity)}",
            LEVELS[view.severity].impact if view.severity else None,
        )
        for variable in view.variables:
            show_fact(variable_name(variable), f"**{escape(variable_words(variable))}**")
    show_what_goes_on(seated)


def show_fact(name: str, value: str, why: str | None = None) -> None:
    """A small name, and below it the value, which is Markdown. One element: fifty screens draw
    them at each turn of the story."""
    st.markdown(f":small[:gray[{escape(name)}]]  \n{value}", width="content", help=why)


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
