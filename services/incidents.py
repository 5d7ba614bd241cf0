"""Incidents: making them, their clocks and severity, and lists of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, text
from sqlmodel import col, select

from models.rules.lifecycle import EDITABLE
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import ClockTime, IncidentRecord
from models.rules.severity import path_taken, walk
from models.rules.text import clean, clean_line
from models.rules.vocabulary import Clock, IncidentKind, Severity, words
from models.tables.incident import (
    Incident,
    IncidentService,
    SeverityChange,
    TimelineEvent,
)
from models.tables.people import Person, Service
from models.tables.postmortem import Postmortem
from services.incident_relations import incident_title, incidents_below
from services.people import named
from services.postmortem_state import check_incident_editable, refresh_due
from services.record_in import store_incident
from services.record_out import load_incidents
from services.unit_of_work import ALL_ROWS, Work, compare_and_set, reading, writing

CHANGES = 30  # of the severity that are told, the newest


class IncidentRow(NamedTuple):  # the cheapest to make, where a page makes fifty
    """A line of the list. `started_at` is when the impact began, else its detection; `began_at`
    the earliest of all its clocks."""

    id: str
    title: str
    kind: IncidentKind
    severity: Severity | None
    began_at: datetime
    started_at: datetime | None
    resolved_at: datetime | None
    events: int
    postmortem_id: str | None
    postmortem_status: str | None
    duplicate_of_id: str | None

    @property
    def contradicts(self) -> bool:
        """Whether its times say that it was resolved before it started."""
        start, end = self.started_at, self.resolved_at
        return start is not None and end is not None and end < start

    @property
    def lasted(self) -> timedelta | None:
        """From its start to its resolution. None when one is not known, or they contradict."""
        start, end = self.started_at, self.resolved_at
        return None if start is None or end is None or end < start else end - start


@dataclass(frozen=True)
class SeverityChangeRow:
    at: datetime
    by: str
    before: Severity | None
    after: Severity | None
    reason: str


@dataclass(frozen=True)
class IncidentView:
    """An incident with what is known about it beside its record. Other incidents are (id, title);
    of `parts` and `duplicates` the newest are named, and the counts are of all."""

    record: IncidentRecord
    postmortem_id: str | None
    duplicate_of: tuple[str, str] | None
    part_of: tuple[str, str] | None
    parts: tuple[tuple[str, str], ...]
    parts_count: int
    duplicates: tuple[tuple[str, str], ...]
    duplicates_count: int
    is_frozen: bool  # its post-mortem is published: only severity and relations can change
    severity_changes: tuple[SeverityChangeRow, ...]


def create_incident(
    who: Who,
    title: str,
    *,
    began_at: datetime,
    kind: IncidentKind = IncidentKind.INCIDENT,
    began_estimated: bool = False,
    incident_id: str = "",
) -> str:
    """A new incident by hand, with the start of its impact; returns its id. `incident_id` may be
    made by the caller, so that a double click makes one incident."""
    record = IncidentRecord(
        id=incident_id,
        title=clean_line(title, field="title"),
        kind=kind,
        clocks={Clock.IMPACT_BEGAN: ClockTime(began_at, began_estimated)},
    )
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.INCIDENT)
        if not record.title:
            raise ProblemForUser("Say in a few words what happened.", field="title")
        if incident_id and work.find(Incident, incident_id):
            return incident_id
        incident = store_incident(work, record)
        work.audit("incident.created", Thing.INCIDENT, incident.id)
        return incident.id


def list_incidents(
    who: Who, *, text: str = "", limit: int | None = 50, offset: int = 0
) -> tuple[IncidentRow, ...]:
    """Incidents, the newest first, those whose title holds `text`; all of them for no limit."""
    query = _rows_of_list()
    page = {"limit": ALL_ROWS if limit is None else limit, "offset": offset}
    if text:
        query = query.where(col(Incident.title).icontains(text, autoescape=True))
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        rows = work.session.exec(query, params=page).all()
    return tuple(IncidentRow(*row) for row in rows)


@cache
def _rows_of_list() -> Any:
    """The query of a list, built once: building it takes longer than the reading."""
    i = Incident
    events = (
        select(func.count())
        .where(TimelineEvent.incident_id == i.id, ~col(TimelineEvent.is_removed))
        .scalar_subquery()
    )
    return (
        select(  # type: ignore[call-overload]
            i.id,
            i.title,
            i.kind,
            i.severity,
            i.began_at,
            func.coalesce(i.impact_began_at, i.detected_at),
            i.resolved_at,
            events,
            i.postmortem_id,
            Postmortem.status,
            i.duplicate_of_id,
        )
        .outerjoin(Postmortem, col(i.postmortem_id) == col(Postmortem.id))
        .order_by(col(i.began_at).desc(), col(i.id).desc())  # as the index is
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def count_incidents(who: Who, *, text: str = "") -> int:
    """How many incidents there are whose title holds `text`."""
    query = select(func.count()).select_from(Incident)
    if text:
        query = query.where(col(Incident.title).icontains(text, autoescape=True))
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        return work.session.exec(query).one()


def get_incident(who: Who, incident_id: str, *, with_files: bool = False) -> IncidentView:
    """One incident, whole; `with_files` brings the bytes of kept files too. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        row = work.get(Incident, incident_id, "incident")
        record = load_incidents(work, [row.id], with_files=with_files)[0]
        parts, parts_count = incidents_below(work, col(Incident.part_of_id) == row.id)
        duplicates, duplicates_count = incidents_below(
            work, col(Incident.duplicate_of_id) == row.id
        )
        return IncidentView(
            record=record,
            postmortem_id=row.postmortem_id,
            duplicate_of=incident_title(work, row.duplicate_of_id),
            part_of=incident_title(work, row.part_of_id),
            parts=parts,
            parts_count=parts_count,
            duplicates=duplicates,
            duplicates_count=duplicates_count,
            is_frozen=_is_frozen(work, row),
            severity_changes=_severity_changes(work, row.id),
        )


