"""The meeting on the wall of a room: large, nothing to press, and only what all may see."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.agenda import PartKind
from models.rules.meeting.board import COLUMNS
from models.rules.meeting.ground_rules import GROUND_RULES
from models.rules.vocabulary import label
from pages.components.calm_clock import show_time_left
from pages.components.joining import show_join
from pages.components.problems import escape
from pages.components.prose import safe_markdown
from pages.learn.meeting_seen import Seen
from reports.phrasing import count
from services.meeting_look import GroupRow

SHOWN = 12  # groups; more cannot be read from the back of a room

# Everything is measured in the size of the root, so that this enlarges all of it. What leads away
# from the meeting is not for the wall.
_LARGE = """<style>
html { font-size: 150%; }
[data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"], [data-testid="stHeader"],
[data-testid="stExpandSidebarButton"] { display: none !important; }
[data-testid="stMainBlockContainer"] { padding: 1.5rem 2.5rem !important; }
</style>"""


def show_screen(seen: Seen) -> None:
    st.html(_LARGE)
    view = seen.view
    st.caption(escape(view.postmortem_title))
    if view.phase == "gathering":
        show_welcome(seen)
    elif view.phase == "running":
        show_running(seen)
    else:
        st.title("Thank you", anchor=False)
        st.markdown("The meeting is over. Two questions wait on your own screen.")


def show_welcome(seen: Seen) -> None:
    rules, join = st.columns([3, 2], gap="large")
    with rules:
        st.title("How we talk here", anchor=False)
        st.markdown("\n".join(f"- {escape(rule)}" for rule in GROUND_RULES))
    with join:
        show_join(seen.view.join_code, wide=280)
        st.markdown(f"**{count(seen.view.here, 'person', 'people')} here**")


def show_running(seen: Seen) -> None:
    part, box = seen.part, seen.view.now
    with st.container(horizontal=True, vertical_alignment="center", gap="large"):
        st.title(part.title, anchor=False, width="content")
        show_time_left(
            box.minutes, box.seconds, running=seen.view.is_running, key=seen.key("clock")
        )
    if part.kind is PartKind.LESSONS and seen.view.is_revealed:
        show_cards(seen)
        return
    st.markdown(escape(part.read_aloud))
    asked, join = st.columns([4, 1], gap="large")
    with asked:
        st.markdown("\n\n".join(f"**{escape(question.text)}**" for question in part.questions))
        if not seen.view.is_revealed and (cards := seen.view.others + len(seen.view.cards)):
            st.markdown(f":gray[{count(cards, 'card')} written so far, hidden until all are shown]")
    with join:
        st.caption(f"Join with {seen.view.join_code[:3]} {seen.view.join_code[3:]}")


def show_cards(seen: Seen) -> None:
    groups = seen.view.groups
    if seen.view.are_votes_shown:
        for group in groups[:SHOWN]:
            show_ranked(group)
        return
    with st.grid(len(COLUMNS), min_column_width=250, gap="small"):
        for kind in COLUMNS:
            with st.container(gap="small"):
                st.markdown(f"**{label(kind)}**")
                for group in (one for one in groups if one.kind is kind):
                    with st.container(border=True):
                        st.markdown(words_of(group))


def show_ranked(group: GroupRow) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(group.votes or 0, 'vote')}**", width="content")
        st.markdown(f"{words_of(group)} :small[:gray[{label(group.kind)}]]")


def words_of(group: GroupRow) -> str:
    """The name of the group, or the words of its card."""
    if group.title:
        return f"**{escape(group.title)}** :small[:gray[{count(len(group.cards), 'card')}]]"
    return "\n\n".join(safe_markdown(card.text) for card in group.cards)
