"""A post-mortem survives its export: what was written is what is read."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from models.rules.problems import BadFile
from models.rules.record import (
    ActionRecord,
    EventRecord,
    EvidenceRecord,
    IncidentRecord,
    PostmortemRecord,
    WhyRecord,
)
from models.rules.record_json import MAX_WHY_DEPTH, dump, load, unknown_fields
from models.rules.vocabulary import Clock
from tests.any_record import ANY_POSTMORTEM


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_POSTMORTEM)
def test_a_postmortem_is_the_same_after_export_and_import(postmortem: PostmortemRecord) -> None:
    document = dump(postmortem)
    assert load(document) == postmortem
    assert unknown_fields(json.loads(document), postmortem) == []


def test_every_byte_of_evidence_comes_back() -> None:
    content = bytes(range(256))
    event = EventRecord(
        datetime(2024, 3, 13, tzinfo=UTC), "Graph", evidence=(EvidenceRecord("g", content=content),)
    )
    postmortem = PostmortemRecord("T", incidents=(IncidentRecord("I", events=(event,)),))
    document = dump(postmortem)
    assert load(document) == postmortem
    urlsafe, standard = base64.urlsafe_b64encode(content), base64.b64encode(content)
    assert urlsafe.decode() in document
    assert load(document.replace(urlsafe.decode(), standard.decode())) == postmortem


def test_participants_are_names_and_roles() -> None:
    document = _document()
    document["postmortem"]["participants"] = [{"name": "Ada", "role": "commander"}]
    postmortem = load(json.dumps(document))
    assert json.loads(dump(postmortem))["postmortem"]["participants"] == [
        {"name": "Ada", "role": "commander"}
    ]


def _document() -> dict[str, Any]:
    clocks = {"detected": {"at": "2024-03-13T10:00:00Z"}}
    event = {"at": "2024-03-13T10:00:00Z", "text": "Alert"}
    incident = {"title": "Down", "clocks": clocks, "events": [event]}
    action = {"text": "Alert on the pool", "due_on": "2024-04-01"}
    return {
        "hotwash": 1,
        "postmortem": {"title": "T", "incidents": [incident], "actions": [action]},
    }


def test_what_is_left_out_has_its_default() -> None:
    postmortem = load(json.dumps(_document()))
    assert postmortem.actions == (ActionRecord("Alert on the pool", due_on=date(2024, 4, 1)),)
    assert postmortem.incidents[0].clocks[Clock.DETECTED].estimated is False


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("title",), 3, "title: it must be text"),
        (("status",), "lost", "status: it must be one of"),
        (("incidents", 0, "clocks", "detected", "at"), "soon", "item 1, clocks, detected, at: it"),
        (("incidents", 0, "clocks", "detected", "at"), "2024-03-13T10:00:00", "has no offset"),
        (("incidents", 0, "clocks", "detected", "at"), "0001-01-01T00:00:00Z", "year 1 cannot"),
        (("incidents", 0, "clocks", "detected", "at"), 17, "must be a time"),
        (("incidents", 0, "clocks", "began"), {"at": "2024-03-13T10:00:00Z"}, "one of"),
        (("incidents", 0, "events", 0, "evidence"), [{"title": "g", "content": "$"}], "base64"),
        (("incidents", 0, "source_url"), "javascript:alert(1)", "not an address on the web"),
        (("incidents",), {}, "incidents: it must be a list"),
        (("incidents", 0), None, "item 1: it must be an object"),
        (("actions", 0, "text"), "x" * 10_001, "10,001 characters"),
        (("actions", 0), {}, "actions, item 1, text: it is missing"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    path: tuple[Any, ...], value: object, words: str
) -> None:
    document = _document()
    inside: Any = document["postmortem"]
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    with pytest.raises(BadFile) as problem:
        load(json.dumps(document))
    assert words in problem.value.message


@pytest.mark.parametrize("document", [[], {}, {"hotwash": 1}, {"hotwash": 1, "postmortem": 2}])
def test_a_document_without_a_postmortem_is_none(document: object) -> None:
    with pytest.raises(BadFile, match="no post-mortem"):
        load(json.dumps(document))


def test_a_newer_version_is_not_guessed() -> None:
    with pytest.raises(BadFile, match="version 2; version 1 can"):
        load(json.dumps({"hotwash": 2, "postmortem": {"title": "T"}}))


def test_texts_are_cleaned_and_times_put_into_utc() -> None:
    document = _document()
    document["postmortem"]["title"] = " A\x00 title\nof two lines "
    document["postmortem"]["summary"] = "One.\u2029Two.\ufeff"
    document["postmortem"]["meeting_at"] = "2024-03-14T10:00:00+02:00"
    postmortem = load(json.dumps(document))
    assert postmortem.title == "A title of two lines"
    assert postmortem.summary == "One.\nTwo."
    assert postmortem.meeting_at == datetime(2024, 3, 14, 8, tzinfo=UTC)
    assert postmortem.meeting_at.tzinfo is UTC


def test_times_in_another_zone_are_written_as_the_same_moment() -> None:
    there = datetime(2024, 3, 14, 10, tzinfo=timezone(timedelta(hours=2)))
    postmortem = PostmortemRecord("T", meeting_at=there)
    assert load(dump(postmortem)) == postmortem


def _chain(length: int) -> WhyRecord:
    why = WhyRecord("why")
    for _ in range(length - 1):
        why = WhyRecord("why", children=(why,))
    return why


def test_a_why_tree_is_read_down_to_its_limit_and_not_beyond() -> None:
    deepest = PostmortemRecord("T", whys=(_chain(MAX_WHY_DEPTH),))
    assert load(dump(deepest)) == deepest
    with pytest.raises(BadFile, match="more than 50 levels deep"):
        load(dump(replace(deepest, whys=(_chain(MAX_WHY_DEPTH + 1),))))


def test_unknown_fields_are_named_with_their_place() -> None:
    document = _document()
    document["postmortem"]["incidents"][0]["colour"] = "red"
    document["by"] = "somebody"
    postmortem = load(json.dumps(document))
    assert unknown_fields(document, postmortem) == [
        ("postmortem, incidents, item 1, colour", "red"),
        ("by", "somebody"),
    ]
