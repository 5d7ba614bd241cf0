"""A ticket as it is before a tracker has it: the words and days of an action, as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.rules.problems import ProblemForUser
from models.rules.text import clean_line
from models.rules.vocabulary import ActionStatus, ActionType, Priority, Severity, label

LONGEST_TITLE = 250  # characters; Jira takes 255 and GitHub 256
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Action(Protocol):
    """What a ticket is made of."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def status(self) -> ActionStatus: ...
    @property
    def priority(self) -> Priority: ...
    @property
    def type(self) -> ActionType: ...
    @property
    def factor(self) -> str: ...
    @property
    def source_title(self) -> str: ...
    @property
    def severity(self) -> Severity | None: ...


@dataclass(frozen=True)
class Draft:
    """What a tracker is to keep. `about` are lines of plain text; `mark` finds the ticket again."""

    action_id: str
    title: str
    about: tuple[str, ...]
    priority: Priority
    due_on: date | None
    labels: tuple[str, ...]
    mark: str


def draft_of(action: Action, address: str = "") -> Draft:
    """The ticket of an action. With the `address` of Hotwash it has a link back. Raises
    ProblemForUser for an id that could not be searched for."""
    title = clean_line(action.text, limit=10_000)
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
    about = [f"What will be done: {title}"]
    if action.source_title:
        severity = f" ({action.severity})" if action.severity else ""
        about.append(f"Promised in: {clean_line(action.source_title, limit=10_000)}{severity}")
    about.append(f"Owner: {action.owner or 'nobody yet'}")
    if action.due_on:
        about.append(f"Due: {action.due_on.isoformat()}")
    if action.factor:
        about.append(f"Contributing factor: {action.factor}")
    about.append(f"Type: {label(action.type)}. Priority: {label(action.priority)}")
    if address:
        about.append(f"In Hotwash: {address}/action?id={action.id}")
    return Draft(
        action_id=action.id,
        title=short,
        about=tuple(about),
        priority=action.priority,
        due_on=action.due_on,
        labels=("post-mortem", action.type.value),
        mark=mark_of(action.id),
    )


def mark_of(action_id: str) -> str:
    """The word by which the ticket of an action is found again."""
    if not _ID.fullmatch(action_id):
        raise ProblemForUser("This action has an id that no tracker could search for.")
    return f"hotwash-{action_id}"
