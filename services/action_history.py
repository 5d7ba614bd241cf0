"""The history of actions: every change of every field, with who and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import col, select

from models.rules.following.history import Change, DueMoves, due_moves
from models.rules.policy import Thing, Verb, Who
from models.rules.vocabulary import ActionStatus
from models.tables.action import ActionChange
from models.tables.people import Factor, Person
from models.tables.postmortem import ActionItem
from services.unit_of_work import Work, pick, reading

KEPT = (
    "text", "type", "priority", "factor_id", "owner_id", "due_on", "status", "tracker_url",
    "reason", "snoozed_until", "snooze_reason",
)  # fmt: skip


def as_it_is(row: ActionItem) -> dict[str, Any]:
    """The fields of an action that have a history, to be compared after a change."""
    return {field: getattr(row, field) for field in KEPT}


def note_changes(work: Work, row: ActionItem, before: Mapping[str, Any]) -> bool:
    """Part of a transaction: notes every field that differs from `before`; whether any did."""
    after = as_it_is(row)
    changed = [field for field in KEPT if after[field] != before[field]]
    for field in changed:
        note_change(work, row.id, field.removesuffix("_id"), before[field], after[field])
    return bool(changed)


def note_change(work: Work, action_id: str, field: str, before: Any, after: Any) -> None:
    """Part of a transaction: one line of the history."""
    was, now = ("" if value is None else str(value) for value in (before, after))
    work.session.add(
        ActionChange(
            action_id=action_id, at=work.now, by_id=work.who.person_id, field=field,
            before=was, after=now,
        )
    )  # fmt: skip


def list_changes(who: Who, action_id: str) -> tuple[Change, ...]:
    """The history of one action in its order, people and factors by their names."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        return changes_of(work, [action_id]).get(action_id, ())


def changes_of(
    work: Work, action_ids: Collection[str], fields: Collection[str] = ()
) -> dict[str, tuple[Change, ...]]:
    """Part of a transaction: the histories of some actions, of all fields or of these."""
    c = ActionChange
    query = (
        pick(c.action_id, c.at, Person.name, c.field, c.before, c.after)
        .outerjoin(Person, col(c.by_id) == col(Person.id))
        .where(col(c.action_id).in_(action_ids))
        .order_by(c.id)
    )
    if fields:
        query = query.where(col(c.field).in_(fields))
    rows = work.session.exec(query).all()
    names = _names(work, rows)
    found: dict[str, list[Change]] = defaultdict(list)
    for action_id, at, by, field, *words in rows:
        before, after = (names.get((field, word), word) for word in words)
        found[action_id].append(Change(at, by or "", field, before, after))
    return {action_id: tuple(changes) for action_id, changes in found.items()}


def moves_of(work: Work, statuses: Mapping[str, ActionStatus]) -> dict[str, DueMoves]:
    """Part of a transaction: the actions, of those given with their status, whose due date was
    moved while they were promised."""
    histories = changes_of(work, statuses, ("status", "due_on"))
    found = ((key, due_moves(changes, statuses[key])) for key, changes in histories.items())
    return {key: moves for key, moves in found if moves}


def _names(work: Work, rows: Collection[Any]) -> dict[tuple[str, str], str]:
    """The names that stand for ids, by field and id."""
    names: dict[tuple[str, str], str] = {}
    tables: tuple[tuple[str, type[Person] | type[Factor]], ...]
    tables = ("owner", Person), ("factor", Factor)
    for field, table in tables:
        if ids := {word for row in rows if row[3] == field for word in row[4:] if word}:
            found = work.session.exec(select(table.id, table.name).where(col(table.id).in_(ids)))
            names |= {(field, row_id): name for row_id, name in found}
    return names
