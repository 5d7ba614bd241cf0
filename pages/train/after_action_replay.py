"""A run again, step by step: what happened, what it changed, and what each seat saw then."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.replay import Replay, Step
from models.rules.exercise.views import Inbox, SeatView
from models.rules.policy import Who
from models.rules.scenario.expressions import Value
from models.rules.vocabulary import label
from pages.components.pictures import is_phone
from pages.components.problems import escape
from pages.components.prose import show_prose
from pages.components.words import severity_badge
from pages.train.seat_evidence import show_evidence
from pages.train.seat_inbox import CHANNELS
from pages.train.seated import clock_words
from reports.exercise_rows import GROUP_NAMES
from services.exercise_log import Run
from services.exercise_reviews import get_replay

AROUND = 4  # steps before and after the one shown
LONG = 44  # characters of a step in the list
OPEN = 3  # messages that are shown whole
KINDS = GROUP_NAMES | {"table": "At the table", "facilitator": "Facilitator", "work": "Work"}


@st.fragment
def show_replay(person: Who, run: Run) -> None:
    replay = get_replay(person, run.id)
    if not replay.steps:
        st.markdown("Nothing happened in this run.")
        return
    place = show_controls(run, replay)
    happened, seen = st.columns(2, gap="large")
    with happened:
        show_step(replay, place)
        show_around(run, replay, place)
    with seen:
        show_screen(run, replay, replay.steps[place])


def show_controls(run: Run, replay: Replay) -> int:
    """The step to show: by the slider, the buttons, or their keys."""
    key, last = f"{run.id}:step", len(replay.steps)
    place = min(max(st.session_state.get(key, 1), 1), last)
    st.session_state[key] = place
    if last > 1:
        st.slider(f"Step, of {last:,}", 1, last, key=key)
    with st.container(horizontal=True, vertical_alignment="center"):
        for words, icon, shortcut, to in (
            ("Back", ":material/chevron_left:", "B", place - 1),
            ("Next", ":material/chevron_right:", "N", place + 1),
            (
                "Previous decision",
                ":material/skip_previous:",
                "Shift+B",
                decided(replay, place, -1),
            ),
            ("Next decision", ":material/skip_next:", "Shift+N", decided(replay, place, 1)),
        ):
            st.button(
                words,
                key=f"{run.id}:go:{words}",
                icon=icon,
                shortcut=None if is_phone() else shortcut,
                disabled=not 1 <= to <= last,
                on_click=go,
                args=(key, to),
            )
    return place - 1


def decided(replay: Replay, place: int, way: int) -> int:
    """The nearest step with a decision before or after; 0 when there is none."""
    places = range(place + way, 0 if way < 0 else len(replay.steps) + 1, way)
    return next((n for n in places if replay.steps[n - 1].group == "decision"), 0)


def go(key: str, place: int) -> None:
    st.session_state[key] = place


def show_step(replay: Replay, place: int) -> None:
    step = replay.steps[place]
    with st.container(border=True, gap="small"):
        who = f" · {escape(step.who)}" if step.who else ""
        st.markdown(
            f":small[:gray[Minute {step.story // 60:,} · {clock_words(step.at)} · "
            f"{KINDS[step.group]}{who}]]  \n**{escape(step.text)}**"
        )
        if step.override:
            st.caption("Decided by the facilitator in place of the team.")
        if changes := changed_words(replay, step):
            st.markdown("It changed\n\n" + "\n".join(f"- {line}" for line in changes))
        titles = {seat.id: seat.title for seat in replay.scenario.seats}
        reached = [titles[seat] for seat in step.reached]
        st.caption(f"Seen by: {escape(', '.join(reached)) or 'nobody at the table'}")
        st.caption("Customers are hurt." if step.impact else "Customers are not hurt.")


def changed_words(replay: Replay, step: Step) -> list[str]:
    lines = []
    for name in step.changed:
        variable, value = replay.scenario.state[name], step.state[name]
        unit = f" {escape(variable.unit)}" if variable.unit else ""
        hidden = "" if variable.visible == "all" else " :small[:gray[behind the story]]"
        lines.append(
            f"{escape(name.replace('_', ' '))}: {escape(value_words(value))}{unit}{hidden}"
        )
    return lines


def value_words(value: Value) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def show_around(run: Run, replay: Replay, place: int) -> None:
    """The steps before and after, to see where one is and to go there."""
    first = max(0, place - AROUND)
    with st.container(key=f"lines-{run.id}", gap=None):
        for n, step in enumerate(replay.steps[first : place + AROUND + 1], start=first):
            words = step.text if len(step.text) <= LONG else f"{step.text[:LONG].rstrip()}…"
            st.button(
                f"{'**' if n == place else ''}{step.story // 60:,} min · {escape(words)}"
                f"{'**' if n == place else ''}",
                key=f"{run.id}:around:{n}",
                type="tertiary",
                on_click=go,
                args=(f"{run.id}:step", n + 1),
            )


def show_screen(run: Run, replay: Replay, step: Step) -> None:
    """What the chosen seat had in front of it right after the step."""
    titles = {seat.id: seat.title for seat in replay.scenario.seats}
    seat = st.selectbox(
        "What this seat saw", list(titles), key=f"{run.id}:seat", format_func=titles.__getitem__
    )
    view = replay.seen_by(seat, step.event)
    with st.container(border=True, gap="small"):
        show_situation(view, titles)
        show_question(view)
        if not view.inbox:
            st.caption("No message had come yet.")
        for message in reversed(view.inbox[-OPEN:]):
            show_message(message, f"{run.id}:{seat}")
        if earlier := view.inbox[:-OPEN]:
            st.caption("Earlier")
            lines = [f"- {clock_words(one.at)} {escape(one.title)}" for one in reversed(earlier)]
            st.markdown("\n".join(lines))


def show_situation(view: SeatView, titles: dict[str, str]) -> None:
    parts = [clock_words(view.at), severity_badge(view.severity)]
    parts.append("declared" if view.declared is not None else "not declared")
    st.markdown(" · ".join(parts))
    known = [
        *(
            f"{one.name.replace('_', ' ')} {value_words(one.value)} {one.unit}".strip()
            for one in view.variables
        ),
        *(f"{label(role)}: {titles.get(seat, seat)}" for role, seat in view.roles),
    ]
    if known:
        st.caption(escape(" · ".join(known)))
    if view.under_way:
        st.caption(f"Under way: {escape(view.under_way)}")


def show_question(view: SeatView) -> None:
    """The decision that stood open, with its ways on."""
    if view.decision is None:
        return
    with st.container(border=True, gap="small"):
        st.markdown(":material/alt_route: A decision stood open")
        st.markdown("\n".join(f"- {escape(one.label)}" for one in view.decision.options))


def show_message(message: Inbox, key: str) -> None:
    icon, channel = CHANNELS[message.channel]
    sender = f" · {escape(message.sender)}" if message.sender else ""
    with st.container(border=True, gap="small"):
        st.markdown(
            f":small[:gray[{icon} {channel}{sender} · {clock_words(message.at)}]]  \n"
            f"**{escape(message.title)}**"
        )
        show_prose(message.body)
        show_evidence(message.evidence, f"{key}:{message.delivery}")
