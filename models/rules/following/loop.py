"""The loop of a quarter: incident → review → action → prevention, and what came back.

Every number is about the incidents that began in the quarter, so that each step is a part of the
one before it; only `recurrences` looks the other way, at which of these incidents an earlier lesson
did not keep away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from models.rules.problems import ProblemForUser


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months in UTC. `number` from 1 to 4."""

    year: int
    number: int

    @property
    def start(self) -> datetime:
        return datetime(self.year, 3 * self.number - 2, 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.after.start

    @property
    def after(self) -> Quarter:
        last = self.number == 4
        return Quarter(self.year + last, 1 if last else self.number + 1)

    @property
    def before(self) -> Quarter:
        first = self.number == 1
        return Quarter(self.year - first, 4 if first else self.number - 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(text: str) -> Quarter:
    """`2024-Q2`. Raises ProblemForUser for anything else."""
    found = re.fullmatch(r"([12]\d{3})-Q([1-4])", text.strip(), re.IGNORECASE)
    if not found:
        raise ProblemForUser(f"“{text[:40]}” is no quarter. Write it like 2024-Q2.")
    return Quarter(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Loop:
    """`reviewed` have a published post-mortem. `promised` and what follows are actions of these
    post-mortems; `judged` have an answer to "did it help", `helpful` yes or partly. `recurrences`
    are incidents of the quarter with a factor for which an action had been done before they
    began."""

    quarter: Quarter
    incidents: int
    reviewed: int
    promised: int
    done: int
    judged: int
    helpful: int
    recurrences: int

    @property
    def steps(self) -> tuple[tuple[str, int, str], ...]:
        """(name, number, of what) in the order of the loop."""
        return (
            ("Incidents", self.incidents, "began in the quarter"),
            ("Reviewed", self.reviewed, f"of {self.incidents:,} incidents"),
            ("Promised", self.promised, "actions from these reviews"),
            ("Done", self.done, f"of {self.promised:,} actions"),
            ("Helped", self.helpful, f"of {self.judged:,} judged"),
        )
