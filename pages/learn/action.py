"""A person looks at one action: how far it is and how it came there, when they want to be reminded,
and later whether it helped."""

from __future__ import annotations

import streamlit as st

from models.rules.following.history import change_words, due_moves, moves_words
from models.rules.following.life import OVER, PROMISED
from models.rules.policy import Who
from models.rules.problems import NotFound
from models.rules.vocabulary import ActionStatus, label
from pages.components.fields import choice_field, date_field, text_field
from pages.components.head import page_head
from pages.components.problems import attempt, escape, problems_shown, show_problem
from pages.components.session import who
from pages.components.words import severity_badge, when
from pages.learn.action_questions import show_answer, show_question
from pages.learn.action_quiet import show_snooze
from pages.learn.action_table import source_page
from pages.learn.steps.action_done import show_done, show_proof
from pages.learn.steps.action_fields import saver, show_status
from pages.learn.tickets_beside import show_tickets
from services.action_history import list_changes
from services.action_outcomes import find_question, list_answers
from services.action_rows import ActionRow
from services.actions import get_action, save_action
from services.people import list_people


def show() -> None:
    with problems_shown():
        person = who()
        try:
            row = get_action(person, st.query_params.get("id", ""))
        except NotFound:
            page_head("Action", "There is no action at this address.")
            st.page_link("learn/actions.py", label="All actions", icon=":material/checklist:")
            return
        show_head(row)
        about, history = st.columns([3, 2], gap="large")
        with about:
            show_state(row, person)
            show_helped(row, person)
        with history:
            show_history(row, person)


def show_head(row: ActionRow) -> None:
    late = " :gray-badge[Overdue]" if row.overdue else ""
    page_head(
        row.text,
        badges=f"{severity_badge(row.severity) if row.severity else ''} "
        f":gray-badge[{label(row.status)}]{late} :gray-badge[{label(row.type)}] "
        f":gray-badge[{label(row.priority)} priority]",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("learn/actions.py", label="All actions", icon=":material/checklist:")
        if source := source_page(row):
            page, object_id = source
            st.page_link(
                page, label=escape(row.source_title), query_params={"id": object_id},
                icon=":material/edit_note:" if row.postmortem_id else ":material/theater_comedy:",
            )  # fmt: skip
    if row.factor:
        st.caption(f"Answers the factor {escape(row.factor)}")


def show_state(row: ActionRow, person: Who) -> None:
    show_problem(row.id)
    with st.grid(2, min_column_width=150):
        choice_field(
            "Owner",
            [p.name for p in list_people(person) if p.is_active],
            key=f"{row.id}:owner",
            saved=row.owner or None,
            save=saver(person, row.id, "owner", ""),
            new=True,
            placeholder="One person",
        )
        date_field(
            "Due",
            key=f"{row.id}:due",
            saved=row.due_on,
            save=saver(person, row.id, "due_on", None),
        )
        if row.status not in OVER:
            show_status(row.id, row.status, person)
        text_field(
            "In the tracker",
            key=f"{row.id}:tracker",
            saved=row.tracker_url,
            save=saver(person, row.id, "tracker_url", ""),
            placeholder="https://…",
        )
    if row.status is ActionStatus.DONE:
        show_proof(row.id, row.reason, person)
    elif row.status is ActionStatus.DECLINED:
        show_declined(row, person)
    else:
        with st.container(horizontal=True):
            if row.status is not ActionStatus.IDEA:
                show_done(row.id, row.status, person)
            show_decline(row, person)
            if row.status in PROMISED and row.due_on:
                show_snooze(row, person)
    show_tickets(row, person)
    if row.snoozed_until and row.status in PROMISED:
        st.caption(f"No reminders until {row.snoozed_until:%-d %b %Y}: {escape(row.snooze_reason)}")


def show_declined(row: ActionRow, person: Who) -> None:
    text_field(
        "Why it was decided not to do it",
        key=f"{row.id}:reason",
        saved=row.reason,
        save=saver(person, row.id, "reason", ""),
        area=True,
    )
    st.button(
        "Take it up again", key=f"{row.id}:again", icon=":material/undo:", type="tertiary",
        on_click=move, args=(row, ActionStatus.ACCEPTED, "", person),
    )  # fmt: skip


def show_decline(row: ActionRow, person: Who) -> None:
    with st.popover("We decided not to", type="tertiary", icon=":material/block:"):
        st.caption("An honest “no, because” is worth more than an action that nobody does.")
        st.text_area("Because", key=f"{row.id}:because", persist_state="session")
        st.button(
            "Decide not to do it", key=f"{row.id}:decline", on_click=decline, args=(row, person)
        )


def show_helped(row: ActionRow, person: Who) -> None:
    """Whether it helped can be said, and said anew, once it is done."""
    if row.status is not ActionStatus.DONE:
        return
    st.subheader("Did it help?", anchor=False)
    answer = next(iter(list_answers(person, action_id=row.id)), None)
    if answer:
        show_answer(answer, person)
    question = find_question(person, row.id)
    if question is None:
        if answer is None:
            st.caption("Nobody noted on which day it was done, so nothing can be set beside it.")
    elif answer:
        with st.expander("Answer again"):
            show_question(question, answer, person)
    else:
        show_question(question, None, person)


def show_history(row: ActionRow, person: Who) -> None:
    """Every change, the newest first."""
    changes = list_changes(person, row.id)
    st.subheader("History", anchor=False)
    if moved := moves_words(due_moves(changes, row.status)):
        st.markdown(f":material/event_repeat: The due date was {moved}.")
    for change in reversed(changes):
        by = f" by {escape(change.by)}" if change.by else ""
        at = f":small[:gray[{when(change.at, person.zone)}{by}]]"
        st.markdown(f"{escape(change_words(change))}  \n{at}")
    st.caption(f"Here since {when(row.created_at, person.zone)}")


def move(row: ActionRow, to: ActionStatus, word: str, person: Who) -> None:
    changes = {"status": (row.status, to)}
    if word:
        changes["reason"] = row.reason, word
    attempt(lambda: save_action(person, row.id, changes), at=row.id)


def decline(row: ActionRow, person: Who) -> None:
    because = st.session_state.get(f"{row.id}:because", "")
    move(row, ActionStatus.DECLINED, because, person)


show()
