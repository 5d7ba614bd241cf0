"""Opsgenie incidents, as its API and its exports give them."""

from __future__ import annotations

import re

from integrations import json_file
from integrations.json_fields import (
    Fields,
    Notes,
    any_has,
    in_order,
    incident_title,
    joined,
    no_rows,
    objects,
    rows_of,
    source_key,
)
from integrations.severities import PRIORITIES, severity_of
from models.rules.problems import BadFile
from models.rules.record import (
    ClockTime,
    EventRecord,
    IncidentRecord,
    ParticipantRecord,
    Reading,
    ReadOptions,
)
from models.rules.vocabulary import Clock, EventKind, Source

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def recognises(data: bytes, name: str) -> bool:
    """Whether this is an Opsgenie file. Never raises."""
    try:
        return has_shape(json_file.load(data))
    except BadFile:
        return False


def has_shape(document: object) -> bool:
    """Whether a JSON document holds Opsgenie incidents."""
    return any_has(_rows(document), "tinyId", "impactStartDate", "impactedServices")


def read(data: bytes, options: ReadOptions) -> Reading:
    """The incidents of the file. Raises BadFile."""
    document = json_file.load(data)
    notes = Notes(options, Source.OPSGENIE)
    if not has_shape(document):
        raise no_rows("an Opsgenie", "list of incidents under “data”")
    return notes.reading([_incident(row) for row in objects(_rows(document), "incident", notes)])


def _rows(document: object) -> list[object]:
    return rows_of(document, "data", "data") or rows_of(document, "incidents")


def _incident(row: Fields) -> IncidentRecord:
    row, title, long_title = incident_title(
        row, "message", otherwise="Opsgenie incident without a message"
    )
    return IncidentRecord(
        title=title,
        summary=joined(long_title, row.text("description")),
        severity=severity_of(row.line_of("priority"), PRIORITIES, row.notes),
        clocks=_clocks(row),
        services=_services(row),
        participants=_participants(row),
        events=_events(row, title),
        source=Source.OPSGENIE,
        source_key=source_key(row, "id"),
        source_url=row.child("links").address("web"),
    )


def _clocks(row: Fields) -> dict[Clock, ClockTime]:
    """Opsgenie has no detection time, so its opening stands in, estimated. `impactEndDate` is
    absent while the incident is open."""
    clocks = {}
    if began := row.time("impactStartDate"):
        clocks[Clock.IMPACT_BEGAN] = ClockTime(began)
    if created := row.time("createdAt"):
        clocks[Clock.DETECTED] = ClockTime(created, estimated=True)
        clocks[Clock.DECLARED] = ClockTime(created)
        row.notes.assume(
            "Opsgenie gives no time of detection; the time the incident was opened stands in, "
            "marked as estimated."
        )
    if ended := row.time("impactEndDate"):
        clocks[Clock.RESOLVED] = ClockTime(ended)
    return clocks


def _events(row: Fields, title: str) -> tuple[EventRecord, ...]:
    """Opsgenie exports no log, only these moments. Times that cannot be read are noted with the
    clocks already."""
    moments = (
        ("impactStartDate", "Impact began", EventKind.OBSERVATION),
        ("createdAt", f"Incident opened in Opsgenie: {title}", EventKind.ALERT),
        ("impactEndDate", "Impact ended", EventKind.RESOLUTION),
    )
    return in_order(
        row.event((key,), text, kind=kind) for key, text, kind in moments if row.quiet_time(key)
    )


def _services(row: Fields) -> tuple[str, ...]:
    names = row.lines("impactedServices")
    if any(_ID.fullmatch(name) for name in names):
        row.notes.assume(
            "Opsgenie names impacted services by id only: choose the services by hand "
            "(incidents: {count})."
        )
    return tuple(dict.fromkeys(name for name in names if not _ID.fullmatch(name)))


def _participants(row: Fields) -> tuple[ParticipantRecord, ...]:
    responders = row.children("responders", "responder")
    names = [r.line_of("name", "username") for r in responders if r.line_of("type") == "user"]
    if not all(names):
        row.notes.assume(
            "Opsgenie names responders by id only: add the people by hand (incidents: {count})."
        )
    return tuple(ParticipantRecord(name) for name in dict.fromkeys(filter(None, names)))
