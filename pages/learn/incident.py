"""A person looks at one incident, puts its facts right, and starts or opens its post-mortem."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import NotFound
from models.rules.record import IncidentRecord
from models.rules.vocabulary import IncidentKind, Source, label, role_words, words
from pages.components.address import show_link
from pages.components.choices import offered
from pages.components.fields import choice_field, tags_field, text_field
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.problems import attempt, escape, problems_shown
from pages.components.session import who
from pages.components.wording import show_wording
from pages.components.words import severity_badge
from pages.learn.incident_relations import show_relations
from pages.learn.incident_severity import show_severity
from pages.learn.incident_timeline import show_timeline
from pages.learn.steps import clocks
from services import incidents
from services.people import list_services
from services.postmortems import start_postmortem

WORKSPACE = "learn/workspace.py"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        try:
            view = incidents.get_incident(person, st.query_params.get("id", ""))
        except NotFound:
            show_nothing()
            return
        show_head(view, person)
        left, right = st.columns([3, 2], gap="large")
        with left:
            show_details(view, person)
        with right:
            show_severity(view, person)
        clocks.show(view.record, person, view.is_frozen, heading="##")
        left, right = st.columns([3, 2], gap="large")
        with left:
            show_timeline(view, person)
        with right:
            show_relations(view, person)
            show_source(view.record)


def show_nothing() -> None:
    page_head("Incident", "There is no such incident. It may have been removed.")
    st.page_link("learn/incidents.py", label="All incidents", icon=":material/arrow_back:")


def show_head(view: incidents.IncidentView, person: Who) -> None:
    record = view.record
    st.page_link("learn/incidents.py", label="All incidents", icon=":material/arrow_back:")
    badges = severity_badge(record.severity)
    if record.kind is not IncidentKind.INCIDENT:
        badges += f" :gray-badge[{label(record.kind)}]"
    page_head(record.title, badges=badges)
    if view.duplicate_of:
        st.info(f"This is a duplicate of “{escape(view.duplicate_of[1])}”.")
    if view.postmortem_id:
        st.page_link(
            WORKSPACE,
            label="Go to the post-mortem",
            icon=":material/edit_note:",
            query_params={"id": view.postmortem_id},
        )
        return
    st.button(
        "Start the post-mortem",
        key=f"incident:{record.id}:start",
        type="secondary" if view.duplicate_of else "primary",
        icon=":material/edit_note:",
        on_click=save_start,
        args=(person, record.id),
    )


def show_details(view: incidents.IncidentView, person: Who) -> None:
    st.header("What it was", anchor=False)
    if view.is_frozen:
        st.caption(
            ":material/lock: The post-mortem is published, so these facts and the clocks are "
            "frozen. Reopen it to change them."
        )
    show_words(view.record, person, view.is_frozen)
    tags_field(
        "Affected services",
        [] if view.is_frozen else services_offered(view.record.id, person),
        key=f"incident:{view.record.id}:services",
        saved=view.record.services,
        save=lambda now, was: incidents.save_services(person, view.record.id, now, was),
        new=True,
        placeholder="Choose, or type a new one",
        disabled=view.is_frozen,
    )


def services_offered(incident_id: str, person: Who) -> list[str]:
    names = [service.name for service in list_services(person)]
    return offered(names, key=f"incident:{incident_id}:service_part", what="services")


def show_words(record: IncidentRecord, person: Who, frozen: bool) -> None:
    key = f"incident:{record.id}"
    text_field(
        "Title",
        key=f"{key}:title",
        saved=record.title,
        save=lambda now, was: incidents.save_title(person, record.id, now, was),
        disabled=frozen,
    )
    names = [participant.name for participant in record.participants]
    if not frozen:
        show_wording(record.title, names)
    choice_field(
        "Kind",
        list(IncidentKind),
        key=f"{key}:kind",
        saved=record.kind,
        save=lambda now, was: incidents.save_kind(person, record.id, now, was),
        say=label,
        required=True,
        help="Drills and maintenance are kept, and not counted in any figure.",
        disabled=frozen,
    )
    text_field(
        "In a few sentences",
        key=f"{key}:summary",
        saved=record.summary,
        save=lambda now, was: incidents.save_incident_summary(person, record.id, now, was),
        area=True,
        placeholder="What happened, and to whom?",
        disabled=frozen,
    )
    if not frozen:
        show_wording(record.summary, names)


def show_source(record: IncidentRecord) -> None:
    """Where the incident and its events came from."""
    st.header("Where it came from", anchor=False)
    said = f"Brought in from {words(record.source)}"
    st.text("Written in Hotwash." if record.source is Source.HAND else f"{said}.")
    if record.source_url:
        show_link("Open it there", record.source_url, icon=":material/open_in_new:")
    sources = [event.source for event in record.events]
    if sources:
        counts = [f"{sources.count(s):,} {words(s)}" for s in Source if s in sources]
        st.caption(f"Events: {', '.join(counts)}")
    if record.participants:
        names = ", ".join(f"{p.name} ({role_words(p.role)})" for p in record.participants)
        st.caption(f"People: {escape(names)}")


def save_start(person: Who, incident_id: str) -> None:
    attempt(lambda: go_to(WORKSPACE, id=start_postmortem(person, [incident_id])))


show()
