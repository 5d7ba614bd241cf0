"""Actions as plain rows: the query that reads them, and what a row says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.following.life import OPEN
from models.rules.vocabulary import ActionStatus, ActionType, PostmortemStatus, Priority, Severity
from models.tables.exercise import ExerciseImprovement, ExerciseRun
from models.tables.incident import Incident
from models.tables.people import Factor, Person, Team
from models.tables.postmortem import ActionItem, Postmortem
from services.unit_of_work import pick


@dataclass(frozen=True)
class ActionRow:
    """An action with the post-mortem or the exercise (`run_id`) that it comes from. `team` is its
    owner's. `overdue` is about promises only. `reason` is the proof of what is done, or why it was
    declined."""

    id: str
    text: str
    owner: str
    team: str
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
    created_at: datetime
    done_at: datetime | None
    snoozed_until: date | None
    snooze_reason: str
    severity: Severity | None
    overdue: bool


def every_action() -> Any:
    """A query of the columns that `row_of` reads. Person, Team, Factor, Postmortem,
    ExerciseImprovement and ExerciseRun are joined to it."""
    a = ActionItem
    worst = (
        select(func.min(Incident.severity))
        .where(Incident.postmortem_id == a.postmortem_id)
        .scalar_subquery()
    )
    return joined(
        pick(
            a.id,
            a.text,
            func.coalesce(Person.name, ""),
            func.coalesce(Team.name, ""),
            a.due_on,
            a.priority,
            a.type,
            a.status,
            func.coalesce(Factor.name, ""),
            a.tracker_url,
            a.reason,
            a.postmortem_id,
            ExerciseRun.id,
            func.coalesce(Postmortem.title, ExerciseRun.title, ""),
            Postmortem.status,
            a.created_at,
            a.done_at,
            a.snoozed_until,
            a.snooze_reason,
            worst,
        )
    )


def joined(query: Any) -> Any:
    """A query of actions with all that filters and orders ask for."""
    a = ActionItem
    return (
        query.select_from(a)
        .outerjoin(Person, col(a.owner_id) == col(Person.id))
        .outerjoin(Team, col(Person.team_id) == col(Team.id))
        .outerjoin(Factor, col(a.factor_id) == col(Factor.id))
        .outerjoin(Postmortem, col(a.postmortem_id) == col(Postmortem.id))
        .outerjoin(ExerciseImprovement, col(ExerciseImprovement.action_id) == col(a.id))
        .outerjoin(ExerciseRun, col(ExerciseImprovement.run_id) == col(ExerciseRun.id))
    )


def by_due_date(query: Any) -> Any:
    """The ones due first, first; those without a date last."""
    a = ActionItem
    return query.order_by(col(a.due_on).is_(None), a.due_on, a.position, a.id)


def row_of(row: Any, today: date) -> ActionRow:
    """What a row of `every_action` says on that day."""
    *said, worst = row
    due, status = row[4], row[7]
    overdue = due is not None and due < today and status in OPEN
    return ActionRow(*said, Severity(worst) if worst else None, overdue)
