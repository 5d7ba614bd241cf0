"""Each measure over the chosen incidents: n, median, percentile, interval, and what was left out;
the same for each month; and every single value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.rules.metrics.columns import SEVERITIES, Codes, Mask, month_text
from models.rules.metrics.intervals import Spread, spread
from models.rules.metrics.measured import MET, MISSED, History, values_of
from models.rules.metrics.measures import MEASURES, Exclusion, Key, Measure, Standard
from models.rules.metrics.selection import Selection, chosen
from models.rules.vocabulary import Severity


@dataclass(frozen=True)
class StandardMet:
    """How many of `n` values meet the standard."""

    standard: Standard
    met: int
    n: int


@dataclass(frozen=True)
class Summary:
    """One measure; its spread is in minutes. `excluded` names every reason, with 0 too.
    `estimated` of the n values rest on an estimated clock. `few` services have too few failures
    for a time between them."""

    measure: Measure
    spread: Spread
    excluded: Mapping[Exclusion, int]
    estimated: int
    standard: StandardMet | None
    few: int = 0


@dataclass(frozen=True)
class Dot:
    """One value of a measure. Of a gap between failures the incident is the later one."""

    incident_id: str
    title: str
    severity: Severity | None
    month: str
    started_at: float  # seconds since 1970, UTC
    minutes: float
    estimated: bool
    service: str = ""


@dataclass(frozen=True)
class MonthSpread:
    """The spread of a measure over the incidents that started in a month (`2024-05`)."""

    month: str
    spread: Spread


@dataclass(frozen=True)
class ServiceSpread:
    """The time between the failures of one service."""

    service_id: str
    name: str
    is_critical: bool
    spread: Spread


def summaries(known: History, selection: Selection, mask: Mask) -> tuple[Summary, ...]:
    """Every measure over the incidents of the mask, in the order of the field. The selection that
    the mask comes from chooses the services whose failures are compared."""
    return tuple(_summary(known, key, selection, mask) for key in Key)


def dots(known: History, key: Key, selection: Selection) -> tuple[Dot, ...]:
    """Every single value of a measure, by the start of its incident."""
    columns = known.columns
    values = values_of(known, key, selection, chosen(columns, selection))
    estimated = values.estimated
    found = [
        Dot(
            incident_id=columns.ids[place],
            title=columns.titles[place],
            severity=SEVERITIES[columns.severity[place]],
            month=month_text(int(columns.month[place])),
            started_at=float(columns.started[place]),
            minutes=float(values.minutes[n]),
            estimated=bool(estimated[n]),
            service="" if values.service is None else columns.services[values.service[n]].name,
        )
        for n, place in enumerate(values.incident.tolist())
    ]
    return tuple(sorted(found, key=lambda dot: (dot.started_at, dot.incident_id, dot.service)))


def months(known: History, key: Key, selection: Selection) -> tuple[MonthSpread, ...]:
    """The spread of each month that has values, the earliest first."""
    values = values_of(known, key, selection, chosen(known.columns, selection))
    month = known.columns.month[values.incident]
    order = np.lexsort((values.minutes, month))
    starts = np.flatnonzero(np.diff(month[order], prepend=-1)).tolist()
    ordered = values.minutes[order]
    return tuple(
        MonthSpread(month_text(int(month[order[start]])), spread(ordered[start:end]))
        for start, end in zip(starts, [*starts[1:], len(order)], strict=True)
    )


def services_between(known: History, selection: Selection) -> tuple[ServiceSpread, ...]:
    """The time between failures of each service that has at least three, by name."""
    values = values_of(known, Key.BETWEEN, selection, chosen(known.columns, selection))
    found = []
    of = np.full(0, 0) if values.service is None else values.service
    for place in np.unique(of).tolist():
        service = known.columns.services[place]
        minutes = np.sort(values.minutes[of == place])
        found.append(ServiceSpread(service.id, service.name, service.is_critical, spread(minutes)))
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def _summary(known: History, key: Key, selection: Selection, mask: Mask) -> Summary:
    values = values_of(known, key, selection, mask)
    measure = MEASURES[key]
    counts = np.bincount(values.marks, minlength=6).reshape(3, 2)  # by standard and estimate
    return Summary(
        measure=measure,
        spread=spread(values.ordered),
        excluded=values.excluded,
        estimated=int(counts[:, 1].sum()),
        standard=_met(measure.standard, counts.sum(axis=1)) if measure.standard else None,
        few=values.few,
    )


def _met(standard: Standard, counts: Codes) -> StandardMet:
    met, missed = int(counts[MET]), int(counts[MISSED])
    return StandardMet(standard, met, met + missed)
