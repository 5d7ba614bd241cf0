"""What the person gives to be brought in, and the choices that say how to read it.

Everything is read from the widgets again at each use: the bytes stay in the uploader and nowhere
else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from models.rules.policy import Who
from models.rules.times import parse_moment, zone_named
from services import bring_in, bring_in_folder

WAY, FILES, TEXT, TITLE = "bring_in:way", "bring_in:round", "bring_in:text", "bring_in:title"
A_FILE, A_FOLDER, PASTED = "Files", "A folder", "Pasted text"
PASTED_SLOT, FOLDER_SLOT = "text", "folder"
_EXAMPLE = """2024-03-13, all times UTC
10:01 alert: checkout latency above 4 s
10:07 Mira acknowledges, opens the dashboard
10:31 deployment 2041 rolled back
10:44 latency back to normal"""


@dataclass(frozen=True)
class Given:
    """A file, or the pasted text with the title that was written for it. `slot` tells its widgets
    from those of the others."""

    slot: str
    name: str
    data: bytes
    title: str = ""


def show_input() -> None:
    first = PASTED if st.session_state.get(TEXT) else A_FILE  # text that was left here waits
    st.segmented_control(
        "What do you have?", [A_FILE, A_FOLDER, PASTED], key=WAY, default=first, required=True
    )
    if st.session_state.get(WAY) == A_FOLDER:
        st.file_uploader(
            "A folder of documents, with everything below it",
            type=list(bring_in_folder.SUFFIXES),
            accept_multiple_files="directory",
            key=f"{uploader()}:folder",
        )
        return
    if st.session_state.get(WAY) != PASTED:
        st.file_uploader(
            "One or more files, or a zip archive of documents, at most 25 MB each",
            accept_multiple_files=True,
            key=uploader(),
        )
        return
    st.text_input(
        "Title of the incident",
        key=TITLE,
        max_chars=200,
        placeholder="Taken from the text when you leave this empty",
        persist_state="session",
    )
    st.text_area(
        "The text, one event a line",
        key=TEXT,
        height=240,
        placeholder=_EXAMPLE,
        persist_state="session",
        help="Times may be written in many ways: 14:02, 2:02 PM PST, T+12m, 10:01–10:07, 14:?? …",
    )
    st.button("Read the text", key="bring_in:read")


def round_number() -> int:
    """Counts up when the uploader is to be emptied."""
    return int(st.session_state.get(FILES, 0))


def uploader() -> str:
    return f"bring_in:files:{round_number()}"


def given() -> list[Given]:
    """What there is to read: the files, or the text when it is not empty."""
    if st.session_state.get(WAY) == PASTED:
        text = st.session_state.get(TEXT) or ""
        title = (st.session_state.get(TITLE) or "").strip()
        # A lone surrogate cannot be encoded; the reader takes it out of what it is given.
        data = text.encode("utf-8", "replace")
        return [Given(PASTED_SLOT, "", data, title)] if text.strip() else []
    is_folder = st.session_state.get(WAY) == A_FOLDER
    files = st.session_state.get(f"{uploader()}:folder" if is_folder else uploader()) or []
    return [Given(file.file_id, file.name, file.getvalue()) for file in files]


def upload_of(file: Given, person: Who) -> bring_in.Upload:
    """The file with the choices made for it. Raises ProblemForUser for a time that is none."""

    def moment(name: str) -> datetime | None:
        text = (chosen(file, name) or "").strip()
        return parse_moment(text, zone_named(person.zone)) if text else None

    options = bring_in.read_options(
        name=file.name,
        zone=chosen(file, "zone"),
        default_zone=person.zone,
        date=chosen(file, "date"),
        start=moment("start"),
        channel=chosen(file, "channel"),
        since=moment("since"),
        until=moment("until"),
        finished=bool(chosen(file, "finished")),
    )
    return bring_in.Upload(file.data, options, chosen(file, "format"), file.title)


def key(file: Given, name: str) -> str:
    return f"bring_in:{file.slot}:{name}"


def chosen(file: Given, name: str):  # type: ignore[no-untyped-def]
    return st.session_state.get(key(file, name))
