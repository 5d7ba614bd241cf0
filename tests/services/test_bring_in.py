"""Bringing in: a look first, the same thing never twice, and all or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import BadFile, NotAllowed, ProblemForUser
from models.rules.record import EventRecord, IncidentRecord, PostmortemRecord, WhyRecord
from models.rules.record_json import dump
from models.rules.vocabulary import Clock, Source
from services import bring_in, record_in
from services.documents import export_postmortem
from services.incidents import count_incidents, get_incident, list_incidents
from services.postmortems import get_postmortem, list_postmortems
from services.sample_data import load_example

TEXT = b"""# Queue full
2024-05-06, all times UTC
10:01 alert fired
10:07 acknowledged
no time at all is fine, it continues
25:99 nonsense
10:40 resolved
"""
SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "samples"


def options(name: str = "", **more: str) -> bring_in.ReadOptions:
    return bring_in.read_options(name=name, **more)  # type: ignore[arg-type]


def statuspage(*keys: str) -> bytes:
    """A Statuspage file with incidents of these ids."""
    incidents = [
        {
            "id": key,
            "name": f"Incident {key}",
            "status": "resolved",
            "impact": "major",
            "created_at": "2024-05-06T10:00:00Z",
            "resolved_at": "2024-05-06T11:00:00Z",
            "incident_updates": [
                {
                    "id": f"u{key}",
                    "status": "resolved",
                    "body": "It is over.",
                    "created_at": "2024-05-06T11:00:00Z",
                    "display_at": "2024-05-06T11:00:00Z",
                }
            ],
        }
        for key in keys
    ]
    return json.dumps({"page": {"name": "Shop"}, "incidents": incidents}).encode()


def test_a_preview_stores_nothing(ada: Who) -> None:
    preview = bring_in.preview(ada, TEXT, options())
    assert [len(i.events) for i in preview.incidents] == [3]
    assert [u.text for u in preview.reading.unread] == ["25:99 nonsense"]
    assert count_incidents(ada) == 0


def test_what_the_preview_showed_is_stored(ada: Who) -> None:
    done = bring_in.bring_in(ada, TEXT, options())
    record = get_incident(ada, done.incident_ids[0]).record
    assert record.title == "Queue full"
    assert record.events[0].at == datetime(2024, 5, 6, 10, 1, tzinfo=UTC)
    assert {e.source for e in record.events} == {Source.TEXT}
    assert [e.line for e in record.events] == [3, 4, 7]


def test_the_same_file_twice_changes_nothing(ada: Who, ben: Who) -> None:
    first = bring_in.bring_in(ada, TEXT, options("queue.txt"))
    before = list_incidents(ada)
    again = bring_in.bring_in(ben, TEXT, options("another name.txt"))
    assert again.incident_ids == ()
    assert [known.id for known in again.preview.duplicates] == list(first.incident_ids)
    assert list_incidents(ada) == before


def test_only_what_is_new_in_a_newer_export_is_added(ada: Who) -> None:
    bring_in.bring_in(ada, statuspage("a", "b"), options())
    newer = bring_in.bring_in(ada, statuspage("a", "b", "c"), options())
    assert [i.title for i in newer.preview.incidents] == ["Incident c"]
    assert {known.title for known in newer.preview.duplicates} == {"Incident a", "Incident b"}


def test_an_incident_that_stands_in_a_file_twice_is_stored_once(ada: Who) -> None:
    done = bring_in.bring_in(ada, statuspage("a", "a"), options())
    assert len(done.incident_ids) == 1
    assert done.preview.repeated == ("Incident a",)


def test_two_files_with_the_same_incident_store_it_once(ada: Who) -> None:
    uploads = [
        bring_in.Upload(statuspage("a"), options("1.json")),
        bring_in.Upload(statuspage("a", "b"), options("2.json")),
    ]
    first = bring_in.preview_file(ada, uploads[0])
    second = bring_in.preview_file(ada, uploads[1], [first])
    assert ([i.title for i in second.incidents], second.repeated) == (
        ["Incident b"],
        ("Incident a",),
    )
    bring_in.bring_in_files(ada, uploads)
    assert count_incidents(ada) == 2


def test_when_one_of_several_files_cannot_be_read_nothing_is_stored(ada: Who) -> None:
    uploads = [
        bring_in.Upload(statuspage("a"), options("good.json")),
        bring_in.Upload(b"\xff\xfe\x00", options("bad.txt")),
    ]
    with pytest.raises(BadFile, match=r"^bad\.txt: "):
        bring_in.bring_in_files(ada, uploads)
    assert count_incidents(ada) == 0


def test_when_storing_fails_in_the_middle_nothing_is_stored(
    ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, calls = record_in.store_incident, []

    def fails_at_the_second(*args: object, **more: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise ProblemForUser("The disk is full.")
        return store(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(bring_in, "store_incident", fails_at_the_second)
    with pytest.raises(ProblemForUser, match="disk"):
        bring_in.bring_in(ada, statuspage("a", "b"), options())
    assert len(calls) == 2
    assert count_incidents(ada) == 0


def test_the_title_that_was_written_wins_over_the_one_of_the_text(ada: Who) -> None:
    upload = bring_in.Upload(TEXT, options(), title="  Orders   stuck ")
    done = bring_in.bring_in_files(ada, [upload])[0]
    assert get_incident(ada, done.incident_ids[0]).record.title == "Orders stuck"


def test_times_without_a_zone_are_read_in_the_zone_of_the_reader_and_said_so(ada: Who) -> None:
    text = b"2024-05-06\n10:01 alert fired\n"
    mine = bring_in.preview(ada, text, options(default_zone="Europe/Berlin"))
    assert mine.incidents[0].events[0].at == datetime(2024, 5, 6, 8, 1, tzinfo=UTC)
    assert any("Europe/Berlin" in said for said in mine.reading.assumed)
    chosen = bring_in.preview(ada, text, options(zone="Asia/Tokyo"))
    assert chosen.incidents[0].events[0].at == datetime(2024, 5, 6, 1, 1, tzinfo=UTC)


def test_the_format_can_be_chosen(ada: Who) -> None:
    table = b"time,event\n2024-05-06 10:01,alert fired\n"
    assert bring_in.recognise(table, "table.csv") is Source.CSV
    chosen = bring_in.preview(ada, TEXT, options(), Source.TEXT)
    assert chosen.reading.format is Source.TEXT
    with pytest.raises(BadFile):
        bring_in.preview(ada, TEXT, options(), Source.PAGERDUTY)


def test_our_own_export_brought_back_changes_nothing(ada: Who) -> None:
    load_example(ada)
    row = next(r for r in list_postmortems(ada) if r.published_at)
    exported = export_postmortem(ada, row.id, format="json").content
    done = bring_in.bring_in(ada, exported, options("export.json"))
    assert done.postmortem_ids == ()
    assert [(k.title, k.is_postmortem) for k in done.preview.duplicates] == [(row.title, True)]


def test_a_written_postmortem_that_is_no_publication_gets_its_due_time(ada: Who) -> None:
    markdown = b"""# Queue full

