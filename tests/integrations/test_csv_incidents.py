"""A CSV file with one incident a row gives one incident each, with its clocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from integrations import csv_file, formats
from models.rules.problems import BadFile
from models.rules.record import ParticipantRecord, Reading, ReadOptions
from models.rules.vocabulary import Clock, IncidentRole, Severity, Source

OPTIONS = ReadOptions(now=datetime(2024, 5, 8, 12, tzinfo=UTC))
REGISTER = """\
id,title,severity,started_at,Detected at (UTC),resolved_at,services,commander,notes,url
INC-1,Checkout down,SEV1,2024-05-06T10:00:00Z,2024-05-06 10:05,2024-05-06T11:00:00Z,"a, b",Ada,x,https://x.example/1
INC-2,Search slow,P3,2024-05-07 10:00,soon,2024-05-07 11:00,search,,,
,,,,,,,,,
INC-3,Login,1,,,2024-02-30 10:00,,,,javascript:1
"""


def read(text: str) -> Reading:
    return formats.read(text.encode(), OPTIONS)


def test_each_row_is_an_incident_with_its_clocks() -> None:
    reading = read(REGISTER)
    assert reading.format is Source.CSV
    first, second, third = reading.incidents
    assert (first.title, first.severity) == ("Checkout down", Severity.SEV1)
    assert {c: f"{t.at:%d %H:%M}" for c, t in first.clocks.items()} == {
        Clock.IMPACT_BEGAN: "06 10:00",
        Clock.DETECTED: "06 10:05",
        Clock.RESOLVED: "06 11:00",
    }
    assert not any(t.estimated for t in first.clocks.values())
    assert (first.services, first.events) == (("a", "b"), ())
    assert first.participants == (ParticipantRecord("Ada", IncidentRole.COMMANDER),)
    assert (first.summary, first.source_url) == ("notes: x", "https://x.example/1")
    assert (second.severity, third.severity) == (Severity.SEV2, Severity.SEV1)
    assert "“P3” was read as SEV2." in reading.assumed


def test_what_does_not_fit_is_listed_with_its_column_and_nothing_else_is_lost() -> None:
    reading = read(REGISTER)
    assert [(u.line, u.text) for u in reading.unread] == [(3, "soon"), (5, "2024-02-30 10:00")]
    assert "Detected at (UTC)" in reading.unread[0].why
    assert reading.incidents[2].summary == "url: javascript:1"
    assert {line for line, _ in reading.used} == {1, 2, 3, 5}


def test_the_same_incident_has_the_same_key_in_a_longer_file() -> None:
    keys = [i.source_key for i in read(REGISTER).incidents]
    assert len(set(keys)) == 3
    longer = REGISTER.replace("INC-1,", "INC-0,Older,,,,,,,,\nINC-1,")
    assert [i.source_key for i in read(longer).incidents][1:] == keys


@pytest.mark.parametrize(
    "head",
    ["start,end,description", "started_at,ended_at,event,severity", "created,updated,title"],
)
def test_a_timeline_with_spans_stays_one_incident(head: str) -> None:
    row = "2024-05-06 10:00,2024-05-06 10:05,alert fired" + ",x" * (head.count(",") - 2)
    reading = csv_file.read(f"{head}\n{row}\n".encode(), OPTIONS)
    assert [len(i.events) for i in reading.incidents] == [1]


def test_day_and_month_are_told_from_all_rows_together() -> None:
    text = "title,started,resolved\na,05/06/2024 10:00,05/06/2024 11:00\nb,13/06/2024 10:00,\n"
    assert read(text).incidents[0].clocks[Clock.RESOLVED].at == datetime(2024, 6, 5, 11, tzinfo=UTC)


def test_a_register_without_any_row_says_so() -> None:
    with pytest.raises(BadFile, match="No row"):
        read("title,severity,detected,resolved\n")
