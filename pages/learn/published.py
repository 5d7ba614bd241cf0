"""A person reads a published post-mortem from top to bottom, and takes it along as a document."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import NotFound
from models.rules.vocabulary import Audience
from pages.components.export import export_url, show_exports
from pages.components.head import page_head
from pages.components.pictures import drawing_theme, drawing_width, show_drawing
from pages.components.problems import escape, problems_shown
from pages.components.prose import show_prose
from pages.components.session import who
from pages.components.words import severity_badge, status_badge, when
from pages.learn import published_parts as parts
from pages.learn.action_questions import show_answers
from pages.learn.published_scenarios import show_scenarios
from pages.learn.steps.discuss import show_for_readers
from reports import contents
from reports.drawings import phase_strip, why_tree
from reports.facts import DocumentFacts
from services.documents import read_published
from services.postmortems import get_postmortem
from services.publishing import RevisionRow, list_revisions, revised_since
from services.timeline import list_evidence


def show() -> None:
    with problems_shown():
        me = who()
        postmortem_id = st.query_params.get("id", "")
        try:
            facts = read_published(me, postmortem_id, asked_revision())
        except NotFound:
            show_not_published(postmortem_id, me)
            return
        revisions = list_revisions(me, postmortem_id)
        show_cover(facts, revisions, me)
        show_words(facts, me)
        show_end(facts, revisions, me)


def asked_revision() -> int | None:
    """The revision in the address; none is the newest one."""
    number = st.query_params.get("revision", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else None


def show_cover(facts: DocumentFacts, revisions: tuple[RevisionRow, ...], me: Who) -> None:
    """Title, what kind of day it was, who published which revision, and the PDF."""
    record = facts.postmortem
    page_head(
        record.title,
        contents.provenance(facts),
        badges=f"{severity_badge(record.severity)} {status_badge(record.status)}",
    )
    number = record.publication.number if record.publication else None
    show_newer(facts, revisions, me)
    with st.container(horizontal=True, vertical_alignment="center"):
        for words, audience, kind in (
            ("Full report, PDF", Audience.FULL, "primary"),
            ("One-page brief, PDF", Audience.LEADERSHIP, "secondary"),
        ):
            st.link_button(
                words,
                export_url(
                    record.id, "pdf", audience,
                    redact=audience is Audience.LEADERSHIP, revision=number,
                ),
                key=f"{record.id}:pdf:{audience}",
                icon=":material/download:",
                type=kind,
            )  # fmt: skip
        st.page_link(
            "learn/sending.py",
            label="Send",
            icon=":material/send:",
            query_params={"id": record.id},
        )
        st.page_link(
            "learn/workspace.py",
            label="Open the workspace",
            icon=":material/edit_note:",
            query_params={"id": record.id, "step": "publish"},
        )
        show_scenarios(record.id, me)
    parts.show_facts(contents.key_facts(facts))
    parts.show_missing(record)
    for incident in record.incidents:
        if len(incident.clocks) > 1:
            if len(record.incidents) > 1:
                st.caption(escape(incident.title))
            strip = phase_strip(
                incident.clocks, severity=incident.severity, zone=me.zone,
                width=drawing_width(), theme=drawing_theme(),
            )  # fmt: skip
            show_drawing(strip, "The phases of the incident between its clocks")


def show_newer(facts: DocumentFacts, revisions: tuple[RevisionRow, ...], me: Who) -> None:
    """That these are not the last words: a later revision is there, or is being written."""
    record = facts.postmortem
    newest = revisions[0].number if revisions else 0
    if record.publication and record.publication.number < newest:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(":material/history: This is an earlier revision, as it was then.")
            st.page_link(
                "learn/published.py",
                label=f"Read revision {newest}, the newest",
                query_params={"id": record.id},
            )
    elif since := revised_since(me, record.id):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":material/edit_note: Revision {newest} is being revised since "
                f"{when(since, me.zone)}. It stands as it is until the next one is published."
            )


def show_words(facts: DocumentFacts, me: Who) -> None:
    """The post-mortem itself, in the order in which people read it."""
    record = facts.postmortem
    parts.heading("Summary")
    show_prose(record.summary)
    if record.impacts:
        parts.heading("Impact")
        parts.show_impacts(record.impacts)
    parts.heading("What happened")
    files = list_evidence(me, [incident.id for incident in record.incidents])
    parts.show_timeline(facts, files)
    if record.whys:
        parts.heading("Why it happened")
        tree = why_tree(record.whys, width=drawing_width(), theme=drawing_theme())
        show_drawing(tree, "The why-tree; the same answers stand below it as text")
        with st.expander("The answers as text"):
            st.markdown(parts.whys_as_list(record.whys))
    if record.all_factors:
        st.markdown(
            "Contributing factors: "
            + " ".join(f":gray-badge[{escape(factor)}]" for factor in record.all_factors)
        )
    if record.lessons:
        parts.heading("What we learned")
        parts.show_lessons(record.lessons)
    parts.heading("Actions")
    parts.show_actions(facts)
    show_answers(record.id, me)


def show_end(facts: DocumentFacts, revisions: tuple[RevisionRow, ...], me: Who) -> None:
    """Who was there, who signed, earlier revisions, and the other documents."""
    record = facts.postmortem
    parts.heading("Who took part, and who read it")
    parts.show_people(facts, me)
    shown = record.publication.number if record.publication else 0
    if len(revisions) > 1:
        with st.container(horizontal=True):
            for revision in revisions:
                if revision.number != shown:
                    st.page_link(
                        "learn/published.py",
                        label=f"Read revision {revision.number}, {when(revision.at, me.zone)}",
                        query_params={"id": record.id, "revision": str(revision.number)},
                        icon=":material/history:",
                    )
    show_for_readers(get_postmortem(me, record.id), me)
    with st.expander("Other formats, names and paper"):
        show_exports(record.id, shown or None)


def show_not_published(postmortem_id: str, me: Who) -> None:
    """For an address that leads to no published revision."""
    try:
        record = get_postmortem(me, postmortem_id)
    except NotFound:
        page_head("Published post-mortem")
        st.markdown("There is no published post-mortem at this address.")
        st.page_link("learn/archive.py", label="The archive", icon=":material/library_books:")
        return
    page_head(record.title, badges=status_badge(record.status))
    revisions = list_revisions(me, postmortem_id)
    if revisions:
        newest = revisions[0].number
        st.markdown(f"There is no revision {asked_revision()} of this post-mortem.")
        st.page_link(
            "learn/published.py",
            label=f"Read revision {newest}, the newest",
            icon=":material/article:",
            query_params={"id": record.id},
        )
        return
    st.markdown("This post-mortem is not published yet.")
    st.page_link(
        "learn/workspace.py",
        label="Open the workspace",
        icon=":material/edit_note:",
        query_params={"id": record.id},
    )


show()
