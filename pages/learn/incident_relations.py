"""On the page of an incident: the same one as another, or part of a larger one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from models.rules.policy import Who
from pages.components.problems import attempt, escape, show_problem
from pages.components.undoing import show_undo
from pages.components.words import when
from services.incident_relations import mark_duplicate, mark_part
from services.incidents import IncidentView, list_incidents

SHOWN = 20  # found incidents to choose from
Mark = Callable[[Who, str, str | None, str | None], None]


def show_relations(view: IncidentView, person: Who) -> None:
    st.header("Related incidents", anchor=False)
    show_relation("A duplicate of", view.duplicate_of, mark_duplicate, view, person)
    show_relation("Part of", view.part_of, mark_part, view, person)
    show_below("Has as a part", view.parts, view.parts_count)
    show_below("Has a duplicate", view.duplicates, view.duplicates_count)
    show_problem("relations")
    if view.duplicate_of and view.part_of:
        return
    with st.expander("Relate it to another incident"):
        show_search(view, person)


def show_relation(
    words: str, other: tuple[str, str] | None, mark: Mark, view: IncidentView, person: Who
) -> None:
    place = f"relation:{view.record.id}:{words}"
    if other is None:
        if removed := st.session_state.get(f"{place}:removed"):
            show_undo(
                f"{words} {removed[1]}",
                key=f"{place}:undo",
                on_click=save_mark,
                args=(mark, person, view.record.id, removed[0], None),
            )
        return
    show_link(words, *other)
    st.button(
        "Remove this mark",
        key=f"{place}:remove",
        type="tertiary",
        icon=":material/link_off:",
        on_click=take_away,
        args=(mark, person, view.record.id, other, place),
    )


def show_below(words: str, others: tuple[tuple[str, str], ...], count: int) -> None:
    """Incidents that are marked as parts or as duplicates of this one, the newest of them."""
    for other in others:
        show_link(words, *other)
    if count > len(others):
        st.caption(f"And {count - len(others):,} older ones.")


def show_link(words: str, incident_id: str, title: str) -> None:
    st.page_link(
        "learn/incident.py", label=f"{words} **{escape(title)}**", query_params={"id": incident_id}
    )


def show_search(view: IncidentView, person: Who) -> None:
    incident_id = view.record.id
    text = st.text_input(
        "Find the other one", key=f"relation:{incident_id}:text", placeholder="Words of its title"
    )
    rows = list_incidents(person, text=text.strip(), limit=SHOWN + 1)
    found = {row.id: row for row in rows[:SHOWN] if row.id != incident_id}
    if not found:
        st.caption("No other incident has these words in its title.")
        return
    chosen = st.selectbox(
        "The other incident",
        list(found),
        key=f"relation:{incident_id}:other",
        index=None,
        placeholder="Choose",
        format_func=lambda i: f"{found[i].title} ({when(found[i].began_at, person.zone)})",
    )
    if len(rows) > SHOWN:
        st.caption(f"The newest {SHOWN} are offered. Write words of the title to find others.")
    with st.container(horizontal=True):
        for words, mark, known in (
            ("It is a duplicate of this", mark_duplicate, view.duplicate_of),
            ("It is part of this", mark_part, view.part_of),
        ):
            if known is None:
                st.button(
                    words,
                    key=f"relation:{incident_id}:{words}",
                    disabled=chosen is None,
                    on_click=save_mark,
                    args=(mark, person, incident_id, chosen, None),
                )


def take_away(
    mark: Mark, person: Who, incident_id: str, other: tuple[str, str], place: str
) -> None:
    if save_mark(mark, person, incident_id, None, other[0]):
        st.session_state[f"{place}:removed"] = other


def save_mark(
    mark: Mark, person: Who, incident_id: str, other: str | None, was: str | None
) -> bool:
    return attempt(lambda: mark(person, incident_id, other, was), at="relations")
