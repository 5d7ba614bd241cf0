"""PagerDuty incidents with their log entries, as its REST API (version 2) gives them."""

from __future__ import annotations

from datetime import datetime

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
from models.rules.vocabulary import Clock, EventKind, Severity, Source

_KINDS = {
    "trigger_log_entry": EventKind.ALERT,
    "acknowledge_log_entry": EventKind.ACTION,
    "escalate_log_entry": EventKind.ESCALATION,
    "repeat_escalation_path_log_entry": EventKind.ESCALATION,
    "exhaust_escalation_path_log_entry": EventKind.ESCALATION,
    "resolve_log_entry": EventKind.RESOLUTION,
}
_NOISE = "notify_log_entry"


def recognises(data: bytes, name: str) -> bool:
    """Whether this is a PagerDuty file. Never raises."""
    try:
        return has_shape(json_file.load(data))
    except BadFile:
        return False


def has_shape(document: object) -> bool:
    """Whether a JSON document holds PagerDuty incidents."""
    rows = rows_of(document, "incidents", "incident")
    return any_has(rows, "log_entries", "incident_key", "urgency", "first_trigger_log_entry")


def read(data: bytes, options: ReadOptions) -> Reading:
    """The incidents of the file; every log entry is an event or is noted. Raises BadFile."""
    document = json_file.load(data)
    notes = Notes(options, Source.PAGERDUTY)
    if not has_shape(document):
        raise no_rows("a PagerDuty", "list of incidents")
    rows = objects(rows_of(document, "incidents", "incident"), "incident", notes)
    return notes.reading([_incident(row) for row in rows])


def _incident(row: Fields) -> IncidentRecord:
    row, title, long_title = incident_title(
        row, "title", "summary", "description", otherwise="PagerDuty incident without a title"
    )
    entries = row.children("log_entries", "log entry")
    if not entries:
        row.notes.assume(
            "Incidents without log entries have an empty timeline (incidents: {count}). Export "
            "them with log entries to have who did what and when."
        )
    return IncidentRecord(
        title=title,
        summary=joined(long_title, row.child("body").text("details")),
        severity=_severity(row),
        clocks=_clocks(row, entries),
        services=tuple(filter(None, [row.child("service").line_of("summary", "name")])),
        participants=_participants(row, entries),
        events=in_order(_event(entry) for entry in entries),
        source=Source.PAGERDUTY,
        source_key=source_key(row, "id"),
        source_url=row.address("html_url"),
    )


def _event(entry: Fields) -> EventRecord | None:
    type_ = entry.line_of("type")
    summary = entry.words("summary")
    channel = entry.child("channel")
    note = ""
    if type_ == "annotate_log_entry" and channel.line_of("type") == "note":
        note = channel.words("summary", "content")
    note = note or entry.words("note")
    said = summary or type_.removesuffix("_log_entry").replace("_", " ") or "log entry"
    return entry.event(
        ("created_at",),
        note or said,
        kind=_KINDS.get(type_, EventKind.NOTE),
        author=entry.child("agent").line_of("summary", "name"),
        words=f"{said} {note}".strip(),
        is_noise=type_ == _NOISE,
    )


def _clocks(row: Fields, entries: list[Fields]) -> dict[Clock, ClockTime]:
    """Measured, because PagerDuty's own log says so: the trigger is the alert that detected the
    incident, the first acknowledgement and the last resolution are people's clicks."""
    triggered = _times(entries, "trigger_log_entry")
    acknowledged = _times(entries, "acknowledge_log_entry")
    detected = min(triggered) if triggered else row.time("created_at")
    resolved = None
    if row.line_of("status") in ("resolved", ""):
        closing = _times(entries, "resolve_log_entry")
        resolved = max(closing) if closing else row.time("resolved_at")
    if resolved is None and row.line_of("status") == "resolved":
        resolved = row.time("last_status_change_at")
    clocks = {
        Clock.DETECTED: detected,
        Clock.ACKNOWLEDGED: min(acknowledged, default=None),
        Clock.RESOLVED: resolved,
    }
    return {clock: ClockTime(at) for clock, at in clocks.items() if at is not None}


def _times(entries: list[Fields], type_: str) -> list[datetime]:
    times = (e.quiet_time("created_at") for e in entries if e.values.get("type") == type_)
    return [at for at in times if at is not None]


def _severity(row: Fields) -> Severity | None:
    priority = row.child("priority").line_of("summary", "name")
    if not priority:
        row.notes.assume(
            "PagerDuty gives urgency, which is no severity; it was left open (incidents: {count})."
        )
    return severity_of(priority, PRIORITIES, row.notes)


def _participants(row: Fields, entries: list[Fields]) -> tuple[ParticipantRecord, ...]:
    assigned = [a.child("assignee") for a in row.children("assignments", "assignment")]
    agents = [entry.child("agent") for entry in reversed(entries)]
    people = [p for p in [*agents, *assigned] if p.line_of("type").startswith("user")]
    names = dict.fromkeys(filter(None, (p.line_of("summary", "name") for p in people)))
    return tuple(ParticipantRecord(name) for name in names)
