"""Telling the screens that wait when an exercise, a meeting or a draft has changed.

Each of them has a revision that goes up with every change. A change of this process is announced
and heard at once; those of other processes are found by asking the database for the revisions that
somebody waits for, as the clockwork (services/exercise_wakes.py) does every second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from sqlmodel import col

from models.rules.policy import NOBODY
from models.tables.exercise import ExerciseRun
from models.tables.meeting import Meeting
from services.unit_of_work import Work, pick, reading

Told = Callable[[], None]
# The id and the revision of whatever can be waited for; no two tables share an id.
WATCHED: tuple[tuple[Any, Any], ...] = (
    (ExerciseRun.id, ExerciseRun.revision),
    (Meeting.id, Meeting.revision),
)

something_changed = Event()  # for whoever must look anew after any change; they clear it
_lock = Lock()
_waiting: dict[str, set[Told]] = defaultdict(set)


@dataclass(frozen=True)
class News:
    """The revision of an object, and whether what came since the last look shows on the screen of
    the person who looks. `headline` is the title of a message that came for them, shown at once;
    "" for none."""

    revision: int
    concerns: bool
    headline: str = field(default="", kw_only=True)


def announce(object_id: str) -> None:
    """Tells the screens of this process that the object has changed. After the transaction."""
    _tell(object_id)
    something_changed.set()


@contextmanager
def waiting_for(object_id: str, tell: Told) -> Iterator[None]:
    """While open, `tell` is called (from any thread) at each change of the object."""
    with _lock:
        _waiting[object_id].add(tell)
    try:
        yield
    finally:
        with _lock:
            _waiting[object_id].discard(tell)
            if not _waiting[object_id]:
                del _waiting[object_id]


class Others:
    """What other processes did, as the revisions in the database show it."""

    def __init__(self) -> None:
        self.revisions: dict[str, int] = {}

    def tell(self) -> None:
        """Tells those who wait for an object whose revision is another one than at the last look.
        One that is new here is told too: it may have changed since its screen was drawn."""
        with _lock:
            wanted = tuple(_waiting)
        if not wanted:
            self.revisions.clear()
            return
        with reading(NOBODY) as work:
            found = _revisions(work, wanted)
        changed = [one for one, number in found.items() if self.revisions.get(one) != number]
        self.revisions = found
        for object_id in changed:
            _tell(object_id)


def _revisions(work: Work, wanted: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for object_id, revision in WATCHED:
        found.update(
            iter(work.session.exec(pick(object_id, revision).where(col(object_id).in_(wanted))))
        )
    return found


def _tell(object_id: str) -> None:
    with _lock:
        told = tuple(_waiting.get(object_id, ()))
    for tell in told:
        tell()
