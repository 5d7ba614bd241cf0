"""The list of many files: a row for each, with what was understood of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.rules.vocabulary import label
from services.bring_in_folder import FileOutcome, FileState

ROWS = 100  # files in the table at a time
SAID = {
    FileState.NEW: "New",
    FileState.KNOWN: "There already",
    FileState.PASSED_OVER: "No post-mortem",
    FileState.UNREADABLE: "Cannot be read",
}


def row_of(outcome: FileOutcome) -> dict[str, Any]:
    seen = outcome.preview
    new = [*seen.incidents, *seen.postmortems] if seen else []
    first = seen.postmortems[0] if seen and seen.postmortems else None
    return {
        "File": outcome.name,
        "State": SAID[outcome.state],
        "Comes in as": label(first.status) if first else ("Incident" if new else ""),
        "Published": (f"{first.publication.at:%-d %b %Y}" if first and first.publication else ""),
        "Title": new[0].title if new else "",
        "Events": f"{sum(len(record.events) for record in new):,}" if new else "",
        "Lines not used": f"{len(seen.reading.unread):,}" if seen else "",
        "Why": outcome.problem,
    }


def show_rows(rows: Sequence[dict[str, Any]]) -> None:
    """Every file with what was understood; those that need somebody come first."""
    order = list(SAID.values())[::-1]
    ordered = sorted(rows, key=lambda row: order.index(row["State"]))
    page = 1
    if len(ordered) > ROWS:
        page = st.pagination(-(-len(ordered) // ROWS), key="bring_in:folder:page")
    shown = ordered[(page - 1) * ROWS : page * ROWS]
    columns = [name for name in shown[0] if any(row[name] for row in shown)]
    st.dataframe(
        [{name: row[name] for name in columns} for row in shown],
        hide_index=True,
        width="stretch",
        column_config={
            "File": st.column_config.TextColumn(width=260),
            "State": st.column_config.TextColumn(width=120),
            "Comes in as": st.column_config.TextColumn(width=100),
            "Published": st.column_config.TextColumn(width=100),
            "Title": st.column_config.TextColumn(width="medium"),
            "Why": st.column_config.TextColumn(width="large"),
        },
    )
