"""Small files of other tools, written by hand, for the tests of the importers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from models.rules.record import Reading, ReadOptions
from models.rules.vocabulary import Source

SAMPLES = Path(__file__).resolve().parents[2] / "../shared/samples"
NOW = datetime(2024, 6, 1, 9, 0, tzinfo=UTC)
OPTIONS = ReadOptions(now=NOW)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def at(hour: int, minute: int = 0, second: int = 0, microsecond: int = 0) -> datetime:
    """A time on the day that all these files tell of."""
    return datetime(2024, 3, 13, hour, minute, second, microsecond, tzinfo=UTC)


def pagerduty() -> dict[str, object]:
    ada = {"type": "user_reference", "summary": "Ada Lovelace"}
    service = {"type": "service_reference", "summary": "Checkout"}

    def entry(kind: str, time: str, summary: str, **more: object) -> dict[str, object]:
        fields = {"type": f"{kind}_log_entry", "created_at": f"2024-03-13T{time}Z"}
        return {**fields, "summary": summary, **more}

    note = {"type": "note", "summary": "The pool was exhausted."}
    incident = {
        "id": "PABC",
        "title": "Checkout is down",
        "urgency": "high",
        "status": "resolved",
        "created_at": "2024-03-13T10:00:00Z",
        "html_url": "https://example.pagerduty.com/incidents/PABC",
        "priority": {"summary": "P2"},
        "service": service,
        "log_entries": [
            entry("resolve", "11:00:00", "Resolved by Ada.", agent=ada),
            entry("annotate", "10:40:00", "Note added by Ada.", agent=ada, channel=note),
            entry("escalate", "10:20:00", "Escalated to Ben.", agent=service),
            entry("acknowledge", "10:09:00", "Acknowledged again.", agent=ada),
            entry("acknowledge", "10:05:00", "Acknowledged by Ada.", agent=ada),
            entry("notify", "10:01:00", "Notified Ada by phone."),
            entry("trigger", "10:00:00", "Triggered by an alert.", agent=service),
        ],
    }
    return {"incidents": [incident]}


def opsgenie() -> dict[str, object]:
    incident = {
        "id": "0a1b",
        "tinyId": "7",
        "message": "Checkout is down",
        "description": "Payments fail.",
        "status": "resolved",
        "priority": "P1",
        "createdAt": "2024-03-13T10:05:00.5Z",
        "impactStartDate": "2024-03-13T10:00:00Z",
        "impactEndDate": "2024-03-13T11:00:00Z",
        "impactedServices": ["695bce3d-4621-4630-8ae1-24eb89c22d6e", "Checkout"],
        "responders": [{"type": "user", "id": "1", "name": "Ada"}, {"type": "team", "id": "2"}],
        "links": {"web": "https://example.opsgenie.com/incident/7"},
    }
    return {"data": [incident], "totalCount": 1}


def incident_io() -> dict[str, object]:
    def stamp(name: str, value: str | None) -> dict[str, object]:
        return {"incident_timestamp": {"name": name}, "value": value and {"value": value}}

    ada = {"name": "Ada", "email": "ada@example.org"}
    incident = {
        "id": "01H",
        "name": "Checkout is down",
        "mode": "standard",
        "permalink": "https://app.incident.io/example/incidents/01H",
        "created_at": "2024-03-13T10:05:00Z",
        "severity": {"name": "Critical"},
        "summary": "Payments failed.",
        "incident_status": {"category": "closed", "name": "Closed"},
        "incident_role_assignments": [
            {"role": {"role_type": "lead", "name": "Incident Lead"}, "assignee": ada},
            {"role": {"role_type": "custom", "name": "Note taker"}, "assignee": None},
        ],
        "incident_timestamp_values": [
            stamp("Reported at", "2024-03-13T10:05:00Z"),
            stamp("Impact started at", "2024-03-13T09:58:00Z"),
            stamp("Identified at", "2024-03-13T10:30:00Z"),
            stamp("Resolved at", None),
        ],
    }
    update = {"id": "u1", "incident_id": "01H", "created_at": "2024-03-13T10:10:00Z"}
    updates = [
        {**update, "message": "Looking.", "updater": {"user": ada}, "new_incident_status": None},
        {**update, "id": "u2", "message": None, "new_incident_status": {"name": "Fixing"}},
    ]
    follow_up = {"id": "f1", "incident_id": "01H", "title": "Alert on the pool", "status": "open"}
    return {
        "incidents": [incident],
        "incident_updates": updates,
        "follow_ups": [{**follow_up, "created_at": "2024-03-13T12:00:00Z"}],
    }


def statuspage() -> dict[str, object]:
    def update(status: str, time: str, body: str, **more: object) -> dict[str, object]:
        return {"status": status, "display_at": f"2024-03-13T{time}Z", "body": body, **more}

    incident = {
        "id": "s1",
        "name": "Checkout is down",
        "impact": "major",
        "status": "resolved",
        "started_at": "2024-03-13T10:05:00.100Z",
        "resolved_at": "2024-03-13T11:00:00Z",
        "shortlink": "https://stspg.example/s1",
        "components": [{"name": "Checkout"}],
        "incident_updates": [
            update("resolved", "11:00:00", "All good."),
            update("identified", "10:20:00", "A full pool.", affected_components=None),
            update(
                "investigating", "10:05:00", "Looking.", affected_components=[{"name": "Payments"}]
            ),
        ],
    }
    return {"page": {"name": "Example"}, "incidents": [incident]}


def alertmanager() -> dict[str, object]:
    def alert(instance: str, start: str, end: str) -> dict[str, object]:
        return {
            "labels": {"alertname": "PoolFull", "instance": instance, "severity": "critical"},
            "annotations": {"description": "No connection is left."},
            "startsAt": start,
            "endsAt": end,
            "generatorURL": "https://prometheus.example/graph",
        }

    return {
        "groupKey": '{}:{alertname="PoolFull"}',
        "status": "firing",
        "commonLabels": {"alertname": "PoolFull", "severity": "critical", "service": "checkout"},
        "commonAnnotations": {"summary": "The pool is full"},
        "externalURL": "https://alertmanager.example",
        "alerts": [
            alert("a", "2024-03-13T11:00:00.123456789+01:00", "2024-03-13T11:30:00+01:00"),
            alert("b", "2024-03-13T11:05:00+01:00", "0001-01-01T00:00:00Z"),
        ],
    }


def slack_members() -> dict[str, object]:
    def said(ts: str, user: str, text: str, **more: object) -> dict[str, object]:
        return {"type": "message", "ts": ts, "user": user, "text": text, **more}

    channel = "incident-2024-03-13-checkout-down"
    return {
        "users.json": [
            {"id": "U1", "name": "ada", "profile": {"real_name": "Ada Lovelace"}},
            {"id": "U2", "name": "ben", "profile": {"real_name": "", "display_name": "Ben"}},
        ],
        "channels.json": [{"id": "C1", "name": channel}],
        f"{channel}/2024-03-13.json": [
            said("1710324000.000100", "U1", "<@U1> has joined", subtype="channel_join"),
            said("1710324060.000200", "U1", "Checkout &lt;500&gt;, <@U2> <!channel> please look"),
            said("1710324300.000300", "U2", "yes", thread_ts="1710324060.000200"),
            said("1710324120.000100", "U2", "See <https://g.example/1|the graph>", edited={}),
            {
                "type": "message",
                "subtype": "bot_message",
                "ts": "1710324180.000100",
                "username": "deploys",
                "text": "",
                "attachments": [{"pretext": "Deploy 12", "text": "rolled back", "fallback": "x"}],
            },
            said("1710324240.000100", "U1", "", files=[{"name": "pool.png"}]),
        ],
        f"{channel}/2024-03-14.json": [said("1710410400.000100", "U2", "All good since.")],
    }


def a_zip(members: dict[str, object]) -> bytes:
    """A zip archive; what is not bytes is written as JSON."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in members.items():
            archive.writestr(name, value if isinstance(value, bytes) else as_json(value))
    return content.getvalue()


JSON_FILES: dict[Source, Callable[[], dict[str, object]]] = {
    Source.PAGERDUTY: pagerduty,
    Source.OPSGENIE: opsgenie,
    Source.INCIDENT_IO: incident_io,
    Source.STATUSPAGE: statuspage,
    Source.ALERTMANAGER: alertmanager,
}


def texts(reading: Reading) -> list[str]:
    return [event.text for incident in reading.incidents for event in incident.events]
