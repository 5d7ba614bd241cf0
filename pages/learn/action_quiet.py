"""Peace from reminders until a day, with the reason for everybody to read."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from models.rules.following.reminders import LONGEST_SNOOZE
from models.rules.policy import Who
from pages.components.problems import attempt
from services import clock
from services.action_rows import ActionRow
from services.reminders import snooze


def show_snooze(row: ActionRow, person: Who) -> None:
    today = clock.now().date()
    with st.popover("No reminders for now", type="tertiary", icon=":material/snooze:"):
        st.caption("The due date stays. Everybody who looks at the action sees this.")
        st.date_input(
            "Until",
            value=row.snoozed_until if row.snoozed_until and row.snoozed_until > today else None,
            min_value=today + timedelta(days=1),
            max_value=today + LONGEST_SNOOZE,
            key=f"{row.id}:until",
            format="YYYY-MM-DD",
        )
        st.text_input("Because", key=f"{row.id}:why_quiet", value=row.snooze_reason)
        st.button("No reminders", key=f"{row.id}:quiet", on_click=save_snooze, args=(row, person))
        if row.snoozed_until:
            st.button(
                "Remind again", key=f"{row.id}:loud", type="tertiary",
                on_click=end_snooze, args=(row, person),
            )  # fmt: skip


def save_snooze(row: ActionRow, person: Who) -> None:
    until, why = st.session_state[f"{row.id}:until"], st.session_state[f"{row.id}:why_quiet"]
    if until is None:
        st.session_state[f"problem:{row.id}"] = "Choose the day until which nobody is reminded."
        return
    attempt(lambda: snooze(person, row.id, until, why, row.snoozed_until), at=row.id)


def end_snooze(row: ActionRow, person: Who) -> None:
    attempt(lambda: snooze(person, row.id, None, "", row.snoozed_until), at=row.id)
