"""A person writes a scenario or changes one: the text beside what the check finds in it, the story
as a picture, and what each seat would see."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.scenario.findings import Report
from pages.components.going import follow
from pages.components.head import page_head
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.train.authoring_findings import show_findings, summary
from pages.train.authoring_graph import show_graph, show_outline
from pages.train.authoring_preview import show_preview
from pages.train.authoring_start import show_start
from pages.train.authoring_text import said, show_overtaken, show_saving, show_text
from pages.train.authoring_versions import show_versions
from pages.train.seated import link
from services.scenario_drafts import NEW, Writing, open_writing, place_from
from services.scenario_library import check_text
from services.scenario_versions import list_made_from, made_from

FINDINGS, PICTURE, LINES, PREVIEW, VERSIONS = (
    "Findings", "Picture", "In lines", "Preview", "Versions"
)  # fmt: skip

GUIDE = (
    "Roles took the place of people's names. Search the text for “Write”: those places need a "
    "person, and the comments say what to look at."
)


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        place = asked_place()
        if place is None:
            show_start(person)
            return
        now = open_writing(person, place)
        show_heading(person, now)
        show_overtaken(person, now)
        writing, looking = st.columns(2, gap="medium")
        with writing:
            text = show_text(person, now)
            report = check_text(person, text)
            show_saving(person, now, text, report)
        with looking:
            show_sides(person, now, text, report)


def asked_place() -> str | None:
    """What the address asks for; None for nothing in particular."""
    asked = st.query_params
    if asked.get("id"):
        return asked["id"]
    if asked.get("from"):
        return place_from(asked["from"])
    return NEW if asked.get("new") else None


def show_heading(person: Who, now: Writing) -> None:
    badges = [f":gray-badge[Version {now.newest}]" if now.newest else ""]
    if not now.newest and not now.is_new:
        badges = [":gray-badge[As shipped]"]
    if now.is_draft and now.text != now.saved:
        badges.append(":blue-badge[:material/edit: Your draft, not saved as a version]")
    report = check_text(person, now.saved)
    title = report.scenario.title if report.scenario and not now.is_new else now.place
    if now.is_new:
        title = "A scenario from our own incident" if now.postmortem_id else "A new scenario"
    page_head(title, GUIDE if now.postmortem_id else "", badges=" ".join(badges).strip())
    said()
    with st.container(horizontal=True):
        if not now.is_new:
            link(
                "train/scenario.py",
                "To its page, to play it",
                ":material/play_arrow:",
                id=now.place,
            )
        show_origin(person, now)


def show_origin(person: Who, now: Writing) -> None:
    """Where it came from, and what else was made from there."""
    origin = None if now.is_new else made_from(person, now.place)
    if origin:
        link("learn/published.py", f"Made from “{escape(origin[1])}”", ":material/history_edu:",
             id=origin[0])  # fmt: skip
    if now.postmortem_id:
        link("learn/published.py", "The post-mortem", ":material/article:", id=now.postmortem_id)
        for scenario_id, title in list_made_from(person, now.postmortem_id):
            link("train/authoring.py", f"Made from it before: {escape(title)}",
                 ":material/theater_comedy:", id=scenario_id)  # fmt: skip


def show_sides(person: Who, now: Writing, text: str, report: Report) -> None:
    """What there is beside the text, one at a time."""
    st.markdown(summary(report))
    key = f"authoring:{now.place}:side"
    side = st.segmented_control(
        "Beside the text",
        [FINDINGS, PICTURE, LINES, PREVIEW, VERSIONS],
        key=key,
        default=FINDINGS,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    if side == VERSIONS:
        show_versions(person, now, text)
    elif side == FINDINGS:
        show_findings(report, text, now.place)
    elif report.scenario is None:
        st.markdown("This comes back when the text has the shape of a scenario. The findings say "
                    "what is missing.")  # fmt: skip
    elif side == PICTURE:
        show_graph(report.scenario, report)
    elif side == LINES:
        show_outline(report.scenario, report)
    else:
        show_preview(report.scenario, report, now.place)


show()
