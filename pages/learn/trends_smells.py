"""Habits that the records show: each with where it is to be seen, and what to try."""

from __future__ import annotations

import streamlit as st

from models.rules.metrics.selection import Selection
from models.rules.metrics.smells import Evidence, Shown, Smell, SmellKey
from models.rules.policy import Who
from pages.components.lines import line, lines
from services.smells import LOOKED_AT, READ, list_smells

PAGES = {
    Shown.INCIDENT: "learn/incident.py",
    Shown.POSTMORTEM: "learn/published.py",
    Shown.ACTION: "learn/action.py",
}
LISTED = 20


def show_smells(selection: Selection, person: Who) -> None:
    smells = list_smells(person, selection)
    found = [smell for smell in smells if smell.evidence]
    calm = [smell for smell in smells if not smell.evidence]
    st.header("Process smells", anchor=False)
    st.caption(
        "Habits of the way of working, never of a person. Where a record does not say enough to "
        f"judge, it is not looked at. The newest {LOOKED_AT} of the chosen incidents are read, "
        f"and the newest {READ} of their published post-mortems."
    )
    if not found:
        st.markdown(":material/check: None was found in these records.")
    for smell in found:
        show_smell(smell)
    if calm:
        st.subheader("Not found", anchor=False)
        st.markdown("\n".join(f"- {calm_words(smell)}" for smell in calm))


def show_smell(smell: Smell) -> None:
    with st.container(border=True):
        st.subheader(smell.name, anchor=False)
        st.markdown(f"{smell.meaning}\n\n**What to try.** {smell.to_try}")
        places = len(dict.fromkeys(each.id for each in smell.evidence))
        where = "one record" if places == 1 else f"{places:,} records"
        st.caption(f"Seen in {where}. Looked at: {smell.looked_at:,} {smell.unit}.")
        with st.expander("Where it shows"), lines(f"smell:{smell.key}"):
            for each in smell.evidence[:LISTED]:
                line(PAGES[each.shown], each.title, what(smell, each), object_id=each.id)
            if len(smell.evidence) > LISTED:
                st.caption(f"And {len(smell.evidence) - LISTED:,} more.")


def what(smell: Smell, each: Evidence) -> str:
    """A sentence that judges somebody would name them here: it is read in its place."""
    return "A sentence of it judges." if smell.key is SmellKey.BLAME else each.what


def calm_words(smell: Smell) -> str:
    if not smell.looked_at:
        return f"{smell.name}. The records do not say enough to judge."
    return f"{smell.name}. Looked at: {smell.looked_at:,} {smell.unit}."
