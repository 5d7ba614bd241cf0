"""One answer of the why-tree: its words, what lies below it, what shows it, where it hangs."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.rules.policy import Who
from models.rules.record import EventRecord, PostmortemRecord
from models.rules.review import people_in
from models.rules.whys import prompt_for
from pages.components.adding import add_field
from pages.components.fields import choice_field, tags_field, text_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.wording import show_wording
from pages.components.words import when
from pages.learn.steps.why_outline import Node
from services.publishing import list_kept_wording
from services.whys import add_why, link_events, move_why, remove_why, save_why, tag_factors

MOST_EVENTS = 200  # offered at once


def show(
    postmortem: PostmortemRecord,
    nodes: dict[str, Node],
    chosen: Node | None,
    questions: dict[str, str],
    factors: Sequence[str],
    me: Who,
    frozen: bool,
) -> None:
    """The editor; with nothing chosen, only the field for a new start."""
    show_problem(f"{postmortem.id}:why")
    if chosen is None:
        if not frozen:
            show_add(postmortem.id, None, "What happened?", me)
        return
    text_field(
        f"Answer {escape(chosen.number)}" if chosen.depth else f"What happened ({chosen.number})",
        key=f"{chosen.why.id}:text",
        saved=chosen.why.text,
        save=lambda now, was: save_why(me, chosen.why.id, now, was),
        area=True,
        disabled=frozen,
    )
    question = questions.get(chosen.why.id)
    if question:
        st.warning(escape(question), icon=":material/u_turn_left:")
    if not frozen:
        show_wording(chosen.why.text, people_in(postmortem), list_kept_wording(me, postmortem.id))
        show_add(postmortem.id, chosen, prompt_for(chosen.depth, chosen.position), me)
    tags_field(
        "Contributing factors",
        factors,
        key=f"{chosen.why.id}:factors",
        saved=chosen.why.factors,
        save=lambda now, was: tag_factors(me, postmortem.id, now, was, why_id=chosen.why.id),
        new=True,
        placeholder="Choose, or type a new one for the team's list",
        disabled=frozen,
    )
    show_events(postmortem, chosen, me, frozen)
    if not frozen:
        show_place(postmortem.id, nodes, chosen, me)


def show_add(postmortem_id: str, below: Node | None, question: str, me: Who) -> None:
    """Type, Enter, it is there, and the next question waits in the same field."""
    where = f"Below {below.number}: " if below else ""
    parent_id = below.why.id if below else None
    add_field(
        where + question,
        key=f"{postmortem_id}:why_new",
        add=lambda text, new_id: save_new(postmortem_id, parent_id, text, new_id, me),
        placeholder="Type the answer and press Enter",
    )
    if below is not None and below.parent_id:
        st.button(
            f"Another answer beside {below.number}",
            key=f"{postmortem_id}:why_up",
            icon=":material/subdirectory_arrow_left:",
            type="tertiary",
            on_click=choose,
            args=(postmortem_id, below.parent_id),
        )


def save_new(postmortem_id: str, parent_id: str | None, text: str, new_id: str, me: Who) -> None:
    choose(postmortem_id, add_why(me, postmortem_id, parent_id, text, why_id=new_id))


def choose(postmortem_id: str, why_id: str) -> None:
    """From a callback: this answer is worked on next."""
    st.session_state[f"{postmortem_id}:why"] = why_id


def show_events(postmortem: PostmortemRecord, chosen: Node, me: Who, frozen: bool) -> None:
    """The lines of the timeline that show this answer."""
    events = {e.id: e for e in postmortem.events if not e.is_noise or e.id in chosen.why.event_ids}
    offered = list(events)
    if len(events) > MOST_EVENTS and not frozen:
        words = st.text_input(
            "Find lines of the timeline",
            key=f"{chosen.why.id}:find",
            placeholder=f"A word, to choose among {len(events):,} lines",
        ).casefold()
        offered = [i for i, e in events.items() if words in e.text.casefold()][:MOST_EVENTS]
    if not events:
        return
    tags_field(
        "Shown by these lines of the timeline",
        offered,
        key=f"{chosen.why.id}:events",
        saved=chosen.why.event_ids,
        save=lambda now, was: link_events(me, chosen.why.id, now, was),
        say=lambda event_id: say_event(events.get(event_id), me),
        disabled=frozen,
    )


def say_event(event: EventRecord | None, me: Who) -> str:
    if event is None:
        return "A line that was removed"
    text = event.text if len(event.text) <= 70 else event.text[:69] + "…"
    return f"{when(event.at, me.zone)} {text}"


def show_place(postmortem_id: str, nodes: dict[str, Node], chosen: Node, me: Who) -> None:
    """Where the answer hangs, and taking it away."""
    below = {why.id for _, why in chosen.why.walk()}
    with st.container(horizontal=True):
        with st.popover("Move", icon=":material/account_tree:", type="tertiary"):
            choice_field(
                "Hangs below",
                ["", *(i for i in nodes if i not in below)],
                key=f"{chosen.why.id}:parent",
                saved=chosen.parent_id,
                save=lambda now, _: move_why(me, chosen.why.id, now or None),
                say=lambda i: (
                    f"{nodes[i].number} {nodes[i].why.text[:80]}" if i else "Nothing: a start"
                ),
            )
        with st.popover("Remove", icon=":material/delete:", type="tertiary"):
            if chosen.why.children:
                st.markdown("Answers hang below this one. Remove or move them first.")
            else:
                st.markdown("This cannot be undone.")
                st.button(
                    "Remove this answer",
                    key=f"{chosen.why.id}:remove",
                    on_click=remove,
                    args=(postmortem_id, chosen, me),
                )


def remove(postmortem_id: str, chosen: Node, me: Who) -> None:
    if attempt(lambda: remove_why(me, chosen.why.id), at=f"{postmortem_id}:why"):
        choose(postmortem_id, chosen.parent_id)
