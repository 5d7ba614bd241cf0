"""What the facilitator throws in: what was prepared, something of the moment, a lost expert."""

from __future__ import annotations

from functools import partial

import streamlit as st

from models.rules.exercise import facilitating
from models.rules.exercise.events import Improvised
from models.rules.scenario.shape import ALL, Channel, Contingency
from pages.components.problems import escape, show_problem
from pages.components.prose import show_prose
from pages.train.leading import Leading, press
from pages.train.seat_inbox import CHANNELS

AT, WRITING, LOST = "throw", "throw:write", "throw:lose"  # a popover hides what lies behind it
KINDS = {
    "help": ":green-badge[helps]",
    "pressure": ":orange-badge[adds pressure]",
    "redirect": ":blue-badge[leads back]",
}


def show_throwing(leading: Leading) -> None:
    with st.container(border=True, key=leading.key("throwing")):
        st.markdown("**Throw something in**")
        with st.container():
            show_problem(AT, live=True)
        for contingency, played in leading.view.contingencies:
            show_contingency(leading, contingency, played)
        with st.container(horizontal=True):
            with st.popover("Write one", icon=":material/edit:"):
                show_writing(leading)
            with st.popover("Somebody is out of reach", icon=":material/person_off:"):
                show_unreachable(leading)


def show_contingency(leading: Leading, one: Contingency, played: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        done = " :gray-badge[:material/check: thrown in]" if played else ""
        when = f"  \n:small[:gray[{escape(one.suggest_when)}]]" if one.suggest_when else ""
        st.markdown(f"{escape(one.title)} {KINDS[one.kind]}{done}{when}", width="stretch")
        with st.container(horizontal=True, width="content", gap="small"):
            with st.popover("Read", type="tertiary"):
                st.caption(f"To {escape(leading.seat_titles(one.to))}")
                show_prose(one.body)
            st.button(
                "Throw in" if not played else "Again",
                key=leading.key(f"contingency:{one.id}"),
                type="tertiary",
                on_click=press,
                args=(leading, facilitating.play_contingency, one.id),
                kwargs={"at": AT},
            )


def show_writing(leading: Leading) -> None:
    """A message of the moment; it stays here until it is sent."""
    seats = {seat.id: seat.title for seat in leading.run.scenario.seats}
    key = partial(field_key, leading)
    st.selectbox(
        "Comes by", list(Channel), key=key("channel"), format_func=lambda c: CHANNELS[c][1]
    )
    st.text_input("From", key=key("from"), max_chars=100)
    st.multiselect(
        "To",
        list(seats),
        key=key("to"),
        format_func=seats.__getitem__,
        placeholder="Everybody",
    )
    st.text_input("Title", key=key("title"), max_chars=200)
    st.text_area("Text", key=key("body"))
    with st.container():
        show_problem(WRITING, live=True)
    st.button("Send it", key=leading.key("write"), type="primary", on_click=write, args=(leading,))


def field_key(leading: Leading, name: str) -> str:
    """The fields are new ones for each message: emptied ones would be filled again by a browser
    that has not heard of it yet and already asks for the next drawing."""
    sent = st.session_state.get(leading.key("sent"), 0)
    return leading.key(f"write:{sent}:{name}")


def show_unreachable(leading: Leading) -> None:
    seats = {seat.id: seat.title for seat in leading.run.scenario.seats}
    st.caption("Tells everybody that a seat cannot be reached. How do they go on without it?")
    st.selectbox(
        "Who", list(seats), key=leading.key("lost"), format_func=seats.__getitem__, index=None
    )
    with st.container():
        show_problem(LOST, live=True)
    st.button(
        "Take them out of reach",
        key=leading.key("lose"),
        disabled=st.session_state.get(leading.key("lost")) is None,
        on_click=lose,
        args=(leading, seats),
    )


def write(leading: Leading) -> None:
    """The second half of a double click comes before there are new fields."""
    key, state = partial(field_key, leading), st.session_state
    content = Improvised(
        channel=state.get(key("channel"), Channel.ALERT),
        sender=state.get(key("from"), ""),
        to=tuple(state.get(key("to"), ())) or (ALL,),
        title=state.get(key("title"), ""),
        body=state.get(key("body"), ""),
    )
    if press(leading, facilitating.improvise, content, at=WRITING):
        state[leading.key("sent")] = state.get(leading.key("sent"), 0) + 1


def lose(leading: Leading, seats: dict[str, str]) -> None:
    title = seats[st.session_state[leading.key("lost")]]
    content = Improvised(
        channel=Channel.PHONE,
        to=(ALL,),
        title=f"{title} cannot be reached",
        body=f"{title} does not answer: no phone, no chat, and nobody knows for how long. Whoever "
        "sits there listens, and says nothing until the facilitator brings them back.",
    )
    press(leading, facilitating.improvise, content, at=LOST)
