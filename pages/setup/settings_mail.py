"""Mail: the server, a test of it, and the lists that documents are sent to."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.sending.retrying import MailState
from models.rules.sending.server import Security
from pages.components.fields import text_field
from pages.components.problems import attempt, escape, escape_label, show_problem
from pages.components.said import said, say
from pages.components.words import when
from pages.setup.settings_lists import page_of, show_add
from services import distribution_lists as lists
from services.mail_address import get_email, save_email
from services.outbox import MailRow, last_test, send_test
from services.settings import settings

KEY = "settings:mail"
ON_ITS_WAY = (MailState.WAITING, MailState.SENDING)
SECURITY = {
    Security.NONE: "without encryption",
    Security.STARTTLS: "encrypted (STARTTLS)",
    Security.TLS: "encrypted (TLS)",
}


def show_email(person: Who) -> None:
    text_field(
        "Your e-mail address",
        key=f"settings:{person.person_id}:email",
        saved=get_email(person),
        save=lambda now, was: save_email(person, now, was),
        placeholder="ada@example.org",
        help="For reminders of your actions, and as organiser in calendars. Leave it empty to get "
        "no mail.",
    )


def show_mail(person: Who) -> None:
    show_server()
    if settings().mail:
        show_test(person)
    st.subheader("Distribution lists", anchor=False)
    st.markdown(
        "Those who read post-mortems without working on them. A published post-mortem is sent to "
        "one or more lists; everybody gets a mail of their own and sees nobody else's address."
    )
    show_add("list", person, lists.add_list)
    for row in page_of(lists.list_lists(person), "mail_lists"):
        with st.expander(f"{escape_label(row.name)} ({row.members:,})", key=f"{KEY}:{row.id}"):
            show_list(row, person)


def show_server() -> None:
    here = settings()
    if here.mail is None:
        st.info(
            "Hotwash has no mail server, so it sends nothing: no documents, and no reminders. "
            "Whoever runs it names one with `HOTWASH_SMTP_HOST` and `HOTWASH_SMTP_FROM`; the "
            "README lists the rest. Lists can be filled already.",
            icon=":material/mail_off:",
        )
    else:
        st.markdown(
            f"Mail goes out through **{escape(here.mail.host)}**, port {here.mail.port}, "
            f"{SECURITY[here.mail.security]}, from **{escape(here.mail.sender)}**."
        )
    if here.mail_domains:
        st.caption(f"Only to addresses at {escape(', '.join(here.mail_domains))}.")


def show_test(person: Who) -> None:
    """A message to oneself, and what became of the last one."""
    email = get_email(person)
    st.button(
        "Send a test message to me",
        key=f"{KEY}:test",
        icon=":material/send:",
        disabled=not email,
        help=None if email else "Give your e-mail address under “You” first.",
        on_click=lambda: attempt(lambda: send_test(person), at=f"{KEY}:test"),
    )
    show_problem(f"{KEY}:test")
    if row := last_test(person):
        live = st.fragment(show_last, run_every=2 if row.state in ON_ITS_WAY else None)
        live(person, row.state in ON_ITS_WAY)


def show_last(person: Who, was_moving: bool) -> None:
    if row := last_test(person):
        if was_moving and row.state not in ON_ITS_WAY:
            st.rerun()  # nothing more to wait for: the page stops asking
        st.caption(test_words(row, person))


def test_words(row: MailRow, person: Who) -> str:
    to = f"The test of {when(row.created_at, person.zone)} to {escape(row.address)}"
    if row.state is MailState.SENT:
        return f":material/check: {to} was taken by the mail server. Look whether it arrived."
    if row.problem:
        return f":material/error: {to}: {escape(row.problem)}"
    return f":material/schedule: {to} is on its way."


def show_list(row: lists.ListRow, person: Who) -> None:
    key = f"{KEY}:{row.id}"
    name, purpose = st.columns([1, 2])
    with name:
        text_field(
            "Name",
            key=f"{key}:name",
            saved=row.name,
            save=lambda now, was: lists.rename_list(person, row.id, now, was),
            limit=lists.NAME,
        )
    with purpose:
        text_field(
            "Purpose",
            key=f"{key}:purpose",
            saved=row.purpose,
            save=lambda now, was: lists.save_purpose(person, row.id, now, was),
        )
    show_members(row, person)
    with st.form(f"{key}:form", border=False):
        st.text_area(
            "Add addresses",
            key=f"{key}:new",
            placeholder="ada@example.org, Ben Okafor <ben@example.org>",
            help="As many as you like, with commas, semicolons or line ends between them.",
        )
        st.form_submit_button("Add", on_click=add, args=(row.id, person))
    show_problem(key)
    if added := said(f"{key}:added"):
        st.caption(f":material/check: {added}")
    with st.popover("Remove this list", type="tertiary", icon=":material/delete:"):
        st.markdown("The list and its addresses go. What was sent to it stays on the record.")
        st.button(
            "Remove it",
            key=f"{key}:remove",
            on_click=lambda: attempt(lambda: lists.remove_list(person, row.id), at=key),
        )


def show_members(row: lists.ListRow, person: Who) -> None:
    members = lists.list_members(person, row.id) if row.members else ()
    if not members:
        st.caption("Nobody is on this list yet.")
    for member in page_of(members, f"list:{row.id}"):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            name = f"{escape(member.name)} · " if member.name else ""
            st.markdown(f"{name}{escape(member.address)}")
            st.button(
                "Take off",
                key=f"{KEY}:{row.id}:{member.address}",
                type="tertiary",
                on_click=take_off,
                args=(row.id, member.address, person),
            )


def add(list_id: str, person: Who) -> None:
    key = f"{KEY}:{list_id}"
    pasted = st.session_state[f"{key}:new"]

    def add_them() -> None:
        added = lists.add_members(person, list_id, pasted)
        known = f", {added.known:,} were on it already" if added.known else ""
        say(f"{key}:added", f"{added.new:,} added{known}.")

    if attempt(add_them, at=key):
        st.session_state[f"{key}:new"] = ""


def take_off(list_id: str, address: str, person: Who) -> None:
    attempt(lambda: lists.remove_member(person, list_id, address), at=f"{KEY}:{list_id}")
