"""The head of the facilitator's screen: the story's clock and everything that moves it."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import facilitating
from pages.components.address import whole_address
from pages.components.joining import qr_code
from pages.components.problems import escape, show_problem
from pages.components.story_clock import show_countdown, show_story_clock
from pages.components.words import severity_badge
from pages.train.leading import Leading, lead, press

AT, ENDING = "clock", "clock:end"  # the latter in a popover, which hides what lies behind
PHASES = {
    "running": ":green-badge[:material/play_arrow: Running]",
    "paused": ":orange-badge[:material/pause: Paused]",
    "ended": ":gray-badge[:material/flag: Over]",
}


def show_clock(leading: Leading) -> None:
    view = leading.view
    running = view.phase == "running"
    with st.container(border=True, key=leading.key("clockbox")):
        facts = f"facts-{leading.run.id}"
        with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=facts):
            show_story_clock(
                leading.run.scenario.clock.start, view.story, speed=view.speed, running=running,
                key=leading.key("clock"),
            )  # fmt: skip
            st.markdown(f"{PHASES[view.phase]} {severity(leading)}", width="stretch")
            if following := next((one for one in view.following if not one.held), None):
                st.markdown(f":small[:gray[next: {escape(following.title)}]]", width="content")
                show_countdown(
                    following.due, view.story, speed=view.speed, running=running,
                    key=leading.key("next"), over="now",
                )  # fmt: skip
        with st.container():
            show_problem(AT, live=True)
        if leading.run.play.interrupted:
            st.caption(
                "The server was away, so the story stands still since it was last there. Go on "
                "when everybody is back."
            )
        if view.phase != "ended":
            show_controls(leading)


def severity(leading: Leading) -> str:
    declared = "declared" if leading.view.declared is not None else "not declared"
    return f"{severity_badge(leading.view.severity)} :small[:gray[{declared}]]"


def show_controls(leading: Leading) -> None:
    view = leading.view
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if view.phase == "paused":
            button(
                leading, "Go on", ":material/play_arrow:", facilitating.resume,
                primary=True, shortcut="P",
            )  # fmt: skip
        else:
            button(leading, "Pause", ":material/pause:", facilitating.pause, shortcut="P")
        button(
            leading, "Skip to the next", ":material/skip_next:", facilitating.skip,
            disabled=view.phase == "paused" or not view.following,
        )  # fmt: skip
        show_speed(leading)
        with st.popover("Code", icon=":material/qr_code_2:"):
            show_code(leading)
        with st.popover("End early", icon=":material/stop:"):
            show_end(leading)


def button(leading, name, icon, change, *, primary=False, disabled=False, shortcut=None) -> None:
    st.button(
        name,
        key=leading.key(change.__name__),
        icon=icon,
        type="primary" if primary else "secondary",
        disabled=disabled,
        shortcut=shortcut,
        on_click=press,
        args=(leading, change),
        kwargs={"at": AT},
    )


def show_speed(leading: Leading) -> None:
    most = leading.run.scenario.clock.speed_max
    speeds = [speed for speed in (1, 2, 5, 10, 20, 30, 60) if speed <= most]
    if len(speeds) == 1:
        return
    key = leading.key("speed")
    st.session_state[key] = leading.view.speed
    st.selectbox(
        "Speed of the story",
        speeds if leading.view.speed in speeds else [leading.view.speed, *speeds],
        key=key,
        format_func=lambda speed: f"{speed} ×",
        label_visibility="collapsed",
        width=90,
        help="Minutes of the story that pass in a minute.",
        on_change=set_speed,
        args=(leading,),
    )


def show_code(leading: Leading) -> None:
    code = leading.run.join_code
    address = whole_address(f"/join?code={code}")
    st.markdown(f"## {code[:3]} {code[3:]}")
    st.image(qr_code(address), width=200, alt=f"QR code of the address {address}")
    st.caption("Who comes late reads everything that has happened so far.")


def show_end(leading: Leading) -> None:
    st.markdown("The story stops here for everybody. What was done is kept and scored.")
    st.text_input("Why", key=leading.key("end:why"), placeholder="The hour is over")
    with st.container():
        show_problem(ENDING, live=True)
    st.button(
        "End the exercise", key=leading.key("end"), type="primary", on_click=end, args=(leading,)
    )


def set_speed(leading: Leading) -> None:
    factor = st.session_state[leading.key("speed")]
    lead(leading, facilitating.set_speed, factor, at=AT)


def end(leading: Leading) -> None:
    why = st.session_state[leading.key("end:why")]
    press(leading, facilitating.end, why or "Ended by the facilitator", at=ENDING)
