"""Everything that is measured, as columns in memory.

They are read once a process, and again when anything was written: every write leaves an audit
line, so the number of the newest one tells. Then a page of trends is a few milliseconds of numpy,
whatever is chosen.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.following.rates import Followed
from models.rules.metrics.columns import (
    ActionFacts,
    IncidentFacts,
    ServiceFacts,
    columns,
)
from models.rules.metrics.measured import History, history
from models.rules.policy import Thing, Verb
from models.rules.vocabulary import Clock, EventKind, Severity
from models.tables.incident import Incident, IncidentService, TimelineEvent
from models.tables.people import AuditEntry, Person, Service, Team
from models.tables.postmortem import ActionItem, Postmortem, Revision
from services.meeting_records import held_at_column
from services.settings import settings
from services.unit_of_work import Work, pick


@dataclass(frozen=True)
class Known:
    """The columns of a database, as they were at `version`; good until `until`, when a meeting
    that was planned becomes one that was held. `followed` are the actions in the columns' order."""

    version: tuple[str, int]
    until: datetime
    history: History
    followed: tuple[Followed, ...]
    same: int


NEVER = datetime.max.replace(tzinfo=UTC)
_latest: Known | None = None
_MIDDLE = 8 + len(Clock)  # of a row of _incidents: times up to here, then their marks
_READING = threading.Lock()  # one reads, the others wait for it instead of reading the same


def known_history(work: Work) -> Known:
    """Part of a transaction: the columns of this database, read anew when anything was written.

    They are of everything: today who may read one incident may read all. When that is no longer
    so, leave out here what `work.who` may not see, before anything is counted.
    """
    global _latest
    work.require(Verb.READ, Thing.INCIDENT)
    with _READING:
        newest = work.session.exec(select(func.max(AuditEntry.id))).one()
        version = (settings().database_url, newest or 0)
        known = _latest
        if known is None or known.version != version or work.now >= known.until:
            known = _latest = _read(work, version)
        return known


def _read(work: Work, version: tuple[str, int]) -> Known:
    """Eight statements, however many rows."""
    ahead = select(func.min(Postmortem.meeting_at)).where(col(Postmortem.meeting_at) > work.now)
    same = col(Incident.duplicate_of_id).is_not(None) | col(Incident.part_of_id).is_not(None)
    apart = select(func.count()).select_from(Incident).where(same)
    incidents = tuple(_incidents(work, ~same))
    actions, followed = _actions(work, incidents)
    return Known(
        version=version,
        until=work.session.exec(ahead).one() or NEVER,
        history=history(columns(incidents, _services(work), actions)),
        followed=followed,
        same=work.session.exec(apart).one(),
    )


def _incidents(work: Work, which: Any) -> Iterator[IncidentFacts]:
    i = Incident
    published = select(func.min(Revision.published_at)).where(
        Revision.postmortem_id == i.postmortem_id
    )
    marks = ("at", "estimated")
    clocks = [getattr(i, f"{clock.value}_{mark}") for mark in marks for clock in Clock]
    rows = work.session.exec(
        pick(
            i.id, i.title, i.kind, i.severity, i.began_at, i.postmortem_id,
            held_at_column(work.now), published.scalar_subquery(), *clocks,
        )
        .outerjoin(Postmortem, col(i.postmortem_id) == col(Postmortem.id))
        .where(which)
    ).all()  # fmt: skip
    services = _affected(work)
    signs = _first_signs(work)
    for row in rows:
        incident_id, title, kind, severity, began_at, postmortem_id, met_at, published_at = row[:8]
        yield IncidentFacts(
            id=incident_id,
            title=title,
            kind=kind,
            severity=severity,
            first_known_at=began_at,
            times=row[8:_MIDDLE],
            estimated=row[_MIDDLE:],
            services=services.get(incident_id, ()),
            alert_at=signs.get((incident_id, EventKind.ALERT)),
            report_at=signs.get((incident_id, EventKind.REPORT)),
            postmortem_id=postmortem_id,
            met_at=met_at,
            published_at=published_at,
        )


def _affected(work: Work) -> dict[str, list[str]]:
    found = defaultdict(list)
    query = select(IncidentService.incident_id, IncidentService.service_id)
    for incident_id, service_id in work.session.exec(query):
        found[incident_id].append(service_id)
    return found


def _first_signs(work: Work) -> dict[tuple[str, EventKind], datetime]:
    """The first alert and the first report of each incident."""
    e = TimelineEvent
    rows = work.session.exec(
        pick(e.incident_id, e.kind, func.min(e.at))
        .where(col(e.kind).in_((EventKind.ALERT, EventKind.REPORT)), ~col(e.is_removed))
        .group_by(e.incident_id, col(e.kind))
    )
    return {(incident_id, kind): at for incident_id, kind, at in rows}


def _services(work: Work) -> tuple[ServiceFacts, ...]:
    rows = work.session.exec(
        pick(
            Service.id,
            Service.name,
            func.coalesce(Service.team_id, ""),
            func.coalesce(Team.name, ""),
            Service.is_critical,
        )
        .outerjoin(Team, col(Service.team_id) == col(Team.id))
        .order_by(Service.name_key)
    )
    return tuple(
        ServiceFacts(i, name, t or "", team or "", crit) for i, name, t, team, crit in rows
    )


def _actions(
    work: Work, incidents: Iterable[IncidentFacts]
) -> tuple[tuple[ActionFacts, ...], tuple[Followed, ...]]:
    """Every action, to be counted and to be followed. Publishing a post-mortem promises what was
    written in it before."""
    worst: dict[str | None, Severity] = {}
    published: dict[str | None, datetime] = {}
    for each in incidents:
        if each.severity:
            so_far = worst.get(each.postmortem_id, each.severity)
            worst[each.postmortem_id] = min(each.severity, so_far)
        if each.published_at:
            published[each.postmortem_id] = each.published_at
    a, facts, followed = ActionItem, [], []
    query = pick(a.status, a.postmortem_id, a.created_at, a.due_on, a.done_at, Team.name)
    query = query.outerjoin(Person, col(a.owner_id) == col(Person.id))
    query = query.outerjoin(Team, col(Person.team_id) == col(Team.id))
    for status, of, created_at, due_on, done_at, team in work.session.exec(query):
        promised_at = max(created_at, published.get(of, created_at))
        severity = worst.get(of) if of else None
        done_on = done_at.date() if done_at else None
        facts.append(ActionFacts(status, of, created_at))
        followed.append(Followed(status, promised_at.date(), due_on, done_on, severity, team or ""))
    return tuple(facts), tuple(followed)
