"""A person finds an incident, writes down a new one, or starts a post-mortem over several."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from models.rules.clocks import contradiction
from models.rules.policy import Who
from models.rules.times import zone_named
from models.rules.vocabulary import IncidentKind, PostmortemStatus, label
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import attempt, problems_shown
from pages.components.session import who
from pages.components.words import how_long, severity_badge, status_badge, when
from pages.learn.incidents_new import show_ways
from services.incidents import IncidentRow, count_incidents, list_incidents
from services.postmortems import start_postmortem

PAGE = 50
TEXT, NUMBER = "incidents:text", "incidents:page"
SEVERAL, CHOSEN = "incidents:several", "incidents:chosen"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        page_head("Incidents")
        text = st.session_state.get(TEXT, "").strip()
        count = count_incidents(person, text=text)
        if not count and not text:
            show_first(person)
            return
        show_tools(person)
        if not count:
            show_not_found()
            return
        pages = -(-count // PAGE)
        if st.session_state.get(NUMBER, 1) > pages:  # the list has become shorter
            first_page()
        first = (st.session_state.get(NUMBER, 1) - 1) * PAGE
        rows = list_incidents(person, text=text, limit=PAGE, offset=first)
        show_count(count, first, len(rows))
        if st.session_state.get(SEVERAL):
            show_several(person)
        show_rows(rows, person)
        if pages > 1:
            st.pagination(pages, key=NUMBER)


def show_tools(person: Who) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Search",
            key=TEXT,
            placeholder="Words of the title",
            icon=":material/search:",
            on_change=first_page,
        )
        show_ways(person)


def show_first(person: Who) -> None:
    st.markdown(
        "There are no incidents yet. Bring in a file or a pasted timeline, or write down a new "
        "one. Small ones and near misses are worth it too."
    )
    with st.container(horizontal=True):
        show_ways(person, first=True)


def show_not_found() -> None:
    st.markdown("No incident has these words in its title.")
    st.button("Show all", key="incidents:all", on_click=clear_search)


def show_count(count: int, first: int, shown: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        many = f"{first + 1:,} to {first + shown:,} of {count:,}" if count > PAGE else f"{count:,}"
        st.caption(f"{many} {'incident' if count == 1 else 'incidents'}, the newest first")
        st.toggle("Choose several", key=SEVERAL)


def show_several(person: Who) -> None:
    """A post-mortem over the incidents that are ticked, on whatever page of the list."""
    chosen = st.session_state.setdefault(CHOSEN, {})
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f"{len(chosen)} chosen" if chosen else "Tick incidents that belong together.")
        st.button(
            "Start one post-mortem over them",
            key="incidents:start",
            type="primary",
            disabled=not chosen,
            on_click=save_start,
            args=(person,),
        )


def show_rows(rows: tuple[IncidentRow, ...], person: Who) -> None:
    with lines("incidents"):
        for row in rows:
            place = show_tick(row) if st.session_state.get(SEVERAL) else st.container()
            with place:
                line("learn/incident.py", row.title, facts(row, person), badges(row), row.id)


def show_tick(row: IncidentRow) -> DeltaGenerator:
    """A box to tick before the line; returns where the line goes."""
    box = st.container(horizontal=True, vertical_alignment="top")
    key = f"incidents:tick:{row.id}"
    st.session_state[key] = row.id in st.session_state.get(CHOSEN, ())
    box.checkbox(
        row.title,
        key=key,
        label_visibility="collapsed",
        disabled=row.postmortem_id is not None,
        on_change=choose,
        args=(row.id,),
    )
    return box.container()


def badges(row: IncidentRow) -> str:
    found = [severity_badge(row.severity)]
    if row.kind is not IncidentKind.INCIDENT:
        found.append(f":gray-badge[{label(row.kind)}]")
    if row.postmortem_status:
        found.append(status_badge(PostmortemStatus(row.postmortem_status)))
    return " ".join(found)


def facts(row: IncidentRow, person: Who) -> str:
    parts = [
        times(row, person),
        "1 event" if row.events == 1 else f"{row.events:,} events",
        "duplicate" if row.duplicate_of_id else "",
        "" if row.postmortem_id else "no post-mortem",
    ]
    return " · ".join(part for part in parts if part)


def times(row: IncidentRow, person: Who) -> str:
    """When it began and how long after that it was resolved; of contradicting times, both."""
    if row.started_at and row.resolved_at and row.contradicts:
        zone = zone_named(person.zone)
        said = contradiction("began", row.started_at, "resolved", row.resolved_at, zone)
        return said[:1].upper() + said[1:]
    began = f"Began {when(row.started_at or row.began_at, person.zone)}"
    if row.resolved_at is None:
        return f"{began} · not resolved"
    after = "" if row.lasted is None else f" after {how_long(row.lasted)}"
    return f"{began} · resolved{after}"


def clear_search() -> None:
    st.session_state[TEXT] = ""


def first_page() -> None:
    st.session_state.pop(NUMBER, None)


def choose(incident_id: str) -> None:
    chosen = st.session_state[CHOSEN]
    if st.session_state[f"incidents:tick:{incident_id}"]:
        chosen[incident_id] = True
    else:
        chosen.pop(incident_id, None)


def save_start(person: Who) -> None:
    chosen = list(st.session_state[CHOSEN])

    def start() -> None:
        go_to("learn/workspace.py", id=start_postmortem(person, chosen))
        st.session_state[CHOSEN] = {}

    attempt(start)


show()
