"""Statuspage incidents with their public updates; Instatus exports have the same shape, and so
do public incident histories with one JSON object a line."""

from __future__ import annotations

from datetime import datetime, timedelta

from integrations import json_file
from integrations.html_text import plain_text
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
from integrations.severities import IMPACTS, severity_of
from models.rules.problems import BadFile
from models.rules.record import ClockTime, EventRecord, IncidentRecord, Reading, ReadOptions
from models.rules.vocabulary import Clock, EventKind, IncidentKind, Source

_SIGNS = ("incident_updates", "updates", "shortlink", "scheduled_for")
_UPDATE_TIMES = ("display_at", "created_at", "at", "started", "createdAt")
_ENDS = ("resolved", "completed")
_MAINTENANCE = ("maintenance", "undermaintenance")
_NO_IMPACT = ("none", "operational", *_MAINTENANCE)
_SAME_MOMENT = timedelta(minutes=1)  # a start this near the first notice is that notice


def recognises(data: bytes, name: str) -> bool:
    """Whether this is a Statuspage file, as one document or one object a line. Never raises."""
    if recognises_lines(data):
        return True
    try:
        return has_shape(json_file.load(data))
    except BadFile:
        return False


def recognises_lines(data: bytes) -> bool:
    """Whether there are several lines and the first is an incident by itself. Never raises."""
    first, _, rest = data.strip().partition(b"\n")
    if not rest:
        return False
    try:
        row = json_file.load(first)
    except BadFile:
        return False
    return isinstance(row, dict) and has_shape([row])


def has_shape(document: object) -> bool:
    """Whether a JSON document holds incidents of a status page."""
    rows = _rows(document)
    # PagerDuty and incident.io have lists of the same name, with their own fields.
    return any_has(rows, *_SIGNS) and not any_has(
        rows, "log_entries", "incident_status", "incident_role_assignments", "permalink"
    )


def read(data: bytes, options: ReadOptions) -> Reading:
    """The incidents of the file; every update is an event or is noted. Raises BadFile."""
    notes = Notes(options, Source.STATUSPAGE)
    if recognises_lines(data):
        return notes.reading([_incident(row) for row in _lines(data, notes)])
    document = json_file.load(data)
    if not has_shape(document):
        raise no_rows("a Statuspage", "list of incidents with updates")
    return notes.reading([_incident(row) for row in objects(_rows(document), "incident", notes)])


def _rows(document: object) -> list[object]:
    rows = rows_of(document, "incidents", "incident")
    if isinstance(document, dict):
        if not rows and any_has([document], *_SIGNS):
            return [document]
        rows = rows + rows_of(document.get("scheduled_maintenances"), "")
    return rows


def _lines(data: bytes, notes: Notes) -> list[Fields]:
    rows = []
    for line, text, value in json_file.load_lines(data):
        if isinstance(value, dict):
            rows.append(Fields(value, f"line {line}", notes, line))
        elif isinstance(value, BadFile):
            notes.leave(text, value.message, line)
        else:
            notes.leave(text, "This should be an object.", line)
    return rows


def _incident(row: Fields) -> IncidentRecord:
    row, title, long_title = incident_title(
        row, "name", "title", otherwise="Status page incident without a name"
    )
    updates = _updates(row)
    impact = row.line_of("impact_override", "impact")
    is_maintenance = impact.casefold() in _MAINTENANCE or row.has("scheduled_for")
    is_rated = impact and impact.casefold() not in _NO_IMPACT and not is_maintenance
    return IncidentRecord(
        title=title,
        summary=joined(long_title, plain_text(row.text("postmortem_body"))),
        kind=IncidentKind.MAINTENANCE if is_maintenance else IncidentKind.INCIDENT,
        severity=severity_of(impact, IMPACTS, row.notes) if is_rated else None,
        clocks=_clocks(row, updates, is_maintenance),
        services=_services(row, updates),
        events=in_order(_event(update) for update in updates),
        source=Source.STATUSPAGE,
        source_key=source_key(row, "id"),
        source_url=row.address("shortlink") or row.address("url"),
    )


def _updates(row: Fields) -> list[Fields]:
    key = "incident_updates" if row.has("incident_updates") else "updates"
    return row.children(key, "update")


def _event(update: Fields) -> EventRecord | None:
    status = update.line_of("status").replace("_", " ")
    status = status[:1].upper() + status[1:].lower()
    body = update.words("body", "message")
    text = plain_text(body)
    return update.event(
        _UPDATE_TIMES,
        ": ".join(filter(None, (status, text))) or "Update without words",
        kind=EventKind.RESOLUTION if status.casefold() in _ENDS else EventKind.UPDATE,
        words="" if text == body else f"{status}: {body}",
    )


def _clocks(row: Fields, updates: list[Fields], is_maintenance: bool) -> dict[Clock, ClockTime]:
    """A status page knows when it told people, not when the team noticed: the first public update
    stands in for the detection. A start or an end of downtime is what was said of it in words
    afterwards, so it is estimated; a contradiction between them is kept for a person to see."""
    told = [at for at in (u.quiet_time(*_UPDATE_TIMES) for u in updates) if at is not None]
    first = min(told) if told else row.quiet_time("created_at", "started_at", "started")
    resolved = row.time("resolved_at", "resolved") or _resolved_by_update(updates)
    if is_maintenance:
        began = row.time("scheduled_for") or row.time("downtime_start", "started_at", "started")
        clocks = {Clock.IMPACT_BEGAN: began, Clock.RESOLVED: resolved}
        return {clock: ClockTime(at) for clock, at in clocks.items() if at is not None}
    began = row.time("downtime_start", "started_at", "started")
    has_window = row.has("impact_window")  # then the two are stated, and not the notices again
    ended = row.time("downtime_end") or row.time("monitoring_at")
    clocks = {
        Clock.IMPACT_BEGAN: began if has_window else _apart(began, first),
        Clock.DETECTED: first,
        Clock.MITIGATED: ended if has_window else _apart(ended, resolved),
    }
    estimated = {c: ClockTime(at, estimated=True) for c, at in clocks.items() if at is not None}
    if Clock.DETECTED in estimated:
        row.notes.assume(
            "A status page gives no time of detection; the first public update stands in, "
            "marked as estimated."
        )
    return estimated | ({Clock.RESOLVED: ClockTime(resolved)} if resolved else {})


def _apart(moment: datetime | None, other: datetime | None) -> datetime | None:
    if moment is not None and other is not None and abs(moment - other) < _SAME_MOMENT:
        return None
    return moment


def _resolved_by_update(updates: list[Fields]) -> datetime | None:
    ends = (u.quiet_time(*_UPDATE_TIMES) for u in updates if _ends(u))
    return max((at for at in ends if at is not None), default=None)


def _ends(update: Fields) -> bool:
    return str(update.values.get("status")).casefold() in _ENDS


def _services(row: Fields, updates: list[Fields]) -> tuple[str, ...]:
    names = row.lines("components", "name")
    for update in updates:
        names += update.lines("affected_components", "name")
    return tuple(dict.fromkeys(names))
