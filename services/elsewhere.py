"""What other processes changed: found by asking the database for the revisions that somebody waits
for, as the clockwork (services/exercise_wakes.py) does every second."""

from __future__ import annotations

from typing import Any

from sqlmodel import col

from models.rules.policy import NOBODY
from models.tables.exercise import ExerciseRun
from models.tables.meeting import Meeting
from models.tables.postmortem import Postmortem
from services.announcements import tell_screens, waited_for
from services.unit_of_work import Work, pick, reading

# The id and the revision of whatever can be waited for; no two tables share an id.
WATCHED: tuple[tuple[Any, Any], ...] = (
    (ExerciseRun.id, ExerciseRun.revision),
    (Meeting.id, Meeting.revision),
    (Postmortem.id, Postmortem.changes),
)


class Others:
    """What other processes did, as the revisions in the database show it."""

    def __init__(self) -> None:
        self.revisions: dict[str, int] = {}

    def tell(self) -> None:
        """Tells those who wait for an object whose revision is another one than at the last look.
        One that is new here is told too: it may have changed since its screen was drawn."""
        wanted = waited_for()
        if not wanted:
            self.revisions.clear()
            return
        with reading(NOBODY) as work:
            found = _revisions(work, wanted)
        changed = [one for one, number in found.items() if self.revisions.get(one) != number]
        self.revisions = found
        for object_id in changed:
            tell_screens(object_id)


def _revisions(work: Work, wanted: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for object_id, revision in WATCHED:
        found.update(
            iter(work.session.exec(pick(object_id, revision).where(col(object_id).in_(wanted))))
        )
    return found
