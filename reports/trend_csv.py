"""Trends as CSV: every value of a measure, the spread of each period, and counts by month."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Protocol

from models.rules.metrics.charts import PeriodSpread, Value
from models.rules.metrics.intervals import Spread
from models.rules.metrics.measures import Exclusion, Measure
from models.rules.vocabulary import Severity
from reports.action_csv import safe_cell

VALUES = ("Incident", "Id", "Severity", "Started (UTC)", "Minutes", "Estimated", "Service")
SPREAD = (
    "n", "Median (minutes)", "Median from", "Median to", "Confidence", "90th percentile (minutes)",
    "90th percentile from", "90th percentile to",
)  # fmt: skip
SUMMARY = (
    "Measure", "Period", *SPREAD, "Estimated", *(f"Left out: {e.value}" for e in Exclusion),
    "Definition",
)  # fmt: skip
COUNTS = ("Month (UTC)", "Severity", "Incidents")


class Named(Value, Protocol):
    """A value with the incident that it is of."""

    @property
    def incident_id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def estimated(self) -> bool: ...
    @property
    def service(self) -> str: ...


class Summed(Protocol):
    """A measure in short."""

    @property
    def measure(self) -> Measure: ...
    @property
    def spread(self) -> Spread: ...
    @property
    def excluded(self) -> Mapping[Exclusion, int]: ...
    @property
    def estimated(self) -> int: ...


def values_csv(values: Iterable[Named]) -> str:
    """A line for each value, as drawn; times like 2024-05-06 09:30."""
    return _csv(
        VALUES,
        (
            (
                v.title, v.incident_id, v.severity or "",
                f"{datetime.fromtimestamp(v.started_at, UTC):%Y-%m-%d %H:%M}", _number(v.minutes),
                "yes" if v.estimated else "no", v.service,
            )
            for v in values
        ),
    )  # fmt: skip


def summary_csv(rows: Iterable[tuple[Summed, Iterable[PeriodSpread]]]) -> str:
    """For each measure a line over all, and one for each period with its spread alone."""
    lines: list[tuple[str, ...]] = []
    for summed, periods in rows:
        name = summed.measure.name
        left_out = (str(summed.excluded[reason]) for reason in Exclusion)
        lines.append(
            (name, "all", *_spread(summed.spread), str(summed.estimated), *left_out,
             summed.measure.definition)
        )  # fmt: skip
        blank = [""] * (len(Exclusion) + 2)
        lines += [(name, each.name, *_spread(each.spread), *blank) for each in periods]
    return _csv(SUMMARY, lines)


def counts_csv(rows: Iterable[tuple[str, Severity | None, int]]) -> str:
    return _csv(COUNTS, ((month, severity or "", str(n)) for month, severity, n in rows))


def _spread(spread: Spread) -> tuple[str, ...]:
    of_median, of_p90 = spread.median_interval, spread.p90_interval
    confidence = f"{of_median.confidence:.3f}" if of_median.low is not None else ""
    return (
        str(spread.n), _number(spread.median), _number(of_median.low), _number(of_median.high),
        confidence, _number(spread.p90), _number(of_p90.low), _number(of_p90.high),
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """It begins with a byte order mark, because spreadsheets take UTF-8 for another encoding
    without it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()
