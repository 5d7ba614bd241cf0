"""What was brought in, with the ways on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.rules.lifecycle import EDITABLE
from models.rules.policy import Who
from models.rules.vocabulary import label
from pages.components.going import go_to
from pages.components.lines import line, lines
from pages.components.problems import attempt, escape
from pages.learn.bring_in_preview import many
from services import bring_in
from services.postmortems import start_postmortem

DONE = "bring_in:done"
LISTED = 20  # links after bringing in


def show_done(person: Who) -> None:
    done = st.session_state[DONE]
    st.success(f"Brought in: {done['new']}.", icon=":material/check:")
    with lines("brought"):
        for page, object_id, title, about in done["links"]:
            line(page, title, about, object_id=object_id)
    if done["more"]:
        st.caption(f"And {done['more']:,} more; the list of incidents shows all.")
    show_left(done["left"])
    if len(done["startable"]) == 1:
        st.button(
            "Start the post-mortem",
            key="bring_in:start",
            type="primary",
            icon=":material/edit_note:",
            on_click=save_start,
            args=(person, done["startable"]),
        )
    if len(done["startable"]) > 1:
        st.page_link(
            "learn/incidents.py",
            label="Choose the incidents that a post-mortem is about",
            icon=":material/checklist:",
        )
    st.divider()


def save_start(person: Who, incident_ids: list[str]) -> None:
    attempt(lambda: go_to("learn/workspace.py", id=start_postmortem(person, incident_ids)))


def links_of(
    preview: bring_in.Preview, incident_ids: Sequence[str], postmortem_ids: Sequence[str]
) -> list[tuple[str, str, str, str]]:
    """Page, id, title and what it is, of everything new in one file."""
    links = []
    for incident, object_id in zip(preview.incidents, incident_ids, strict=True):
        about = f"Incident, {many(len(incident.events), 'event')}"
        links.append(("learn/incident.py", object_id, incident.title, about))
    for written, object_id in zip(preview.postmortems, postmortem_ids, strict=True):
        page = "learn/workspace.py" if written.status in EDITABLE else "learn/published.py"
        links.append((page, object_id, written.title, f"Post-mortem, {label(written.status)}"))
    return links


def show_left(left: Sequence[tuple[str, str]]) -> None:
    """What could not be read, to mend and bring in again."""
    if not left:
        return
    lines = [f"- {escape(name)}: {escape(why)}" for name, why in left[:LISTED]]
    lines += [f"- and {len(left) - LISTED:,} more"] if len(left) > LISTED else []
    st.warning("\n".join(["These could not be read and are not here:", "", *lines]))
