"""Incidents as columns, a number for each: 100,000 of them are measured in milliseconds.

Moments are seconds since 1970 in UTC, NaN where they are not known. Severities, kinds and the like
are codes: their place in the tuples below.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.rules.vocabulary import ActionStatus, Clock, IncidentKind, Severity

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]

T = TypeVar("T")
A = TypeVar("A")
_BEGAN, _DETECTED = (list(Clock).index(c) for c in (Clock.IMPACT_BEGAN, Clock.DETECTED))
_ORDER = itemgetter(0, 1)

SEVERITIES: tuple[Severity | None, ...] = (*Severity, None)
KINDS = tuple(IncidentKind)
STATUSES = tuple(ActionStatus)


class Noticed(StrEnum):
    """Who noticed first, as the timeline tells it."""

    UNKNOWN = "unknown"
    MONITORING = "monitoring"
    PEOPLE = "people"


NOTICED = tuple(Noticed)
_KIND, _SEVERITY, _NOTICED, _STATUS = (
    {word: code for code, word in enumerate(words)}
    for words in (KINDS, SEVERITIES, NOTICED, STATUSES)
)


class IncidentFacts(NamedTuple):  # the cheapest to make, where 100,000 are read
    """What is measured of one incident. `times` are its seven clocks in the order of Clock, and
    `estimated` says of each whether it was inferred; `first_known_at` is the earliest thing known
    of it. `alert_at` and `report_at` are the first alert and the first report in its timeline;
    `met_at` is when its review meeting was held, `published_at` its post-mortem published."""

    id: str
    title: str
    kind: IncidentKind
    severity: Severity | None
    first_known_at: datetime
    times: tuple[datetime | None, ...]
    estimated: tuple[bool, ...]
    services: Sequence[str] = ()
    alert_at: datetime | None = None
    report_at: datetime | None = None
    postmortem_id: str | None = None
    met_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True)
class ServiceFacts:
    id: str
    name: str
    team_id: str = ""
    team: str = ""
    is_critical: bool = False


@dataclass(frozen=True)
class ActionFacts:
    """What is counted of one action; `postmortem_id` None for one that comes from an exercise."""

    status: ActionStatus
    postmortem_id: str | None
    created_at: datetime


@dataclass(frozen=True, eq=False)
class Columns:
    """All incidents in the order of their start, the services they affected as pairs of (place
    of the incident, place of the service), and the actions promised for them.

    `started` is when the impact began, else the detection, else the first thing known: it
    decides in which period and month an incident lies. `postmortem` numbers the post-mortems,
    -1 for none.
    """

    ids: Sequence[str]
    titles: Sequence[str]
    kind: Codes
    severity: Codes
    started: Numbers
    month: Codes
    at: Mapping[Clock, Numbers]
    estimated: Mapping[Clock, Mask]
    met: Numbers
    published: Numbers
    noticed: Codes
    postmortem: Codes
    services: tuple[ServiceFacts, ...]
    pair_incident: Codes
    pair_service: Codes
    action_status: Codes
    action_postmortem: Codes
    action_created: Numbers


def columns(
    incidents: Iterable[IncidentFacts],
    services: Sequence[ServiceFacts] = (),
    actions: Sequence[ActionFacts] = (),
) -> Columns:
    """The columns of these incidents, which may come in any order."""
    started = [(start_of(i), i.id, i) for i in incidents]
    started.sort(key=_ORDER)
    found = [incident for _, _, incident in started]
    starts = _seconds(start for start, _, _ in started)
    place = {service.id: n for n, service in enumerate(services)}
    pairs = [(n, place[s]) for n, i in enumerate(found) for s in i.services if s in place]
    written = dict.fromkeys(i.postmortem_id for i in found if i.postmortem_id)
    number: dict[str | None, int] = {each: n for n, each in enumerate(written)}
    return Columns(
        ids=tuple(i.id for i in found),
        titles=tuple(i.title for i in found),
        kind=_codes(_KIND[i.kind] for i in found),
        severity=_codes(_SEVERITY[i.severity] for i in found),
        started=starts,
        month=starts.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64),
        at=_by_clock((i.times for i in found), _seconds),
        estimated=_by_clock((i.estimated for i in found), _flags),
        met=_seconds(i.met_at for i in found),
        published=_seconds(i.published_at for i in found),
        noticed=_codes(_NOTICED[noticed(i)] for i in found),
        postmortem=_codes(number.get(i.postmortem_id, -1) for i in found),
        services=tuple(services),
        pair_incident=_codes(incident for incident, _ in pairs),
        pair_service=_codes(service for _, service in pairs),
        action_status=_codes(_STATUS[a.status] for a in actions),
        action_postmortem=_codes(number.get(a.postmortem_id, -1) for a in actions),
        action_created=_seconds(a.created_at for a in actions),
    )


def start_of(incident: IncidentFacts) -> datetime:
    """When the impact began, else when it was detected, else the first thing known of it."""
    return incident.times[_BEGAN] or incident.times[_DETECTED] or incident.first_known_at


def noticed(incident: IncidentFacts) -> Noticed:
    """Who noticed first: of the alerts and reports up to the detection (within its minute), the
    first one tells. Unknown without any, and when both came at the same moment."""
    detected, alert, report = incident.times[_DETECTED], incident.alert_at, incident.report_at
    if detected is None or (alert is None and report is None):
        return Noticed.UNKNOWN
    end = detected + timedelta(minutes=1)
    alert = alert if alert and alert < end else None
    report = report if report and report < end else None
    if alert == report:
        return Noticed.UNKNOWN
    by_monitoring = report is None or (alert is not None and alert < report)
    return Noticed.MONITORING if by_monitoring else Noticed.PEOPLE


@lru_cache(maxsize=4096)
def month_text(number: int) -> str:
    """`2024-05`, from the number of months since 1970."""
    return f"{1970 + number // 12}-{number % 12 + 1:02d}"


def first_second(day: date) -> float:
    """The moment at which the day begins in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def end_second(day: date) -> float:
    """The moment at which the day is over in UTC; of the last day of the calendar as well."""
    return first_second(day) + 24 * 60 * 60


def _by_clock(
    rows: Iterable[tuple[T, ...]], column: Callable[[Iterable[T]], A]
) -> Mapping[Clock, A]:
    """One column for each clock, from one row for each incident."""
    columns: Iterable[Iterable[T]] = zip(*rows, strict=True)
    found = {clock: column(values) for clock, values in zip(Clock, columns, strict=False)}
    return found or {clock: column(()) for clock in Clock}


def _seconds(moments: Iterable[datetime | None]) -> Numbers:
    return np.array([math.nan if at is None else at.timestamp() for at in moments], np.float64)


def _codes(codes: Iterable[Any]) -> Codes:
    return np.array(list(codes), np.int64)


def _flags(flags: Iterable[Any]) -> Mask:
    return np.array(list(flags), np.bool_)
