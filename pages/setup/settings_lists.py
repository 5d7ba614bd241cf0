"""The lists that the team keeps: services, teams, contributing factors, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from models.rules.policy import Who
from pages.components.adding import add_field
from pages.components.choices import offered
from pages.components.fields import check_field, choice_field, text_field
from pages.components.problems import attempt, escape, show_problem
from services import people

PAGE = 25  # rows with fields
T = TypeVar("T")


def show_services(person: Who) -> None:
    st.markdown(
        "What customers or colleagues depend on. A service is **critical** when customers are "
        "stopped while it is down. New ones also join from incidents and from files."
    )
    show_add("service", person, people.add_service)
    rows = people.list_services(person)
    if not rows:
        st.caption("No services yet. Add the first one above.")
        return
    names = [team.name for team in people.list_teams(person)]
    teams = offered(names, key="settings:services:team_part", what="teams")
    for service in page_of(rows, "services"):
        with st.container(border=True):
            show_service(service, teams, person)


def show_service(service: people.ServiceRow, teams: list[str], person: Who) -> None:
    key = f"settings:service:{service.id}"
    name, team, critical = st.columns([3, 3, 1], vertical_alignment="bottom")
    with name:
        text_field(
            "Service",
            key=f"{key}:name",
            saved=service.name,
            save=lambda now, was: people.rename_service(person, service.id, now, was),
            limit=people.NAME,
        )
    with team:
        choice_field(
            "Owning team",
            teams,
            key=f"{key}:team",
            saved=service.team or None,
            save=lambda now, was: people.save_service_team(
                person, service.id, now or "", was or ""
            ),
            new=True,
            placeholder="No team yet",
        )
    with critical:
        check_field(
            "Critical",
            key=f"{key}:critical",
            saved=service.is_critical,
            save=lambda now, was: people.save_service_critical(person, service.id, now, was),
        )


def show_teams(person: Who) -> None:
    st.markdown("The teams that own services.")
    show_add("team", person, people.add_team)
    rows = people.list_teams(person)
    if not rows:
        st.caption("No teams yet. Add the first one above.")
    for team in page_of(rows, "teams"):
        with st.container(border=True):
            text_field(
                "Team, owner of 1 service"
                if team.services == 1
                else f"Team, owner of {team.services:,} services",
                key=f"settings:team:{team.id}:name",
                saved=team.name,
                save=lambda now, was, team=team: people.rename_team(person, team.id, now, was),
                limit=people.NAME,
            )


def show_factors(person: Who) -> None:
    st.markdown(
        "What answers in a why-tree are tagged with. A short list that everybody uses shows "
        "over time what keeps coming back."
    )
    show_add("contributing factor", person, people.add_factor)
    factors = page_of(people.list_factors(person), "factors", size=4 * PAGE)
    st.markdown(" ".join(f":gray-badge[{escape(factor)}]" for factor in factors))


def show_people(person: Who) -> None:
    st.markdown(
        "Everybody who gave a name here or was given one as an owner or reviewer. Who left can "
        "no longer be chosen at the door; what they wrote and own stays theirs. The actions of a "
        "team are those of its people."
    )
    names = [team.name for team in people.list_teams(person)]
    teams = offered(names, key="settings:people:team_part", what="teams")
    for row in page_of(people.list_people(person), "people"):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            border=True,
        ):
            left = "" if row.is_active else " :gray-badge[has left]"
            st.markdown(f"{escape(row.name)}{left} :small[:gray[{escape(row.zone)}]]")
            show_team_of(row, teams, person)
            st.button(
                "Has left" if row.is_active else "Is back",
                key=f"settings:person:{row.id}",
                disabled=row.id == person.person_id,
                help="This is you." if row.id == person.person_id else None,
                on_click=save_active,
                args=(person, row.id, row.is_active),
            )
    show_problem("people")


def show_team_of(row: people.PersonRow, teams: list[str], person: Who) -> None:
    with st.container(width=260):
        choice_field(
            f"Team of {escape(row.name)}",
            teams,
            key=f"settings:person:{row.id}:team",
            saved=row.team or None,
            save=lambda now, was: people.save_person_team(person, row.id, now or "", was or ""),
            new=True,
            placeholder="No team yet",
            label_visibility="collapsed",
        )


def show_add(what: str, person: Who, add: Callable[[Who, str], object]) -> None:
    """A field for one more; it is emptied when it went well."""
    add_field(
        f"Add a {what}",
        key=f"settings:{what}:new",
        add=lambda name, _: add(person, name),
        placeholder="Type a name and press Enter",
    )


def page_of(rows: Sequence[T], key: str, size: int = PAGE) -> Sequence[T]:
    """A page of a long list, with the numbers to turn it."""
    pages = -(-len(rows) // size)
    if pages <= 1:
        return rows
    number = min(st.pagination(pages, key=f"settings:{key}:page"), pages)
    return rows[(number - 1) * size : number * size]


def save_active(person: Who, person_id: str, was: bool) -> None:
    attempt(lambda: people.save_active(person, person_id, not was, was), at="people")
