"""Who is there, on which seat, and who has read and answered what."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.console import Received
from models.rules.vocabulary import label
from pages.components.problems import attempt, escape, show_problem
from pages.train.leading import Leading
from services.exercises import give_seat

AT = "people"
SHOWN = 5  # messages, the newest first; the rest is folded away


def show_people(leading: Leading) -> None:
    """Everybody who has joined; a seat can be given."""
    with st.container(border=True, key=leading.key("people")):
        players = leading.run.play.players
        st.markdown(f"**People** :small[:gray[{len(players)}]]")
        show_problem(AT, live=True)
        if not players:
            st.caption("Nobody has joined yet. They appear here by themselves.")
        for player, name in players.items():
            show_person(leading, player, name)
        roles = [f"{label(r)}: {escape(leading.seat_title(s))}" for r, s in leading.view.roles]
        if roles:
            st.caption("Roles in the response. " + "; ".join(roles) + ".")


def show_person(leading: Leading, player: str, name: str) -> None:
    seats = {seat.id: seat.title for seat in leading.run.scenario.seats}
    key = leading.key(f"seat:{player}")
    st.session_state[key] = leading.run.play.seats.get(player)
    st.selectbox(
        escape(name),
        list(seats),
        key=key,
        index=None,
        format_func=seats.__getitem__,
        placeholder="No seat yet",
        disabled=leading.view.phase == "ended",
        on_change=seat_them,
        args=(leading, player),
    )


def show_received(leading: Leading) -> None:
    """What arrived where: who has it before their eyes, who waits, who answered."""
    received = leading.view.received[::-1]
    if not received:
        return
    with st.container(border=True, key=leading.key("received")):
        st.markdown("**Read and answered**")
        for one in received[:SHOWN]:
            show_one(leading, one)
        if len(received) > SHOWN:
            with st.expander(f"{len(received) - SHOWN} earlier"):
                for one in received[SHOWN:]:
                    show_one(leading, one)


def show_one(leading: Leading, one: Received) -> None:
    parts = []
    if one.seen:
        parts.append(f":material/done_all: {escape(leading.seat_titles(one.seen))}")
    if one.waiting:
        parts.append(f":material/schedule: {escape(leading.seat_titles(one.waiting))}")
    st.markdown(
        f"{escape(one.delivery.title)} :small[:gray[{leading.when(one.delivery.story)}]]  \n"
        f":small[{' '.join(parts) or 'Nobody sits where it went'}]"
    )
    for seat, text in one.answers:
        with st.container(border=True):
            st.caption(escape(leading.seat_title(seat)))
            st.text(text)


def seat_them(leading: Leading, player: str) -> None:
    seat = st.session_state[leading.key(f"seat:{player}")]
    if seat:
        attempt(lambda: give_seat(leading.person, leading.run.id, player, seat), at=AT)
