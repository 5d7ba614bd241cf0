"""Playing alone, between two moments: what the last decision led to, then on to what came in.

A person goes on by reading: what is not marked as seen in the log lies ahead. So a reload, or
another browser, comes back to the same place.
"""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import commands
from models.rules.exercise.play import Choice
from models.rules.exercise.progress import share_played
from models.rules.exercise.views import VariableView
from pages.components.problems import escape, show_problem
from pages.components.prose import show_prose
from pages.train.seat_state import variable_name, variable_words
from pages.train.seat_team import show_all_briefs
from pages.train.seated import Seated, act


def is_between(seated: Seated) -> bool:
    """Whether something came in that was not gone on to."""
    return any(not message.seen for message in seated.view.inbox)


def show_progress(seated: Seated) -> None:
    made = len(seated.run.play.choices)
    words = f"After decision {made}" if is_between(seated) else f"Decision {made + 1}"
    st.progress(share_played(seated.run.play), text=words)


def show_between(seated: Seated) -> None:
    if seated.view.feedback:
        show_progress(seated)
        show_feedback(seated)
    else:
        show_opening(seated)
    show_problem("between")
    if seated.view.feedback and seated.view.phase != "ended":
        waiting = sum(not message.seen for message in seated.view.inbox)
        st.caption(f"{'A message has' if waiting == 1 else f'{waiting} messages have'} come in.")
    if seated.view.phase == "ended":
        label = "See how it ended"
    else:
        label = "Go on" if seated.view.feedback else "Begin"
    st.button(
        label,
        key=seated.key(f"go_on:{seated.view.inbox[-1].delivery}"),
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
        on_click=go_on,
        args=(seated,),
    )


def show_opening(seated: Seated) -> None:
    show_prose(seated.view.opening)
    st.caption(
        "The story waits for you: nothing happens until you decide, and quickness wins nothing. "
        "After each decision you read what it led to. At any time you may also do what a team "
        "does in an incident: declare, choose a severity, tell people, call in help."
    )
    show_all_briefs(seated, opened=True)


def show_feedback(seated: Seated) -> None:
    """What was chosen, what people who know think of it, and what it changed."""
    last, choice = seated.view.feedback[-1], seated.run.play.choices[-1]
    with st.container(border=True):
        st.caption(escape(last.title))
        st.markdown(f"You chose: **{escape(last.chosen)}**")
        show_prose(last.feedback)
        lines = [f":material/schedule: {passed(seated, choice)}"]
        lines += [
            f":material/trending_flat: {escape(variable_name(now))}: "
            f"{escape(variable_words(was))} → **{escape(variable_words(now))}**"
            for was, now in changes(seated, choice)
        ]
        st.markdown("  \n".join(lines))


def passed(seated: Seated, choice: Choice) -> str:
    minutes = (seated.view.story - choice.story) // 60
    if not minutes:
        return f"No time has passed; it is {seated.when(seated.view.story)}"
    span = "1 minute has" if minutes == 1 else f"{minutes:,} minutes have"
    return f"{span} passed; it is {seated.when(seated.view.story)}"


def changes(seated: Seated, choice: Choice) -> list[tuple[VariableView, VariableView]]:
    """(before, now) of what all may see and what has changed since a decision."""
    before = [r.state for r in seated.run.play.readings if r.seq <= choice.seq][-1]
    return [
        (VariableView(now.name, before[now.name], now.unit), now)
        for now in seated.view.variables
        if before[now.name] != now.value
    ]


def go_on(seated: Seated) -> None:
    for message in seated.view.inbox:
        if not message.seen:
            number = message.delivery
            act(seated, commands.mark_seen, number, at="between", what=f"seen:{number}")
