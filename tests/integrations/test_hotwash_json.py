"""Our own JSON, also when somebody has written in it by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from integrations import hotwash_json
from models.rules.problems import BadFile
from models.rules.record import EventRecord, IncidentRecord, PostmortemRecord, Reading, ReadOptions
from models.rules.record_json import dump

NOW = datetime(2024, 5, 6, 10, tzinfo=UTC)


def document() -> dict[str, Any]:
    event = EventRecord(NOW, "Alert", line=3)
    incident = IncidentRecord("Checkout down", events=(event,))
    written: dict[str, Any] = json.loads(dump(PostmortemRecord("Queue", incidents=(incident,))))
    return written


def read(given: dict[str, Any]) -> Reading:
    return hotwash_json.read(json.dumps(given).encode(), ReadOptions(now=NOW))


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("until", "2024-05-06T09:00:00Z", "incidents, item 1, events, item 1, until"),
        ("line", -3, "incidents, item 1, events, item 1, line"),
        ("line", 0, "incidents, item 1, events, item 1, line"),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_its_place(
    path: str, value: object, place: str
) -> None:
    given = document()
    given["postmortem"]["incidents"][0]["events"][0][path] = value
    with pytest.raises(BadFile, match=place):
        read(given)


def test_an_empty_title_is_refused_with_its_place() -> None:
    given = document()
    given["postmortem"]["title"] = " "
    given["postmortem"]["incidents"][0]["title"] = ""
    with pytest.raises(BadFile, match="title: it is empty") as caught:
        read(given)
    assert [p.message for p in caught.value.problems] == [
        "Title: it is empty.",
        "Incidents, item 1, title: it is empty.",
    ]


def test_a_clock_that_is_null_is_not_known() -> None:
    given = document()
    given["postmortem"]["incidents"][0]["clocks"] = {"detected": None, "resolved": None}
    reading = read(given)
    assert reading.postmortems[0].incidents[0].clocks == {}
    assert reading.unread == ()
