"""What a person was reminded of and has not taken off, and whether they are asked if it helped."""

from __future__ import annotations

from datetime import date

import streamlit as st

from models.rules.policy import Who
from pages.components.lines import line, lines
from pages.components.problems import attempt
from services.home import Home
from services.reminders import ReminderRow, take_off

ACTION, ACTIONS = "learn/action.py", "learn/actions.py"


def show_reminders(home: Home, person: Who) -> None:
    if home.reminders:
        st.subheader("Reminders for you", anchor=False)
        with lines("reminders"):
            for one in home.reminders:
                show_reminder(one, home.now.date(), person)
    if (more := home.reminders_count - len(home.reminders)) > 0:
        st.page_link(ACTIONS, label=f"All actions ({more:,} more like these)")
    if home.questions:
        count = "1 action" if home.questions == 1 else f"{home.questions:,} actions"
        st.page_link(
            ACTIONS, label=f"Did it help? {count} of yours can be judged now",
            icon=":material/help:",
        )  # fmt: skip


def show_reminder(one: ReminderRow, today: date, person: Who) -> None:
    days, on = (today - one.due_on).days, f"{one.due_on:%-d %b %Y}"
    ago = "1 day" if days == 1 else f"{days:,} days"
    words = f"Due {on}, {ago} ago" if days > 0 else f"Due {on}"
    if not one.yours:
        words += f". Its owner is {one.owner}" if one.owner else ". It has no owner"
    with st.container(horizontal=True, vertical_alignment="center", key=f"lines-of-{one.id}"):
        with st.container():
            line(ACTION, one.text, words, object_id=one.action_id)
        st.button(
            "Seen", key=f"home:seen:{one.id}", type="tertiary", icon=":material/check:",
            help="Takes it off this page. The action stays in the list of actions.",
            on_click=save_seen, args=(one.id, person),
        )  # fmt: skip


def save_seen(reminder_id: int, person: Who) -> None:
    attempt(lambda: take_off(person, reminder_id))
