"""A decision that closed while this seat was about to make it: what became of it, and the words
that were being written, in the same field as before."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import commands, events
from models.rules.exercise.play import option_of
from pages.components.problems import escape
from pages.train.seated import Seated, act

AT = "decision"


def why_key(seated: Seated, delivery: int) -> str:
    return seated.key(f"why:{delivery}")


def show_reasons(seated: Seated, delivery: int) -> None:
    """The field for the reasons of a decision, the same one while it is open and afterwards."""
    decision = seated.run.scenario.nodes[seated.run.play.deliveries[delivery].id].decision
    needed = decision is not None and decision.rationale == "required"
    st.text_area(
        "Why (needed here)" if needed else "Why (optional)",
        key=why_key(seated, delivery),
        height="content",
        persist_state="session",
        placeholder="One sentence is enough.",
    )


def note_writing(seated: Seated, delivery: int) -> None:
    """This seat has a field open for its reasons; the field stays when the decision closes."""
    writing = st.session_state.setdefault(seated.key("writing"), [])
    if delivery not in writing:
        writing.append(delivery)


def closed_without_us(seated: Seated) -> list[int]:
    decision = seated.view.decision
    is_open = decision.delivery if decision else None
    return [d for d in st.session_state.get(seated.key("writing"), []) if d != is_open]


def show_closed(seated: Seated, delivery: int) -> None:
    """The field has the same key as before, so that nothing typed is lost."""
    with st.container(border=True):
        st.markdown(f":material/lock_clock: {how_it_closed(seated, delivery)}")
        show_reasons(seated, delivery)
        st.caption(f"{written(seated, delivery)} Keep it for the talk afterwards, or go on.")
        with st.container(horizontal=True):
            st.button(
                "Keep it as a note",
                key=seated.key(f"keep:{delivery}"),
                on_click=keep_words,
                args=(seated, delivery),
            )
            st.button(
                "Go on",
                key=seated.key(f"leave:{delivery}"),
                type="tertiary",
                on_click=forget,
                args=(seated, delivery),
            )


def written(seated: Seated, delivery: int) -> str:
    """A browser sends what is typed only when the field is left, so that an empty one may hold
    words that nobody here knows of."""
    if st.session_state.get(why_key(seated, delivery)):
        return "What you were writing is still here."
    return "Had you begun to write, it stands in the field."


def how_it_closed(seated: Seated, delivery: int) -> str:
    """What became of a decision, in a sentence."""
    node = seated.run.play.deliveries[delivery].id
    for event in seated.run.log:
        what = event.what
        if event.seq > delivery and isinstance(what, events.Decided) and what.node == node:
            label = escape(option_of(seated.run.scenario, node, what.option).label)
            how = {
                "timeout": "The time for this decision was over; the story went on with",
                "vote": "The vote has decided:",
                "facilitator": "The facilitator has decided:",
            }.get(what.how, "It was decided from your seat:")
            return f"{how} **{label}**"
    return "The story went on another way before this was decided."


def keep_words(seated: Seated, delivery: int) -> None:
    words = st.session_state[why_key(seated, delivery)]
    if not words.strip() or act(seated, commands.note, words, at=AT):
        forget(seated, delivery)


def forget(seated: Seated, delivery: int) -> None:
    writing = st.session_state.get(seated.key("writing"), [])
    if delivery in writing:
        writing.remove(delivery)
