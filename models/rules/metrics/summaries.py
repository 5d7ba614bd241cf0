"""Each measure over the chosen incidents: n, median, percentile, interval, and what was left out;
the same for each month; and every single value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.rules.metrics.columns import KINDS, SEVERITIES, Mask, month_text
from models.rules.metrics.failures import Gaps, gaps
from models.rules.metrics.intervals import Interval, Spread, share_interval, spread
from models.rules.metrics.measured import (
    MET,
    MISSED,
    NO_STANDARD,
    History,
    Values,
    picked,
)
from models.rules.metrics.measures import MEASURES, Exclusion, Key, Measure, Standard
from models.rules.metrics.selection import Selection, chosen, chosen_services
from models.rules.vocabulary import IncidentKind, Severity


@dataclass(frozen=True)
class StandardMet:
    """How many of `n` values meet the standard, and where the true share lies (0 to 1)."""

    standard: Standard
    met: int
    n: int
    share: Interval


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
    found = [
        Dot(
            incident_id=columns.ids[place],
            title=columns.titles[place],
            severity=SEVERITIES[columns.severity[place]],
            month=month_text(int(columns.month[place])),
            started_at=float(columns.started[place]),
            minutes=float(values.minutes[n]),
            estimated=bool(values.estimated[n]),
            service=columns.services[of].name if (of := int(values.service[n])) >= 0 else "",
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
    for place in np.unique(values.service).tolist():
        service = known.columns.services[place]
        minutes = np.sort(values.minutes[values.service == place])
        found.append(ServiceSpread(service.id, service.name, service.is_critical, spread(minutes)))
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def values_of(known: History, key: Key, selection: Selection, mask: Mask) -> Values:
    """The values of one measure over the incidents of the mask."""
    if key is Key.BETWEEN:
        return _between(known, mask, _gaps(known, selection, mask))
    return picked(known.measured[key], mask)


def _gaps(known: History, selection: Selection, mask: Mask) -> Gaps:
    return gaps(known.failures, mask, chosen_services(known.columns, selection))


def _summary(known: History, key: Key, selection: Selection, mask: Mask) -> Summary:
    few = 0
    if key is Key.BETWEEN:
        found = _gaps(known, selection, mask)
        values, few = _between(known, mask, found), found.few
    else:
        values = picked(known.measured[key], mask)
    measure = MEASURES[key]
    return Summary(
        measure=measure,
        spread=spread(values.ordered),
        excluded=values.excluded,
        estimated=int(np.count_nonzero(values.estimated)),
        standard=_met(measure.standard, values) if measure.standard else None,
        few=few,
    )


def _met(standard: Standard, values: Values) -> StandardMet:
    counts = np.bincount(values.standard, minlength=3).tolist()
    met, n = counts[MET], counts[MET] + counts[MISSED]
    return StandardMet(standard, met, n, share_interval(met, n))


def _between(known: History, mask: Mask, found: Gaps) -> Values:
    """The gaps as values; those that are none are counted as left out."""
    columns, failures = known.columns, known.failures
    positive = found.minutes > 0
    kinds = np.bincount(columns.kind[mask], minlength=len(KINDS)).tolist()
    unresolved = int(np.count_nonzero(np.isnan(found.minutes)))
    minutes, service = found.minutes[positive], found.service[positive]
    critical = np.array([each.is_critical for each in columns.services], np.bool_)
    standard = MEASURES[Key.BETWEEN].standard
    assert standard
    return Values(
        minutes=minutes,
        ordered=np.sort(minutes),
        incident=found.incident[positive],
        estimated=found.estimated[positive],
        standard=np.where(
            critical[service], np.where(minutes > standard.minutes, MET, MISSED), NO_STANDARD
        ),
        service=service,
        excluded={
            Exclusion.UNRESOLVED: unresolved,
            Exclusion.DRILL: kinds[KINDS.index(IncidentKind.DRILL)],
            Exclusion.MAINTENANCE: kinds[KINDS.index(IncidentKind.MAINTENANCE)],
            Exclusion.ZERO_OR_NEGATIVE: len(positive) - len(minutes) - unresolved,
            Exclusion.MISSING_CLOCK: int(
                np.count_nonzero(mask & failures.is_failure & ~failures.is_placed)
            ),
        },
    )
