"""The update form: for whom, what is known, and when the next one comes."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import commands, events
from models.rules.exercise.events import Audience
from models.rules.exercise.facts import update_minutes
from models.rules.scenario.wording import counted
from models.rules.vocabulary import label
from pages.components.said import say
from pages.train.seat_form import AT, begin_anew, text_key, typed
from pages.train.seated import Seated, act

ADVICE = {
    Audience.CUSTOMERS: "What they notice, whether they must do something, what comes next. Only "
    "what you know; no guess about the cause.",
    Audience.LEADERSHIP: "Impact, what is being done, what you need, and when they hear more.",
    Audience.INTERNAL: "What is known, who does what, and where to help.",
}


def show_update(seated: Seated) -> None:
    audience = seated.key("update:audience")
    st.segmented_control(
        "For whom", list(Audience), key=audience, default=Audience.CUSTOMERS, format_func=label,
        required=True,
    )  # fmt: skip
    chosen = Audience(st.session_state[audience] or Audience.CUSTOMERS)
    st.text_area(
        "The update", key=text_key(seated, "update"), height="content", persist_state="session",
        placeholder=ADVICE[chosen],
    )  # fmt: skip
    every = update_minutes(seated.run.policy.comms_minutes, seated.view.severity)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Next update in minutes",
            min_value=1,
            max_value=1_440,
            value=every or 30,
            key=seated.key(f"update:next:{every}"),
            width=190,
        )
        st.button(
            "Send the update",
            key=seated.key("update:send"),
            type="primary",
            on_click=send,
            args=(seated, f"update:next:{every}"),
        )
    st.caption(cadence(seated, every))


def cadence(seated: Seated, every: int | None) -> str:
    """How often an update is due, and what the last one promised."""
    level = seated.view.severity
    if level is None:
        said = "Choose a severity, and the usual time between updates stands here."
    elif every is None:
        said = f"At {level} nobody waits for a regular update; say when the next one comes."
    else:
        said = f"At {level} an update is due every {counted(every, 'minute')}."
    sent = [x for x in seated.run.log if isinstance(x.what, events.CommsSent)]
    if not sent:
        return f"{said} None was sent yet."
    promised = getattr(sent[-1].what, "next_update_min", None)
    said += f" The last one was sent at {seated.when(sent[-1].story)}"
    if promised:
        said += f" and promised the next for {seated.when(sent[-1].story + promised * 60)}"
    return f"{said}."


def send(seated: Seated, following: str) -> None:
    state = st.session_state
    audience = Audience(state[seated.key("update:audience")] or Audience.CUSTOMERS)
    text, minutes = typed(seated, "update"), state[seated.key(following)]
    if act(seated, commands.post_update, audience, text, minutes, at=AT):
        begin_anew(seated, "update")
        state[seated.key("doing")] = None
        say(seated.key("done"), f"The update for {label(audience).lower()} is sent")
