"""The table of actions: status, owner and due date are changed in their cells, with the keyboard
too; rows that are ticked are changed together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from models.rules.following.history import DueMoves, moves_words
from models.rules.lifecycle import EDITABLE
from models.rules.policy import Who
from models.rules.vocabulary import label
from pages.components.problems import attempt
from pages.learn.action_edits import (
    DUE,
    OWNER,
    STATUS,
    STATUSES,
    TICK,
    Waiting,
    changed,
    save_edits,
)
from services.action_rows import ActionRow
from services.people import list_people

WAITING, ROUND, SAVED, CHOSEN = (
    "actions:waiting", "actions:round", "actions:saved", "actions:chosen",
)  # fmt: skip
_BEGAN = "actions:began"
FIXED = ["Action", "Late", "Source", "Kind"]


def show_table(rows: Sequence[ActionRow], moves: Mapping[str, DueMoves], person: Who) -> None:
    """Ticks are kept by the table itself; a new one begins with them."""
    key = table_key(rows)
    if st.session_state.get(_BEGAN, ("",))[0] != key:
        st.session_state[_BEGAN] = key, sorted(st.session_state.get(CHOSEN, ()))
    ticked = st.session_state[_BEGAN][1]
    table = [cells(row, moves.get(row.id)) for row in rows]
    people = [p.name for p in list_people(person) if p.is_active]
    owners = list(dict.fromkeys([*people, *(row.owner for row in rows if row.owner)]))
    st.caption(
        "Choose a cell to change status, owner or due date. Tick a row to open it, or several to "
        "change them together."
    )
    column = st.column_config
    st.data_editor(
        [{TICK: row.id in ticked, **line} for row, line in zip(rows, table, strict=True)],
        key=key,
        num_rows="fixed",
        hide_index=True,
        height="content",
        placeholder="–",
        row_height=84,  # four lines: actions are sentences
        on_change=save_table,
        args=(person, key, tuple(rows)),
        disabled=FIXED,
        column_config={
            TICK: column.CheckboxColumn(" ", width=42),
            "Action": column.TextColumn(width=190),
            STATUS: column.SelectboxColumn(options=list(STATUSES), required=True, width=92),
            OWNER: column.SelectboxColumn(
                options=owners,
                width=96,
                help="People whom Hotwash knows. Add somebody new in Settings first.",
            ),
            DUE: column.DateColumn(format="YYYY-MM-DD", width=90),
            "Late": column.TextColumn(width=118),
            "Source": column.LinkColumn(display_text="#(.*)", width=108),
            "Kind": column.TextColumn(width=80, help="The type, and the priority below it."),
        },
    )


def table_key(rows: Sequence[ActionRow]) -> str:
    """The same table goes on, with the keyboard where it is, as long as its rows stay and every
    cell that was edited in it holds what is saved. Otherwise an edit could meet another row, or
    hide what somebody else has changed since."""
    turn = st.session_state.get(ROUND, 0)
    ids = repr([row.id for row in rows])
    key = f"actions:table:{hashlib.sha256(ids.encode()).hexdigest()[:16]}:{turn}"
    edits = (st.session_state.get(key) or {}).get("edited_rows", {})
    if any(changed(rows[int(place)], edited) for place, edited in edits.items()):
        anew()
        return table_key(rows)
    return key


def cells(row: ActionRow, moves: DueMoves | None) -> dict[str, Any]:
    return {
        "Action": row.text,
        STATUS: label(row.status),
        OWNER: row.owner or None,
        DUE: row.due_on,
        "Late": late_words(row, moves),
        "Source": source_link(row),
        "Kind": f"{label(row.type)},\n{row.priority}",
    }


def late_words(row: ActionRow, moves: DueMoves | None) -> str:
    """Overdue, waiting with a reason, moved more than once."""
    said = ["overdue"] if row.overdue else []
    said += [f"quiet until {row.snoozed_until}"] if row.snoozed_until else []
    said += [words] if (words := moves_words(moves)) else []
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def source_page(row: ActionRow) -> tuple[str, str] | None:
    """The page below pages/ where an action was written, and the id to open there."""
    if row.postmortem_id:
        is_open = row.postmortem_status in EDITABLE
        return ("learn/workspace.py" if is_open else "learn/published.py"), row.postmortem_id
    return ("train/after_action.py", row.run_id) if row.run_id else None


def source_link(row: ActionRow) -> str | None:
    """The address of the post-mortem or exercise. Its title stands behind the #, from where the
    column of links takes what it shows."""
    if not row.postmortem_id and not row.run_id:
        return None
    page = "postmortem" if row.postmortem_status in EDITABLE else "published"
    page = page if row.postmortem_id else "after-action"
    title = quote(row.source_title.replace("#", "＃"), safe=" ;/?:@&=+$,!*'()~")
    return f"/{page}?{urlencode({'id': row.postmortem_id or row.run_id})}#{title}"


def save_table(person: Who, key: str, rows: Sequence[ActionRow]) -> None:
    """Takes the ticks over and saves the cells. A status that needs a proof or a reason waits."""
    state = st.session_state
    edits: dict[int, dict[str, Any]] = state[key]["edited_rows"]
    chosen = set(state.get(CHOSEN, ()))
    for position, edited in edits.items():
        if TICK in edited:
            (chosen.add if edited[TICK] else chosen.discard)(rows[int(position)].id)
    state[CHOSEN] = chosen
    if not any(changed(rows[int(position)], edited) for position, edited in edits.items()):
        return
    waiting: list[Waiting] = []
    went_well = attempt(lambda: waiting.extend(save_edits(person, rows, edits)))
    state[WAITING] = waiting[0] if waiting else None
    state[SAVED] = went_well and not waiting
    if not state[SAVED]:
        anew()


def anew() -> None:
    """The next table shows what is saved, without the edits of this one."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
