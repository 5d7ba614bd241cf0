"""How an incident comes here: written down in a few words, or brought in."""

from __future__ import annotations

from secrets import token_hex

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.times import parse_moment, zone_named
from models.rules.vocabulary import IncidentKind, label
from pages.components.going import go_to
from pages.components.problems import attempt, show_problem
from pages.components.short_form import ShortForm
from pages.components.twice import is_second_click, note_done
from services.incidents import create_incident

FORM = ShortForm("incidents:new", title="", kind=IncidentKind.INCIDENT, began="", estimated=False)
NEW_ID = "incidents:new:id"  # made with the form: a double click makes one incident


def show_ways(person: Who, *, first: bool = False) -> None:
    """The two ways by which an incident comes here; `first` when there is none yet."""
    with st.popover("New incident", icon=":material/add:"):
        show_new(person)
    st.button(
        "Bring in an incident" if first else "Bring in",
        key="incidents:bring_in",
        type="primary" if first else "secondary",
        icon=":material/upload_file:",
        on_click=go_to,
        args=("learn/bring_in.py",),
    )


def show_new(person: Who) -> None:
    """The least that makes an incident: a title, a kind, a start."""
    st.session_state[NEW_ID] = token_hex(10)
    st.text_input("What happened", **FORM.field("title"))
    st.selectbox("Kind", list(IncidentKind), format_func=label, **FORM.field("kind"))
    st.caption("Drills and maintenance are not counted in any figure.")
    st.text_input(
        f"When the impact began ({person.zone})",
        placeholder="2024-03-13 10:01",
        help="Another zone can follow, like 2024-03-13 10:01 +02:00.",
        **FORM.field("began"),
    )
    st.checkbox("This time is an estimate", **FORM.field("estimated"))
    show_problem("new")
    st.button("Create", key="incidents:new", type="primary", on_click=save_new, args=(person,))
    FORM.mark()


def save_new(person: Who) -> None:
    new_id = st.session_state[NEW_ID]
    title, kind, began = FORM.value("title"), FORM.value("kind"), FORM.value("began")

    if not title.strip() and is_second_click(NEW_ID):
        return

    def create() -> None:
        if not title.strip():
            raise ProblemForUser("Say in a few words what happened.", field="title")
        if not began.strip():
            raise ProblemForUser(
                "Say when the impact began, as well as you know it; an estimate will do.",
                field="time",
            )
        at = parse_moment(began, zone_named(person.zone))
        create_incident(
            person,
            title,
            began_at=at,
            kind=kind,
            began_estimated=FORM.value("estimated"),
            incident_id=new_id,
        )
        note_done(NEW_ID)
        FORM.clear()
        go_to("learn/incident.py", id=new_id)

    attempt(create, at="new")
