"""A person follows up every action of every post-mortem: whose, until when, done or not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from models.rules.lifecycle import EDITABLE
from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus, label
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.problems import attempt, escape, problems_shown, show_problem
from pages.components.session import who
from pages.learn.action_edits import DUE, OWNER, STATUS, STATUSES, save_edits
from pages.learn.action_filters import NUMBER, asked, show_filters
from services.action_list import ActionList, WantedActions, find_actions, wanted_actions
from services.actions import ActionRow, save_action
from services.people import list_people

PAGE = 50
WAITING, ROUND, SAVED = "actions:waiting", "actions:round", "actions:saved"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        wanted = wanted_actions(st.query_params)
        found = find_actions(person, wanted)
        page_head("Actions")
        if not found.total:
            show_empty()
            return
        show_done(found)
        show_filters(found, wanted, person)
        show_waiting(person)
        if not found.rows:
            show_nothing()
            return
        pages = -(-len(found.rows) // PAGE)
        if st.session_state.get(NUMBER, 1) > pages:  # the list has become shorter
            st.session_state.pop(NUMBER)
        first = (st.session_state.get(NUMBER, 1) - 1) * PAGE
        show_count(len(found.rows), first)
        show_table(found.rows[first : first + PAGE], person)
        if pages > 1:
            st.pagination(pages, key=NUMBER)


def show_done(found: ActionList) -> None:
    """Done ÷ (accepted and later − declined), with the numbers beside the percentage."""
    if not found.counted:
        return
    share = found.done / found.counted
    words = f"{found.done:,} of {found.counted:,} done ({share:.0%})"
    if found.declined:
        words += f", {found.declined:,} declined and not counted"
    st.progress(share, text=f"{words}. Proposals count once they are accepted.")


def show_count(count: int, first: int) -> None:
    shown = f"{first + 1:,} to {min(first + PAGE, count):,} of " if count > PAGE else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{shown}{count:,} {'action' if count == 1 else 'actions'}")
        if st.session_state.pop(SAVED, False):
            st.caption(":material/check: Saved")
        st.link_button(
            "Export as CSV",
            f"/export/actions.csv?{urlencode(asked())}",
            key="actions:csv",
            icon=":material/download:",
            type="tertiary",
        )


def show_table(rows: Sequence[ActionRow], person: Who) -> None:
    """Status, owner and due date are changed in their cells. The key follows what is drawn, so
    that an edit never meets another row or an older value."""
    table = [cells(row) for row in rows]
    drawn = hashlib.sha256(repr((st.session_state.get(ROUND, 0), table)).encode()).hexdigest()[:16]
    key = f"actions:table:{drawn}"
    people = [p.name for p in list_people(person) if p.is_active]
    owners = list(dict.fromkeys([*people, *(row.owner for row in rows if row.owner)]))
    column = st.column_config
    st.caption("Owners are people whom Hotwash knows. Add somebody new in Settings first.")
    st.data_editor(
        table,
        key=key,
        num_rows="fixed",
        hide_index=True,
        height="content",
        placeholder="–",
        row_height=66,  # two lines: actions are sentences
        on_change=save_table,
        args=(person, key, rows),
        disabled=["Action", "Late", "Source", "Type", "Priority"],
        column_config={
            "Action": column.TextColumn(width=250),
            STATUS: column.SelectboxColumn(options=list(STATUSES), required=True, width=105),
            OWNER: column.SelectboxColumn(options=owners, width=125),
            DUE: column.DateColumn(format="YYYY-MM-DD", width=100),
            "Late": column.TextColumn(width=72),
            "Source": column.LinkColumn(display_text="#(.*)", width=165),
            "Type": column.TextColumn(width=85),
            "Priority": column.TextColumn(width=75),
        },
    )


def cells(row: ActionRow) -> dict[str, Any]:
    return {
        "Action": row.text,
        STATUS: label(row.status),
        OWNER: row.owner or None,
        DUE: row.due_on,
        "Late": "Overdue" if row.overdue else "",
        "Source": link(row),
        "Type": label(row.type),
        "Priority": label(row.priority),
    }


def link(row: ActionRow) -> str | None:
    """The address of the post-mortem or exercise. Its title stands behind the #, from where the
    column of links takes what it shows."""
    if not row.postmortem_id and not row.run_id:
        return None
    page = "postmortem" if row.postmortem_status in EDITABLE else "published"
    page = page if row.postmortem_id else "after-action"
    title = quote(row.source_title.replace("#", "＃"), safe=" ;/?:@&=+$,!*'()~")
    return f"/{page}?{urlencode({'id': row.postmortem_id or row.run_id})}#{title}"


def show_waiting(person: Who) -> None:
    """Declining is a decision: it waits here for its reason."""
    waiting = st.session_state.get(WAITING)
    every = find_actions(person, WantedActions()).rows if waiting else ()
    row = next((row for row in every if row.id == waiting), None)
    if row is None:
        return
    with st.form(f"actions:decline:{row.id}"):
        st.markdown(f"Why was it decided not to do this: *{escape(row.text)}*")
        st.text_area(
            "Reason",
            key=f"actions:reason:{row.id}",
            placeholder="The reason becomes part of the record.",
            label_visibility="collapsed",
        )
        show_problem("decline")
        with st.container(horizontal=True):
            st.form_submit_button(
                "Decline it", type="primary", on_click=save_declined, args=(person, row)
            )
            st.form_submit_button("Leave it as it is", on_click=leave)


def show_empty() -> None:
    st.markdown(
        "There are no actions yet. They are written in a post-mortem, in the step Actions, and "
        "stay here until they are done or declined."
    )
    st.button(
        "See the post-mortems", key="actions:none", on_click=go_to, args=("learn/postmortems.py",)
    )


def show_nothing() -> None:
    st.markdown("No action fits these filters.")
    st.button("Show all actions", key="actions:all", on_click=st.query_params.clear)


def save_table(person: Who, key: str, rows: Sequence[ActionRow]) -> None:
    edits = st.session_state[key]["edited_rows"]

    def save() -> None:
        st.session_state[WAITING] = save_edits(person, rows, edits)

    st.session_state[SAVED] = attempt(save) and not st.session_state[WAITING]
    if not st.session_state[SAVED]:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1  # take the edits off the table


def save_declined(person: Who, row: ActionRow) -> None:
    reason = st.session_state[f"actions:reason:{row.id}"]
    changes = {"status": (row.status, ActionStatus.DECLINED), "reason": (row.reason, reason)}
    if attempt(lambda: save_action(person, row.id, changes), at="decline"):
        leave()


def leave() -> None:
    st.session_state.pop(WAITING, None)


show()
