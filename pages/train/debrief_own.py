"""One's own notes: changed at any time, taken back, and brought back again."""

from __future__ import annotations

from dataclasses import asdict, replace

import streamlit as st

from models.rules.exercise.hotwash import DebriefNote
from pages.components.fields import text_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.undoing import show_undo
from pages.components.wording import show_vague, show_wording
from pages.train.debrief_plan import begin_from
from pages.train.debrief_talk import Talk
from pages.train.debrief_writing import FIELDS
from services import debriefs
from services.debriefs import LONGEST, NoteRow

SHORT = 60  # characters of a note in a heading


def show_own(talk: Talk) -> None:
    """One's own notes with a name."""
    own = [row for row in debriefs.list_notes(talk.person, talk.run.id) if row.own]
    with st.container():
        show_taken_back(talk)
    if not own:
        return
    st.markdown(f"**Your notes** :small[:gray[{len(own)}]]")
    for row in own:
        with st.expander(escape(heading(row.note)), key=f"note:{row.id}:own"):
            show_note(talk, row)


def show_note(talk: Talk, row: NoteRow) -> None:
    if row.note.question:
        st.caption(escape(row.note.question))
    for field, (label, _) in FIELDS.items():
        show_field(talk, row, field, label)
    with st.container(horizontal=True):
        if talk.run.is_solo and row.note.action:
            st.button(
                "Make it an improvement",
                key=f"note:{row.id}:improve",
                icon=":material/arrow_forward:",
                type="tertiary",
                on_click=begin_from,
                args=(talk, row),
            )
        st.button(
            "Take it back",
            key=f"note:{row.id}:take_back",
            icon=":material/close:",
            type="tertiary",
            on_click=take_back,
            args=(talk, row),
        )


def show_field(talk: Talk, row: NoteRow, field: str, label: str) -> None:
    def save(now: str, was: str) -> None:
        before, after = replace(row.note, **{field: was}), replace(row.note, **{field: now})
        debriefs.change_note(talk.person, row.id, before, after)

    text_field(
        label, key=f"note:{row.id}:{field}", saved=getattr(row.note, field), save=save, area=True,
        limit=LONGEST,
    )  # fmt: skip
    if field == "action":
        show_vague(row.note.action)
    else:
        show_wording(getattr(row.note, field), talk.names)


def show_taken_back(talk: Talk) -> None:
    """The note that was taken back last can come back."""
    show_problem(talk.key("own"))
    taken = st.session_state.get(talk.key("taken_back"))
    if taken:
        text = heading(DebriefNote(**taken[1]))
        show_undo(text, key=talk.key("bring_back"), on_click=bring_back, args=(talk,))


def heading(note: DebriefNote) -> str:
    """The beginning of a note, for a line."""
    text = " ".join((note.moment or note.gap or note.action or "An empty note").split())
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def take_back(talk: Talk, row: NoteRow) -> None:
    def act() -> None:
        note = debriefs.take_back_note(talk.person, row.id)
        if note is not None:  # not a second click
            st.session_state[talk.key("taken_back")] = (row.id, asdict(note))

    attempt(act, at=talk.key("own"))


def bring_back(talk: Talk) -> None:
    taken = st.session_state.get(talk.key("taken_back"))
    if taken is None:  # a second click
        return

    def act() -> None:
        note_id, note = taken
        debriefs.add_note(talk.person, talk.run.id, DebriefNote(**note), note_id=note_id)
        st.session_state[talk.key("taken_back")] = None

    attempt(act, at=talk.key("own"))
