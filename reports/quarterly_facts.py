"""What a quarterly review is made from, decided once before anything is drawn or written. It holds
no person: promises stand without their owner, smells without their evidence."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.following.loop import Quarter
from models.rules.metrics.change import CountChange, Verdict
from models.rules.metrics.charts import Chart
from models.rules.metrics.intervals import Spread
from models.rules.metrics.measures import Exclusion, Measure
from models.rules.times import zone_named
from models.rules.vocabulary import Severity
from reports.facts import Paper


@dataclass(frozen=True)
class MeasureLine:
    """A measure in the quarter and in the one before. `met` of `judged` values meet its standard;
    `few` services have too few failures for a figure."""

    measure: Measure
    now: Spread
    before: Spread
    verdict: Verdict
    excluded: Mapping[Exclusion, int]
    estimated: int
    met: int
    judged: int
    few: int


@dataclass(frozen=True)
class FactorLine:
    """In how many post-mortems of each of the last quarters a factor was found, the review's own
    quarter last."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class PromiseLine:
    text: str
    due_on: date | None
    overdue: bool
    source: str
    severity: Severity | None


@dataclass(frozen=True)
class ExerciseLine:
    """`ending` is good, mixed or bad; anything else ended early."""

    title: str
    team: str
    ended_on: date
    ending: str


@dataclass(frozen=True)
class SmellLine:
    """A habit that was seen in so many records of those looked at."""

    name: str
    to_try: str
    unit: str
    records: int
    looked_at: int


@dataclass(frozen=True)
class Promises:
    """All that are open now (`rows` are those due first), and how the quarter's own stand."""

    rows: tuple[PromiseLine, ...]
    open: int
    overdue: int
    done: int
    promised: int


@dataclass(frozen=True)
class Noticed:
    monitoring: int
    people: int
    unknown: int


@dataclass(frozen=True)
class QuarterlyFacts:
    """`months` are the last twelve, the quarter's own last; `reviewed` counts the published
    post-mortems of each of the quarters that `factors` are counted in."""

    quarter: Quarter
    incidents: int
    measures: tuple[MeasureLine, ...]
    charts: tuple[Chart, ...]
    months: tuple[str, ...]
    counts: tuple[tuple[str, Severity | None, int], ...]
    change: CountChange
    noticed: Noticed
    reviewed: tuple[int, ...]
    factors: tuple[FactorLine, ...]
    promises: Promises
    exercises: tuple[ExerciseLine, ...]
    smells: tuple[SmellLine, ...]


@dataclass(frozen=True)
class QuarterlyDocument:
    """One review to be; `as_of` is the moment of the export in UTC, of which the day is printed in
    `zone`."""

    facts: QuarterlyFacts
    paper: Paper
    zone: str
    as_of: datetime

    @property
    def title(self) -> str:
        return f"Quarterly review {self.facts.quarter}"

    @property
    def day(self) -> date:
        return self.as_of.astimezone(zone_named(self.zone)).date()

    def key(self) -> bytes:
        """A hash over all that is printed: equal keys are equal documents."""
        printed = (self.facts, self.paper, self.zone, self.day)
        return hashlib.blake2b(pickle.dumps(printed), digest_size=20).digest()
