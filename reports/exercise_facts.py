"""What an after-action report is made from, decided once before anything is drawn or written."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.rules.exercise.hotwash import AfterActionFacts
from models.rules.times import zone_named
from reports.facts import Paper, printable_texts
from reports.redaction import roles_of, without_names

# Fields that hold ids, words of closed lists and figures: names are not looked for in them.
_KEPT = frozenset(
    {"id", "objective", "scenario_id", "version", "content_hash", "node", "option", "how", "group"}
)


@dataclass(frozen=True)
class Question:
    """A question of the scenario's debrief, about an objective."""

    objective: str
    text: str


@dataclass(frozen=True)
class ExerciseDocument:
    """One report to be: `zone` is the IANA name that real times are shown in, `as_of` the moment
    of the export in UTC, of which only the day is printed. Names are already gone if `redacted`.
    """

    facts: AfterActionFacts
    questions: tuple[Question, ...]
    paper: Paper
    zone: str
    as_of: datetime
    redacted: bool

    @property
    def title(self) -> str:
        return self.facts.record.title

    @property
    def day(self) -> date:
        """The day of the export in the display zone."""
        return self.as_of.astimezone(zone_named(self.zone)).date()

    def key(self) -> bytes:
        """A hash over all that is printed: equal keys are equal documents."""
        printed = (self.facts, self.questions, self.paper, self.zone, self.day, self.redacted)
        return hashlib.blake2b(pickle.dumps(printed), digest_size=20).digest()


def prepare_exercise(
    facts: AfterActionFacts, *, redact: bool, paper: Paper, zone: str, as_of: datetime
) -> ExerciseDocument:
    """The facts of one report, with seats in place of names if `redact`. Raises ProblemForUser
    when the zone is unknown."""
    zone_named(zone)
    questions = tuple(Question(q.objective, q.text) for q in facts.record.questions)
    facts = replace(facts, record=replace(facts.record, questions=()))
    facts, questions = printable_texts((facts, questions))
    if redact:
        facts, questions = _without_people(facts, questions)
    return ExerciseDocument(facts, questions, paper, zone, as_of, redact)


def _without_people(
    facts: AfterActionFacts, questions: tuple[Question, ...]
) -> tuple[AfterActionFacts, tuple[Question, ...]]:
    """People become their seats; a seat that two people had is numbered. Titles of seats are
    roles already, wherever they stand."""
    record = facts.record
    stated = {name: seat[:1].lower() + seat[1:] or "player" for name, seat in record.people}
    stated.setdefault(facts.facilitator, "facilitator")
    for improvement in facts.improvements:
        stated.setdefault(improvement.owner, "action owner")
    for note in facts.notes:
        stated.setdefault(note.by, "participant")
    roles = roles_of(stated)
    people = tuple(("", seat) for _, seat in record.people)
    facts = replace(facts, record=replace(record, people=people))
    return without_names((facts, questions), roles, _KEPT)
