"""Cards that everybody reads: votes for all; grouping and carrying for the facilitator."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.components.fields import text_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.prose import safe_markdown
from pages.components.said import said, say
from pages.learn.meeting_seen import Seen
from reports.phrasing import count
from services import meeting_board
from services.meeting_look import GroupRow


def show_choosing(seen: Seen) -> None:
    """What there is to do with the cards: vote, and for the facilitator group and carry."""
    view = seen.view
    if not view.groups:
        st.markdown("Nobody wrote a card. A thought that comes now can still be added below.")
        return
    if not view.are_votes_shown and view.phase == "running":
        st.markdown(
            f"You have given **{view.votes_given}** of your {count(view.votes_each, 'vote')}. "
            f"{view.voters} of {count(view.here, 'person', 'people')} voted so far. How many "
            "votes each card has is shown to all at once."
        )
    elif view.are_votes_shown:
        st.markdown("The cards with the most votes come first.")
    if view.leads:
        show_leading(seen)


def show_leading(seen: Seen) -> None:
    view, chosen = seen.view, chosen_in(seen)
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.phase == "running":
            if not view.are_votes_shown:
                st.button(
                    "Show the votes",
                    key=seen.key("show_votes"),
                    icon=":material/how_to_vote:",
                    on_click=seen.do,
                    args=(meeting_board.show_votes,),
                )
            st.button(
                "Group the chosen cards",
                key=seen.key("group"),
                icon=":material/join_inner:",
                disabled=len(chosen) < 2,
                on_click=group_chosen,
                args=(seen,),
            )
        st.button(
            "Carry the chosen into the post-mortem",
            key=seen.key("carry"),
            type="primary",
            icon=":material/arrow_forward:",
            disabled=not chosen or not view.is_editable,
            on_click=carry_chosen,
            args=(seen,),
        )
    if not view.is_editable:
        st.caption(
            "The words of the post-mortem are frozen. Reopen it on its last step to carry cards "
            "into it."
        )
    elif not chosen:
        st.caption("Choose cards with the boxes below.")
    if words := said(seen.key("carried")):
        st.caption(f":material/check: {words}")


def show_groups(seen: Seen, groups: Sequence[GroupRow]) -> None:
    for group in groups:
        with st.container(border=True, gap="small", key=seen.key(f"group:{group.id}")):
            show_group(seen, group)


def show_group(seen: Seen, group: GroupRow) -> None:
    """What comes and goes has a place that is always there: a popover below would close."""
    with st.container(gap="small"):
        if group.title:
            st.markdown(f"**{escape(group.title)}**")
        for card in group.cards:
            by = f"  \n:small[:gray[{escape(card.by)}]]" if card.by else ""
            st.markdown(f"{safe_markdown(card.text)}{by}")
    marks = []
    if group.votes is not None:
        marks.append(f":gray-badge[:material/how_to_vote: {count(group.votes, 'vote')}]")
    if group.is_carried:
        marks.append(":green-badge[:material/check: In the post-mortem]")
    with st.container():
        if marks:
            st.markdown(" ".join(marks))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if seen.view.phase == "running" and not seen.view.are_votes_shown:
            show_vote(seen, group)
        if seen.view.leads and not group.is_carried:
            st.checkbox("Choose", key=choice_key(seen, group.id))
        if seen.view.leads and len(group.cards) > 1 and seen.view.phase == "running":
            show_naming(seen, group)


def show_vote(seen: Seen, group: GroupRow) -> None:
    is_used_up = seen.view.votes_given >= seen.view.votes_each
    st.button(
        "Your vote" if group.is_mine else "Vote",
        key=seen.key(f"vote:{group.id}:{group.is_mine}"),
        icon=":material/check:" if group.is_mine else ":material/thumb_up:",
        type="primary" if group.is_mine else "secondary",
        help="Take your vote back" if group.is_mine else None,
        disabled=is_used_up and not group.is_mine,
        on_click=give_vote,
        args=(seen, group),
    )


def show_naming(seen: Seen, group: GroupRow) -> None:
    with st.popover("Group", icon=":material/edit:", type="tertiary"):
        text_field(
            "What they have in common",
            key=f"group:{group.id}:title",
            saved=group.title,
            save=lambda now, was: meeting_board.rename_group(seen.person, group.id, now, was),
            placeholder="A few words",
        )
        if not group.is_carried:
            st.button(
                "Take it apart",
                key=seen.key(f"apart:{group.id}"),
                icon=":material/call_split:",
                type="tertiary",
                on_click=seen.do,
                args=(meeting_board.take_apart, group.id),
            )
        show_problem(f"group:{group.id}", live=True)


def choice_key(seen: Seen, group_id: str) -> str:
    return seen.key(f"choose:{group_id}")


def chosen_in(seen: Seen) -> list[str]:
    """The ids of the groups whose box is ticked."""
    groups = (g for g in seen.view.groups if not g.is_carried)
    return [g.id for g in groups if st.session_state.get(choice_key(seen, g.id))]


def give_vote(seen: Seen, group: GroupRow) -> None:
    attempt(
        lambda: meeting_board.vote(seen.person, group.id, on=not group.is_mine),
        at=seen.key("top"),
    )


def group_chosen(seen: Seen) -> None:
    chosen = chosen_in(seen)
    if chosen and seen.do(meeting_board.group_together, chosen):
        let_go(seen, chosen)


def carry_chosen(seen: Seen) -> None:
    chosen = chosen_in(seen)
    if chosen and seen.do(meeting_board.carry, chosen):
        let_go(seen, chosen)
        say(seen.key("carried"), "The chosen cards stand under What we learned.")


def let_go(seen: Seen, chosen: list[str]) -> None:
    for group_id in chosen:
        st.session_state[choice_key(seen, group_id)] = False