def _is_frozen(work: Work, row: Incident) -> bool:
    postmortem = work.session.get(Postmortem, row.postmortem_id) if row.postmortem_id else None
    return postmortem is not None and postmortem.status not in EDITABLE


def _severity_changes(work: Work, incident_id: str) -> tuple[SeverityChangeRow, ...]:
    rows = work.session.exec(
        select(SeverityChange, Person.name)
        .outerjoin(Person, col(SeverityChange.by_id) == col(Person.id))
        .where(SeverityChange.incident_id == incident_id)
        .order_by(col(SeverityChange.at).desc(), text("severity_change.rowid DESC"))
        .limit(CHANGES)
    ).all()
    return tuple(
        SeverityChangeRow(c.at, name or "", c.from_severity, c.to_severity, c.reason)
        for c, name in reversed(rows)
    )


def save_title(who: Who, incident_id: str, title: str, was: str) -> None:
    """The title of an incident."""
    title = clean_line(title, field="title")
    with _editing(who, incident_id, "incident.title_saved", facts=True) as (_, row):
        if not title:
            raise ProblemForUser("The title cannot be empty.", field="title")
        compare_and_set(row, "title", title, was, words="title")


def save_incident_summary(who: Who, incident_id: str, text: str, was: str) -> None:
    """What the incident was, in a few sentences."""
    with _editing(who, incident_id, "incident.summary_saved", facts=True) as (_, row):
        compare_and_set(row, "summary", clean(text, field="summary"), was, words="summary")


def save_kind(who: Who, incident_id: str, kind: IncidentKind, was: IncidentKind) -> None:
    """Incident, near miss, drill or maintenance; the last two never enter a metric."""
    with _editing(who, incident_id, "incident.kind_saved", facts=True) as (_, row):
        compare_and_set(row, "kind", kind, was, words="kind")


