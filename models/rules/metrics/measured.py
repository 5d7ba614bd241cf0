"""The minutes of each incident in each measure, or why it has none.

What does not depend on the choice of a person is prepared once, in rising order; a choice then
only picks from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.rules.metrics.columns import KINDS, SEVERITIES, Codes, Columns, Mask, Numbers
from models.rules.metrics.failures import Failures, failures
from models.rules.metrics.measures import (
    MEASURES,
    WORKING_DAYS_TO_PUBLISH,
    Exclusion,
    Key,
    Measure,
)
from models.rules.vocabulary import Clock, IncidentKind

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
    """One measure: for each value its incident (by place in the columns), whether it rests on an
    estimated clock, and whether it meets the standard. `ordered` are the minutes in rising
    order; of gaps between failures `service` is the service, else -1 everywhere."""

    minutes: Numbers
    ordered: Numbers
    incident: Codes
    estimated: Mask
    standard: Codes
    service: Codes
    excluded: Mapping[Exclusion, int]


@dataclass(frozen=True)
class Measured:
    """All incidents in one measure. `state` has a code for each incident; the others, in the
    order of their minutes, only have those that are counted."""

    state: Codes
    minutes: Numbers
    incident: Codes
    estimated: Mask
    standard: Codes


@dataclass(frozen=True)
class History:
    """Everything that is known, ready to be asked."""

    columns: Columns
    measured: Mapping[Key, Measured]
    failures: Failures


def history(columns: Columns) -> History:
    """Prepares the columns."""
    keys = (key for key in Key if key is not Key.BETWEEN)
    return History(columns, {key: _measured(columns, key) for key in keys}, failures(columns))


def picked(measured: Measured, mask: Mask) -> Values:
    """The values of the chosen incidents, and how many of them were left out and why."""
    keep = mask[measured.incident]
    counts = np.bincount(measured.state[mask], minlength=_COUNTED)
    minutes = measured.minutes[keep]
    return Values(
        minutes=minutes,
        ordered=minutes,
        incident=measured.incident[keep],
        estimated=measured.estimated[keep],
        standard=measured.standard[keep],
        service=np.full(len(minutes), -1),
        excluded=dict(zip(EXCLUSIONS, counts.tolist(), strict=False)),
    )


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
        state=state,
        minutes=minutes[order],
        incident=order,
        estimated=estimated[order],
        standard=_standard(columns, MEASURES[key], minutes)[order],
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
