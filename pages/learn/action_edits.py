"""What was changed in the table of actions, saved. Edits are positional: each is taken through
the rows that were drawn, with the values that the person saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.rules.following.life import OVER
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.vocabulary import ActionStatus, label
from services.action_rows import ActionRow
from services.actions import Refused, save_actions

TICK, STATUS, OWNER, DUE = "Tick", "Status", "Owner", "Due"
STATUSES = {label(status): status for status in ActionStatus}


@dataclass(frozen=True)
class Waiting:
    """Actions that become done or declined as soon as somebody says what shows it, or why."""

    action_ids: tuple[str, ...]
    status: ActionStatus


def save_edits(
    person: Who, drawn: Sequence[ActionRow], edits: Mapping[int, Mapping[str, Any]]
) -> tuple[Waiting, ...]:
    """Saves every edited cell in one transaction. Returns the actions that wait for a proof or a
    reason. Raises ProblemForUser at the end when some could not be saved, naming each; the others
    are."""
    wanted: dict[str, dict[str, tuple[Any, Any]]] = {}
    waiting: dict[ActionStatus, list[str]] = {}
    for position, cells in edits.items():
        row = drawn[int(position)]
        changes = changed(row, cells)
        status = changes.get("status", (None, None))[1]
        if status in OVER and (row.status in OVER or not row.reason):
            del changes["status"]
            waiting.setdefault(status, []).append(row.id)
        if changes:
            wanted[row.id] = changes
    tell(save_actions(person, wanted) if wanted else (), wanted)
    return tuple(Waiting(tuple(ids), status) for status, ids in waiting.items())


def save_together(
    person: Who, rows: Sequence[ActionRow], now: Mapping[str, Any], word: str = ""
) -> None:
    """Gives every row the same owner, due date or status, in one transaction; `word` is the proof
    or reason. Raises ProblemForUser as `save_edits`."""
    wanted = {}
    for row in rows:
        changes = {field: (getattr(row, field), value) for field, value in now.items()}
        if "status" in now and now["status"] in OVER and now["status"] != row.status:
            changes["reason"] = row.reason, word
        wanted[row.id] = changes
    tell(save_actions(person, wanted), wanted)


def tell(refused: Sequence[Refused], wanted: Mapping[str, Mapping[str, tuple[Any, Any]]]) -> None:
    """Raises ProblemForUser that names every action that stayed as it was, and why."""
    same: dict[str, list[str]] = {}
    for one in refused:
        why = f"{one.message} You chose {in_words(wanted[one.action_id])}."
        same.setdefault(why, []).append(f"“{one.text}”")
    if same:
        raise ProblemForUser(
            " ".join(
                f"{', '.join(names)} {'was' if len(names) == 1 else 'were'} not changed. {why}"
                for why, names in same.items()
            )
        )


def in_words(changes: Mapping[str, tuple[Any, Any]]) -> str:
    """What somebody chose, to be repeated when it could not be saved."""
    names = {"status": STATUS, "owner": OWNER, "due_on": DUE}
    return ", ".join(
        f"{names[field]}: {label(now) if field == 'status' else now or 'none'}"
        for field, (_, now) in changes.items()
        if field in names
    )


def changed(row: ActionRow, cells: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The cells that differ from what was drawn, as `save_actions` takes them."""
    changes: dict[str, tuple[Any, Any]] = {}
    if STATUS in cells:
        changes["status"] = row.status, STATUSES.get(cells[STATUS], row.status)
    if OWNER in cells:
        changes["owner"] = row.owner, cells[OWNER] or ""
    if DUE in cells:
        changes["due_on"] = row.due_on, date.fromisoformat(cells[DUE][:10]) if cells[DUE] else None
    return {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
