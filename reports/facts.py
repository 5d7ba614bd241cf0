"""What a document is made from, decided once before anything is drawn or written."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from models.rules.problems import ProblemForUser
from models.rules.record import PostmortemRecord, WhyRecord
from models.rules.times import zone_named
from models.rules.vocabulary import Audience
from reports.every_text import Record, rewrite_texts
from reports.prose import UNPRINTABLE
from reports.redaction import names_that_may_remain
from reports.redaction import redact as without_names

Paper = Literal["A4", "Letter"]

DEEPEST_WHY = 100  # levels; the workspace stops far earlier, an imported file may not


class Printed(Protocol):
    """What the printer asks of any document. Equal keys are equal documents."""

    @property
    def title(self) -> str: ...

    @property
    def paper(self) -> Paper: ...

    def key(self) -> bytes: ...


@dataclass(frozen=True)
class DocumentFacts:
    """One document to be: `zone` is the IANA name that times are shown in, `as_of` the moment
    of the export in UTC. Action statuses are as of its day, which is all that is printed, so
    two exports of the same day are the same document. Names are already gone if `redacted`."""

    postmortem: PostmortemRecord
    audience: Audience
    paper: Paper
    zone: str
    as_of: datetime
    redacted: bool
    may_be_names: tuple[str, ...] = ()  # what in a redacted record still looks like a name

    @property
    def title(self) -> str:
        return self.postmortem.title

    @property
    def day(self) -> date:
        """The day of the export in the display zone."""
        return self.as_of.astimezone(zone_named(self.zone)).date()

    def key(self) -> bytes:
        """A hash over all that is printed: equal keys are equal documents. (The reverse holds
        for records that were read the same way; otherwise a document is only made again.)"""
        printed = (self.postmortem, self.audience, self.paper, self.zone, self.day, self.redacted)
        return hashlib.blake2b(pickle.dumps(printed), digest_size=20).digest()


def prepare(
    postmortem: PostmortemRecord,
    *,
    audience: Audience,
    redact: bool,
    paper: Paper,
    zone: str,
    as_of: datetime,
    people: Iterable[str] = (),
) -> DocumentFacts:
    """The facts of one document, with the names taken out if `redact`: those of the record, and
    those of `people` who are only mentioned in it.

    Raises ProblemForUser when the zone is unknown or the why-tree deeper than 100 levels.
    """
    zone_named(zone)
    _refuse_bottomless(postmortem)
    printable = printable_texts(postmortem)
    if redact:
        printable = without_names(printable, people)
    left = names_that_may_remain(printable) if redact else ()
    return DocumentFacts(printable, audience, paper, zone, as_of, redact, left)


def printable_texts(record: Record) -> Record:
    """The record without the characters that stop the layout or turn round what is beside them."""
    return rewrite_texts(record, lambda _, text: UNPRINTABLE.sub(" ", text))


def _refuse_bottomless(postmortem: PostmortemRecord) -> None:
    level: list[WhyRecord] = list(postmortem.whys)
    for _ in range(DEEPEST_WHY):
        level = [child for why in level for child in why.children]
        if not level:
            return
    raise ProblemForUser(
        f"The whys of “{postmortem.title[:80]}” go deeper than {DEEPEST_WHY} levels, which no "
        "page can show. Join some of the answers, then export again.",
        field="whys",
    )
