"""One write: one transaction, one permission, one audit line, one check of what was changed.

Every service function opens `reading` or `writing`, asks `require`, and leaves with plain data.
Rows never leave the block.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlmodel import Session, col, select

from models.rules.policy import Thing, Verb, Who, may
from models.rules.problems import Conflict, NotAllowed, NotFound, ProblemForUser
from models.tables.base import Row, new_id
from models.tables.incident import Incident
from models.tables.people import AuditEntry
from models.tables.postmortem import ActionItem, Postmortem
from services import clock
from services.announcements import tell_screens
from services.database import engine, writing_engine

log = logging.getLogger(__name__)
R = TypeVar("R", bound=Row)
ALL_ROWS = 2**62  # as a limit: a list without one is the same statement as a list with one
OUR_BUGS = (DataError, IntegrityError, ProgrammingError)  # the database is not to blame for these


def pick(*columns: Any) -> Any:
    """A select of any columns; sqlmodel's own types know only up to four of them."""
    return select(*columns)


@dataclass
class Work:
    """What a service has in hand during one transaction."""

    session: Session
    who: Who
    now: datetime
    changed_drafts: set[str] = field(default_factory=set)

    def require(self, verb: Verb, thing: Thing) -> None:
        """Raises NotAllowed when the policy says no."""
        if not may(self.who, verb, thing):
            raise NotAllowed("Choose your name first: Hotwash notes who writes and signs.")

    def get(self, table: type[R], row_id: str, what: str) -> R:
        """The row, locked until the end of a writing transaction. Raises NotFound."""
        row = self.session.get(table, row_id, with_for_update=True) if row_id else None
        if row is None:
            raise NotFound(f"There is no such {what}. It may have been removed.")
        return row

    def find(self, table: type[R], row_id: str) -> R | None:
        """The row, or None."""
        return self.session.get(table, row_id) if row_id else None

    def add(self, row: R) -> R:
        """Stores a new row at once, so that later statements of this transaction see it."""
        self.session.add(row)
        self.session.flush()
        return row

    def audit(self, action: str, thing: Thing, object_id: str) -> None:
        """Notes that the person did `action`, as part of the same transaction. A post-mortem that
        it belongs to has one change more, and screens that show it are told afterwards."""
        self.session.add(
            AuditEntry(
                at=self.now,
                person_id=self.who.person_id,
                action=action,
                object_type=thing.value,
                object_id=object_id,
            )
        )
        draft = self._draft_of(thing, object_id)
        if draft is not None and draft.id not in self.changed_drafts:
            self.changed_drafts.add(draft.id)
            draft.changes = col(Postmortem.changes) + 1  # type: ignore[assignment]

    def _draft_of(self, thing: Thing, object_id: str) -> Postmortem | None:
        if thing in (Thing.INCIDENT, Thing.ACTION):
            row = self.session.get(Incident if thing is Thing.INCIDENT else ActionItem, object_id)
            object_id = getattr(row, "postmortem_id", None) or ""
        elif thing is not Thing.POSTMORTEM:
            return None
        return self.find(Postmortem, object_id)


def free_id(work: Work, table: type[Row], wanted: str) -> str:
    """`wanted` if it looks like an id and no row has it, else a new one."""
    fits = bool(wanted) and len(wanted) <= 64 and wanted.isascii() and wanted.isalnum()
    return wanted if fits and work.session.get(table, wanted) is None else new_id()


def compare_and_set(row: Row, field: str, value: Any, was: Any, *, words: str) -> bool:
    """Sets a field if it still holds what the person saw (`was`); returns whether it changed.

    Saving what is already there changes nothing, so a repeated click or a retried save is
    harmless. Raises Conflict with both versions when somebody else changed it meanwhile.
    """
    current = getattr(row, field)
    if current == value:
        return False
    if current != was:
        raise Conflict(
            f"Somebody else changed the {words} while you were writing. "
            "Both versions are shown: choose one, or put them together.",
            field=field,
            theirs=current,
            yours=value,
        )
    setattr(row, field, value)
    return True


@contextmanager
def reading(who: Who) -> Iterator[Work]:
    """A transaction that only reads: everything in it is seen at one moment."""
    try:
        with Session(engine()) as session:
            yield Work(session, who, clock.now())
    except DatabaseError as error:
        if isinstance(error, OUR_BUGS):
            raise
        log.exception("the database could not be read")
        raise ProblemForUser(
            "The database could not be read: it is damaged, or too busy. Try again in a moment, "
            "and tell whoever runs Hotwash if it goes on."
        ) from error


@contextmanager
def writing(who: Who) -> Iterator[Work]:
    """A transaction that writes. It is committed when the block ends well, and leaves nothing
    behind when it does not (a rerun that stops the script in the middle included)."""
    try:
        with Session(writing_engine()) as session, session.begin():
            work = Work(session, who, clock.now())
            yield work
        for postmortem_id in work.changed_drafts:
            tell_screens(postmortem_id)
    except DatabaseError as error:
        if isinstance(error, OUR_BUGS):
            raise
        log.exception("the database refused a write")
        raise ProblemForUser(
            "This could not be saved, and nothing was changed: the database did not take it. "
            "Your text is still here; try again in a moment, and tell whoever runs Hotwash "
            "if it goes on (a full disk is a common reason)."
        ) from error
