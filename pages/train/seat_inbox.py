"""The messages of a seat: the new ones open, the earlier ones closed, each with what came along."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import commands
from models.rules.exercise.views import Inbox
from models.rules.scenario.shape import Channel
from pages.components.problems import escape, show_problem
from pages.components.prose import safe_markdown
from pages.train.seat_evidence import show_evidence
from pages.train.seat_form import begin_anew, text_key, typed
from pages.train.seated import Seated, act, clock_words

CHANNELS = {
    Channel.ALERT: (":material/notifications_active:", "Alert"),
    Channel.CHAT: (":material/forum:", "Chat"),
    Channel.EMAIL: (":material/mail:", "Mail"),
    Channel.PHONE: (":material/call:", "Phone"),
    Channel.EXEC: (":material/business_center:", "Leadership"),
    Channel.CUSTOMER: (":material/support_agent:", "Customers"),
    Channel.STATUSPAGE: (":material/campaign:", "Status page"),
    Channel.SOCIAL: (":material/public:", "Social media"),
    Channel.TICKET: (":material/confirmation_number:", "Ticket"),
}


def split_inbox(seated: Seated) -> tuple[list[Inbox], list[Inbox]]:
    """(to read now, earlier), each with the newest first. To read now is what was not seen yet
    (playing alone: what came since the last decision), the last one, and the open decision's."""
    view = seated.view
    at_hand = {view.decision.delivery} if view.decision else set()
    at_hand |= {message.delivery for message in view.inbox[-1:]}
    choices = seated.run.play.choices
    since = choices[-1].seq if choices else 0
    fresh, earlier = [], []
    for message in reversed(view.inbox):
        new = message.delivery > since if seated.run.is_solo else not message.seen
        (fresh if new or message.delivery in at_hand else earlier).append(message)
    return fresh, earlier


def is_new(seated: Seated, message: Inbox) -> bool:
    """Whether it waits to be marked. Who plays alone has seen it by going on."""
    return not message.seen and not seated.run.is_solo


def show_newest(seated: Seated) -> None:
    if not seated.view.inbox:
        st.caption("No message yet. It appears here by itself.")
    fresh, _ = split_inbox(seated)
    unread = [message for message in fresh if is_new(seated, message)]
    if len(unread) > 2:
        st.button(
            f"Mark all {len(unread)} as seen",
            key=seated.key("seen:all"),
            type="tertiary",
            icon=":material/done_all:",
            on_click=mark_seen,
            args=(seated, unread),
        )
    for message in fresh:
        with st.container(border=True, key=seated.key(f"message:{message.delivery}")):
            show_message(seated, message, heading(seated, message))


def show_earlier(seated: Seated) -> None:
    _, earlier = split_inbox(seated)
    if not earlier:
        return
    st.markdown(f"**Earlier messages** :small[:gray[{len(earlier)}]]")
    show_folded(seated, earlier)


def show_folded(seated: Seated, messages: list[Inbox]) -> None:
    """A line for each, to open; what is inside is drawn only then."""
    for message in messages:
        icon, word = CHANNELS[message.channel]
        sender = f" · {escape(message.sender)}" if message.sender else ""
        opened = st.expander(
            f"{escape(message.title)} :small[:gray[{word}{sender} · {clock_words(message.at)}]]",
            icon=icon,
            key=seated.key(f"earlier:{message.delivery}"),
            on_change="rerun",
        )
        if opened.open:
            with opened:
                show_message(seated, message)


def heading(seated: Seated, message: Inbox) -> str:
    icon, word = CHANNELS[message.channel]
    new = " :blue-badge[New]" if is_new(seated, message) else ""
    sender = f" · {escape(message.sender)}" if message.sender else ""
    return (
        f":small[:gray[{icon} {word}{sender} · {clock_words(message.at)}]]{new}  \n"
        f"**{escape(message.title)}**"
    )


def show_message(seated: Seated, message: Inbox, above: str = "") -> None:
    if text := f"{above}\n\n{safe_markdown(message.body)}".strip():
        st.markdown(text)
    show_evidence(message.evidence, seated.key(f"evidence:{message.delivery}"))
    if message.answer:
        with st.container(border=True):
            st.caption("You answered")
            st.text(message.answer)
    problem = seated.key(f"answer:{message.delivery}:problem")
    show_problem(problem, live=True)
    if seated.view.phase == "ended":
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_new(seated, message):
            st.button(
                "Seen",
                key=seated.key(f"seen:{message.delivery}"),
                icon=":material/done:",
                on_click=mark_seen,
                args=(seated, [message]),
            )
        answering = st.toggle(
            "Answer in words" if not message.answer else "Answer anew",
            key=seated.key(f"answering:{message.delivery}"),
        )
    if answering:
        st.text_area(
            "Your answer", key=text_key(seated, f"answer:{message.delivery}"), height="content",
            persist_state="session", placeholder="What do you say, and to whom?",
        )  # fmt: skip
        st.button(
            "Send the answer",
            key=seated.key(f"send:{message.delivery}"),
            on_click=send_answer,
            args=(seated, message),
        )


def mark_seen(seated: Seated, messages: list[Inbox]) -> None:
    for message in messages:
        number = message.delivery
        act(seated, commands.mark_seen, number, at="page", what=f"seen:{number}")


def send_answer(seated: Seated, message: Inbox) -> None:
    """An answer is also a sign that the message was seen."""
    number = message.delivery
    text = typed(seated, f"answer:{number}")
    problem = seated.key(f"answer:{number}:problem")
    if act(seated, commands.answer, number, text, at=problem):
        if not message.seen:
            mark_seen(seated, [message])
        begin_anew(seated, f"answer:{number}")
        st.session_state[seated.key(f"answering:{number}")] = False
