"""A quarter to print: a claim, a factor that came back, promises, an exercise and a habit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from models.rules.following.loop import Quarter
from models.rules.metrics.change import change, change_in_counts
from models.rules.metrics.charts import By, chart, months_between
from models.rules.metrics.intervals import spread
from models.rules.metrics.measures import MEASURES, Exclusion, Key
from models.rules.vocabulary import Severity
from reports.quarterly_facts import (
    ExerciseLine,
    FactorLine,
    MeasureLine,
    Noticed,
    PromiseLine,
    Promises,
    QuarterlyDocument,
    QuarterlyFacts,
    SmellLine,
)

START = datetime(2025, 10, 2, tzinfo=UTC)
MONTHS = months_between("2025-10", "2026-09")


@dataclass(frozen=True)
class Took:
    started: datetime
    minutes: float
    severity: Severity | None

    @property
    def month(self) -> str:
        return f"{self.started:%Y-%m}"

    @property
    def started_at(self) -> float:
        return self.started.timestamp()


def took(many: int = 36) -> list[Took]:
    levels = (Severity.SEV1, Severity.SEV2, Severity.SEV2, Severity.SEV3)
    return [
        Took(START + timedelta(days=10 * n), 20 + 37 * n % 91, levels[n % 4]) for n in range(many)
    ]


def line(key: Key, before: range, now: range, left_out: int = 0) -> MeasureLine:
    found = change(spread(before), spread(now))
    excluded = dict.fromkeys(Exclusion, 0) | {Exclusion.MISSING_CLOCK: left_out}
    return MeasureLine(MEASURES[key], found.now, found.before, found.verdict, excluded, 2, 3, 4, 1)


def facts(**changed: object) -> QuarterlyFacts:
    values = took()
    span = datetime(2025, 10, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    known: dict[str, object] = {
        "quarter": Quarter(2026, 3),
        "incidents": 9,
        "measures": (
            line(Key.DETECT, range(5, 14), range(6, 15)),
            line(Key.RECOVER, range(60, 69), range(20, 29), left_out=2),
            line(Key.BETWEEN, range(0), range(0)),
        ),
        "charts": (chart(MEASURES[Key.RECOVER], values, By.QUARTER, span),),
        "months": MONTHS,
        "counts": (("2025-10", Severity.SEV1, 2), ("2026-08", Severity.SEV2, 9)),
        "change": change_in_counts(9, 91, 9, 92),
        "noticed": Noticed(5, 3, 1),
        "reviewed": (3, 4, 2, 6),
        "factors": (
            FactorLine("Configuration <change>", (1, 0, 1, 3)),
            FactorLine("Missing alert", (0, 0, 0, 1)),
        ),
        "promises": Promises(
            (
                PromiseLine("Check the *limit* at start", date(2026, 9, 1), True, "Down", None),
                PromiseLine("Write the runbook", None, False, "Slow", Severity.SEV2),
            ),
            2, 1, 9, 10,
        ),
        "exercises": (ExerciseLine("The queue", "Payments", date(2026, 8, 4), "mixed"),),
        "smells": (
            SmellLine("Late declaration", "Declare early.", "SEV0 and SEV1 incidents", 2, 5),
            SmellLine("Noisy paging", "Join alerts.", "nights with a page", 0, 3),
            SmellLine("Blame left in", "Ask what made it look right.", "post-mortems", 0, 0),
        ),
    }  # fmt: skip
    return QuarterlyFacts(**known | changed)  # type: ignore[arg-type]


def nothing_yet() -> QuarterlyFacts:
    """A quarter without any record."""
    empty = range(0)
    return facts(
        incidents=0,
        measures=(line(Key.RECOVER, empty, empty),),
        charts=(),
        counts=(),
        change=change_in_counts(0, 91, 0, 92),
        noticed=Noticed(0, 0, 0),
        reviewed=(0, 0, 0, 0),
        factors=(),
        promises=Promises((), 0, 0, 0, 0),
        exercises=(),
        smells=(),
    )


def document(known: QuarterlyFacts | None = None) -> QuarterlyDocument:
    now = datetime(2026, 10, 5, 9, tzinfo=UTC)
    return QuarterlyDocument(known or facts(), "A4", "Europe/Berlin", now)
