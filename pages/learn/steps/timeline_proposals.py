"""Corrections that somebody proposed for the timeline: made by anybody, decided by who leads."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from models.rules.discussion import EventWords, ProposalState
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.record import EventRecord, IncidentRecord
from models.rules.times import moment_text, parse_moment, zone_named
from models.rules.vocabulary import EventKind, label
from pages.components.problems import attempt, escape, show_problem
from pages.components.twice import is_second_click, note_done
from pages.components.words import when
from pages.learn.steps.timeline_more import day_help, last_day
from services.proposals import (
    ProposalRow,
    accept_proposal,
    decline_proposal,
    list_proposals,
    may_accept,
    propose,
)

MISSING, OPEN = "A line that is missing", ProposalState.OPEN


def show(postmortem_id: str, incident: IncidentRecord, chosen: list[EventRecord], me: Who) -> None:
    """The open proposals with before and after, those that were decided, and a form."""
    rows = [row for row in list_proposals(me, postmortem_id) if row.incident_id == incident.id]
    decides = may_accept(me, postmortem_id)
    open_ones = [row for row in rows if row.state is OPEN]
    decided = [row for row in rows if row.state is not OPEN]
    if open_ones:
        st.markdown("**Proposed corrections**")
    for row in open_ones:
        show_proposal(row, me, decides)
    if decided and st.toggle(
        f"Show {len(decided)} that {'was' if len(decided) == 1 else 'were'} decided",
        key=f"{incident.id}:decided",
    ):
        for row in decided:
            show_proposal(row, me, decides)
    if not decides:
        show_form(incident, chosen[0] if len(chosen) == 1 else None, me)


def show_proposal(row: ProposalRow, me: Who, decides: bool) -> None:
    with st.container(border=True, gap="xsmall", key=f"lines-{row.id}"):
        what = MISSING if row.event_id is None else "A correction"
        st.markdown(f"**{what}** :small[:gray[{escape(row.by)}, {when(row.at, me.zone)}]]")
        if row.is_removed:
            st.caption("About something that was removed:")
        elif row.changed_since:
            st.caption("Somebody changed the line since it was proposed. Now it says:")
        elif row.now:
            st.caption("Now:")
        if before := row.now or row.based_on:
            show_words(before, me)
        st.caption("Proposed:")
        show_words(row.proposed, me)
        if row.changed_since and row.based_on:
            st.caption("When it was proposed, it said:")
            show_words(row.based_on, me)
        show_problem(row.id)
        if row.state is not OPEN:
            verb = "Accepted" if row.state is ProposalState.ACCEPTED else "Not taken"
            word = f": {escape(row.word)}" if row.word else "."
            st.caption(f"{verb} by {escape(row.decided_by)}{word}")
        elif decides:
            show_deciding(row, me)
        else:
            st.caption("The owner or the facilitator decides about it.")


def show_words(words: EventWords, me: Who) -> None:
    at = moment_text(words.at, zone_named(me.zone))
    st.text(f"{at}, {label(words.kind).lower()}\n{words.text}")


def show_deciding(row: ProposalRow, me: Who) -> None:
    with st.container(horizontal=True):
        if not row.is_removed:
            st.button(
                "Accept",
                key=f"{row.id}:accept",
                icon=":material/check:",
                on_click=attempt,
                args=(lambda: accept_proposal(me, row.id, row.now),),
                kwargs={"at": row.id},
            )
        with st.popover("Leave it as it is", type="tertiary", key=f"{row.id}:declining"):
            st.text_input("Why, in a word", key=f"{row.id}:word")
            st.button("Leave it", key=f"{row.id}:decline", on_click=decline, args=(row.id, me))


def decline(proposal_id: str, me: Who) -> None:
    word = st.session_state[f"{proposal_id}:word"]
    attempt(lambda: decline_proposal(me, proposal_id, word), at=proposal_id)


def show_form(incident: IncidentRecord, event: EventRecord | None, me: Who) -> None:
    """For the line that is ticked, or for one that is missing."""
    key = f"{incident.id}:{event.id if event else 'missing'}:proposal"
    with st.expander("Propose a correction", icon=":material/rate_review:", key=f"{incident.id}:p"):
        st.caption(
            "For the line that you ticked." if event else
            "For a line that is missing. To correct one that is there, tick it in the table."
        )  # fmt: skip
        time, text, kind = st.columns([2, 5, 2], vertical_alignment="bottom")
        kinds = list(EventKind)
        time.text_input(
            "Time",
            moment_text(event.at, zone_named(me.zone)) if event else "",
            key=f"{key}:at",
            help=day_help(incident, me),
            placeholder="10:01",
        )
        text.text_input("What happened", event.text if event else "", key=f"{key}:text")
        kind.selectbox(
            "Kind", kinds, kinds.index(event.kind if event else EventKind.NOTE),
            key=f"{key}:kind", format_func=label,
        )  # fmt: skip
        show_problem(key)
        if said := st.session_state.pop(f"{incident.id}:proposed", ""):
            st.caption(f":material/check: {said}")
        st.button("Propose", key=f"{key}:send", on_click=send, args=(key, incident, event, me))


def send(key: str, incident: IncidentRecord, event: EventRecord | None, me: Who) -> None:
    state = st.session_state
    at, text, kind = (state[f"{key}:{name}"] for name in ("at", "text", "kind"))
    if not at.strip() and not text.strip() and is_second_click(key):
        return
    new_id = state.setdefault(f"{key}:id", uuid4().hex)

    def act() -> None:
        if not at.strip():
            raise ProblemForUser("Write when it happened, like 10:01.", field="time")
        zone = zone_named(me.zone)
        day = event.at.astimezone(zone).date() if event else last_day(incident, me)
        based_on = EventWords(event.at, event.text, event.kind) if event else None
        moment = event.at if event and at == moment_text(event.at, zone) else None
        proposed = EventWords(moment or parse_moment(at, zone, day), text, kind)
        propose(
            me, incident.id, proposed, based_on,
            event_id=event.id if event else None, proposal_id=new_id,
        )  # fmt: skip

    if attempt(act, at=key):
        state[f"{incident.id}:proposed"] = "Proposed. The owner or the facilitator decides."
        state.pop(f"{key}:id")
        note_done(key)
        if event is None:
            state[f"{key}:at"] = state[f"{key}:text"] = ""
