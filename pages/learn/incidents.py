"""A person finds an incident, writes down a new one, or starts a post-mortem over several."""

from __future__ import annotations

from secrets import token_hex

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from models.rules.clocks import contradiction
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.times import parse_moment, zone_named
from models.rules.vocabulary import IncidentKind, PostmortemStatus, label
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import attempt, problems_shown, show_problem
from pages.components.session import who
from pages.components.words import how_long, severity_badge, status_badge, when
from services.incidents import IncidentRow, count_incidents, create_incident, list_incidents
from services.postmortems import start_postmortem

PAGE = 50
NEW_ID = "incidents:new:id"  # made with the form: a double click makes one incident
TEXT, NUMBER = "incidents:text", "incidents:page"
SEVERAL, CHOSEN = "incidents:several", "incidents:chosen"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        page_head("Incidents")
        show_tools(person)
        text = st.session_state.get(TEXT, "").strip()
        count = count_incidents(person, text=text)
        if not count:
            show_nothing(text)
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
        with st.popover("New incident", icon=":material/add:"):
            show_new(person)
        st.button(
            "Bring in",
            key="incidents:bring_in",
            icon=":material/upload_file:",
            on_click=go_to,
            args=("learn/bring_in.py",),
        )


def show_new(person: Who) -> None:
    """The least that makes an incident: a title, a kind, a start."""
    st.session_state[NEW_ID] = token_hex(10)
    with st.form("incidents:new", border=False):
        st.text_input("What happened", key="incidents:new:title", max_chars=300)
        st.selectbox("Kind", list(IncidentKind), key="incidents:new:kind", format_func=label)
        st.caption("Drills and maintenance never enter a metric.")
        st.text_input(
            f"When the impact began ({person.zone})",
            key="incidents:new:began",
            placeholder="2024-03-13 10:01",
            help="Another zone can follow, like 2024-03-13 10:01 +02:00.",
        )
        st.checkbox("This time is an estimate", key="incidents:new:estimated")
        show_problem("new")
        st.form_submit_button("Create", type="primary", on_click=save_new, args=(person,))


def show_nothing(text: str) -> None:
    if text:
        st.markdown("No incident has these words in its title.")
        st.button("Show all", key="incidents:all", on_click=clear_search)
        return
    st.markdown(
        "There are no incidents yet. Bring in a file or a pasted timeline, or write down a new one."
    )


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
    """When it began and how long it lasted; of contradicting times, what each of them says."""
    if row.started_at and row.resolved_at and row.contradicts:
        zone = zone_named(person.zone)
        said = contradiction("began", row.started_at, "resolved", row.resolved_at, zone)
        return said[:1].upper() + said[1:]
    began = f"Began {when(row.started_at or row.began_at, person.zone)}"
    if row.resolved_at is None:
        return f"{began} · not resolved"
    return f"{began} · {'resolved' if row.lasted is None else f'lasted {how_long(row.lasted)}'}"


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


def save_new(person: Who) -> None:
    state = st.session_state
    title, kind = state["incidents:new:title"], state["incidents:new:kind"]
    began, estimated = state["incidents:new:began"], state["incidents:new:estimated"]

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
            began_estimated=estimated,
            incident_id=state[NEW_ID],
        )
        go_to("learn/incident.py", id=state[NEW_ID])

    attempt(create, at="new")


def save_start(person: Who) -> None:
    chosen = list(st.session_state[CHOSEN])

    def start() -> None:
        go_to("learn/workspace.py", id=start_postmortem(person, chosen))
        st.session_state[CHOSEN] = {}

    attempt(start)


show()
