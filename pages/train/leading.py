"""Somebody who leads an exercise: who they are, the run, and what only they see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

import streamlit as st

from models.rules.exercise.console import Console
from models.rules.exercise.play import moment
from models.rules.policy import Who
from models.rules.scenario.shape import ALL
from pages.components.problems import attempt
from pages.train.seated import clock_words
from services import clock
from services.exercise_log import Run
from services.exercises import act_as_facilitator

DOUBLE = timedelta(seconds=0.7)  # between the two halves of a slow double click


@dataclass(frozen=True)
class Leading:
    """Everything that a part of the facilitator's screen draws from."""

    person: Who
    run: Run
    view: Console

    def key(self, name: str) -> str:
        """The key of a widget of this exercise."""
        return f"console:{self.run.id}:{name}"

    def when(self, story: int) -> str:
        """A time of the story as its own calendar shows it: `Tue 10:06`."""
        return clock_words(moment(self.run.play, story))

    def seat_title(self, seat: str) -> str:
        if seat == ALL:
            return "everybody"
        return next((s.title for s in self.run.scenario.seats if s.id == seat), seat)

    def seat_titles(self, seats: tuple[str, ...]) -> str:
        return ", ".join(self.seat_title(seat) for seat in seats)


def lead(
    leading: Leading,
    change: Callable[..., Any],
    *args: Any,
    at: str = "page",
    click: str = "",
    **more: Any,
) -> bool:
    """From a callback: does something as the facilitator. The same `click` (without one: the same
    from the same state of the exercise, by a second click or by two who lead) happens once. A
    problem is shown at `at`; returns whether it went well."""
    asked = sha256(f"{change.__name__}:{args}".encode()).hexdigest()[:16]
    click = click or f"lead:{asked}:{leading.run.revision}"
    run_id, person = leading.run.id, leading.person
    return attempt(
        lambda: act_as_facilitator(person, run_id, change, *args, click=click, **more), at=at
    )


def press(
    leading: Leading,
    change: Callable[..., Any],
    *args: Any,
    at: str = "page",
    **more: Any,
) -> bool:
    """`lead` for a button. The screen is drawn anew so soon that the second half of a double click
    would meet another button in the same spot, the whole of `at`: Go on, where Pause was, or a
    form that is empty. After a first half that went well it does nothing; one that did not has
    changed nothing, so that the next click counts, however soon it comes."""
    spot, now = leading.key(f"pressed:{at}"), clock.now()
    if now - st.session_state.get(spot, now - DOUBLE) < DOUBLE:
        return True
    went_well = lead(leading, change, *args, at=at, **more)
    if went_well:
        st.session_state[spot] = now
    return went_well
