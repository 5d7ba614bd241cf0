"""The minutes of each incident in each measure, or why it has none.

What does not depend on the choice of a person is prepared once, in rising order; a choice then
only picks from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.rules.metrics.columns import KINDS, SEVERITIES, Codes, Columns, Mask, Numbers
from models.rules.metrics.failures import Failures, failures, gaps
from models.rules.metrics.measures import (
    MEASURES,
    WORKING_DAYS_TO_PUBLISH,
    Exclusion,
    Key,
    Measure,
)
from models.rules.metrics.selection import Selection, chosen_services
from models.rules.vocabulary import Clock, IncidentKind

Marks = NDArray[np.uint8]
EXCLUSIONS = tuple(Exclusion)
NO_STANDARD, MISSED, MET = range(3)
_COUNTED = len(EXCLUSIONS)  # the code of an incident that is not left out
_BETWEEN_CLOCKS = {
    Key.DETECT: (Clock.IMPACT_BEGAN, Clock.DETECTED),
    Key.ACKNOWLEDGE: (Clock.DETECTED, Clock.ACKNOWLEDGED),
    Key.MITIGATE: (Clock.DETECTED, Clock.MITIGATED),
    Key.RECOVER: (Clock.DETECTED, Clock.RESOLVED),
}


@dataclass(frozen=True)
class Values:
    """One measure: its values, for each the place of its incident in the columns, and a mark:
    twice the code of its standard, plus one when it rests on an estimated clock. `ordered` are
    the minutes in rising order; of gaps between failures `service` is the service, else None, and
    `few` counts the services that have too few failures for a gap to count."""

    minutes: Numbers
    ordered: Numbers
    incident: Codes
    marks: Marks
    service: Codes | None
    excluded: Mapping[Exclusion, int]
    few: int = 0

    @property
    def estimated(self) -> Mask:
        found: Mask = self.marks % 2 == 1
        return found


@dataclass(frozen=True)
class Measured:
    """All incidents in one measure. `state` has a code for each incident; the others, in the
    order of their minutes, only have those that are counted."""

    state: Marks
    minutes: Numbers
    incident: Codes
    marks: Marks


@dataclass(frozen=True)
class History:
    """Everything that is known, ready to be asked. `between` are the gaps of all."""

    columns: Columns
    measured: Mapping[Key, Measured]
    failures: Failures
    between: Values


def history(columns: Columns) -> History:
    """Prepares the columns."""
    keys = (key for key in Key if key is not Key.BETWEEN)
    measured: dict[Key, Measured] = {key: _measured(columns, key) for key in keys}
    found = failures(columns)
    every = np.ones(len(columns.ids), np.bool_), np.ones(len(columns.services), np.bool_)
    return History(columns, measured, found, _between(columns, found, *every))


def values_of(known: History, key: Key, selection: Selection, mask: Mask) -> Values:
    """The values of one measure over the incidents of the mask, which the selection leads to."""
    if key is not Key.BETWEEN:
        return _picked(known.measured[key], mask)
    services = chosen_services(known.columns, selection)
    if mask.all() and services.all():
        return known.between
    return _between(known.columns, known.failures, mask, services)


def _picked(measured: Measured, mask: Mask) -> Values:
    everything = bool(mask.all())  # then nothing is copied
    keep = slice(None) if everything else np.flatnonzero(mask[measured.incident])
    state = measured.state if everything else measured.state[np.flatnonzero(mask)]
    counts = np.bincount(state, minlength=_COUNTED)
    minutes = measured.minutes[keep]
    return Values(
        minutes=minutes,
        ordered=minutes,
        incident=measured.incident[keep],
        marks=measured.marks[keep],
        service=None,
        excluded=dict(zip(EXCLUSIONS, counts.tolist(), strict=False)),
    )


def _between(columns: Columns, failures: Failures, mask: Mask, services: Mask) -> Values:
    """The gaps as values; those that are none are counted as left out."""
    found = gaps(failures, mask, services)
    keep = np.flatnonzero(found.minutes > 0)
    unresolved = int(np.count_nonzero(np.isnan(found.minutes)))
    kinds = np.bincount(columns.kind[mask], minlength=len(KINDS)).tolist()
    lost = np.count_nonzero(mask & failures.is_failure & ~failures.is_placed)
    minutes, service = found.minutes[keep], found.service[keep]
    return Values(
        minutes=minutes,
        ordered=np.sort(minutes),
        incident=found.incident[keep],
        marks=_marks(_standard_between(columns, minutes, service), found.estimated[keep]),
        service=service,
        excluded={
            Exclusion.UNRESOLVED: unresolved,
            Exclusion.DRILL: kinds[KINDS.index(IncidentKind.DRILL)],
            Exclusion.MAINTENANCE: kinds[KINDS.index(IncidentKind.MAINTENANCE)],
            Exclusion.ZERO_OR_NEGATIVE: len(found.minutes) - len(keep) - unresolved,
            Exclusion.MISSING_CLOCK: int(lost),
        },
        few=found.few,
    )


def _standard_between(columns: Columns, minutes: Numbers, service: Codes) -> Codes:
    asked = MEASURES[Key.BETWEEN].standard
    assert asked
    critical = np.array([each.is_critical for each in columns.services], np.bool_)
    return np.where(critical[service], np.where(minutes > asked.minutes, MET, MISSED), NO_STANDARD)


def _marks(standard: Codes, estimated: Mask) -> Marks:
    """Both in one small number, so that one count tells both."""
    return (2 * standard + estimated).astype(np.uint8)


def _measured(columns: Columns, key: Key) -> Measured:
    start, end, estimated = _ends(columns, key)
    minutes = (end - start) / 60
    state = np.full(len(minutes), _COUNTED)
    state[minutes <= 0] = EXCLUSIONS.index(Exclusion.ZERO_OR_NEGATIVE)
    unknown = np.isnan(minutes)
    state[unknown] = EXCLUSIONS.index(Exclusion.MISSING_CLOCK)
    if MEASURES[key].waits:
        is_open = np.isnan(columns.at[Clock.RESOLVED])
        state[unknown & is_open] = EXCLUSIONS.index(Exclusion.UNRESOLVED)
    for kind, exclusion in (
        (IncidentKind.MAINTENANCE, Exclusion.MAINTENANCE),
        (IncidentKind.DRILL, Exclusion.DRILL),
    ):
        state[columns.kind == KINDS.index(kind)] = EXCLUSIONS.index(exclusion)
    counted = np.flatnonzero(state == _COUNTED)
    order = counted[np.argsort(minutes[counted], kind="stable")]
    return Measured(
        state=state.astype(np.uint8),
        minutes=minutes[order],
        incident=order,
        marks=_marks(_standard(columns, MEASURES[key], minutes), estimated)[order],
    )


def _ends(columns: Columns, key: Key) -> tuple[Numbers, Numbers, Mask]:
    """From when to when, and whether either is an estimate."""
    if key in _BETWEEN_CLOCKS:
        first, last = _BETWEEN_CLOCKS[key]
        estimated = columns.estimated[first] | columns.estimated[last]
        return columns.at[first], columns.at[last], estimated
    end = columns.met if key is Key.REVIEW else columns.published
    return columns.at[Clock.RESOLVED], end, columns.estimated[Clock.RESOLVED]


def _standard(columns: Columns, measure: Measure, minutes: Numbers) -> Codes:
    """Whether each incident meets the standard of the measure, where there is one for it."""
    asked = measure.standard
    if asked is None:
        return np.full(len(minutes), NO_STANDARD)
    if measure.key is Key.PUBLISH:
        meets = _working_days(columns) <= WORKING_DAYS_TO_PUBLISH
    else:
        meets = minutes <= asked.minutes if asked.inclusive else minutes < asked.minutes
    found = np.where(meets, MET, MISSED)
    if asked.severity is not None:
        found[columns.severity != SEVERITIES.index(asked.severity)] = NO_STANDARD
    return found


def _working_days(columns: Columns) -> Numbers:
    """Weekdays from the resolution to the publication, both as days in UTC; NaN where not known."""
    start, end = columns.at[Clock.RESOLVED], columns.published
    known = ~(np.isnan(start) | np.isnan(end))
    days = np.full(len(start), np.nan)
    days[known] = np.busday_count(_day(start[known]), _day(end[known]))
    return days


def _day(moments: Numbers) -> np.ndarray:
    return moments.astype("datetime64[s]").astype("datetime64[D]")
