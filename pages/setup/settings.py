"""A person keeps what the whole team chooses from, and their own time zone."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from pages.components.fields import choice_field
from pages.components.head import page_head
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.setup.settings_exercises import show_thresholds
from pages.setup.settings_lists import show_factors, show_people, show_services, show_teams
from pages.setup.settings_mail import show_email, show_mail
from pages.train.exercises_calendar import show_calendar
from services.database import where_data_lies
from services.people import list_zones, save_zone
from services.settings import settings

TABS = (
    "You", "Services", "Teams", "Contributing factors", "Exercises", "Mail", "People",
    "About this place",
)  # fmt: skip


def show() -> None:
    with problems_shown():
        person = who()
        page_head("Settings")
        parts = (
            show_you, show_services, show_teams, show_factors, show_thresholds, show_mail,
            show_people, show_about,
        )  # fmt: skip
        asked = st.query_params.get("tab", "")  # a link to one of them
        opened = asked if asked in TABS else TABS[0]
        for tab, part in zip(st.tabs(TABS, default=opened), parts, strict=True):
            with tab:
                part(person)


def show_you(person: Who) -> None:
    choice_field(
        "Your time zone",
        list_zones(),
        key=f"settings:{person.person_id}:zone",
        saved=person.zone,
        save=lambda now, was: save_zone(person, now, was),
        required=True,
        help="Type a city to find its zone. Times are shown and read in it, and stored in UTC.",
    )
    show_email(person)
    show_calendar(person)


def show_about(person: Who) -> None:
    here = settings()
    st.markdown(
        "**One trusted team.** There are no accounts and no passwords. Everybody who can open "
        "this address can choose any name, read everything and change everything; who did what is "
        "noted under the name they gave. Let only your team reach it: keep it on one machine, or "
        "behind a sign-in of your own."
    )
    st.markdown("**Where the data lies**")
    st.text(where_data_lies())
    st.caption("Incidents, post-mortems, pictures and files are all in this database.")
    st.markdown("**Documents**")
    st.markdown(
        f"The paper is **{here.paper}** unless another is chosen at an export. Whoever runs "
        "Hotwash sets it with `HOTWASH_PAPER` (A4 or Letter)."
    )
    st.markdown(f"People who are new begin with the zone **{escape(here.zone)}** (`HOTWASH_ZONE`).")


show()
