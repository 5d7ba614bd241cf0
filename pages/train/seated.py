"""Somebody at the table: who they are, the exercise, and what their seat may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from models.rules.exercise.play import moment
from models.rules.exercise.views import SeatView
from models.rules.policy import Who
from pages.components.problems import attempt
from services.exercise_log import Run
from services.exercises import act_as_seat


@dataclass(frozen=True)
class Seated:
    """Everything that a part of the screen draws from. Of the run only what all may know: titles
    of seats, who sits there, what the team did."""

    person: Who
    run: Run
    view: SeatView

    def key(self, name: str) -> str:
        """The key of a widget of this exercise."""
        return f"seat:{self.run.id}:{name}"

    def when(self, story: int) -> str:
        """A time of the story as its own calendar shows it: `Tue 10:06`."""
        return clock_words(moment(self.run.play, story))

    def seat_title(self, seat: str) -> str:
        """The public title of a seat."""
        return seat_title(self.run, seat)


def seat_title(run: Run, seat: str) -> str:
    """The public title of a seat."""
    return next((s.title for s in run.scenario.seats if s.id == seat), seat)


def clock_words(at: datetime) -> str:
    """`Tue 10:06`, in the zone of the time."""
    return f"{at:%a %H:%M}"


def act(
    seated: Seated, change: Callable[..., Any], *args: Any, at: str, what: str = "", **more: Any
) -> bool:
    """From a callback: does something from this seat. A second click on the same screen changes
    nothing. A problem is shown at `at`; returns whether it went well."""
    name = what or f"{change.__name__}:{seated.run.revision}"
    click = f"{seated.view.seat}:{name}"
    run_id, person = seated.run.id, seated.person
    return attempt(lambda: act_as_seat(person, run_id, change, *args, click=click, **more), at=at)


def link(page: str, label: str, icon: str, **ids: str) -> None:
    """A link to a page; nothing where this installation does not have it."""
    try:
        st.page_link(page, label=label, icon=icon, query_params=ids or None)
    except StreamlitPageNotFoundError:
        return
