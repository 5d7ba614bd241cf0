"""Incidents as columns, a number for each: 100,000 of them are measured in milliseconds.

Moments are seconds since 1970 in UTC, NaN where they are not known. Severities, kinds and the like
are codes: their place in the tuples below.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.rules.vocabulary import ActionStatus, Clock, IncidentKind, Severity

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]

SEVERITIES: tuple[Severity | None, ...] = (*Severity, None)
KINDS = tuple(IncidentKind)
STATUSES = tuple(ActionStatus)


class Noticed(StrEnum):
    """Who noticed first, as the timeline tells it."""

    UNKNOWN = "unknown"
    MONITORING = "monitoring"
    PEOPLE = "people"


NOTICED = tuple(Noticed)


@dataclass(frozen=True)
class IncidentFacts:
    """What is measured of one incident. `first_known_at` is the earliest thing known of it.
    `alert_at` and `report_at` are the first alert and the first report in its timeline;
    `met_at` is when its review meeting was held, `published_at` its post-mortem published."""

    id: str
    title: str
    kind: IncidentKind
    severity: Severity | None
    first_known_at: datetime
    clocks: Mapping[Clock, tuple[datetime | None, bool]]
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
    found = sorted(incidents, key=lambda i: (start_of(i), i.id))
    at = {clock: _seconds(i.clocks.get(clock, _UNKNOWN)[0] for i in found) for clock in Clock}
    started = _seconds(start_of(i) for i in found)
    place = {service.id: n for n, service in enumerate(services)}
    pairs = [(n, place[s]) for n, i in enumerate(found) for s in i.services if s in place]
    written = dict.fromkeys(i.postmortem_id for i in found if i.postmortem_id)
    number: dict[str | None, int] = {each: n for n, each in enumerate(written)}
    return Columns(
        ids=tuple(i.id for i in found),
        titles=tuple(i.title for i in found),
        kind=_codes(KINDS.index(i.kind) for i in found),
        severity=_codes(SEVERITIES.index(i.severity) for i in found),
        started=started,
        month=started.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64),
        at=at,
        estimated={c: _flags(i.clocks.get(c, _UNKNOWN)[1] for i in found) for c in Clock},
        met=_seconds(i.met_at for i in found),
        published=_seconds(i.published_at for i in found),
        noticed=_codes(NOTICED.index(noticed(i)) for i in found),
        postmortem=_codes(number.get(i.postmortem_id, -1) for i in found),
        services=tuple(services),
        pair_incident=_codes(incident for incident, _ in pairs),
        pair_service=_codes(service for _, service in pairs),
        action_status=_codes(STATUSES.index(a.status) for a in actions),
        action_postmortem=_codes(number.get(a.postmortem_id, -1) for a in actions),
        action_created=_seconds(a.created_at for a in actions),
    )


def start_of(incident: IncidentFacts) -> datetime:
    """When the impact began, else when it was detected, else the first thing known of it."""
    began, _ = incident.clocks.get(Clock.IMPACT_BEGAN, _UNKNOWN)
    detected, _ = incident.clocks.get(Clock.DETECTED, _UNKNOWN)
    return began or detected or incident.first_known_at


def noticed(incident: IncidentFacts) -> Noticed:
    """Who noticed first: of the alerts and reports up to the detection (within its minute), the
    first one tells. Unknown without any, and when both came at the same moment."""
    detected, _ = incident.clocks.get(Clock.DETECTED, _UNKNOWN)
    if detected is None:
        return Noticed.UNKNOWN
    end = detected + timedelta(minutes=1)
    signs = (incident.alert_at, incident.report_at)
    alert, report = (at if at and at < end else None for at in signs)
    if alert == report:
        return Noticed.UNKNOWN
    by_monitoring = report is None or (alert is not None and alert < report)
    return Noticed.MONITORING if by_monitoring else Noticed.PEOPLE


def month_text(number: int) -> str:
    """`2024-05`, from the number of months since 1970."""
    return f"{1970 + number // 12}-{number % 12 + 1:02d}"


def first_second(day: date) -> float:
    """The moment at which the day begins in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


_UNKNOWN: tuple[datetime | None, bool] = (None, False)


def _seconds(moments: Iterable[datetime | None]) -> Numbers:
    return np.array([math.nan if at is None else at.timestamp() for at in moments], np.float64)


def _codes(codes: Iterable[Any]) -> Codes:
    return np.array(list(codes), np.int64)


def _flags(flags: Iterable[Any]) -> Mask:
    return np.array(list(flags), np.bool_)
