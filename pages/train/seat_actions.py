"""What a seat can do at any time, in one row: each opens its small form below."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from models.rules.exercise import commands, events
from models.rules.exercise.scoring import rule_weights
from models.rules.scenario.shape import Rule
from models.rules.vocabulary import IncidentRole, label
from pages.components.problems import escape, show_problem
from pages.components.said import said
from pages.learn.incident_severity import begin
from pages.train.seat_form import AT, button, do, field, typed
from pages.train.seat_severity import show_severity
from pages.train.seat_update import show_update
from pages.train.seated import Seated

ROLES = (
    IncidentRole.COMMANDER,
    IncidentRole.COMMUNICATIONS,
    IncidentRole.EXPERT,
    IncidentRole.SCRIBE,
)
ACTIONS = {
    "declare": ":material/flag: Declare",
    "severity": ":material/speed: Severity",
    "roles": ":material/groups: Roles",
    "update": ":material/campaign: Update",
    "escalate": ":material/call_merge: Call in help",
    "report": ":material/fact_check: Report",
    "data": ":material/policy: Personal data",
    "note": ":material/sticky_note_2: Note",
}


def show_actions(seated: Seated) -> None:
    with st.container(border=True, key=seated.key("actions")):
        offered = [name for name in ACTIONS if name != "data" or has_data_duties(seated)]
        st.pills(
            "What you can do at any time",
            offered,
            key=seated.key("doing"),
            format_func=ACTIONS.__getitem__,
            on_change=open_form,
            args=(seated,),
        )
        show_problem(AT, live=True)
        if done := said(seated.key("done")):
            st.caption(f":material/check: {done}")
        form = FORMS.get(st.session_state.get(seated.key("doing")) or "")
        if form:
            form(seated)


def has_data_duties(seated: Seated) -> bool:
    return any(rule is Rule.GDPR_72H for rule, _ in rule_weights(seated.run.scenario))


def show_declare(seated: Seated) -> None:
    declared = seated.view.declared
    if declared is not None:
        st.markdown(f"The incident was declared at {seated.when(declared)}.")
        return
    field(seated, "declare", "What is wrong, in a sentence (optional)")
    button(seated, "Declare the incident", declare)


def show_roles(seated: Seated) -> None:
    if seated.view.roles:
        lines = [f"- {label(r)}: {escape(seated.seat_title(s))}" for r, s in seated.view.roles]
        st.markdown("\n".join(lines))
    role, seat = st.columns(2)
    role.selectbox("Role", ROLES, format_func=label, key=seated.key("role"))
    titles = {one.id: one.title for one in seated.run.scenario.seats}
    seat.selectbox("Seat", list(titles), format_func=titles.__getitem__, key=seated.key("role_of"))
    button(seated, "Assign", assign)


def show_escalate(seated: Seated) -> None:
    field(seated, "escalate", "Whom do you call in, and why?")
    button(seated, "Call in help", escalate)


REPORTS = {
    "mitigated": "The impact is smaller now: mitigated",
    "stable": "The service is stable: the wait before closing begins",
    "closed": "Close the incident",
}


def show_report(seated: Seated) -> None:
    st.radio(
        "What do you report?", list(REPORTS), key=seated.key("reporting"),
        format_func=REPORTS.__getitem__,
    )  # fmt: skip
    field(seated, "report", "What do you see that shows it?")
    button(seated, "Report it", report)


def show_data(seated: Seated) -> None:
    """First that personal data is affected, then whether the regulator is told."""
    aware = last(seated, events.Aware)
    if aware is None:
        field(seated, "aware", "What happened to which personal data, as far as you know?")
        st.caption("From this statement on the regulator's 72 hours run, on the story's clock.")
        button(seated, "State that personal data is affected", become_aware)
        return
    st.caption(f"Personal data is affected, stated at {seated.when(aware.story)}.")
    decided = last(seated, events.Notified)
    if decided is not None and isinstance(decided.what, events.Notified):
        notify = "to notify" if decided.what.notify else "not to notify"
        st.caption(f"Decided {notify} the regulator at {seated.when(decided.story)}.")
    st.radio(
        "The regulator", [True, False], key=seated.key("notify"),
        format_func=lambda yes: "Notify" if yes else "Do not notify: no risk to people is likely",
    )  # fmt: skip
    field(seated, "notify_why", "Why, in words that will stand in the file")
    button(seated, "Decide this", decide_notification)


def show_note(seated: Seated) -> None:
    field(seated, "note", "A note for the talk afterwards")
    button(seated, "Keep the note", keep_note)


FORMS: dict[str, Callable[[Seated], None]] = {
    "declare": show_declare,
    "severity": show_severity,
    "roles": show_roles,
    "update": show_update,
    "escalate": show_escalate,
    "report": show_report,
    "data": show_data,
    "note": show_note,
}


def last(seated: Seated, kind: type[events.Happening]) -> events.Event | None:
    return next((x for x in reversed(seated.run.log) if isinstance(x.what, kind)), None)


# --- from callbacks ----------------------------------------------------------------------------


def open_form(seated: Seated) -> None:
    if st.session_state[seated.key("doing")] == "severity":
        begin(seated.run.id)


def declare(seated: Seated) -> None:
    do(seated, "The incident is declared", "declare", commands.declare, typed(seated, "declare"))


def assign(seated: Seated) -> None:
    role, seat = st.session_state[seated.key("role")], st.session_state[seated.key("role_of")]
    do(seated, "The role is assigned", "role", commands.set_role, role, seat)


def escalate(seated: Seated) -> None:
    do(seated, "Help is called in", "escalate", commands.escalate, typed(seated, "escalate"))


def report(seated: Seated) -> None:
    kind, text = st.session_state[seated.key("reporting")], typed(seated, "report")
    change, words = {
        "mitigated": (commands.mitigate, "Reported as mitigated"),
        "stable": (commands.report_stable, "Reported as stable"),
        "closed": (commands.close, "The incident is closed"),
    }[kind]
    do(seated, words, "report", change, text)


def become_aware(seated: Seated) -> None:
    do(seated, "Stated; the 72 hours run", "aware", commands.become_aware, typed(seated, "aware"))


def decide_notification(seated: Seated) -> None:
    notify, why = st.session_state[seated.key("notify")], typed(seated, "notify_why")
    do(seated, "Decided", "notify_why", commands.decide_notification, notify, why)


def keep_note(seated: Seated) -> None:
    do(seated, "The note is kept", "note", commands.note, typed(seated, "note"))
