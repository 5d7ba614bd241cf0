"""What can go wrong in a way that a person can do something about.

Rules and services raise these; pages, api and cli show `message` as it is. The message is a
whole sentence (or two): what happened, where, and what to do. Anything else that is raised is
a bug: it goes to the log whole, and the screen stays calm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ProblemForUser(Exception):
    """A problem worth telling the person about. `field` names the input it concerns."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(ProblemForUser):
    """The thing asked for does not exist, or the person may not know that it does."""


class NotAllowed(ProblemForUser):
    """The policy says no."""


class Conflict(ProblemForUser):
    """Somebody else changed the same thing first. Both texts are kept for the person to choose."""

    def __init__(self, message: str, *, field: str, theirs: object, yours: object) -> None:
        super().__init__(message, field=field)
        self.theirs = theirs
        self.yours = yours


@dataclass(frozen=True)
class PlacedProblem:
    """One fault in a file. `line` counts from 1; None where the format has no lines."""

    message: str
    line: int | None = None


class BadFile(ProblemForUser):
    """A file that cannot be brought in. `problems` names every place that was found."""

    def __init__(self, message: str, problems: Sequence[PlacedProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
