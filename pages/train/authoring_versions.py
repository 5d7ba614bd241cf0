"""Who saved which version, what differs between two texts, and going back to an earlier one."""

from __future__ import annotations

from difflib import unified_diff

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import NotFound
from models.rules.scenario.wording import counted
from pages.components.problems import escape
from pages.components.words import when
from pages.train.authoring_text import put_in
from services.scenario_drafts import Writing
from services.scenario_library import get_text
from services.scenario_versions import VersionRow, get_version, list_versions

MINE, SHIPPED = "mine", "shipped"
LONGEST = 400  # lines of a comparison
HEIGHT, LINE = 480, 24  # pixels


def show_versions(person: Who, now: Writing, text: str) -> None:
    rows = list_versions(person, now.place) if not now.is_new else ()
    sources = {MINE: "What stands in the editor"}
    sources |= {str(row.number): f"Version {row.number}" for row in rows}
    if not now.is_new and has_shipped(person, now.place):
        sources[SHIPPED] = "The shipped text"
    if len(sources) == 1:
        st.markdown("There is no version yet. Save what you have, and it becomes the first one.")
        return
    if not rows:
        st.markdown(
            "Nobody here has changed this scenario: it is played as it was shipped. What you save "
            "becomes your team's version 1 and takes its place; the shipped text stays."
        )
    for row in rows:
        show_row(row, person)
    show_comparison(person, now, text, sources)


def show_row(row: VersionRow, person: Who) -> None:
    marks = f" :red-badge[{counted(row.errors, 'error')}]" if row.errors else ""
    marks += " :gray-badge[from a post-mortem]" if row.postmortem_id else ""
    note = f"  \n{escape(row.note)}" if row.note else ""
    said = f"{escape(row.by)}, {when(row.created_at, person.zone)}"
    st.markdown(f"**Version {row.number}** :small[:gray[{said}]]{marks}{note}")


def show_comparison(person: Who, now: Writing, text: str, sources: dict[str, str]) -> None:
    names = list(sources)
    key = f"authoring:{now.place}:compare"
    with st.container(horizontal=True):
        before = st.selectbox(
            "Compare", names, key=f"{key}:before", index=1, format_func=sources.__getitem__
        )
        after = st.selectbox(
            "with", names, key=f"{key}:after", index=0, format_func=sources.__getitem__
        )
    texts = {name: text_of(person, now, text, name) for name in (before, after)}
    lines = difference(texts[before], texts[after])
    if lines:
        st.code(
            "\n".join(lines[:LONGEST]), language="diff", height=min(HEIGHT, 24 * len(lines) + 40)
        )
    else:
        st.caption("Both are the same.")
    if len(lines) > LONGEST:
        st.caption(f"And {len(lines) - LONGEST:,} lines more.")
    if before != MINE and texts[before] != text:
        taken = "shipped text" if before == SHIPPED else f"text of version {before}"
        st.button(
            f"Take the {taken} again", key=f"{key}:take:{before}", icon=":material/history:",
            on_click=put_in, args=(person, now, texts[before]),
            help="Puts it into the editor as your draft. It counts for others once you save it.",
        )  # fmt: skip


def text_of(person: Who, now: Writing, text: str, name: str) -> str:
    if name == MINE:
        return text
    if name == SHIPPED:
        return get_text(person, now.place, shipped=True)
    return get_version(person, now.place, int(name))


def difference(before: str, after: str) -> list[str]:
    """The lines that differ, with two of their neighbours, in the form of a patch."""
    found = unified_diff(before.splitlines(), after.splitlines(), n=2, lineterm="")
    return list(found)[2:]  # without the names of files


def has_shipped(person: Who, scenario_id: str) -> bool:
    try:
        get_text(person, scenario_id, shipped=True)
    except NotFound:
        return False
    return True
