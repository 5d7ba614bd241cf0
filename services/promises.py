"""What was promised before, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col

from models.rules.following.life import OPEN
from models.rules.vocabulary import ActionStatus
from models.tables.people import Person
from models.tables.postmortem import ActionItem
from services.unit_of_work import Work, pick


@dataclass(frozen=True)
class Promise:
    """An action of an earlier post-mortem, or of an exercise (`postmortem_id` is None). `reason`
    is what proves that it was done, or why it was declined."""

    text: str
    owner: str
    status: ActionStatus
    due_on: date | None
    reason: str
    is_overdue: bool
    postmortem_id: str | None
    factor_id: str | None


def load_promises(work: Work, where: Any, *, most: int) -> list[Promise]:
    """The actions that `where` chooses, the newest first."""
    a = ActionItem
    today = work.now.date()
    rows = work.session.exec(
        pick(a.text, Person.name, a.status, a.due_on, a.reason, a.postmortem_id, a.factor_id)
        .outerjoin(Person, col(a.owner_id) == col(Person.id))
        .where(where)
        .order_by(col(a.created_at).desc(), col(a.position), col(a.id))
        .limit(most)
    )
    return [
        Promise(
            text=text,
            owner=owner or "",
            status=status,
            due_on=due_on,
            reason=reason,
            is_overdue=due_on is not None and due_on < today and status in OPEN,
            postmortem_id=postmortem_id,
            factor_id=factor_id,
        )
        for text, owner, status, due_on, reason, postmortem_id, factor_id in rows
    ]
