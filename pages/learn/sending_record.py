"""What was sent, and what became of each message; another try where a person has to decide."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from models.rules.policy import Who
from models.rules.sending.retrying import MailState
from pages.components.export import TITLES
from pages.components.problems import attempt, escape, show_problem
from pages.components.words import when
from pages.setup.settings_lists import page_of
from services.distribution import SentRow
from services.outbox import MailRow, list_mail, try_again

LATEST = 10  # sendings on a page
ON_ITS_WAY = (MailState.WAITING, MailState.SENDING)
WORDS = {
    MailState.WAITING: "waiting",
    MailState.SENDING: "being sent",
    MailState.SENT: "sent",
    MailState.FAILED: "not sent",
    MailState.UNSURE: "may have been sent",
}


def show_record(rows: tuple[SentRow, ...], me: Who) -> None:
    shown = page_of(rows, "sent", size=LATEST)
    moving = on_its_way(list_mail(me, [row.id for row in shown]))
    live = st.fragment(show_all, run_every=2 if moving else None)
    live(shown, me, moving)


def show_all(rows: tuple[SentRow, ...], me: Who, was_moving: bool) -> None:
    mail = list_mail(me, [row.id for row in rows])
    if was_moving != on_its_way(mail):
        st.rerun()  # the page begins, or stops, to ask by itself
    for row in rows:
        show_one(row, mail[row.id], me)


def on_its_way(mail: dict[str, tuple[MailRow, ...]]) -> bool:
    return any(m.state in ON_ITS_WAY for found in mail.values() for m in found)


def show_one(row: SentRow, mail: tuple[MailRow, ...], me: Who) -> None:
    counts = Counter(m.state for m in mail)
    names = "with roles" if row.redacted else "with names"
    with st.container(border=True):
        st.markdown(
            f"**{TITLES[row.audience]}**, revision {row.revision}, {names}, to "
            f"{escape(', '.join(row.lists))}"
        )
        st.caption(f"{when(row.at, me.zone)}, by {escape(row.by)}")
        st.markdown(" ".join(badge(state, counts[state]) for state in WORDS if counts[state]))
        show_again(row, mail, me)
        late = [m for m in mail if m.problem]
        for m in page_of(late, f"sent:{row.id}:late", size=LATEST):
            show_problem_of(m, me)
        with st.expander("Every address"):
            part = page_of(mail, f"sent:{row.id}:all")
            st.table({"Address": [escape(m.address) for m in part],
                      "State": [WORDS[m.state].capitalize() for m in part],
                      "When": [when(m.sent_at, me.zone) for m in part]})  # fmt: skip


def badge(state: MailState, count: int) -> str:
    icon = {
        MailState.SENT: ":material/check:",
        MailState.FAILED: ":material/error:",
        MailState.UNSURE: ":material/help:",
    }.get(state, ":material/schedule:")
    return f":gray-badge[{icon} {count:,} {WORDS[state]}]"


def show_again(row: SentRow, mail: tuple[MailRow, ...], me: Who) -> None:
    """One button for all that failed: what stopped one mostly stopped the others too."""
    failed = [m.id for m in mail if m.state is MailState.FAILED]
    show_problem(f"{row.id}:again")
    if failed:
        st.button(
            "Try again" if len(failed) == 1 else f"Try all {len(failed):,} again",
            key=f"{row.id}:again",
            icon=":material/refresh:",
            on_click=try_them,
            args=(me, tuple(failed), MailState.FAILED, f"{row.id}:again"),
        )


def show_problem_of(m: MailRow, me: Who) -> None:
    with st.container(key=f"mail:{m.id}", gap="xxsmall"):
        st.text(f"{m.address} · {WORDS[m.state]}")
        said = f"{escape(m.problem.rstrip('.'))}."
        if m.state is MailState.WAITING:
            tried = "Tried once" if m.tries == 1 else f"Tried {m.tries} times"
            said += f" {tried}; the next try is at {when(m.next_try_at, me.zone)}."
        st.caption(said)
        if m.state is MailState.UNSURE:
            st.button(
                "Send it again",
                key=f"{m.id}:again",
                help="Ask them first whether they have it. The second mail carries the same mark "
                "(Message-ID) as the first, by which many mail programs show only one.",
                on_click=try_them,
                args=(me, (m.id,), MailState.UNSURE, f"{m.id}:again"),
            )
            show_problem(f"{m.id}:again")


def try_them(me: Who, messages: tuple[str, ...], seen: MailState, place: str) -> None:
    attempt(lambda: try_again(me, messages, seen), at=place)
