"""Many documents at once: a list of what each holds, one of them looked at closely, then all of
them brought in one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st

from models.rules.policy import Who
from pages.components.problems import attempt, escape, escape_label
from pages.learn.bring_in_choices import show_finished, show_times
from pages.learn.bring_in_done import DONE, LISTED, links_of
from pages.learn.bring_in_given import (
    A_FOLDER,
    FILES,
    FOLDER_SLOT,
    WAY,
    Given,
    given,
    round_number,
    upload_of,
)
from pages.learn.bring_in_preview import counted, many, show_preview
from pages.learn.bring_in_rows import SAID, row_of, show_rows
from services import bring_in, bring_in_folder
from services.bring_in_folder import FileOutcome, FileState, bring_in_each, preview_each

SEEN = "bring_in:folder:seen"  # the list as plain values: reading all files again takes seconds
MANY = 10  # files; more are shown as a list and brought in one by one


def are_many(files: list[Given]) -> bool:
    """Whether they are a folder: chosen as one, packed as one, or too many to be shown whole."""
    return (
        st.session_state.get(WAY) == A_FOLDER
        or len(files) > MANY
        or any(bring_in_folder.is_folder(file.data, file.name) for file in files)
    )


def documents(files: list[Given]) -> tuple[list[Given], list[str]]:
    """The documents in these files, by name, and the names of what is passed over. They share
    their choices. Raises BadFile for an archive that is broken or built to harm."""
    found: list[Given] = []
    others: list[str] = []
    for file in files:
        if bring_in_folder.is_folder(file.data, file.name):
            packed, rest = bring_in_folder.documents_in_zip(file.data)
            found += [Given(FOLDER_SLOT, name, data) for name, data in packed]
            others += rest
        elif bring_in_folder.is_looked_into(file.name):
            found.append(Given(FOLDER_SLOT, file.name, file.data))
        else:
            others.append(file.name)
    read = bring_in_folder.together((document.name, document.data) for document in found)
    found = [Given(FOLDER_SLOT, name, data) for name, data in read]
    return sorted(found, key=lambda document: document.name), others


def show_folder(files: list[Given], person: Who) -> None:
    found, others = documents(files)
    confirm = st.container()
    show_finished(FOLDER_SLOT, "These are finished: put them into the archive")
    show_times(Given(FOLDER_SLOT, "", b""), person)
    if not found:
        st.markdown("There is no document in it that can be read here.")
        return
    uploads = [upload_of(document, person) for document in found]
    seen = looked_at(files, uploads, person)
    with confirm:
        show_confirm(seen, person)
    show_rows(seen["rows"])
    if others:
        names = ", ".join(escape(name) for name in others[:10])
        more = f" and {len(others) - 10:,} more" if len(others) > 10 else ""
        st.caption(f"Passed over: {names}{more}")
    show_closely(found, uploads, seen["rows"], person)


def looked_at(
    files: Sequence[Given], uploads: Sequence[bring_in.Upload], person: Who
) -> dict[str, Any]:
    """What each file holds, as plain values, read once for the same files and choices."""
    first = uploads[0].options
    key = str(([file.slot for file in files], first.zone, first.date, first.start, first.finished))
    kept = st.session_state.get(SEEN)
    if not kept or kept["key"] != key:
        with st.spinner(f"Reading {many(len(uploads), 'file')}"):
            outcomes = list(preview_each(person, uploads))
        kept = st.session_state[SEEN] = {
            "key": key,
            "new": counted([o.preview for o in outcomes if o.preview]),
            "rows": [row_of(outcome) for outcome in outcomes],
        }
    return kept


def show_confirm(seen: dict[str, Any], person: Who) -> None:
    """What will come of all files, and the button that does it."""
    states = Counter(row["State"] for row in seen["rows"])
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        said = [many(len(seen["rows"]), "file")]
        for state, words in (
            (FileState.NEW, "with something new"),
            (FileState.KNOWN, "there already"),
            (FileState.PASSED_OVER, "no post-mortem"),
            (FileState.UNREADABLE, "cannot be read"),
        ):
            if count := states[SAID[state]]:
                said.append(f"{count:,} {words}")
        new = seen["new"]
        lead = f"**{new} will be created.**" if new else "There is nothing new in it."
        st.markdown(f"{lead} {'; '.join(said)}.")
        st.button(
            "Bring it in",
            key="bring_in:confirm",
            type="primary",
            icon=":material/check:",
            disabled=not new,
            on_click=save_folder,
            args=(person,),
        )


def show_closely(
    found: Sequence[Given],
    uploads: Sequence[bring_in.Upload],
    rows: Sequence[dict[str, Any]],
    person: Who,
) -> None:
    """One file as if it were brought in alone."""
    readable = [n for n, row in enumerate(rows) if row["Title"]]
    if not readable:
        return
    chosen = st.selectbox(
        "Look closer at",
        readable,
        key="bring_in:folder:closely",
        index=None,
        format_func=lambda n: escape_label(found[n].name),
        placeholder="Choose a file to see what was understood of it",
    )
    if chosen is not None:
        with st.container(border=True):
            st.header(escape(found[chosen].name), anchor=False)
            show_preview(bring_in.preview_file(person, uploads[chosen]), person, FOLDER_SLOT)


def save_folder(person: Who) -> None:
    """Each file for itself: when it is stopped, what was stored stays, and again goes on."""
    st.session_state.pop(SEEN, None)

    def store() -> None:
        found, _ = documents(given())
        st.session_state[DONE] = summary(
            bring_in_each(person, (upload_of(document, person) for document in found))
        )

    if attempt(store):
        st.session_state[FILES] = round_number() + 1  # an empty uploader lets its bytes go


def summary(outcomes: Iterator[FileOutcome]) -> dict[str, Any]:
    """Plain values to show after the bytes are gone."""
    links: list[tuple[str, str, str, str]] = []
    left: list[tuple[str, str]] = []
    previews = []
    for outcome in outcomes:
        if outcome.state is FileState.UNREADABLE:
            left.append((outcome.name, outcome.problem))
        if outcome.preview:
            previews.append(outcome.preview)
            links += links_of(outcome.preview, outcome.incident_ids, outcome.postmortem_ids)
    return {
        "new": counted(previews) or "nothing new",
        "links": links[:LISTED],
        "more": len(links[LISTED:]),
        "startable": [],
        "left": left,
    }
