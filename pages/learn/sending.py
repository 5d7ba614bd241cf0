"""A person sends a published post-mortem to lists of people: chooses, looks at it, sends, and sees
what became of it."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import NotFound
from pages.components.head import page_head
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.learn.sending_choice import show_choice
from pages.learn.sending_preview import show_preview
from pages.learn.sending_record import show_record
from services.distribution import list_sent
from services.publishing import get_revision
from services.settings import settings


def show() -> None:
    with problems_shown():
        me = who()
        postmortem_id = st.query_params.get("id", "")
        try:
            record = get_revision(me, postmortem_id)
        except NotFound:
            show_not_published(postmortem_id)
            return
        number = record.publication.number if record.publication else 0
        page_head("Send by e-mail", f"{record.title} · revision {number}")
        st.page_link(
            "learn/published.py",
            label="Back to the post-mortem",
            icon=":material/arrow_back:",
            query_params={"id": record.id},
        )
        show_server()
        show_choice(record.id, number, me)
        show_prepared(me)
        show_sent(record.id, me)


def show_server() -> None:
    """That Hotwash cannot send by itself, and what works all the same."""
    if settings().mail is None:
        st.info(
            "Hotwash has no mail server, so it cannot send by itself. You can still look at the "
            "mail here and take it along: as a draft that your own mail program opens, or the "
            "document alone. Whoever runs Hotwash names a server in `HOTWASH_SMTP_HOST` and "
            "`HOTWASH_SMTP_FROM`.",
            icon=":material/mail_off:",
        )


def show_prepared(me: Who) -> None:
    """What was prepared, until it is sent."""
    if sending_id := st.query_params.get("sending", ""):
        show_preview(sending_id, me)


def show_sent(postmortem_id: str, me: Who) -> None:
    """What was sent before, and what became of it."""
    rows = list_sent(me, postmortem_id)
    st.header("Sent so far", anchor=False)
    if not rows:
        st.caption("Nothing yet. What you send is listed here, with what became of each message.")
        return
    show_record(rows, me)


def show_not_published(postmortem_id: str) -> None:
    """For an address that leads to no published revision."""
    page_head("Send by e-mail")
    st.markdown("Only what is published can be sent, and there is nothing published here.")
    st.page_link(
        "learn/workspace.py",
        label="Open the workspace",
        icon=":material/edit_note:",
        query_params={"id": escape(postmortem_id)},
    )


show()
