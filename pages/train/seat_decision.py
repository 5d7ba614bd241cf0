"""The open decision: what can be chosen, who chooses, until when. When it closes without this seat,
it says so calmly, and what was being written is still there."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import commands
from models.rules.exercise.views import DecisionView
from models.rules.scenario.wording import counted
from pages.components.problems import escape, show_problem
from pages.components.story_clock import show_countdown
from pages.train.seat_closed import (
    AT,
    closed_without_us,
    forget,
    note_writing,
    show_closed,
    show_reasons,
    why_key,
)
from pages.train.seated import Seated, act


def show_decision(seated: Seated) -> None:
    decision = seated.view.decision
    with st.container(key=seated.key("decision")):
        for delivery in closed_without_us(seated):
            show_closed(seated, delivery)
        show_problem(AT, live=True)
        if decision is None:
            return
        with st.container(border=True):
            show_who_decides(seated, decision)
            if decision.may_decide or decision.may_vote:
                show_choice(seated, decision)
            else:
                show_options_only(decision)
    if decision.may_decide:
        note_writing(seated, decision.delivery)


def show_who_decides(seated: Seated, decision: DecisionView) -> None:
    by = escape(seated.seat_title(decision.seat))
    if seated.run.is_solo:
        who = f"You decide, as **{by}**" if len(seated.run.scenario.seats) > 1 else "You decide"
    elif decision.may_vote:
        who = "The table votes"
    elif decision.may_decide:
        who = "You decide"
    elif decision.by == "facilitator":
        who = "The facilitator decides after your talk"
    else:
        who = f"**{by}** decides"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/alt_route: {who}", width="stretch")
        if decision.deadline is not None:
            show_countdown(
                decision.deadline,
                seated.view.story,
                speed=seated.view.speed,
                running=seated.view.phase == "running",
                key=seated.key(f"countdown:{decision.delivery}"),
                over="now",
                shown="time left",
            )


def show_choice(seated: Seated, decision: DecisionView) -> None:
    chosen = seated.key(f"option:{decision.delivery}")
    labels = {option.id: option.label for option in decision.options}
    st.radio(
        "What do you do?",
        list(labels),
        index=None,
        key=chosen,
        format_func=lambda option: escape(labels[option]),
        captions=[takes(option.takes_min) for option in decision.options],
        persist_state="session",
    )
    if decision.may_vote:
        show_vote(seated, decision, chosen)
        return
    show_reasons(seated, decision.delivery)
    st.button(
        "Decide",
        key=seated.key(f"decide:{decision.delivery}"),
        type="primary",
        disabled=st.session_state.get(chosen) is None,
        on_click=decide,
        args=(seated, decision.delivery),
    )


def show_vote(seated: Seated, decision: DecisionView, chosen: str) -> None:
    voters = len(set(seated.run.play.seats.values()))
    option = st.session_state.get(chosen)
    st.button(
        "Vote" if decision.own_vote is None else "Change my vote",
        key=seated.key(f"vote:{decision.delivery}"),
        type="primary" if decision.own_vote is None else "secondary",
        disabled=option is None or option == decision.own_vote,
        on_click=vote,
        args=(seated, decision.delivery),
    )
    own = next((o.label for o in decision.options if o.id == decision.own_vote), "")
    voted = f" Your vote: {escape(own)}" if own else ""
    st.caption(f"{decision.votes} of {voters} have voted.{voted}")


def show_options_only(decision: DecisionView) -> None:
    lines = [f"- {escape(o.label)} :small[:gray[{takes(o.takes_min)}]]" for o in decision.options]
    st.markdown("\n".join(lines))


def takes(minutes: int) -> str:
    if not minutes:
        return "takes no time"
    if minutes >= 180 and minutes % 60 == 0:
        return f"takes {minutes // 60} hours"
    return f"takes {counted(minutes, 'minute')}"


# --- from callbacks ----------------------------------------------------------------------------


def decide(seated: Seated, delivery: int) -> None:
    option = st.session_state[seated.key(f"option:{delivery}")]
    why = st.session_state[why_key(seated, delivery)]
    done = act(
        seated, commands.decide, option, at=AT, what=f"decide:{delivery}:{option}",
        delivery=delivery, rationale=why,
    )  # fmt: skip
    if done:
        forget(seated, delivery)


def vote(seated: Seated, delivery: int) -> None:
    option = st.session_state[seated.key(f"option:{delivery}")]
    act(seated, commands.vote, option, at=AT, delivery=delivery)
