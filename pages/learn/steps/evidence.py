"""The evidence for one line of a timeline: links, screenshots, graphs and files kept with it."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.record import EventRecord
from pages.components.address import show_link, whole_address
from pages.components.problems import attempt, escape, show_problem
from services.timeline import (
    EvidenceRow,
    add_file,
    add_link,
    list_evidence,
    remove_evidence,
)

PICTURES = ("image/png", "image/jpeg")  # what pictures are kept as
KINDS = ["png", "jpg", "jpeg", "gif", "webp", "txt", "log", "csv", "json", "md"]


def show(incident_id: str, event: EventRecord, me: Who, frozen: bool) -> None:
    """What is kept already, and two ways to add more."""
    show_problem(f"{event.id}:evidence")
    for row in list_evidence(me, [incident_id]):
        if row.event_id != event.id:
            continue
        with st.container(horizontal=True, vertical_alignment="top"):
            show_piece(row)
            if not frozen:
                with st.popover("", icon=":material/close:", type="tertiary", help="Take it away"):
                    st.markdown("The evidence is deleted. This cannot be undone.")
                    st.button(
                        "Take this evidence away",
                        key=f"{row.id}:remove",
                        on_click=take_away,
                        args=(event.id, row.id, me),
                    )
    if not frozen:
        link, file = st.columns(2, gap="medium")
        with link:
            show_link_form(event, me)
        with file:
            show_upload(event, me)


def show_piece(row: EvidenceRow) -> None:
    if row.url is not None:
        show_link(row.title, row.url, icon=":material/link:", quiet=True)
        return
    # By our own route, which asks who is there. Streamlit would serve the bytes of st.image and
    # of a download button at an address that answers anybody.
    path = f"/evidence/{row.id}"
    if row.media_type in PICTURES and st.context.url:
        st.image(whole_address(path), caption=escape(row.title), width=240, alt=row.title)
        label, icon = "Open the picture", ":material/open_in_new:"
    else:
        label, icon = escape(row.title), ":material/description:"
    st.link_button(label, path, icon=icon, type="tertiary")


def show_link_form(event: EventRecord, me: Who) -> None:
    st.text_input("Link", key=f"{event.id}:url", placeholder="https://", persist_state="session")
    st.text_input("What it shows", key=f"{event.id}:url_title", persist_state="session")
    st.button("Add the link", key=f"{event.id}:link", on_click=save_link, args=(event.id, me))


def save_link(event_id: str, me: Who) -> None:
    state = st.session_state
    url, title = state[f"{event_id}:url"], state[f"{event_id}:url_title"]
    if attempt(lambda: add_link(me, event_id, url, title), at=f"{event_id}:evidence"):
        state[f"{event_id}:url"] = state[f"{event_id}:url_title"] = ""


def show_upload(event: EventRecord, me: Who) -> None:
    """A fresh uploader after each upload: what was saved is shown above, not in it."""
    key = f"{event.id}:file:{st.session_state.get(f'{event.id}:files', 0)}"
    st.file_uploader(
        "Screenshot, graph or text file",
        type=KINDS,
        accept_multiple_files=True,
        max_upload_size=10,
        key=key,
        help="Pictures are written anew, so that only the picture is kept, and printed in the "
        "report.",
        on_change=save_files,
        args=(event.id, key, me),
    )


def save_files(event_id: str, key: str, me: Who) -> None:
    files = st.session_state[key] or []
    for file in files:
        name, content = file.name, file.getvalue()
        if not attempt(
            lambda name=name, content=content: add_file(me, event_id, name, content),
            at=f"{event_id}:evidence",
        ):
            break
    if files:
        st.session_state[f"{event_id}:files"] = st.session_state.get(f"{event_id}:files", 0) + 1


def take_away(event_id: str, evidence_id: str, me: Who) -> None:
    attempt(lambda: remove_evidence(me, evidence_id), at=f"{event_id}:evidence")
