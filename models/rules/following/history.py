"""What was changed about an action, and how often its due date was moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.following.life import PROMISED
from models.rules.vocabulary import ActionStatus, label

FIELDS = {
    "text": "Words",
    "type": "Type",
    "priority": "Priority",
    "factor": "Factor",
    "owner": "Owner",
    "due_on": "Due date",
    "status": "Status",
    "tracker_url": "Tracker link",
    "reason": "Proof or reason",
    "snoozed_until": "No reminders until",
    "snooze_reason": "Why no reminders",
    "helped": "Did it help",
    "sentence": "How it helped",
}


@dataclass(frozen=True)
class Change:
    """One field, before and after, in words that were stored: a status by its value, a day as
    2024-05-06, a person or factor by name."""

    at: datetime
    by: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class DueMoves:
    """How often a promised date was moved, and which it was first."""

    count: int
    first: date

    @property
    def is_telling(self) -> bool:
        """Moving a date once is planning; from the second time on it is worth a question."""
        return self.count >= 2


def due_moves(changes: Sequence[Change], status_now: ActionStatus) -> DueMoves | None:
    """The moves of the due date while the action was a promise, `changes` in their order; None
    when there was none. Choosing dates for a proposal moves nothing."""
    status = next((ActionStatus(c.before) for c in changes if c.field == "status"), status_now)
    moved: list[date] = []
    for change in changes:
        if change.field == "status":
            status = ActionStatus(change.after)
        elif change.field == "due_on" and change.before and status in PROMISED:
            moved.append(date.fromisoformat(change.before))
    return DueMoves(len(moved), moved[0]) if moved else None


def ever_promised(changes: Sequence[Change], status_now: ActionStatus) -> bool:
    """Whether it is or was a promise; then it is declined rather than removed."""
    said = {word for c in changes if c.field == "status" for word in (c.before, c.after)}
    return bool({*PROMISED, ActionStatus.DONE} & {status_now, *said})


def change_words(change: Change) -> str:
    """`Status: Accepted → In progress`; what was empty is left out."""
    name = FIELDS.get(change.field, change.field)
    before, after = (_said(change.field, word) for word in (change.before, change.after))
    if not after:
        return f"{name}: “{before}” was taken away"
    return f"{name}: {before} → {after}" if before else f"{name}: {after}"


def moves_words(moves: DueMoves | None) -> str:
    """`moved 2 times, first due 3 May 2024`; "" while that is not telling."""
    if moves is None or not moves.is_telling:
        return ""
    return f"moved {moves.count} times, first due {moves.first.day} {moves.first:%b %Y}"


def _said(field: str, word: str) -> str:
    if not word:
        return ""
    if field == "status":
        return label(ActionStatus(word))
    if field in ("due_on", "snoozed_until"):
        day = date.fromisoformat(word)
        return f"{day.day} {day:%b %Y}"
    return word if field not in ("helped", "type", "priority") else word.replace("_", " ")