def save_clock(
    who: Who, incident_id: str, clock: Clock, now: ClockTime | None, was: ClockTime | None
) -> None:
    """Sets or clears (None) one of the seven clocks, if it still shows what the person saw. Only
    what the person changed is compared: the time, or the mark that it is estimated."""
    with _editing(who, incident_id, "incident.clock_saved", facts=True) as (work, row):
        time, mark = f"{clock.value}_at", f"{clock.value}_estimated"
        new_at, seen_at = now.at if now else None, was.at if was else None
        if new_at != seen_at:
            compare_and_set(row, time, new_at, seen_at, words=words(clock))
        if now is None:
            setattr(row, mark, False)
        elif now.estimated != bool(was and was.estimated):
            compare_and_set(row, mark, now.estimated, not now.estimated, words=words(clock))
        known = [getattr(row, f"{c.value}_at") for c in Clock]
        row.began_at = min((t for t in known if t), default=row.began_at)
        if row.postmortem_id:
            refresh_due(work, row.postmortem_id)


def save_severity(
    who: Who,
    incident_id: str,
    severity: Severity,
    *,
    was: Severity | None,
    reason: str = "",
    answers: Sequence[tuple[str, str]] = (),
) -> None:
    """Chooses a severity, with the answers given in the decision tree as (question key, answer).

    A change of one that was set needs a reason. Raises ProblemForUser when the answers lead to
    another level and no reason is given.
    """
    reason = clean(reason, field="reason")
    with _editing(who, incident_id, "incident.severity_saved") as (work, row):
        if was is not None and was != severity and not reason:
            raise ProblemForUser(
                f"Say why the severity changes from {was} to {severity}.", field="reason"
            )
        if answers and walk(answers) != severity and not reason:
            raise ProblemForUser(
                f"The answers lead to another level. Say why it is {severity}.", field="reason"
            )
        if row.severity not in (was, severity):
            raise Conflict(
                f"Somebody else set the severity to {row.severity or 'none'} in the meantime. "
                "Their choice stands. If yours still holds, say why it changes and save again.",
                field="severity",
                theirs=row.severity,
                yours=severity,
            )
        path = json.dumps(path_taken(answers))
        if not compare_and_set(row, "severity", severity, was, words="severity"):
            if answers:  # the same level again, now with the answers that lead to it
                row.severity_path = path
            return
        row.severity_path = path
        work.add(
            SeverityChange(
                incident_id=row.id,
                from_severity=was,
                to_severity=severity,
                reason=reason,
                path=path,
                at=work.now,
                by_id=who.person_id,
            )
        )


def save_services(who: Who, incident_id: str, names: Sequence[str], was: Sequence[str]) -> None:
    """The affected services, by name; a name that is new joins the team's list."""
    with _editing(who, incident_id, "incident.services_saved", facts=True) as (work, row):
        wanted = {named(work, Service, name, "service").id for name in names}
        seen = {named(work, Service, name, "service").id for name in was}
        for link in work.session.exec(
            select(IncidentService).where(IncidentService.incident_id == row.id)
        ).all():
            if link.service_id in seen - wanted:
                work.session.delete(link)
        present = {
            link.service_id
            for link in work.session.exec(
                select(IncidentService).where(IncidentService.incident_id == row.id)
            )
        }
        for service_id in wanted - seen - present:
            work.add(IncidentService(incident_id=row.id, service_id=service_id))


@contextmanager
def _editing(
    who: Who, incident_id: str, action: str, *, facts: bool = False
) -> Iterator[tuple[Work, Incident]]:
    """A write to one incident: permission, row, whether its facts are frozen, and the audit line
    when it ends well."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        if facts:
            check_incident_editable(work, incident_id)
        yield work, work.get(Incident, incident_id, "incident")
        work.audit(action, Thing.INCIDENT, incident_id)
