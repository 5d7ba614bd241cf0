"""A person brings in files of other tools or a pasted timeline: first look, then keep."""

from __future__ import annotations

from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from pages.components.going import follow
from pages.components.head import page_head
from pages.components.problems import attempt, escape, problem_text, problems_shown
from pages.components.session import who
from pages.learn.bring_in_choices import show_choices
from pages.learn.bring_in_done import DONE, LISTED, links_of, show_done
from pages.learn.bring_in_folder import are_many, show_folder
from pages.learn.bring_in_given import (
    FILES,
    PASTED,
    TEXT,
    TITLE,
    Given,
    given,
    round_number,
    show_input,
    upload_of,
)
from pages.learn.bring_in_preview import counted, show_preview
from services import bring_in


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        page_head(
            "Bring in",
            "Files of Slack, PagerDuty, Opsgenie, incident.io, Statuspage, Alertmanager or "
            "Hotwash, CSV, Markdown post-mortems (also a whole folder of them), or text. You see "
            "what was understood before anything is kept.",
        )
        above = st.container()
        show_input()
        files = given()
        if DONE in st.session_state and not files:
            with above:
                show_done(person)
        if not files:
            return
        if are_many(files):
            show_folder(files, person)
            return
        confirm = st.container()
        previews: list[bring_in.Preview] = []
        for file in files:
            if preview := show_file(file, person, previews):
                previews.append(preview)
        with confirm:
            show_confirm(previews, len(files), person)


def show_file(file: Given, person: Who, before: list[bring_in.Preview]) -> bring_in.Preview | None:
    """What a file holds, with the choices that change how it is read; None when it cannot be."""
    with st.container(border=True):
        st.header(escape(file.name) or PASTED, anchor=False)
        preview = None
        try:
            ready = show_choices(file, person)
            if ready:
                with st.spinner("Reading, which takes a moment for long files"):
                    preview = bring_in.preview_file(person, upload_of(file, person), before)
        except ProblemForUser as problem:
            st.error(problem_text(problem), icon=":material/error:")
        if preview:
            show_preview(preview, person, file.slot)
    return preview


def show_confirm(previews: list[bring_in.Preview], files: int, person: Who) -> None:
    """What will be created from all files, and the button that does it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        new = counted(previews)
        ready = len(previews) == files
        if not ready:
            st.markdown("Choose what is missing below, or take out what cannot be read.")
        elif not new:
            st.markdown("There is nothing new in it; nothing would change.")
        else:
            st.markdown(f"**{new} will be created.** Nothing is kept yet.")
        st.button(
            "Bring it in",
            key="bring_in:confirm",
            type="primary",
            icon=":material/check:",
            disabled=not ready or not new,
            on_click=save_all,
            args=(person,),
        )


def save_all(person: Who) -> None:
    """All files or nothing. What was pasted stays in its field when it does not go well."""

    def store() -> None:
        uploads = [upload_of(file, person) for file in given()]
        st.session_state[DONE] = summary(bring_in.bring_in_files(person, uploads))

    if attempt(store):
        st.session_state[FILES] = round_number() + 1  # an empty uploader lets its bytes go
        st.session_state[TEXT] = st.session_state[TITLE] = ""


def summary(results: tuple[bring_in.BroughtIn, ...]) -> dict[str, Any]:
    """Plain values to show after the bytes are gone."""
    links = []
    for result in results:
        links += links_of(result.preview, result.incident_ids, result.postmortem_ids)
    startable = [object_id for result in results for object_id in result.incident_ids]
    return {
        "new": counted([result.preview for result in results]) or "nothing new",
        "links": links[:LISTED],
        "more": len(links[LISTED:]),
        "startable": startable[:2],
        "left": [],
    }


show()
