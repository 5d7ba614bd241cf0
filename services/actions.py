"""Action items: writing them in a post-mortem, and following them until they close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.actions import default_due
from models.rules.evidence import check_link
from models.rules.lifecycle import check_editable
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import ActionRecord
from models.rules.text import clean
from models.rules.vocabulary import (
    ActionStatus,
    ActionType,
    PostmortemStatus,
    Priority,
    Severity,
)
from models.tables.exercise import ExerciseImprovement, ExerciseRun
from models.tables.incident import Incident
from models.tables.people import Factor, Person
from models.tables.postmortem import ActionItem, Postmortem
from services.announcements import announce
from services.people import named, person_id_of
from services.postmortem_state import editing
from services.record_in import store_action
from services.unit_of_work import Work, compare_and_set, reading, writing

OPEN = (ActionStatus.PROPOSED, ActionStatus.ACCEPTED, ActionStatus.IN_PROGRESS)
WORDS = frozenset({"text", "type", "priority", "factor"})  # frozen with the post-mortem
FOLLOW_UP = frozenset({"owner", "due_on", "status", "tracker_url", "reason"})


@dataclass(frozen=True)
class ActionRow:
    """An action with the post-mortem or the exercise (`run_id`) that it comes from. `overdue` is
    about open ones only."""

    id: str
    text: str
    owner: str
    due_on: date | None
    priority: Priority
    type: ActionType
    status: ActionStatus
    factor: str
    tracker_url: str
    reason: str
    postmortem_id: str | None
    run_id: str | None
    source_title: str
    postmortem_status: PostmortemStatus | None
    severity: Severity | None
    overdue: bool


def add_action(who: Who, postmortem_id: str, action: ActionRecord, *, action_id: str = "") -> str:
    """A proposed action; returns its id. Without a due date it gets the default of the severity
    (15 days for SEV0 and SEV1, 30 for SEV2)."""
    with editing(who, postmortem_id, "action.added") as (work, row):
        if action_id and work.session.get(ActionItem, action_id) is not None:
            return action_id
        severity = work.session.exec(
            select(func.min(Incident.severity)).where(Incident.postmortem_id == row.id)
        ).one()
        due = action.due_on or default_due(
            Severity(severity) if severity else None, work.now.date()
        )
        last = select(func.max(ActionItem.position)).where(ActionItem.postmortem_id == row.id)
        position = (work.session.exec(last).one() or 0) + 1
        record = ActionRecord(
            text=_text(action.text),
            id=action_id,
            owner=action.owner,
            due_on=due,
            priority=action.priority,
            type=action.type,
            factor=action.factor,
            tracker_url=_link(action.tracker_url),
        )
        return store_action(work, row.id, position, record).id


def save_action(who: Who, action_id: str, changes: dict[str, tuple[Any, Any]]) -> None:
    """Changes fields of an action: `{"status": (was, now), "owner": (was, now), …}`.

    Owner, due date, status, tracker link and reason can change at any time; the words only while
    the post-mortem is not published. Declining needs a reason. Raises Conflict when a field no
    longer holds what the person saw.
    """
    if unknown := set(changes) - WORDS - FOLLOW_UP:
        raise ValueError(f"not fields of an action: {unknown}")
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        row = work.get(ActionItem, action_id, "action")
        if WORDS & set(changes) and row.postmortem_id:
            check_editable(work.get(Postmortem, row.postmortem_id, "post-mortem").status)
        for field, (was, now) in changes.items():
            _save_field(work, row, field, was, now)
        if row.status is ActionStatus.DECLINED and not row.reason:
            raise ProblemForUser(
                "Say why it was decided not to do this; the reason is part of the record.",
                field="reason",
            )
        if row.status is ActionStatus.DONE:
            row.done_at = row.done_at or work.now
        else:
            row.done_at = None
        work.audit("action.saved", Thing.ACTION, row.id)
        run_id = _changed_run(work, row.id)
    if run_id:
        announce(run_id)


def remove_action(who: Who, action_id: str) -> None:
    """Takes a proposed action out of a draft. Promises are declined, not removed."""
    with reading(who) as work:
        row = work.session.get(ActionItem, action_id)
        if row is None:
            return
        postmortem_id, status = row.postmortem_id or "", row.status
    if status is not ActionStatus.PROPOSED:
        raise ProblemForUser("This action is a promise already. Decline it with a reason instead.")
    with editing(who, postmortem_id, "action.removed") as (work, _):
        work.session.delete(work.get(ActionItem, action_id, "action"))


def list_actions(
    who: Who,
    *,
    owner: str = "",
    statuses: Sequence[ActionStatus] = (),
    postmortem_id: str = "",
    run_id: str = "",
) -> tuple[ActionRow, ...]:
    """Every action, by due date (those without one last); of one owner, of some statuses, of one
    post-mortem or exercise."""
    a, query = ActionItem, _every_action()
    if owner:
        query = query.where(Person.name_key == owner.casefold())
    if statuses:
        query = query.where(col(a.status).in_(statuses))
    if postmortem_id:
        query = query.where(a.postmortem_id == postmortem_id)
    if run_id:
        query = query.where(ExerciseImprovement.run_id == run_id)
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        rows = work.session.exec(query).all()
        today = work.now.date()
    return tuple(_row(row, today) for row in rows)


def _every_action() -> Any:
    """A query of the columns that `_row` reads."""
    a = ActionItem
    worst = (
        select(func.min(Incident.severity))
        .where(Incident.postmortem_id == a.postmortem_id)
        .scalar_subquery()
    )
    return (
        select(  # type: ignore[call-overload]
            a.id,
            a.text,
            Person.name,
            a.due_on,
            a.priority,
            a.type,
            a.status,
            Factor.name,
            a.tracker_url,
            a.reason,
            a.postmortem_id,
            Postmortem.title,
            Postmortem.status,
            worst,
            ExerciseRun.id,
            ExerciseRun.title,
        )
        .outerjoin(Person, col(a.owner_id) == col(Person.id))
        .outerjoin(Factor, col(a.factor_id) == col(Factor.id))
        .outerjoin(Postmortem, col(a.postmortem_id) == col(Postmortem.id))
        .outerjoin(ExerciseImprovement, col(ExerciseImprovement.action_id) == col(a.id))
        .outerjoin(ExerciseRun, col(ExerciseImprovement.run_id) == col(ExerciseRun.id))
        .order_by(col(a.due_on).is_(None), a.due_on, a.position, a.id)
    )


def _row(row: Any, today: date) -> ActionRow:
    due, status, worst = row[3], row[6], row[13]
    return ActionRow(
        id=row[0],
        text=row[1],
        owner=row[2] or "",
        due_on=due,
        priority=row[4],
        type=row[5],
        status=status,
        factor=row[7] or "",
        tracker_url=row[8],
        reason=row[9],
        postmortem_id=row[10],
        run_id=row[14],
        source_title=row[11] or row[15] or "",
        postmortem_status=row[12],
        severity=Severity(worst) if worst else None,
        overdue=due is not None and due < today and status in OPEN,
    )


def _save_field(work: Work, row: ActionItem, field: str, was: Any, now: Any) -> None:
    if field == "text":
        now = _text(now)
    elif field == "reason":
        now = clean(now, field="reason")
    elif field == "tracker_url":
        now = _link(now)
    elif field == "owner":
        _save_named(work, row, field, Person, was, now)
        return
    elif field == "factor":
        _save_named(work, row, field, Factor, was, now)
        return
    compare_and_set(row, field, now, was, words=field.replace("_", " "))


def _changed_run(work: Work, action_id: str) -> str | None:
    """The exercise that an action came from, if any; its screens have something to show now."""
    came_from = select(ExerciseImprovement.run_id).where(ExerciseImprovement.action_id == action_id)
    run_id = work.session.exec(came_from).first()
    if run_id:
        run = work.get(ExerciseRun, run_id, "exercise")
        run.revision += 1
        work.session.add(run)
    return run_id


def _save_named(
    work: Work, row: ActionItem, field: str, table: type[Person] | type[Factor], was: str, now: str
) -> None:
    """A field that holds an id and is shown as a name, in a conflict too."""
    ids = [
        (person_id_of(work, name) if table is Person else named(work, Factor, name, field).id)
        if name
        else None
        for name in (was, now)
    ]
    try:
        compare_and_set(row, f"{field}_id", ids[1], ids[0], words=field)
    except Conflict as conflict:
        name = select(table.name).where(table.id == (conflict.theirs or ""))
        conflict.theirs, conflict.yours = work.session.exec(name).first() or "", now
        raise


def _text(text: str) -> str:
    text = clean(text, limit=2_000, field="action")
    if not text:
        raise ProblemForUser("Say what will be done, beginning with a verb.", field="text")
    return text


def _link(url: str) -> str:
    return check_link(url) if url.strip() else ""
