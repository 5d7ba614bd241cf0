"""The actions as cards, for a phone: each opens on its own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from models.rules.following.history import DueMoves
from models.rules.vocabulary import label
from pages.components.lines import lines
from pages.components.problems import escape
from pages.learn.action_table import late_words
from services.action_rows import ActionRow


def show_cards(rows: Sequence[ActionRow], moves: Mapping[str, DueMoves]) -> None:
    for row in rows:
        with lines(f"action-{row.id}"):
            st.page_link(
                "learn/action.py",
                label=f"**{escape(row.text)}**",
                query_params={"id": row.id},
            )
            due = f"due {row.due_on.day} {row.due_on:%b %Y}" if row.due_on else "no due date"
            late = late_words(row, moves.get(row.id))
            st.markdown(
                f":gray-badge[{label(row.status)}] {escape(row.owner or 'No owner')}, {due}"
                + (f"  \n**{escape(late)}**" if late else "")
                + f"  \n:small[:gray[{escape(row.source_title)}]]"
            )
