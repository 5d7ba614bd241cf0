"""The team's thresholds for exercises: what the rules of response are measured by."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from pages.components.fields import number_field
from services.training_policy import MOST, get_thresholds, save_threshold

THRESHOLDS = {
    "declare_within_min": "Declare an incident within (minutes)",
    "ic_within_min": "Name a commander within (minutes)",
    "SEV0": "Updates at SEV0 every (minutes)",
    "SEV1": "Updates at SEV1 every (minutes)",
    "SEV2": "Updates at SEV2 every (minutes)",
    "escalate_after_min": "Call in help without progress after (minutes)",
    "stable_before_close_min": "Stable before closing for (minutes)",
    "customer_mail_within_min": "Write to customers within (minutes)",
    "gdpr_hours": "Decide about the regulator within (hours)",
}
ABOUT = {"gdpr_hours": "European law gives 72 hours from becoming aware. Less is stricter."}


def show_thresholds(person: Who) -> None:
    st.markdown(
        "What your team has agreed on. Exercises are measured by it, on the clock of the story; a "
        "scenario that sets a threshold of its own keeps it. A change counts for exercises that "
        "are opened from then on: what was played keeps its result."
    )
    saved = get_thresholds(person)
    with st.grid(3, min_column_width=260, gap="small"):
        for name, label in THRESHOLDS.items():
            with st.container():
                show_threshold(name, label, saved[name], person)


def show_threshold(name: str, label: str, saved: int, person: Who) -> None:
    def save(now: int | None, was: int | None) -> None:
        if now is None or was is None:
            raise ProblemForUser("Write a number; a rule needs something to measure by.")
        save_threshold(person, name, now, was)

    number_field(
        label,
        key=f"settings:threshold:{name}",
        saved=saved,
        save=save,
        most=MOST,
        help=ABOUT.get(name),
    )
