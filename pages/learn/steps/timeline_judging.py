"""Lines of the timeline that judge rather than state: pointed out, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from models.rules.policy import Who
from models.rules.record import EventRecord
from models.rules.wording import Finding, judges
from pages.components.problems import escape
from pages.components.words import when

MOST = 5  # shown at once


@lru_cache(maxsize=4096)
def _judges(text: str, names: tuple[str, ...]) -> tuple[Finding, ...]:
    return judges(text, names)


def show_judging(
    incident_id: str, shown: Sequence[EventRecord], names: Sequence[str], me: Who
) -> None:
    """The first findings on this page of the table, each with why and a way to say it."""
    people = tuple(names)
    found = [(event, finding) for event in shown for finding in _judges(event.text, people)[:1]]
    if not found:
        return
    one = "One line judges rather than states"
    title = one if len(found) == 1 else f"{len(found)} lines judge rather than state"
    with st.expander(title, icon=":material/balance:", expanded=True):
        for event, finding in found[:MOST]:
            st.markdown(
                f"**{when(event.at, me.zone)}** “{escape(finding.span)}”: "
                f"{escape(finding.why)} {escape(finding.suggestion)}"
            )
        if len(found) > MOST:
            st.caption(f"And {len(found) - MOST} more on this page of the table.")
        st.caption("These are suggestions; the words are yours.")
