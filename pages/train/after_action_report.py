"""The report of an exercise on the screen, in the order in which a team reads it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.rules.policy import Who
from pages.components.pictures import drawing_theme, drawing_width, is_phone, show_drawing
from pages.components.problems import escape
from pages.components.prose import show_prose
from pages.learn.published_parts import heading, show_facts, table
from pages.train.after_action_score import show_choices, show_objectives, show_rules
from pages.train.seated import link
from reports.drawings.exercise_path import path_drawings
from reports.drawings.exercise_placed import Placed
from reports.drawings.exercise_run import run_drawing
from reports.exercise_contents import Contents
from services.exercise_log import Run

LINES = 100  # of the timeline on one page
MOST_STOPS = 60  # of the drawn way; the document has the others as words


def show_report(person: Who, run: Run, said: Contents) -> None:
    show_facts(said.key_facts())
    show_placed(run_drawing(record_of(said), width=drawing_width(), theme=drawing_theme()))
    show_prose(said.summary())
    heading("Objectives")
    show_objectives(said)
    show_both_sides(said)
    heading("What we will do")
    show_plan(run, said)
    show_debrief(run, said)
    heading("Rules of response, and what decided them")
    show_rules(said)
    heading("Decisions")
    show_choices(said)
    heading("The way through the story")
    for piece in path_drawings(
        record_of(said).trace.stops[:MOST_STOPS], width=drawing_width(), theme=drawing_theme(),
        slice=10**9,
    ):  # fmt: skip
        show_placed(piece)
    show_observations(said)
    heading("Who took part")
    st.markdown(", ".join(f"{escape(name)} ({escape(seat)})" for name, seat in said.people()))
    heading("Timeline")
    show_timeline(run, said)


def record_of(said: Contents):
    return said.doc.facts.record


def show_placed(drawing: Placed) -> None:
    show_drawing(drawing.svg(drawing_theme()), f"{drawing.title}. {drawing.told}")


def show_both_sides(said: Contents) -> None:
    """What went well first, and as much room for it."""
    sides = (
        ("What went well", said.strengths(), "No rule was met in full."),
        ("What to look at", said.to_improve(), "Nothing that was observed fell short."),
    )
    for column, (words, lines, nothing) in zip(st.columns(2, gap="large"), sides, strict=True):
        with column:
            heading(words)
            st.markdown("\n".join(f"- {escape(line)}" for line in lines) or nothing)
    if unseen := said.not_observed():
        with st.expander(f"Not observed: {len(unseen)}"):
            st.markdown("\n".join(f"- {escape(line)}" for line in unseen))


def show_plan(run: Run, said: Contents) -> None:
    """How far what was agreed on is today."""
    rows = [
        (
            escape(row.text), escape(row.owner), row.due.replace("-", "\u2011"), row.status,
            escape(row.objective),
        )
        for row in said.improvements()
    ]  # fmt: skip
    if not rows:
        st.markdown("No improvement was agreed on yet.")
        words = "Look back, and note one" if run.is_solo else "Agree on one in the hot wash"
        link("train/debrief.py", words, ":material/forum:", id=run.id)
        return
    show_rows(("Action", "Owner", "Due", "Status", "Objective"), rows)
    link("learn/actions.py", "All actions", ":material/checklist:")


def show_debrief(run: Run, said: Contents) -> None:
    groups = [group for group in said.debrief() if group.notes]
    if not groups:
        return
    heading("What the hot wash said")
    if not run.is_solo and run.notes_shown_at is None:
        st.caption("The notes are not shown yet. These are your own.")
    for group in groups:
        st.markdown(f"**{escape(group.text or group.heading)}**")
        rows = [
            [escape(cell) or "–" for cell in (note.moment, note.gap, note.action)]
            + [escape(note.by) or "Not signed"]
            for note in group.notes
        ]
        show_rows(("The moment", "The gap", "The action", "By"), rows)


def show_observations(said: Contents) -> None:
    for words, rows in (
        ("What the facilitator saw", said.observations()),
        ("What players noted", said.notes()),
    ):
        if rows:
            heading(words)
            lines = [
                f"- :small[:gray[Minute {minute}{f' · {escape(who)}' if who else ''}]] "
                f"{escape(text)}"
                for minute, _, text, who in rows
            ]
            st.markdown("\n".join(lines))


def show_timeline(run: Run, said: Contents) -> None:
    rows = said.timeline()
    page = 1
    if len(rows) > LINES:
        page = st.pagination(-(-len(rows) // LINES), key=f"{run.id}:timeline_page")
    cells = []
    for row in rows[(page - 1) * LINES : page * LINES]:
        led = " :small[:gray[left out of the score]]" if row.override else ""
        time = f"{row.clock} :small[:gray[{row.minute}\u00a0min]]"
        cells.append((time, f":small[{row.kind}]", escape(row.text) + led, escape(row.who)))
    if is_phone():
        st.markdown(
            "\n".join(
                f"- {time} · {kind}{f' · :small[{who}]' if who else ''}  \n  {text}"
                for time, kind, text, who in cells
            )
        )
    else:
        st.markdown(table(("Time", "Kind", "What happened", "Who"), cells))


def show_rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; on a phone each row below the other, with what its cells are."""
    if not is_phone():
        st.markdown(table(head, rows))
        return
    for row in rows:
        first, *rest = row
        named = [
            f":small[:gray[{name}] {cell}]"
            for name, cell in zip(head[1:], rest, strict=True)
            if cell != "–"
        ]
        st.markdown("  \n".join([first, *named]))
