"""A person takes actions to the tracker of the team: sees what will be sent and sends it, or takes
it along as CSV; and sees how far the tickets are."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from models.rules.policy import Who
from models.rules.tickets.places import TRACKER_NAMES, Place, Tracker, place_name, tracker_of
from models.rules.vocabulary import ActionStatus
from pages.components.head import page_head
from pages.components.problems import attempt, escape, escape_label, problems_shown, show_problem
from pages.components.session import who
from pages.learn.action_filters import asked
from pages.learn.tickets_beside import show_ask, show_ticket
from services.action_list import find_actions, wanted_actions
from services.action_rows import ActionRow
from services.ticket_push import Outcome, Pushed, push
from services.tickets import Planned, list_places, list_tickets, plan_push

SHOWN = 50
ENDS = "tickets:ends"
PLANNED = (ActionStatus.ACCEPTED, ActionStatus.IN_PROGRESS)
MARKS = {
    Outcome.MADE: ":material/check:",
    Outcome.THERE: ":material/link:",
    Outcome.UNSURE: ":material/help:",
    Outcome.FAILED: ":material/error:",
}


def show() -> None:
    with problems_shown():
        person = who()
        page_head("To the tracker")
        with st.container(horizontal=True):
            st.page_link(
                "learn/actions.py", label="Back to the actions", icon=":material/checklist:",
                query_params=asked(),
            )  # fmt: skip
        rows, count = chosen_rows(person)
        if not rows:
            st.markdown(
                "No promised action fits. Go back and choose others: what is accepted or in "
                "progress can become a ticket."
            )
            return
        if count > len(rows):
            st.caption(f"The first {len(rows)} of {count:,} actions, by due date.")
        places = list_places()
        if places:
            show_push(rows, places, person)
        else:
            show_no_tracker()
        show_there(rows, person)
        show_files()


def chosen_rows(person: Who) -> tuple[Sequence[ActionRow], int]:
    """The promised actions that the filters of the address ask for, or those named in it."""
    wanted = asked()
    wanted.setdefault("status", ",".join(PLANNED))
    ids = [i for i in st.query_params.get("ids", "").split(",") if i]
    if not ids:
        found = find_actions(person, wanted_actions(wanted), size=SHOWN)
        return found.rows, found.count
    rows = [row for row in find_actions(person, wanted_actions({})).rows if row.id in ids]
    return rows[:SHOWN], len(rows)


def show_no_tracker() -> None:
    st.info(
        "Hotwash has no access to a tracker yet. Whoever runs it names a token and a place in the "
        "settings of the environment, as README.md says: HOTWASH_JIRA_…, HOTWASH_GITHUB_… or "
        "HOTWASH_LINEAR_…. Until then, the files below can be imported there."
    )


def show_push(rows: Sequence[ActionRow], places: Sequence[Place], person: Who) -> None:
    names = {tracker_of(place): place_name(place) for place in places}
    if len(places) > 1:
        st.segmented_control(
            "Tracker", list(names), key="tickets:tracker", format_func=names.__getitem__,
            default=next(iter(names)), required=True,
        )  # fmt: skip
    tracker = st.session_state.get("tickets:tracker") or next(iter(names))
    planned = plan_push(person, [row.id for row in rows], tracker)
    sent = [plan for plan in planned if not plan.why_not]
    show_ends()
    show_problem("tickets")
    if left_out := len({p.draft.action_id for p in planned if p.why_not} - ours(rows, person)):
        they = "1 action is" if left_out == 1 else f"{left_out} actions are"
        st.caption(f"{they} left out: a link to a ticket stands there already.")
    if not sent:
        st.markdown(f"Nothing is left to send to {escape(names[tracker])}.")
        return
    st.subheader("What will be sent", anchor=False)
    for plan in sent:
        show_planned(plan)
    chosen = [p.draft.action_id for p in sent if st.session_state[tick_of(p.draft.action_id)]]
    count = "1 action" if len(chosen) == 1 else f"{len(chosen)} actions"
    st.button(
        f"Send {count} to {escape_label(names[tracker])}",
        key="tickets:push", type="primary", icon=":material/send:", disabled=not chosen,
        on_click=send, args=(person, tuple(chosen), tracker),
    )  # fmt: skip
    st.caption("Each becomes one ticket, however often it is sent.")


def ours(rows: Sequence[ActionRow], person: Who) -> set[str]:
    """The actions that Hotwash sent to some tracker; they are listed below."""
    return set(list_tickets(person, [row.id for row in rows]))


def show_planned(plan: Planned) -> None:
    """The title with a tick, and behind it every word of the ticket."""
    key = tick_of(plan.draft.action_id)
    st.session_state.setdefault(key, True)
    with st.container(border=True, key=f"planned-{plan.draft.action_id}", gap="small"):
        st.checkbox(escape_label(plan.draft.title), key=key)
        with st.expander("The whole ticket"):
            st.text("\n".join(plan.draft.about))
            st.caption(escape(f"Labels: {', '.join(plan.draft.labels)}. Mark: {plan.draft.mark}"))


def tick_of(action_id: str) -> str:
    return f"tickets:tick:{action_id}"


def show_ends() -> None:
    """What became of each action of the last push, once."""
    ends: Sequence[Pushed] = st.session_state.pop(ENDS, ())
    for end in ends:
        draw = st.error if end.outcome is Outcome.FAILED else st.success
        draw = st.warning if end.outcome is Outcome.UNSURE else draw
        draw(f"{escape(end.text)}  \n{escape(end.message)}", icon=MARKS[end.outcome])


def show_there(rows: Sequence[ActionRow], person: Who) -> None:
    """The tickets that there are, or may be, with how far they are."""
    tickets = list_tickets(person, [row.id for row in rows])
    if not tickets:
        return
    st.subheader("In the tracker", anchor=False)
    for row in rows:
        for ticket in tickets.get(row.id, ()):
            with st.container(border=True, key=f"there-{row.id}-{ticket.tracker}", gap="small"):
                st.page_link(
                    "learn/action.py", label=f"**{escape(row.text)}**",
                    query_params={"id": row.id},
                )  # fmt: skip
                show_ticket(ticket, row, person)
    show_ask([row.id for row in rows if row.id in tickets], person)


def show_files() -> None:
    """The same as files for what imports them; all that the filters ask for."""
    st.subheader("As files", anchor=False)
    st.caption(
        "CSV of the actions that the filters choose. Jira: choose yyyy-MM-dd as the date format. "
        "GitHub: for the tool github-csv-tools. Linear: for its own import tool."
    )
    with st.container(horizontal=True):
        for tracker in Tracker:
            query = urlencode({"status": ",".join(PLANNED), **asked(), "format": tracker.value})
            st.link_button(
                f"For {TRACKER_NAMES[tracker]}", f"/export/actions.csv?{query}",
                key=f"tickets:csv:{tracker}", icon=":material/download:",
            )  # fmt: skip


def send(person: Who, action_ids: Sequence[str], tracker: Tracker) -> None:
    state = st.session_state
    attempt(lambda: state.update({ENDS: push(person, action_ids, tracker)}), at="tickets")


show()
