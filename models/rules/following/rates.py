"""How promises are kept: completion, on time, and how old the open ones are. Never a percentage
without its numbers.

Source: FIELD.md, the measure "actions done" with its target of over 90 %.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from models.rules.actions import COMPLETION_MEANS, completion
from models.rules.following.life import OPEN
from models.rules.vocabulary import ActionStatus, Severity

TARGET = 0.9
ON_TIME_MEANS = (
    "Done on its due date or before ÷ all that are done and have a due date and a day on which "
    "they were done. Where a date was moved, the last one counts."
)
AGE_MEANS = "Days since a promise was given, for those that are neither done nor declined."
MEANS = (COMPLETION_MEANS, ON_TIME_MEANS, AGE_MEANS)


@dataclass(frozen=True)
class Followed:
    """An action as the rates see it. `promised_on` is the day it was promised; `done_on` None
    where it is not done or nobody knows the day."""

    status: ActionStatus
    promised_on: date
    due_on: date | None = None
    done_on: date | None = None
    severity: Severity | None = None
    team: str = ""


@dataclass(frozen=True)
class Rates:
    """Numbers with what they are of. `median_age` and `oldest` in days, None when none is open."""

    done: int
    promised: int
    declined: int
    on_time: int
    dated: int
    open: int
    overdue: int
    median_age: float | None
    oldest: int | None

    @property
    def completion(self) -> float | None:
        return self.done / self.promised if self.promised else None

    @property
    def meets_target(self) -> bool | None:
        """Over 90 % done; None without a promise."""
        return self.completion > TARGET if self.completion is not None else None


def rates(actions: Iterable[Followed], today: date) -> Rates:
    """The rates of these actions on that day."""
    every = tuple(actions)
    done, promised = completion(a.status for a in every)
    dated = [
        (a.done_on, a.due_on)
        for a in every
        if a.status is ActionStatus.DONE and a.done_on and a.due_on
    ]
    still = [a for a in every if a.status in OPEN]
    ages = [max(0, (today - a.promised_on).days) for a in still]
    return Rates(
        done=done,
        promised=promised,
        declined=sum(a.status is ActionStatus.DECLINED for a in every),
        on_time=sum(done_on <= due for done_on, due in dated),
        dated=len(dated),
        open=len(still),
        overdue=sum(a.due_on is not None and a.due_on < today for a in still),
        median_age=median(ages) if ages else None,
        oldest=max(ages, default=None),
    )


def rates_by(
    actions: Iterable[Followed], key: Callable[[Followed], str], today: date
) -> tuple[tuple[str, Rates], ...]:
    """The rates of each group, by the group's name; those without one ("") come last."""
    groups: dict[str, list[Followed]] = defaultdict(list)
    for action in actions:
        groups[key(action)].append(action)
    names = sorted(groups, key=lambda name: (not name, name.casefold()))
    return tuple((name, rates(groups[name], today)) for name in names)


def share(part: int, whole: int) -> str:
    """`9 of 12 (75 %)`; a dash for none."""
    return f"{part:,} of {whole:,} ({part / whole:.0%})".replace("%", "\u202f%") if whole else "–"
