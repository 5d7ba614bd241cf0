"""What everybody at the table knows: who has which seat and role, and what the team has done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from models.rules.exercise import events as e
from models.rules.exercise.play import moment, option_of
from models.rules.scenario.wording import counted
from models.rules.vocabulary import label
from pages.components.problems import escape
from pages.components.prose import show_prose
from pages.train.seated import Seated, clock_words, seat_title
from services.exercise_log import Run

SHOWN = 12


def show_team(seated: Seated) -> None:
    show_deeds(seated)
    if seated.run.is_solo:
        show_all_briefs(seated)
    else:
        st.markdown(f"**Who sits where**\n\n{people(seated.run)}")
        with st.expander("Your seat, for your eyes only", icon=":material/badge:"):
            show_prose(seated.view.brief)
    with st.expander("How the story began", icon=":material/menu_book:"):
        show_prose(seated.view.opening)
    notes = own_notes(seated)
    if notes:
        with st.expander(f"Your notes ({len(notes)})", icon=":material/sticky_note_2:"):
            for note in notes:
                st.text(note)


def show_deeds(seated: Seated) -> None:
    lines = [f":small[:gray[{when}]] {said}" for when, said in deeds(seated.run)[::-1]]
    newest = "  \n".join(lines[:SHOWN]) or ":small[:gray[Nothing yet.]]"
    st.markdown(f"**What the team has done**\n\n{newest}")
    if len(lines) > SHOWN:
        with st.expander(f"{len(lines) - SHOWN} before that"):
            st.markdown("  \n".join(lines[SHOWN:]))


@lru_cache(maxsize=16)  # the same on every seat
def people(run: Run) -> str:
    """Who sits where, as Markdown."""
    sitting: dict[str, list[str]] = defaultdict(list)
    for person, seat in run.play.seats.items():
        sitting[seat].append(escape(run.play.players[person]))
    return "  \n".join(
        f"{escape(seat.title)}: {', '.join(sitting[seat.id]) or ':gray[free]'}"
        f"{role_badges(run, seat.id)}"
        for seat in run.scenario.seats
    )


def show_all_briefs(seated: Seated, *, opened: bool = False) -> None:
    """Who plays alone sits on every seat, and reads what is written for each."""
    st.markdown("**Your seats**")
    for seat in seated.run.scenario.seats:
        title = escape(seat.title) + role_badges(seated.run, seat.id)
        with st.expander(title, opened, icon=":material/badge:"):
            show_prose(seat.brief)


def role_badges(run: Run, seat: str) -> str:
    return "".join(f" :gray-badge[{label(r)}]" for r, s in run.play.roles.items() if s == seat)


@lru_cache(maxsize=16)  # the same on every seat
def deeds(run: Run) -> tuple[tuple[str, str], ...]:
    """(time, Markdown) of what the team did, in order: what all at the table would have heard."""
    found = []
    for event in run.log:
        told = _TOLD.get(type(event.what))
        in_decision = event.kind != "decided" and getattr(event.what, "option", "")
        if told is not None and not in_decision:  # the decision says it already
            found.append((clock_words(moment(run.play, event.story)), told(run, event.what)))
    return tuple(found)


def own_notes(seated: Seated) -> list[str]:
    return [
        x.what.text
        for x in seated.run.log
        if isinstance(x.what, e.Noted) and x.by == seated.view.seat
    ]


def _said(words: str) -> Callable[[Run, Any], str]:
    def tell(_run: Run, what: Any) -> str:
        return f"{words}: {escape(what.text)}" if what.text else words

    return tell


def _decided(run: Run, what: Any) -> str:
    how = {
        "timeout": " :gray[(the time was over)]",
        "vote": " :gray[(by vote)]",
        "facilitator": " :gray[(by the facilitator)]",
    }.get(what.how, "")
    return f"{escape(option_of(run.scenario, what.node, what.option).label)}{how}"


def _role(run: Run, what: Any) -> str:
    return f"{label(what.role)}: {escape(seat_title(run, what.seat))}"


def _severity(_run: Run, what: Any) -> str:
    return f"Severity {what.level}" + (f": {escape(what.why)}" if what.why else "")


def _update(_run: Run, what: Any) -> str:
    following = (
        f" Next in {counted(what.next_update_min, 'minute')}." if what.next_update_min else ""
    )
    return f"Update for {label(what.audience).lower()}: {escape(what.text)}{following}"


def _notified(_run: Run, what: Any) -> str:
    words = "The regulator is notified" if what.notify else "The regulator is not notified"
    return f"{words}: {escape(what.text)}"


_TOLD: dict[type, Callable[[Run, Any], str]] = {
    e.Decided: _decided,
    e.Declared: _said("Declared"),
    e.SeveritySet: _severity,
    e.RoleSet: _role,
    e.CommsSent: _update,
    e.Mitigated: _said("Mitigated"),
    e.Escalated: _said("Help called in"),
    e.Stable: _said("Stable"),
    e.Closed: _said("Closed"),
    e.Aware: _said("Personal data is affected"),
    e.Notified: _notified,
}
