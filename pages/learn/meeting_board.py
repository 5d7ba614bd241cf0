"""The board of four columns: in silence one's own cards, then everybody's, with their votes."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.board import COLUMNS, LONGEST_CARD
from models.rules.vocabulary import LessonKind, label
from pages.components import unsaved
from pages.components.adding import add_field
from pages.components.fields import text_field
from pages.components.problems import attempt, show_problem
from pages.components.undoing import show_undo
from pages.components.wording import show_wording
from pages.learn.meeting_coming_in import promise
from pages.learn.meeting_groups import show_choosing, show_groups
from pages.learn.meeting_seen import Seen
from reports.phrasing import count
from services import meeting_board
from services.meeting_look import CardRow

HINTS = {
    LessonKind.WENT_WELL: "What helped, and should stay?",
    LessonKind.WENT_WRONG: "What got in the way?",
    LessonKind.GOT_LUCKY: "What kept it from being worse?",
    LessonKind.SURPRISED: "What was not as we believed?",
}


def show_board(seen: Seen) -> None:
    """The places of everything stay the same when the cards are shown, so that what is being
    written stays in its field."""
    with st.container():
        show_standing(seen)
    with st.grid(2, min_column_width=300, gap="small"):
        for kind in COLUMNS:
            with st.container(border=True, gap="small", key=seen.key(f"column:{kind}")):
                st.markdown(f"**{label(kind)}**")
                show_new(seen, kind)
                with st.container():
                    show_column(seen, kind)


def show_standing(seen: Seen) -> None:
    """How far the board is, and for the facilitator what comes next."""
    view = seen.view
    st.subheader("Cards", anchor=False)
    if view.is_revealed:
        show_choosing(seen)
        return
    others = count(view.others, "card") if view.others else "no card yet"
    st.markdown(f"Everybody writes alone. The others have written **{others}**.")
    st.caption(promise(view.is_anonymous))
    if view.leads:
        with st.popover("Show all cards", icon=":material/visibility:"):
            st.markdown(
                "From then on everybody reads every card, shuffled, and can vote. This cannot be "
                "taken back."
            )
            st.button(
                "Show them to everybody",
                key=seen.key("reveal"),
                type="primary",
                on_click=seen.do,
                args=(meeting_board.reveal_cards,),
            )


def show_new(seen: Seen, kind: LessonKind) -> None:
    is_late = seen.view.is_revealed

    def add(text: str, new_id: str) -> None:
        meeting_board.write_card(
            seen.person, seen.view.id, kind, text,
            secret=seen.secret, card_id=new_id, is_late=is_late,
        )  # fmt: skip

    add_field(
        f"A card for “{label(kind)}”",
        key=seen.key(f"new:{kind}"),
        add=add,
        placeholder=HINTS[kind],
        label_visibility="collapsed",
        ask="All cards are shown by now: everybody sees a new one at once." if is_late else "",
    )


def show_column(seen: Seen, kind: LessonKind) -> None:
    if seen.view.is_revealed:
        show_groups(seen, [group for group in seen.view.groups if group.kind is kind])
        return
    show_taken_back(seen, kind)
    for number, card in enumerate((one for one in seen.view.cards if one.kind is kind), 1):
        show_own(seen, card, number)


def show_own(seen: Seen, card: CardRow, number: int) -> None:
    """One's own card, to edit in place or to take back."""
    with st.container(horizontal=True, wrap=False, gap="xsmall"):
        with st.container(gap="xsmall"):
            text_field(
                f"Your card {number} for “{label(card.kind)}”",
                key=f"card:{card.id}:text",
                saved=card.text,
                save=lambda now, was: meeting_board.change_card(
                    seen.person, card.id, now, was, secret=seen.secret
                ),
                area=True,
                limit=LONGEST_CARD,
                label_visibility="collapsed",
            )
        st.button(
            "",
            key=f"card:{card.id}:take_back",
            icon=":material/close:",
            type="tertiary",
            help="Take back",
            on_click=take_back,
            args=(seen, card),
        )
    show_wording(card.text, seen.names)


def show_taken_back(seen: Seen, kind: LessonKind) -> None:
    """The last card that was taken back here can come again."""
    place = seen.key(f"taken:{kind}")
    if taken := st.session_state.get(place):
        show_problem(place, live=True)
        show_undo(taken[1], key=f"{place}:undo", on_click=bring_back, args=(seen, kind))


def take_back(seen: Seen, card: CardRow) -> None:
    def act() -> None:
        meeting_board.take_back_card(seen.person, card.id, secret=seen.secret)
        unsaved.let_go(f"card:{card.id}:text")
        st.session_state[seen.key(f"taken:{card.kind}")] = (card.id, card.text)

    attempt(act, at=seen.key("top"))


def bring_back(seen: Seen, kind: LessonKind) -> None:
    place = seen.key(f"taken:{kind}")
    taken = st.session_state.get(place)
    if taken is None:  # a second click
        return

    def act() -> None:
        card_id, text = taken
        meeting_board.write_card(
            seen.person, seen.view.id, kind, text, secret=seen.secret, card_id=card_id
        )
        del st.session_state[place]

    attempt(act, at=place)
