"""What the archive shows by itself: this day in earlier years, and the way to what comes back."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.times import zone_named
from pages.components.problems import escape
from pages.components.words import severity_badge
from services.recurring import list_on_this_day


def show_before(person: Who) -> None:
    """A line for each anniversary; nothing on a day without one."""
    st.page_link(
        "learn/archive_factors.py",
        label="Contributing factors over time",
        icon=":material/repeat:",
        query_params={},
    )
    found = list_on_this_day(person)
    if not found:
        return
    with st.container(border=True, gap="xxsmall", key="archive-this-day"):
        st.markdown(":material/calendar_today: **On this day**")
        zone = zone_named(person.zone)
        for earlier in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                year = earlier.began_at.astimezone(zone).year
                st.page_link(
                    "learn/published.py",
                    label=f"{year}: {escape(earlier.title)}",
                    query_params={"id": earlier.postmortem_id},
                )
                st.markdown(severity_badge(earlier.severity), width="content")
