"""What is counted: incidents by month and severity, who noticed first, the actions promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from models.rules.actions import completion
from models.rules.metrics.columns import (
    KINDS,
    NOTICED,
    SEVERITIES,
    STATUSES,
    Columns,
    Mask,
    Noticed,
    end_second,
    first_second,
    month_text,
)
from models.rules.metrics.intervals import Interval, share_interval
from models.rules.metrics.selection import Selection
from models.rules.vocabulary import ActionStatus, IncidentKind, Severity

FREQUENCY = (
    "Incidents by the month in which they started (in UTC) and by severity, unresolved ones too. "
    "Drills, maintenance and near misses are left out."
)
NOTICED_FIRST = (
    "Of the alerts and reports in the timeline up to the detection, the first one tells: an alert "
    "is monitoring, a report is a person, a customer or a colleague. Incidents whose timeline has "
    "neither, or whose detection is not known, are not counted in the share."
)
ACTIONS = (
    "Done ÷ (all − declined), of the actions of the chosen incidents. Ideas are not counted yet."
)
_NEVER = (IncidentKind.DRILL, IncidentKind.MAINTENANCE)


class MonthCount(NamedTuple):
    """How many incidents of a severity started in a month (`2024-05`)."""

    month: str
    severity: Severity | None
    incidents: int


@dataclass(frozen=True)
class NoticedFirst:
    """How many were noticed by monitoring and by people; `share` (of monitoring, 0 to 1) is of
    those, and its interval too. The unknown ones are in neither."""

    monitoring: int
    people: int
    unknown: int
    share: float | None
    interval: Interval


@dataclass(frozen=True)
class ActionCounts:
    """`open` are promised and not done. `completion` is a share from 0 to 1, None of none."""

    done: int
    declined: int
    open: int
    completion: float | None


def frequency(columns: Columns, mask: Mask) -> tuple[MonthCount, ...]:
    """By month, then severity (the highest first, none last); months without any are left out."""
    counted = mask & (columns.kind == KINDS.index(IncidentKind.INCIDENT))
    width = len(SEVERITIES)
    codes = columns.month[counted] * width + columns.severity[counted]
    if not len(codes):
        return ()
    first = int(codes.min())
    counts = np.bincount(codes - first)
    return tuple(
        MonthCount(month_text(code // width), SEVERITIES[code % width], int(counts[code - first]))
        for code in (np.flatnonzero(counts) + first).tolist()
    )


def noticed_first(columns: Columns, mask: Mask) -> NoticedFirst:
    """Who noticed the chosen incidents first."""
    never = np.array([kind in _NEVER for kind in KINDS], np.bool_)
    counted = mask & ~never[columns.kind]
    counts = np.bincount(columns.noticed[counted], minlength=len(NOTICED)).tolist()
    by = dict(zip(NOTICED, counts, strict=True))
    monitoring, people = by[Noticed.MONITORING], by[Noticed.PEOPLE]
    n = monitoring + people
    share = monitoring / n if n else None
    interval = share_interval(monitoring, n)
    return NoticedFirst(monitoring, people, by[Noticed.UNKNOWN], share, interval)


def action_counts(columns: Columns, selection: Selection, mask: Mask) -> ActionCounts:
    """How the actions that belong to the chosen incidents stand."""
    which = chosen_actions(columns, selection, mask)
    counts = np.bincount(columns.action_status[which], minlength=len(STATUSES)).tolist()
    by = dict(zip(STATUSES, counts, strict=True))
    promised = sum(by[status] for status in STATUSES if completion([status])[1])
    done = by[ActionStatus.DONE]
    return ActionCounts(
        done=done,
        declined=by[ActionStatus.DECLINED],
        open=promised - done,
        completion=done / promised if promised else None,
    )


def chosen_actions(columns: Columns, selection: Selection, mask: Mask) -> Mask:
    """Those of a post-mortem with a chosen incident. One without any incident (it comes from an
    exercise) belongs to no severity, kind or service, and to the period in which it was
    written."""
    of_incidents = _of_incidents(columns, mask)
    only_period = Selection(first=selection.first, last=selection.last)
    if selection != only_period:
        return of_incidents
    written = np.ones(len(of_incidents), np.bool_)
    if selection.first:
        written &= columns.action_created >= first_second(selection.first)
    if selection.last:
        written &= columns.action_created < end_second(selection.last)
    return np.where(columns.action_postmortem < 0, written, of_incidents)


def _of_incidents(columns: Columns, mask: Mask) -> Mask:
    selected = np.zeros(columns.postmortem.max(initial=-1) + 2, np.bool_)
    selected[columns.postmortem[mask]] = True
    selected[-1] = False  # where -1 leads
    found: Mask = selected[columns.action_postmortem]
    return found
