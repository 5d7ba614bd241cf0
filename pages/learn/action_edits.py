"""What was changed in the table of actions, saved. Edits are positional: each is taken through
the rows that were drawn, with the values that the person saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.vocabulary import ActionStatus, label
from services.actions import ActionRow, save_action

STATUS, OWNER, DUE = "Status", "Owner", "Due"
STATUSES = {label(status): status for status in ActionStatus}


def save_edits(
    person: Who, drawn: Sequence[ActionRow], edits: Mapping[int, Mapping[str, Any]]
) -> str:
    """Saves each edited row. Returns the id of an action that was set to declined without a
    reason ("" for none): that change waits for it. Raises ProblemForUser at the end when some
    could not be saved, naming each; the others are."""
    waiting, problems = "", []
    for position, cells in edits.items():
        row = drawn[int(position)]
        changes = changed(row, cells)
        if changes.get("status", ("", ""))[1] == ActionStatus.DECLINED and not row.reason:
            del changes["status"]
            waiting = row.id
        try:
            if changes:
                save_action(person, row.id, changes)
        except Conflict:
            problems.append(
                f"“{row.text}” was changed by somebody else meanwhile. You chose "
                f"{in_words(changes)}. The table shows it as it is now; change it again if yours "
                "should stand."
            )
        except ProblemForUser as problem:
            problems.append(f"“{row.text}” was not changed. {problem.message}")
    if problems:
        raise ProblemForUser(" ".join(problems))
    return waiting


def in_words(changes: Mapping[str, tuple[Any, Any]]) -> str:
    """What somebody chose, to be repeated when it could not be saved."""
    names = {"status": STATUS, "owner": OWNER, "due_on": DUE}
    return ", ".join(
        f"{names[field]}: {label(now) if field == 'status' else now or 'none'}"
        for field, (_, now) in changes.items()
    )


def changed(row: ActionRow, cells: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The cells that differ from what was drawn, as `save_action` takes them."""
    changes: dict[str, tuple[Any, Any]] = {}
    if STATUS in cells:
        changes["status"] = row.status, STATUSES.get(cells[STATUS], row.status)
    if OWNER in cells:
        changes["owner"] = row.owner, cells[OWNER] or ""
    if DUE in cells:
        changes["due_on"] = row.due_on, date.fromisoformat(cells[DUE][:10]) if cells[DUE] else None
    return {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
