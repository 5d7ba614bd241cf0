"""Prometheus Alertmanager: the body of its webhook, one incident for each group of alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from integrations import json_file
from integrations.json_fields import (
    Fields,
    Notes,
    any_has,
    in_order,
    joined,
    no_rows,
    objects,
    source_key,
    titled,
)
from integrations.severities import ALERT_LABELS, severity_of
from models.rules.problems import BadFile
from models.rules.record import (
    ClockTime,
    EventRecord,
    EvidenceRecord,
    IncidentRecord,
    Reading,
    ReadOptions,
)
from models.rules.vocabulary import Clock, EventKind, Source

_STILL_FIRING = "0001-01-01"  # Go's zero time


def recognises(data: bytes, name: str) -> bool:
    """Whether this is the body of an Alertmanager webhook. Never raises."""
    try:
        return has_shape(json_file.load(data))
    except BadFile:
        return False


def has_shape(document: object) -> bool:
    """Whether a JSON document is one webhook body, or a list of them."""
    return any_has(_groups(document), "groupKey", "groupLabels", "commonLabels")


def read(data: bytes, options: ReadOptions) -> Reading:
    """One incident for each group; every alert is an event or is noted. Raises BadFile."""
    document = json_file.load(data)
    notes = Notes(options, Source.ALERTMANAGER)
    if not has_shape(document):
        raise no_rows("an Alertmanager", "group of alerts")
    groups = objects(_groups(document), "group", notes)
    return notes.reading([_incident(group) for group in groups])


def _groups(document: object) -> list[object]:
    return document if isinstance(document, list) else [document]


def _incident(group: Fields) -> IncidentRecord:
    labels, annotations = group.child("commonLabels"), group.child("commonAnnotations")
    name = labels.line_of("alertname") or group.child("groupLabels").line_of("alertname")
    summary = annotations.text("summary")
    group, title, long_title = titled(
        group, ": ".join(filter(None, (name, summary))) or "Group of alerts without a name"
    )
    alerts = group.children("alerts", "alert")
    events = in_order(event for alert in alerts for event in _events(alert))
    return IncidentRecord(
        title=title,
        summary=joined(long_title, annotations.text("description")),
        severity=severity_of(_severity_label(labels, alerts), ALERT_LABELS, group.notes),
        clocks=_clocks(alerts),
        services=_services(labels, alerts),
        events=events,
        source=Source.ALERTMANAGER,
        source_key=_key(group, alerts),
        source_url=group.address("externalURL"),
    )


def _events(alert: Fields) -> list[EventRecord | None]:
    labels, annotations = alert.child("labels"), alert.child("annotations")
    name = labels.line_of("alertname") or "Alert"
    instance = labels.line_of("instance")
    head = f"{name} on {instance}" if instance else name
    said = [annotations.words(key) for key in ("summary", "description", "message")]
    text = ": ".join(filter(None, (head, *said)))
    all_labels = ", ".join(f"{key}={value}" for key, value in labels.values.items())
    began = alert.event(("startsAt",), text, kind=EventKind.ALERT, words=f"{text} [{all_labels}]")
    if began and (graph := alert.address("generatorURL")):
        began = replace(began, evidence=(EvidenceRecord("The alert in Prometheus", graph),))
    if not _has_ended(alert):
        return [began]
    ended = alert.event(("endsAt",), f"{head} ended", kind=EventKind.RESOLUTION)
    return [began, ended]


def _has_ended(alert: Fields) -> bool:
    """An alert that still fires has an end in year 1, or one in the future with its status."""
    if alert.line_of("status") == "firing":
        return False
    return alert.has("endsAt") and not alert.line_of("endsAt").startswith(_STILL_FIRING)


def _clocks(alerts: list[Fields]) -> dict[Clock, ClockTime]:
    """Detected when the first alert began to fire; resolved when the last ended, if all have."""
    starts = [at for at in (alert.quiet_time("startsAt") for alert in alerts) if at]
    clocks = {Clock.DETECTED: ClockTime(min(starts))} if starts else {}
    ends: list[datetime | None] = [
        alert.quiet_time("endsAt") if _has_ended(alert) else None for alert in alerts
    ]
    known = [at for at in ends if at is not None]
    if known and len(known) == len(ends):
        clocks[Clock.RESOLVED] = ClockTime(max(known))
    return clocks


def _severity_label(labels: Fields, alerts: list[Fields]) -> str:
    """The severity common to the group, else the highest of its alerts."""
    if common := labels.line_of("severity"):
        return common
    words = [alert.child("labels").line_of("severity") for alert in alerts]
    return min(
        filter(None, words), key=lambda w: ALERT_LABELS.get(w.casefold(), "SEV9"), default=""
    )


def _services(labels: Fields, alerts: list[Fields]) -> tuple[str, ...]:
    names = [labels.line_of("service"), *(a.child("labels").line_of("service") for a in alerts)]
    return tuple(dict.fromkeys(filter(None, names)))


def _key(group: Fields, alerts: list[Fields]) -> str:
    """The same group fires again another day, so its first start belongs to its identity."""
    starts = [at for at in (alert.quiet_time("startsAt") for alert in alerts) if at]
    if not starts or not group.has("groupKey"):
        return source_key(group)
    identity: dict[str, object] = {
        "group": group.values["groupKey"],
        "first": min(starts).isoformat(),
    }
    return source_key(replace(group, values=identity))
