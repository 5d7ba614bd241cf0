"""The part of the agenda that is due: its time, what to ask, and how it goes on."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.agenda import AGENDA, PartKind
from pages.components.calm_clock import show_time_left
from pages.components.joining import show_join
from pages.components.pictures import is_phone
from pages.components.problems import escape
from pages.learn.meeting_coming_in import show_people, show_screen_link
from pages.learn.meeting_seen import Seen
from services import meetings

STEPS = {  # where in the workspace a part is written down
    PartKind.TIMELINE: ("timeline", "Open the timeline"),
    PartKind.WHYS: ("why", "Open the whys"),
    PartKind.LESSONS: ("learned", "Open what we learned"),
    PartKind.ACTIONS: ("actions", "Open the actions"),
    PartKind.CLOSE: ("publish", "Open the last step"),
}


def show_part(seen: Seen) -> None:
    asking, agenda = st.columns([5, 3], gap="large")
    with asking, st.container(border=True):
        show_questions(seen)
        if seen.view.leads:
            show_moves(seen)
    # On a phone one must not scroll past it to the cards.
    with agenda, st.expander("Agenda, people, code") if is_phone() else st.container():
        show_agenda(seen)
        show_people(seen)
        show_more(seen)


def show_questions(seen: Seen) -> None:
    part, box = seen.part, seen.view.now
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.subheader(part.title, anchor=False, width="content")
        show_time_left(
            box.minutes, box.seconds, running=seen.view.is_running, key=seen.key("clock")
        )
    label = "Read aloud: " if seen.view.leads else ""
    st.markdown(f"{label}{escape(part.read_aloud)}")
    lines = []
    for one in part.questions:
        why = "" if is_phone() else f"  \n  :small[:gray[{escape(one.why)}]]"
        lines.append(f"- **{escape(one.text)}**{why}")
    st.markdown("\n".join(lines))
    if seen.view.leads:
        st.caption(f":material/lightbulb: For you: {escape(part.guide)}")
    step, words = STEPS[part.kind]
    st.page_link(
        "learn/workspace.py",
        label=words,
        icon=":material/edit_note:",
        query_params={"id": seen.view.postmortem_id, "step": step},
    )


def show_moves(seen: Seen) -> None:
    """On and back, the break, the end. A button names the part that it leads to, so that a second
    click leads to the same."""
    place = seen.view.part
    with st.container(horizontal=True, vertical_alignment="center"):
        if place + 1 < len(AGENDA):
            st.button(
                f"Next: {AGENDA[place + 1].title}",
                key=seen.key(f"to:{place + 1}:on"),
                type="primary",
                icon=":material/arrow_forward:",
                on_click=seen.do,
                args=(meetings.move_to_part, place + 1),
            )
        if place:
            st.button(
                f"Back: {AGENDA[place - 1].title}",
                key=seen.key(f"to:{place - 1}:back"),
                icon=":material/arrow_back:",
                type="tertiary",
                on_click=seen.do,
                args=(meetings.move_to_part, place - 1),
            )
        running = seen.view.is_running
        st.button(
            "Pause the clock" if running else "Let the clock go on",
            key=seen.key(f"clock:{running}"),
            icon=":material/pause:" if running else ":material/play_arrow:",
            type="tertiary",
            on_click=seen.do,
            args=(meetings.set_clock,),
            kwargs={"running": not running},
        )
        with st.popover("End the meeting", icon=":material/flag:", type="tertiary"):
            st.markdown(
                "Cards and votes are then shown to everybody, and the record of the meeting is "
                "kept with the post-mortem. Cards can still be carried into it afterwards."
            )
            st.button(
                "End it", key=seen.key("end"), on_click=seen.do, args=(meetings.end_meeting,)
            )  # fmt: skip


def show_agenda(seen: Seen) -> None:
    """All parts with their minutes; what has been spent where somebody was already."""
    lines = []
    for place, (part, box) in enumerate(zip(AGENDA, seen.view.parts, strict=True)):
        spent = (
            f" ({-(-box.seconds // 60)} spent)" if box.seconds and place != seen.view.part else ""
        )
        words = f"{part.title} :small[:gray[{box.minutes} min{spent}]]"
        lines.append(
            f"{place + 1}. **{words}**" if place == seen.view.part else f"{place + 1}. {words}"
        )
    st.markdown("\n".join(lines))


def show_more(seen: Seen) -> None:
    """Coming late, going early, taking over."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover("Code", icon=":material/qr_code_2:", type="tertiary"):
            show_join(seen.view.join_code)
            show_screen_link(seen)
        if seen.view.leads:
            return
        with st.popover("Lead it", icon=":material/swap_horiz:", type="tertiary"):
            st.markdown(
                f"{escape(seen.view.facilitator)} leads the meeting now. Whoever leads keeps the "
                "time, shows the cards and carries them into the post-mortem."
            )
            st.button(
                "I lead the meeting",
                key=seen.key("lead"),
                on_click=seen.do,
                args=(meetings.lead_meeting,),
            )
        st.button(
            "I have to go",
            key=seen.key("leave"),
            icon=":material/logout:",
            type="tertiary",
            on_click=seen.do,
            args=(meetings.leave_meeting,),
        )
