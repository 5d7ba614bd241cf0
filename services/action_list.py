"""Every action of every post-mortem and exercise: the ones asked for, in their order, and how many
are done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from models.rules.actions import completion
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.text import clean_line
from models.rules.vocabulary import ActionStatus, ActionType, Priority
from services.actions import ActionRow, list_actions

Word = TypeVar("Word", bound=StrEnum)


class Order(StrEnum):
    """What actions are sorted by; among equals the one due first."""

    DUE = "due"
    PRIORITY = "priority"
    STATUS = "status"
    OWNER = "owner"
    TYPE = "type"
    SOURCE = "source"


@dataclass(frozen=True)
class WantedActions:
    """Which actions; nothing said is all of them. `owner` is a name, letter case aside."""

    owner: str = ""
    overdue: bool = False
    statuses: tuple[ActionStatus, ...] = ()
    types: tuple[ActionType, ...] = ()
    order: Order = Order.DUE


@dataclass(frozen=True)
class ActionList:
    """The actions asked for. Done, counted and declined are about all actions of that owner and
    those types, whatever their status: `done` of `counted`, declined ones left out. `total` is
    how many actions there are at all, `owners` everybody who owns one."""

    rows: tuple[ActionRow, ...]
    done: int
    counted: int
    declined: int
    total: int
    owners: tuple[str, ...]


def wanted_actions(words: Mapping[str, str]) -> WantedActions:
    """What the words of an address ask for: `owner`, `overdue=1`, `status` and `type` (several
    with commas between), `sort`. Raises ProblemForUser for a word that there is not."""
    [order] = _words(Order, words.get("sort", ""), "sort") or (Order.DUE,)
    return WantedActions(
        owner=clean_line(words.get("owner", "")[:200]),
        overdue=words.get("overdue", "") == "1",
        statuses=_words(ActionStatus, words.get("status", ""), "status"),
        types=_words(ActionType, words.get("type", ""), "type"),
        order=order,
    )


def _words(kind: type[Word], text: str, name: str) -> tuple[Word, ...]:
    try:
        return tuple(kind(word) for word in text.split(",") if word)
    except ValueError:
        raise ProblemForUser(
            f"The address says {name}={clean_line(text[:40])}; it can be {', '.join(kind)}."
        ) from None


def find_actions(who: Who, wanted: WantedActions) -> ActionList:
    """The actions asked for, with how many of them are done."""
    every = list_actions(who)
    owner = wanted.owner.casefold()
    of_kind = [
        row
        for row in every
        if (not owner or row.owner.casefold() == owner)
        and (not wanted.types or row.type in wanted.types)
    ]
    rows = [
        row
        for row in of_kind
        if (not wanted.statuses or row.status in wanted.statuses)
        and (not wanted.overdue or row.overdue)
    ]
    done, counted = completion(row.status for row in of_kind)
    return ActionList(
        rows=tuple(sorted(rows, key=_KEYS[wanted.order])),
        done=done,
        counted=counted,
        declined=sum(row.status is ActionStatus.DECLINED for row in of_kind),
        total=len(every),
        owners=tuple(sorted({row.owner for row in every if row.owner}, key=str.casefold)),
    )


_STATUSES, _PRIORITIES, _TYPES = list(ActionStatus), list(Priority), list(ActionType)


def _due(row: ActionRow) -> tuple[bool, date]:
    return row.due_on is None, row.due_on or date.max


_KEYS: dict[Order, Callable[[ActionRow], Any]] = {
    Order.DUE: _due,
    Order.PRIORITY: lambda row: (_PRIORITIES.index(row.priority), _due(row)),
    Order.STATUS: lambda row: (_STATUSES.index(row.status), _due(row)),
    Order.OWNER: lambda row: (row.owner.casefold(), _due(row)),
    Order.TYPE: lambda row: (_TYPES.index(row.type), _due(row)),
    Order.SOURCE: lambda row: (row.source_title.casefold(), _due(row)),
}
