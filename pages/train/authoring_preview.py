"""A walk through the story with the eyes of any seat. It is played for this page alone: nothing is
kept."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.play import option_of
from models.rules.exercise.rehearsal import Rehearsal, rehearse, seen_from
from models.rules.exercise.views import DecisionView, Inbox, SeatView
from models.rules.scenario.findings import Report
from models.rules.scenario.shape import Scenario
from pages.components.problems import escape
from pages.components.prose import show_prose
from pages.train.seat_decision import show_options_only
from pages.train.seat_end import ENDINGS
from pages.train.seat_evidence import show_evidence
from pages.train.seat_inbox import CHANNELS
from pages.train.seat_state import variable_name, variable_words
from pages.train.seated import clock_words


def show_preview(scenario: Scenario, report: Report, place: str) -> None:
    if report.errors:
        st.markdown("A scenario with errors cannot be played. Correct them, and look again.")
        return
    chosen, seat_key = f"authoring:{place}:choices", f"authoring:{place}:seat"
    rehearsal = rehearse(scenario, st.session_state.get(chosen, ()))
    titles = {seat.id: seat.title for seat in scenario.seats}
    if st.session_state.get(seat_key) not in titles:
        st.session_state.pop(seat_key, None)
    seat = st.selectbox(
        "Whose eyes", list(titles), key=seat_key, format_func=lambda one: titles[one]
    )
    show_way(rehearsal, chosen)
    with st.container(border=True):
        show_seat(seen_from(rehearsal, seat or scenario.seats[0].id), rehearsal, titles, place)


def show_way(rehearsal: Rehearsal, chosen: str) -> None:
    """What was chosen so far, and what comes next."""
    play, made = rehearsal.play, rehearsal.made
    if play.choices:
        steps = [option_of(play.scenario, one.node, one.option).label for one in play.choices]
        st.markdown("\n".join(f"{n}. {escape(step)}" for n, step in enumerate(steps, start=1)))
    opened = play.decision
    if opened is not None:
        field = f"{chosen}:{len(made)}:{opened.node}"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                "And then they choose",
                list(opened.options),
                key=field,
                format_func=lambda one: option_of(play.scenario, opened.node, one).label,
            )
            st.button(
                "Choose", key=f"{field}:go", icon=":material/arrow_forward:",
                on_click=choose, args=(chosen, made, field),
            )  # fmt: skip
    if made:
        with st.container(horizontal=True):
            st.button("One step back", key=f"{chosen}:back", icon=":material/undo:",
                      on_click=go_back, args=(chosen, made[:-1]))  # fmt: skip
            st.button("From the start", key=f"{chosen}:start", type="tertiary",
                      on_click=go_back, args=(chosen, ()))  # fmt: skip


def show_seat(view: SeatView, rehearsal: Rehearsal, titles: dict[str, str], place: str) -> None:
    """What the seat reads, the newest first."""
    st.caption(f"{escape(view.title)} sees, at {clock_words(view.at)}:")
    if view.variables:
        st.markdown("  \n".join(
            f":small[:gray[{escape(variable_name(one))}]] **{escape(variable_words(one))}**"
            for one in view.variables
        ))  # fmt: skip
    if view.ending:
        icon, words = ENDINGS[view.ending]
        st.markdown(f"{icon} **{words}**")
    since = rehearsal.play.choices[-1].seq if rehearsal.play.choices else 0
    new = [message for message in view.inbox if message.delivery > since]
    for message in reversed(new):
        show_message(message, place, opened=True)
    if not new:
        st.caption("Nothing new has reached this seat.")
    if view.decision:
        show_decision(view.decision, titles)
    for message in reversed(view.inbox[: len(view.inbox) - len(new)]):
        show_message(message, place, opened=False)
    if not rehearsal.made:
        with st.expander("How the story begins", icon=":material/menu_book:"):
            show_prose(view.opening)
    with st.expander("For this seat alone", icon=":material/badge:"):
        show_prose(view.brief)


def show_decision(decision: DecisionView, titles: dict[str, str]) -> None:
    who = "You decide" if decision.may_decide else f"{titles[decision.seat]} decides"
    if decision.by != "seat":
        who = "The table votes" if decision.by == "vote" else "The facilitator decides"
    st.markdown(f":material/alt_route: **{escape(who)}**")
    show_options_only(decision)


def show_message(message: Inbox, place: str, *, opened: bool) -> None:
    icon, word = CHANNELS[message.channel]
    sender = f" · {escape(message.sender)}" if message.sender else ""
    head = f"{escape(message.title)} :small[:gray[{word}{sender} · {clock_words(message.at)}]]"
    key = f"authoring:{place}:message:{message.delivery}:{'new' if opened else 'earlier'}"
    box = st.expander(head, opened, icon=icon, key=key, on_change="rerun")
    if box.open:
        with box:
            show_prose(message.body)
            show_evidence(message.evidence, f"{key}:evidence")


# --- from callbacks ----------------------------------------------------------------------------


def choose(chosen: str, made: tuple[str, ...], field: str) -> None:
    st.session_state[chosen] = (*made, st.session_state[field])


def go_back(chosen: str, made: tuple[str, ...]) -> None:
    st.session_state[chosen] = made
