"""Incidents to measure, written as minutes after the start of one day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from models.rules.metrics.columns import ActionFacts, IncidentFacts, ServiceFacts, columns
from models.rules.metrics.measured import History, history
from models.rules.metrics.measures import Key
from models.rules.metrics.selection import EVERYTHING, Selection, chosen
from models.rules.metrics.summaries import Summary, summaries
from models.rules.vocabulary import Clock, IncidentKind, Severity

DAY = datetime(2026, 3, 10, tzinfo=UTC)  # a Tuesday
_NUMBERS = count()


def at(minutes: float | None) -> datetime | None:
    return None if minutes is None else DAY + timedelta(minutes=minutes)


def incident(
    *,
    began: float | None = None,
    detected: float | None = None,
    acknowledged: float | None = None,
    mitigated: float | None = None,
    resolved: float | None = None,
    estimated: tuple[Clock, ...] = (),
    first_known: float = 0,
    kind: IncidentKind = IncidentKind.INCIDENT,
    severity: Severity | None = Severity.SEV1,
    services: str = "",
    **facts: Any,
) -> IncidentFacts:
    """Clocks in minutes; `services` by their ids, with spaces between."""
    clocks = {
        Clock.IMPACT_BEGAN: began,
        Clock.DETECTED: detected,
        Clock.ACKNOWLEDGED: acknowledged,
        Clock.MITIGATED: mitigated,
        Clock.RESOLVED: resolved,
    }
    number = next(_NUMBERS)
    times = {name: at(facts.pop(name)) for name in list(facts) if name.endswith("_at")}
    return IncidentFacts(
        id=facts.pop("id", f"i{number}"),
        title=f"Incident {number}",
        kind=kind,
        severity=severity,
        first_known_at=DAY + timedelta(minutes=first_known),
        times=tuple(at(clocks.get(clock)) for clock in Clock),
        estimated=tuple(clock in estimated for clock in Clock),
        services=services.split(),
        **times,
        **facts,
    )


SERVICES = (
    ServiceFacts("pay", "Payments", "t1", "Core", is_critical=True),
    ServiceFacts("web", "Website", "t2", "Front"),
    ServiceFacts("mail", "Mail"),
)


def known(*incidents: IncidentFacts, actions: tuple[ActionFacts, ...] = ()) -> History:
    return history(columns(incidents, SERVICES, actions))


def summary(key: Key, *incidents: IncidentFacts, selection: Selection = EVERYTHING) -> Summary:
    """One measure of these incidents."""
    ours = known(*incidents)
    found = summaries(ours, selection, chosen(ours.columns, selection))
    return next(each for each in found if each.measure.key is key)
