"""What the talk is at: the agenda with its clock, and the part that is due, or one looked at."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.agenda import (
    LONGEST_MIN,
    SHORTEST_MIN,
    Part,
    agenda,
    enough_minutes,
    without_time,
)
from pages.components.problems import attempt, escape, show_problem
from pages.train.debrief_clock import due_part, show_agenda
from pages.train.debrief_talk import Talk
from services import debriefs, exercises
from services.exercise_records import record_of

USUAL_MIN = 15
RULES = (
    "We talk about what the situation made easy or hard, and not about who was good. Nothing "
    "said here is used to judge anyone."
)


def parts_of(talk: Talk, minutes: int) -> tuple[Part, ...]:
    return agenda(talk.run.scenario, record_of(talk.run), minutes)


def show_before(talk: Talk) -> None:
    """Nobody has begun yet: whoever leads chooses how long, everybody else waits."""
    with st.container(border=True):
        show_problem("talk")
        if not talk.leads:
            st.markdown("The talk begins when the facilitator opens it. It appears here by itself.")
            st.markdown(RULES)
            show_take_over(talk)
            return
        st.markdown("Begin while it is fresh. Everybody writes alone first, then you talk.")
        minutes = st.slider(
            "Minutes", SHORTEST_MIN, LONGEST_MIN, USUAL_MIN, key=talk.key("minutes")
        )
        lines = [f"| {escape(part.title)} | {part.minutes} |" for part in parts_of(talk, minutes)]
        st.markdown("\n".join(["| Part | Minutes |", "| --- | ---: |", *lines]))
        show_without_time(talk, minutes)
        st.button(
            "Begin the hot wash",
            key=talk.key("begin"),
            type="primary",
            icon=":material/forum:",
            on_click=begin,
            args=(talk,),
        )
        st.caption("From then on everybody may read the feedback on the decisions, and the report.")


def show_without_time(talk: Talk, minutes: int) -> None:
    """What a talk of this length leaves out, and from when on nothing is left out."""
    scenario, record = talk.run.scenario, record_of(talk.run)
    left = without_time(scenario, agenda(scenario, record, minutes))
    if not left:
        return
    enough = enough_minutes(scenario, record)
    longer = f" From {enough} minutes on there is time for all." if enough else ""
    st.caption(f"No time for: {escape('; '.join(left))}.{longer}")


def show_take_over(talk: Talk) -> None:
    with st.popover("Nobody is there to lead it", type="tertiary"):
        st.markdown("Whoever leads chooses the length, keeps the time and shows the notes.")
        st.button("I lead the talk", key=talk.key("lead"), on_click=take_over, args=(talk,))


def show_agenda_box(talk: Talk) -> None:
    """The agenda with its clock, and what only those who lead can do."""
    parts = parts_of(talk, talk.run.debrief_minutes or USUAL_MIN)
    with st.container(border=True, key=talk.key("agenda_box")):
        show_agenda(parts, talk.passed, key=talk.key("agenda"))
        if left := without_time(talk.run.scenario, parts):
            st.caption(f"Not talked about, for lack of time: {escape('; '.join(left))}.")
        show_problem("talk")
        if talk.leads and talk.phase == "silent":
            show_hidden(talk)
        elif talk.leads:
            with st.popover("End the talk", icon=":material/flag:"):
                st.markdown("Notes and improvements can still be added afterwards.")
                st.button("End it", key=talk.key("end"), on_click=end, args=(talk,))
        elif talk.phase == "silent":
            st.caption(hidden_words(debriefs.count_notes(talk.person, talk.run.id)))
    show_part(talk, parts)


def show_hidden(talk: Talk) -> None:
    st.caption(hidden_words(debriefs.count_notes(talk.person, talk.run.id)))
    st.button(
        "Show the notes to everybody",
        key=talk.key("show"),
        type="primary",
        icon=":material/visibility:",
        on_click=show_all,
        args=(talk,),
    )


def hidden_words(count: int) -> str:
    if not count:
        return "No note was handed in yet. They stay hidden until the facilitator shows them."
    are = "1 note is" if count == 1 else f"{count} notes are"
    return f"{are} there, hidden from everybody but the writer until the facilitator shows them."


def show_part(talk: Talk, parts: tuple[Part, ...]) -> None:
    """The part that is due; one can look back and ahead."""
    due = due_part(parts, talk.passed)
    chosen = st.session_state.get(talk.key("part"))
    place = due if chosen is None else min(chosen, len(parts) - 1)
    part = parts[place]
    with st.container(border=True, key=talk.key("part_box")):
        mark = "" if place == due else " :small[:gray[not due now]]"
        st.subheader(escape(part.title) + mark, anchor=False)
        label = "Read aloud: " if talk.leads else ""
        st.markdown(f"{label}{escape(part.read_aloud)}")
        st.markdown("\n".join(f"- **{escape(question)}**" for question in part.questions))
        if part.evidence:
            st.caption("From the log")
            st.markdown("\n".join(f"- {escape(sentence)}" for sentence in part.evidence))
        if talk.leads and part.guide:
            st.caption(f":material/lightbulb: For you: {escape(part.guide)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            turn(talk, "Previous part", ":material/chevron_left:", place - 1, place == 0)
            turn(talk, "Next part", ":material/chevron_right:", place + 1, place == len(parts) - 1)
            if chosen is not None:
                turn(talk, "To what is due", ":material/schedule:", None, False)


def turn(talk: Talk, label: str, icon: str, place: int | None, disabled: bool) -> None:
    st.button(
        label,
        key=talk.key(f"turn:{label}"),
        icon=icon,
        type="tertiary",
        disabled=disabled,
        on_click=look_at,
        args=(talk, place),
    )


def look_at(talk: Talk, place: int | None) -> None:
    st.session_state[talk.key("part")] = place


def begin(talk: Talk) -> None:
    minutes = st.session_state[talk.key("minutes")]
    attempt(lambda: debriefs.start_debrief(talk.person, talk.run.id, minutes), at="talk")


def show_all(talk: Talk) -> None:
    attempt(lambda: debriefs.show_notes(talk.person, talk.run.id), at="talk")


def end(talk: Talk) -> None:
    attempt(lambda: debriefs.end_debrief(talk.person, talk.run.id), at="talk")


def take_over(talk: Talk) -> None:
    attempt(lambda: exercises.facilitate_too(talk.person, talk.run.id), at="talk")
