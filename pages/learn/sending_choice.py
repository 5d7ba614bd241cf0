"""What is to be sent, and to which lists."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.vocabulary import Audience
from pages.components.address import whole_address
from pages.components.export import ABOUT, TITLES
from pages.components.problems import attempt, escape_label, show_problem
from services.distribution import Wish, prepare
from services.distribution_lists import list_lists
from services.settings import settings


def show_choice(postmortem_id: str, revision: int, me: Who) -> None:
    key = f"{postmortem_id}:send"
    lists = {row.id: row for row in list_lists(me)}
    with st.container(border=True):
        if not any(row.members for row in lists.values()):
            st.markdown("Nobody is on a list yet. Put the addresses of those who should read it "
                        "on one first.")  # fmt: skip
            show_way_to_lists("Fill a list", f"{key}:fill")
            return
        st.pills(
            "To",
            list(lists),
            selection_mode="multi",
            key=f"{key}:lists",
            format_func=lambda i: (
                f"{escape_label(lists[i].name)} ({lists[i].members or 'nobody yet'})"
            ),
            on_change=look_again,
        )
        audience = st.segmented_control(
            "Document",
            list(TITLES),
            key=f"{key}:audience",
            default=Audience.FULL,
            required=True,
            format_func=TITLES.__getitem__,
            on_change=look_again,
        )
        st.caption(ABOUT[audience])
        st.checkbox(
            "Roles in place of names",
            value=audience is Audience.LEADERSHIP,
            key=f"{key}:redact:{audience}",
            help="“The incident commander” in place of a name, everywhere in the document, its "
            "title and the mail. Choose this when it leaves the team.",
            on_change=look_again,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Look at it first",
                key=f"{key}:look",
                icon=":material/visibility:",
                type="secondary" if st.query_params.get("sending") else "primary",
                disabled=not st.session_state[f"{key}:lists"],
                on_click=look,
                args=(postmortem_id, revision, me, link_to(postmortem_id)),
            )
            show_way_to_lists("Change the lists", f"{key}:change")
        show_problem(f"{key}:look")


def show_way_to_lists(words: str, key: str) -> None:
    with st.container(key=key):
        st.page_link("setup/settings.py", label=words, icon=":material/group:",
                     query_params={"tab": "Mail"})  # fmt: skip


def link_to(postmortem_id: str) -> str:
    """Where recipients read it: the address that the settings name, or that of this browser."""
    path = f"/published?id={postmortem_id}"
    return f"{settings().address}{path}" if settings().address else whole_address(path)


def look_again() -> None:
    """Something else is chosen: what was looked at is not what would go out."""
    st.query_params.pop("sending", None)


def look(postmortem_id: str, revision: int, me: Who, link: str, again: bool = False) -> None:
    key, state = f"{postmortem_id}:send", st.session_state
    audience = state[f"{key}:audience"]
    wish = Wish(
        postmortem_id,
        revision,
        audience,
        redact=state[f"{key}:redact:{audience}"],
        list_ids=tuple(state[f"{key}:lists"]),
        again=again,
    )
    show_prepared(wish, me, link)


def show_prepared(wish: Wish, me: Who, link: str) -> None:
    """From a callback: makes the mail, and leaves it where the page finds it."""

    def make() -> None:
        st.query_params["sending"] = prepare(me, wish, link=link)

    attempt(make, at=f"{wish.postmortem_id}:send:look")
