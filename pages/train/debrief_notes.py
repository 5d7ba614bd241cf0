"""The notes of everybody, by objective: what was noticed, and the step from a note to an action."""

from __future__ import annotations

import streamlit as st

from pages.components.problems import escape
from pages.components.prose import safe_markdown
from pages.components.wording import show_vague, show_wording
from pages.train.debrief_plan import begin_from, show_form, writes_from
from pages.train.debrief_talk import Talk
from services import debriefs
from services.debriefs import NoteRow

PAGE = 40
PARTS = (("moment", "The moment"), ("gap", "The gap"), ("action", "What we could do"))


def show_notes(talk: Talk, planned: frozenset[str]) -> None:
    """`planned` are the ids of improvements: one made from a note has the note's id."""
    rows = debriefs.list_notes(talk.person, talk.run.id)
    st.header("What everybody noticed", anchor=False)
    if not rows:
        st.markdown("There are no notes. They can still be written.")
        return
    order = [*talk.objectives, ""]
    known = {row.id: row.note.objective if row.note.objective in order else "" for row in rows}
    rows = tuple(sorted(rows, key=lambda row: order.index(known[row.id])))
    first = 0
    if len(rows) > PAGE:
        first = (st.pagination(-(-len(rows) // PAGE), key=talk.key("notes_page")) - 1) * PAGE
    heading = None
    for row in rows[first : first + PAGE]:
        if known[row.id] != heading:
            heading = known[row.id]
            words = escape(talk.objectives.get(heading, "The whole exercise"))
            st.markdown(f"**{words}**")
        show_note(talk, row, row.id in planned)


def show_note(talk: Talk, row: NoteRow, is_planned: bool) -> None:
    note = row.note
    with st.container(border=True, gap="small", key=f"note-{row.id}"):
        if note.question:
            st.caption(escape(note.question))
        lines = [
            f":small[:gray[{label}]]  \n{safe_markdown(getattr(note, field))}"
            for field, label in PARTS
            if getattr(note, field)
        ]
        st.markdown("\n\n".join(lines) or ":gray[An empty note]")
        if talk.leads:
            show_wording(" ".join((note.moment, note.gap)), talk.names)
        if writes_from(talk) == row.id:
            show_form(talk)
            return
        if talk.leads:
            show_vague(note.action)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[:gray[{escape(note.by) or 'Not signed'}]]", width="stretch")
            if is_planned:
                st.markdown(":small[:material/check: In the plan]", width="content")
            else:
                st.button(
                    "Make it an improvement",
                    key=f"note:{row.id}:improve",
                    icon=":material/arrow_forward:",
                    type="tertiary",
                    on_click=begin_from,
                    args=(talk, row),
                )
