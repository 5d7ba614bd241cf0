"""Who takes part, each with their roles in the incident: add, change, remove."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import Conflict
from models.rules.record import ParticipantRecord, PostmortemRecord
from models.rules.vocabulary import IncidentRole, role_label
from pages.components.fields import tags_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.short_form import ShortForm
from pages.components.twice import is_second_click, note_done
from pages.components.undoing import show_undo
from services.postmortems import remove_participant, save_participant

ROLES = [role.value for role in IncidentRole]
PAGE = 20


def show(postmortem: PostmortemRecord, names: list[str], me: Who, frozen: bool) -> None:
    """One line a person, and a form for one more."""
    st.markdown("**Participants and their role in the incident**")
    show_problem(f"{postmortem.id}:participants")
    people = postmortem.participants
    if not people:
        st.caption("Nobody yet. Add everybody who responded, and who can explain the systems.")
    if len(people) > PAGE:
        pages = -(-len(people) // PAGE)
        page = st.pagination(pages, key=f"{postmortem.id}:participants_page")
        people = people[(page - 1) * PAGE : page * PAGE]
    with st.container(gap="xsmall"):
        for person in people:
            show_participant(postmortem.id, person, me, frozen)
    if not frozen:
        if removed := st.session_state.get(f"{postmortem.id}:participants:removed"):
            show_undo(
                removed[0],
                key=f"{postmortem.id}:participants:undo",
                on_click=bring_back,
                args=(postmortem.id, me),
            )
        show_new(postmortem, names, me)


def show_participant(postmortem_id: str, person: ParticipantRecord, me: Who, frozen: bool) -> None:
    with st.container(gap="xxsmall"):
        line = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        )
        with line:
            st.text(person.name, width="content")
        tags_field(
            f"Roles of {escape(person.name)}",
            ROLES,
            key=f"{postmortem_id}:role:{person.name}",
            saved=person.roles,
            save=lambda now, was: save_roles(me, postmortem_id, person.name, now, was),
            say=role_label,
            new=True,
            disabled=frozen,
            label_visibility="collapsed",
        )
    if frozen:
        return
    with line:
        st.button(
            "",
            key=f"{postmortem_id}:remove:{person.name}",
            icon=":material/close:",
            type="tertiary",
            help="Take off the list",
            on_click=take_off,
            args=(postmortem_id, person.name, person.role, me),
        )


def show_new(postmortem: PostmortemRecord, names: list[str], me: Who) -> None:
    there = {person.name.casefold() for person in postmortem.participants}
    form = new_participant(postmortem.id)
    with st.container(gap="small"):
        name, add = st.columns([4, 1], vertical_alignment="bottom")
        name.selectbox(
            "Name",
            [n for n in names if n.casefold() not in there],
            accept_new_options=True,
            placeholder="Choose or type",
            **form.field("name"),
        )
        st.multiselect(
            "Roles",
            ROLES,
            format_func=role_label,
            accept_new_options=True,
            **form.field("roles"),
        )
        add.button(
            "Add",
            key=f"{form.name}:add",
            on_click=save_new,
            args=(postmortem.id, me),
            width="stretch",
        )
    form.mark()


def new_participant(postmortem_id: str) -> ShortForm:
    roles = [IncidentRole.RESPONDER.value]
    return ShortForm(f"{postmortem_id}:participant", name=None, roles=roles)


def joined(roles: list[str]) -> str:
    """As they are kept. Who is on the list without a role responded."""
    return ", ".join(roles) or IncidentRole.RESPONDER.value


def save_roles(me: Who, postmortem_id: str, name: str, now: list[str], was: list[str]) -> None:
    try:
        save_participant(me, postmortem_id, name, joined(now), was=", ".join(was))
    except Conflict as other:
        theirs = ParticipantRecord(name, str(other.theirs or "")).roles
        raise Conflict(other.message, field="role", theirs=list(theirs), yours=now) from other


def save_new(postmortem_id: str, me: Who) -> None:
    form = new_participant(postmortem_id)
    name, role = form.value("name") or "", joined(form.value("roles") or [])
    place = f"{postmortem_id}:participants"
    if not name and is_second_click(place):
        return
    if attempt(lambda: save_participant(me, postmortem_id, name, role), at=place):
        note_done(place)
        form.clear()


def take_off(postmortem_id: str, name: str, role: str, me: Who) -> None:
    place = f"{postmortem_id}:participants"
    if attempt(lambda: remove_participant(me, postmortem_id, name), at=place):
        st.session_state[f"{place}:removed"] = (name, role)


def bring_back(postmortem_id: str, me: Who) -> None:
    place = f"{postmortem_id}:participants"
    name, role = st.session_state[f"{place}:removed"]
    if attempt(lambda: save_participant(me, postmortem_id, name, role), at=place):
        del st.session_state[f"{place}:removed"]