## Timeline (2024-05-06, UTC)

| Time | Event |
| --- | --- |
| 10:01 | Alert fired |
| 10:40 | Resolved |

## Root cause

The queue had no limit.
"""
    done = bring_in.bring_in(ada, markdown, options("queue.md"))
    record = get_postmortem(ada, done.postmortem_ids[0])
    resolved = record.incidents[0].clocks[Clock.RESOLVED].at
    assert record.due_at == resolved + timedelta(hours=48)


def test_a_service_with_a_very_long_name_is_shortened_and_said_so(ada: Who) -> None:
    table = f"time,event,service\n2024-05-06 10:01,disk full,{'s' * 150}\n".encode()
    done = bring_in.bring_in(ada, table, options("disk.csv"))
    (name,) = get_incident(ada, done.incident_ids[0]).record.services
    assert name == f"{'s' * 78} …"
    assert any("shortened" in said for said in done.preview.reading.assumed)


def test_nobody_may_bring_in(database_file: object) -> None:
    with pytest.raises(NotAllowed):
        bring_in.bring_in(NOBODY, TEXT, options())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize(
    ("file", "incidents"),
    [
        ("pagerduty/incidents_with_log_entries.json", 3),
        ("opsgenie/incidents.json", 2),
        ("statuspage/incidents.json", 120),
        ("alertmanager/webhook.json", 1),
        ("incident_history/github_2022_2024.jsonl", 400),
    ],
)
def test_samples_come_in_whole_and_only_once(ada: Who, file: str, incidents: int) -> None:
    data, name = (SAMPLES / file).read_bytes(), file.split("/")[-1]
    assert len(bring_in.bring_in(ada, data, options(name)).incident_ids) == incidents
    assert bring_in.bring_in(ada, data, options(name)).incident_ids == ()
    assert count_incidents(ada) == incidents


def postmortem_about(key: str, title: str = "What we learned") -> bytes:
    """Our JSON of a post-mortem about the incident of a status page."""
    event = EventRecord(datetime(2024, 5, 6, 11, tzinfo=UTC), "Resolved: It is over.", id="e1")
    extra = EventRecord(datetime(2024, 5, 6, 10, 30, tzinfo=UTC), "Ada rolled back.", id="e2")
    incident = IncidentRecord(
        "Renamed", events=(extra, event), source=Source.STATUSPAGE, source_key=key
    )
    why = WhyRecord("The queue was full.", event_ids=("e1", "e2"))
    return dump(PostmortemRecord(title, incidents=(incident,), whys=(why,))).encode()


def test_a_new_postmortem_joins_its_incident_that_is_there_without_one(ada: Who) -> None:
    there = bring_in.bring_in(ada, statuspage("a"), options())
    key = there.preview.incidents[0].source_key
    seen = bring_in.preview(ada, postmortem_about(key), options())
    assert [k.title for k in seen.joined] == ["Incident a"]
    assert (len(seen.postmortems), seen.duplicates) == (1, ())
    done = bring_in.bring_in(ada, postmortem_about(key), options())
    record = get_postmortem(ada, done.postmortem_ids[0])
    assert [i.id for i in record.incidents] == list(there.incident_ids)
    assert [e.text for e in record.events] == ["Ada rolled back.", "Resolved: It is over."]
    assert set(record.whys[0].event_ids) == {e.id for e in record.events}
    assert record.incidents[0].title == "Incident a"
    assert count_incidents(ada) == 1


def test_a_second_postmortem_of_the_same_incident_is_listed_as_there(ada: Who) -> None:
    key = bring_in.bring_in(ada, statuspage("a"), options()).preview.incidents[0].source_key
    bring_in.bring_in(ada, postmortem_about(key), options())
    again = bring_in.bring_in(ada, postmortem_about(key, "Another"), options())
    assert again.postmortem_ids == ()
    assert [k.title for k in again.preview.duplicates] == ["Incident a"]
    assert again.preview.joined == ()
    assert len(list_postmortems(ada)) == 1
