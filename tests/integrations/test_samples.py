"""Real captures of other tools import without a lost row. Skipped where they are not there."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from integrations import formats, slack_export
from models.rules.record import Reading
from models.rules.vocabulary import Clock, IncidentKind, Source
from tests.integrations.files import OPTIONS, SAMPLES

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")


def read(path: str, expected: Source, **options: Any) -> Reading:
    data = (SAMPLES / path).read_bytes()
    reading = formats.read(data, replace(OPTIONS, name=path, **options))
    assert reading.format is expected
    return reading


def rows(reading: Reading) -> int:
    return sum(len(i.events) for i in reading.incidents) + len(reading.unread)


def test_every_pagerduty_log_entry_is_kept() -> None:
    path = "pagerduty/incidents_with_log_entries.json"
    document = json.loads((SAMPLES / path).read_text())["incidents"]
    reading = read(path, Source.PAGERDUTY)
    assert rows(reading) == sum(len(i["log_entries"]) for i in document)
    assert [Clock.RESOLVED in i.clocks for i in reading.incidents] == [False, False, True]


def test_opsgenie_incidents_are_kept() -> None:
    reading = read("opsgenie/incidents.json", Source.OPSGENIE)
    assert [Clock.RESOLVED in i.clocks for i in reading.incidents] == [False, True]
    assert reading.unread == ()


def test_every_statuspage_update_is_kept() -> None:
    path = "statuspage/incidents.json"
    document = json.loads((SAMPLES / path).read_text())["incidents"]
    reading = read(path, Source.STATUSPAGE)
    assert len(reading.incidents) == len(document) == 120
    assert rows(reading) == sum(len(i["incident_updates"]) for i in document)


def test_every_update_of_the_incident_history_is_kept() -> None:
    path = "incident_history/github_2022_2024.jsonl"
    lines = [json.loads(line) for line in (SAMPLES / path).read_text().splitlines()]
    reading = read(path, Source.STATUSPAGE)
    assert len(reading.incidents) == len(lines) == 400
    assert rows(reading) == sum(len(line["updates"]) for line in lines)
    maintenance = [i for i in reading.incidents if i.kind is IncidentKind.MAINTENANCE]
    assert len(maintenance) == sum(line["impact"] == "maintenance" for line in lines) == 10


def test_the_alertmanager_webhook_is_kept() -> None:
    reading = read("alertmanager/webhook.json", Source.ALERTMANAGER)
    assert rows(reading) == 1
    assert Clock.RESOLVED not in reading.incidents[0].clocks


@pytest.mark.parametrize("name", ["enrique", "traveling-sailor"])
def test_every_message_of_a_slack_channel_is_kept(name: str) -> None:
    with zipfile.ZipFile(SAMPLES / "slack/export.zip") as archive:
        days = [n for n in archive.namelist() if n.startswith(f"{name}/") and n.endswith("json")]
        messages = sum(len(json.loads(archive.read(day))) for day in days)
    reading = read("slack/export.zip", Source.SLACK, channel=name)
    assert rows(reading) == messages
    assert not [u for i in reading.incidents for u in i.events if "<@" in u.text]


def test_the_channels_of_the_slack_export_are_offered() -> None:
    channels = slack_export.channels((SAMPLES / "slack/export.zip").read_bytes())
    assert [(c.name, c.days) for c in channels] == [("enrique", 9), ("traveling-sailor", 8)]


@pytest.mark.parametrize(
    "name",
    [
        "actions",
        "follow_ups",
        "incident_roles",
        "incident_statuses",
        "incident_timestamps",
        "incident_updates",
        "severities",
    ],
)
def test_every_row_of_an_incident_io_file_without_incidents_is_shown(name: str) -> None:
    path = f"incident_io/{name}.json"
    reading = read(path, Source.INCIDENT_IO)
    assert reading.incidents == ()
    assert len(reading.unread) == len(json.loads((SAMPLES / path).read_text()))
    assert all("incidents.json" in u.why for u in reading.unread)


def test_every_written_post_mortem_is_recognised_and_read() -> None:
    paths = sorted((SAMPLES / "postmortems_markdown").glob("*.md"))
    for path in paths:
        reading = read(str(path.relative_to(SAMPLES)), Source.MARKDOWN)
        assert reading.postmortems or reading.incidents, path.name
    assert len(paths) == 23


def test_the_incident_io_incident_is_kept_with_its_update() -> None:
    reading = read("incident_io/incidents.json", Source.INCIDENT_IO)
    assert rows(reading) == len(reading.incidents) == 1


def test_rows_whose_year_has_a_digit_too_many_are_read_and_asked_about() -> None:
    [path] = (SAMPLES / "postmortems_markdown").glob("PM2020-003*.md")
    reading = read(str(path.relative_to(SAMPLES)), Source.MARKDOWN)
    assert [e.at.year for e in reading.postmortems[0].events] == [2020] * 5
    assert any("cannot be meant; it is read as" in said for said in reading.assumed)
