"""The improvements that a talk ends with: named, owned, dated, in the one list of actions."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from models.rules.actions import default_due
from models.rules.exercise.agenda import ACTIONS_AT_MOST
from models.rules.following.life import OVER
from models.rules.vocabulary import ActionStatus
from pages.components.fields import choice_field, date_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.wording import show_vague
from pages.learn.steps.action_done import show_done, show_proof
from pages.learn.steps.action_fields import saver, show_status
from pages.train.debrief_talk import Talk
from pages.train.seated import link
from services import clock, debriefs
from services.actions import get_action
from services.debriefs import LONGEST, ImprovementRow, NoteRow
from services.people import list_people

ABOUT = (
    "Few, and each with a verb, one owner who has agreed, and a date. They stand in the same list "
    "as the actions of post-mortems."
)
ABOUT_ALONE = (
    "One small step is enough, with a verb and a date. It stands in the same list as the actions "
    "of post-mortems, where everybody can see it."
)


def show_plan(talk: Talk, rows: tuple[ImprovementRow, ...]) -> None:
    """What was agreed so far, and a form for one more that no note says."""
    alone = talk.run.is_solo
    st.header("What you will do" if alone else "What we will do", anchor=False)
    st.caption(ABOUT_ALONE if alone else ABOUT)
    if st.session_state.get(talk.key("planned")):
        st.caption(":material/check: It is in the plan, and in the list of actions.")
    people = [person.name for person in list_people(talk.person) if person.is_active]
    for row in rows:
        show_improvement(talk, row, people)
    if len(rows) > ACTIONS_AT_MOST:
        st.caption(
            f"These are {len(rows)}. More than {ACTIONS_AT_MOST} are seldom done: which would "
            "hurt most if they were not?"
        )
    with st.container():
        if writes_from(talk) == "new" or (alone and writes_from(talk)):
            with st.container(border=True):
                show_form(talk)
        else:
            st.button(
                "Add an improvement",
                key=talk.key("plan:new"),
                icon=":material/add:",
                on_click=begin_from,
                args=(talk, None),
            )
    if rows:
        link("learn/actions.py", "All actions", ":material/checklist:")


def show_improvement(talk: Talk, row: ImprovementRow, people: list[str]) -> None:
    """Owner, day and status save themselves; the words were agreed on."""
    one, me = row.improvement, talk.person
    with st.container(border=True, gap="small"):
        st.markdown(f"**{escape(one.text)}**")
        if one.objective in talk.objectives:
            st.caption(escape(talk.objectives[one.objective]))
        with st.grid(2, min_column_width=150, gap="small"):
            choice_field(
                "Owner", people, key=f"plan:{row.id}:owner", saved=one.owner or None,
                save=saver(me, row.id, "owner", ""), new=True, placeholder="One person",
            )  # fmt: skip
            date_field(
                "Due", key=f"plan:{row.id}:due", saved=one.due_on,
                save=saver(me, row.id, "due_on", None),
            )  # fmt: skip
            if one.status not in OVER:
                show_status(row.id, one.status, me)
        show_problem(row.id)
        if one.status not in OVER:
            show_done(row.id, one.status, me)
            return
        word = get_action(me, row.id).reason
        if one.status is ActionStatus.DONE:
            show_proof(row.id, word, me)
        else:
            st.caption(f"It was decided not to do it: {escape(word)}")


def writes_from(talk: Talk) -> str:
    """The note that an improvement is being made from; "new" for none, "" while there is none."""
    return st.session_state.get(talk.key("plan:from"), "")


def show_form(talk: Talk) -> None:
    people = [person.name for person in list_people(talk.person) if person.is_active]
    text = talk.key("plan:text")
    st.text_area(
        "What will be done", key=text, height=80, max_chars=LONGEST, persist_state="session",
        placeholder="Begin with a verb: “Add …”, “Write down …”, “Agree on …”",
    )  # fmt: skip
    with st.container():
        show_vague(st.session_state.get(text, ""))
    with st.grid(2, min_column_width=140, gap="small"):
        st.selectbox(
            "Owner", people, key=talk.key("plan:owner"), index=None, placeholder="One person",
            persist_state="session",
        )  # fmt: skip
        st.date_input(
            "Due", key=talk.key("plan:due"), value=None, format="YYYY-MM-DD",
            persist_state="session",
        )  # fmt: skip
    show_problem(talk.key("plan"))
    with st.container(horizontal=True):
        st.button("Add it", key=talk.key("plan:add"), type="primary", on_click=add, args=(talk,))
        st.button("Leave it", key=talk.key("plan:leave"), on_click=leave, args=(talk,))


def begin_from(talk: Talk, row: NoteRow | None) -> None:
    """Opens the form, with what a note says in it. The one who wrote the note is the first guess
    for the owner, otherwise whoever writes it down."""
    state, note = st.session_state, row.note if row else None
    state.pop(talk.key("planned"), None)
    known = {person.name for person in list_people(talk.person) if person.is_active}
    state[talk.key("plan:from")] = row.id if row else "new"
    state[talk.key("plan:id")] = row.id if row else uuid4().hex
    state[talk.key("plan:objective")] = note.objective if note else ""
    state[talk.key("plan:text")] = note.action if note else ""
    state[talk.key("plan:owner")] = note.by if note and note.by in known else talk.person.name
    state[talk.key("plan:due")] = default_due(None, clock.now().date())


def add(talk: Talk) -> None:
    state = st.session_state
    if not writes_from(talk):  # a second click
        return
    values = {name: state.get(talk.key(f"plan:{name}")) for name in ("text", "owner", "due")}
    added = attempt(
        lambda: debriefs.add_improvement(
            talk.person,
            talk.run.id,
            values["text"] or "",
            owner=values["owner"] or "",
            due_on=values["due"],
            objective=state[talk.key("plan:objective")],
            # One made from a note has the note's id: two people cannot make it twice.
            action_id=state[talk.key("plan:id")],
        ),
        at=talk.key("plan"),
    )
    if added:
        leave(talk)
        state[talk.key("planned")] = True


def leave(talk: Talk) -> None:
    st.session_state[talk.key("plan:from")] = ""
