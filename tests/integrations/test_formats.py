"""A file is recognised by what is in it, and whatever is in it, the answer is a reading or one
sentence that a person can act on."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations import formats, hotwash_json
from integrations.decoding import MAX_BYTES
from models.rules.problems import BadFile
from models.rules.record import PostmortemRecord, Reading, ReadOptions
from models.rules.record_json import dump
from models.rules.vocabulary import Source
from tests.integrations import files
from tests.integrations.files import JSON_FILES, OPTIONS, a_zip, as_json, at, texts

HOTWASH = dump(PostmortemRecord("Checkout is down")).encode()
GOOD = {source: as_json(make()) for source, make in JSON_FILES.items()}
GOOD |= {Source.JSON: HOTWASH, Source.SLACK: a_zip(files.slack_members())}
OWN = sorted(GOOD)  # the importers that this test speaks of
few = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize("source", OWN)
def test_each_format_is_recognised_by_its_content_and_by_no_other_importer(source: Source) -> None:
    assert formats.detect(GOOD[source], "") is source
    claims = [s for s in OWN if formats.FORMATS[s].recognises(GOOD[source], "export")]
    assert claims == [source]
    assert formats.read(GOOD[source], OPTIONS).format is source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("14:02 alert fired\n14:10 rolled back", Source.TEXT),
        ("[2024-03-13T10:01:22+01:00] alert fired", Source.TEXT),
        ("- 14:02 alert fired\n- 14:10 rolled back", Source.TEXT),
        ("time,event\n2024-03-13 10:00,alert fired\n", Source.CSV),
        ("# Down\n\n## Impact\n\nMuch.\n\n## Timeline\n\n- 14:02 alert\n", Source.MARKDOWN),
        ("---\ntitle: Down\n---\n\n## Summary\n\nIt was.\n", Source.MARKDOWN),
    ],
)
def test_what_people_write_is_told_apart(text: str, source: Source) -> None:
    assert formats.detect(text.encode(), "") is source


@pytest.mark.parametrize("source", OWN)
def test_a_file_of_another_tool_is_named_as_such(source: Source) -> None:
    for other in OWN:
        if other is not source:
            with pytest.raises(BadFile, match=r"does not look like|This is a zip archive"):
                formats.read(GOOD[other], OPTIONS, source)


@pytest.mark.parametrize("source", list(formats.FORMATS))
@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"\n \n", "empty"), (b"x" * (MAX_BYTES + 1), "25 MB fit")],
    ids=["nothing", "white space", "25 MB and a byte"],
)
def test_an_empty_or_enormous_file_is_refused(source: Source, data: bytes, words: str) -> None:
    for chosen in (source, None):
        with pytest.raises(BadFile, match=words):
            formats.read(data, OPTIONS, chosen)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b'{"incidents": [{"id": ', "", "cut off"),
        (b"hello", "export.json", "not JSON: it begins with “hello”"),
        (b"[]", "incidents.json", "nothing in it"),
        (b'{"colour": "red"}', "", "What can be read: pasted text, CSV"),
        (a_zip({"readme.txt": b"hello"}), "", "This zip archive is not a Slack export"),
        (b"PK\x03\x04 and no more", "", "cut off or broken"),
        (b"%PDF-1.7", "", "This is a PDF"),
        (b'["caf\xe9", {}]', "x.json", "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadFile) as problem:
        formats.read(data, replace(OPTIONS, name=name))
    assert words in problem.value.message
    assert problem.value.message.endswith(".")


def test_a_format_that_is_no_file_is_refused() -> None:
    with pytest.raises(BadFile, match="no format of a file"):
        formats.read(b"x", OPTIONS, Source.HAND)


@pytest.mark.parametrize("source", OWN)
def test_a_truncated_file_is_refused_or_read_in_part(source: Source) -> None:
    data = GOOD[source]
    for end in range(0, len(data), max(1, len(data) // 60)):
        _read(data[:end], source)


def test_markup_in_every_field_stays_text() -> None:
    markup = "<b>{{ 7*7 }}</b> {% raw %} [x](javascript:alert(1)) **x** `<script>`"
    document: Any = files.pagerduty()
    _fill(document, markup)
    reading = formats.read(as_json(document), OPTIONS, Source.PAGERDUTY)
    [incident] = reading.incidents
    assert incident.title == markup
    assert set(texts(reading)) == {markup}
    assert incident.source_url == ""


def _fill(value: Any, text: str) -> None:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(items):
        if isinstance(item, (dict, list)):
            _fill(item, text)
        elif key not in ("created_at", "type", "status"):
            value[key] = text


def test_ten_thousand_events_are_all_there_in_order() -> None:
    document: Any = files.pagerduty()
    entry = document["incidents"][0]["log_entries"][0]
    document["incidents"][0]["log_entries"] = [
        {**entry, "summary": f"{n}", "created_at": (at(0) + timedelta(seconds=n)).isoformat()}
        for n in reversed(range(10_000))
    ]
    assert texts(formats.read(as_json(document), OPTIONS)) == [f"{n}" for n in range(10_000)]


def _is_a_sentence(message: str) -> None:
    assert message.endswith(".")


def _read(data: bytes, source: Source | None, options: ReadOptions = OPTIONS) -> Reading | None:
    """Fails with anything but BadFile, and with a message that is not a sentence."""
    try:
        reading = formats.read(data, options, source)
    except BadFile as problem:
        _is_a_sentence(problem.message)
        return None
    json.dumps([u.text for u in reading.unread]).encode("ascii")
    for incident in reading.incidents:
        assert all(event.at.utcoffset() is not None for event in incident.events)
        dump(PostmortemRecord("T", incidents=(incident,))).encode()
    return reading


@few
@given(st.binary(max_size=300), st.sampled_from([None, *formats.FORMATS]))
def test_any_bytes_give_a_reading_or_a_bad_file(data: bytes, source: Source | None) -> None:
    _read(data, source)
    _read(b"PK\x03\x04" + data, source)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
KEYS = st.sampled_from(
    [
        "incidents",
        "incident",
        "data",
        "log_entries",
        "created_at",
        "type",
        "summary",
        "agent",
        "id",
        "title",
        "status",
        "mode",
        "alerts",
        "labels",
        "startsAt",
        "endsAt",
        "commonLabels",
        "groupKey",
        "incident_updates",
        "updates",
        "at",
        "body",
        "name",
        "impact",
        "components",
        "incident_timestamp_values",
        "updater",
        "user",
        "hotwash",
        "postmortem",
        "clocks",
        "tinyId",
    ]
)
VALUES = st.recursive(
    SCALARS | st.just("2024-03-13T10:00:00Z"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


@few
@given(VALUES, st.sampled_from([None, *OWN]))
def test_any_json_gives_a_reading_or_a_bad_file(value: Any, source: Source | None) -> None:
    _read(as_json(value), source)


@pytest.mark.parametrize("source", [s for s in OWN if s is not Source.SLACK])
@few
@given(data=st.data())
def test_a_good_file_with_parts_replaced_gives_a_reading_or_a_bad_file(
    source: Source, data: st.DataObject
) -> None:
    document = json.loads(GOOD[source])
    for _ in range(data.draw(st.integers(1, 4))):
        _mutate(document, data)
    _read(as_json(document), source)


@few
@given(data=st.data())
def test_a_slack_export_with_parts_replaced_gives_a_reading_or_a_bad_file(
    data: st.DataObject,
) -> None:
    members = copy.deepcopy(files.slack_members())
    for _ in range(data.draw(st.integers(1, 4))):
        _mutate(members, data)
    _read(a_zip(members), Source.SLACK)


def _mutate(value: Any, data: st.DataObject) -> None:
    """Drop or replace one part, somewhere."""
    while True:
        if not value:
            return
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = data.draw(st.sampled_from(keys))
        inside = value[key]
        if isinstance(inside, (dict, list)) and inside and data.draw(st.integers(0, 5)):
            value = inside
        elif data.draw(st.booleans()) and isinstance(value, dict) and len(value) > 1:
            del value[key]
            return
        else:
            value[key] = data.draw(VALUES)
            return


def test_fields_that_hotwash_does_not_know_are_shown() -> None:
    document = json.loads(HOTWASH)
    document["postmortem"]["colour"] = {"is": "red"}
    reading = hotwash_json.read(as_json(document), OPTIONS)
    assert [u.text for u in reading.unread] == ['postmortem, colour: {"is": "red"}']
    assert reading.postmortems == (PostmortemRecord("Checkout is down"),)


def test_lines_of_json_from_a_log_are_read_as_a_timeline() -> None:
    line = '{"ts": "2024-05-06T14:02:0%dZ", "msg": "pool exhausted"}\n'
    data = (line % 1 + line % 2).encode()
    assert formats.detect(data, "app.jsonl") is Source.TEXT
    assert len(formats.read(data, OPTIONS).incidents[0].events) == 2


def test_a_file_that_says_null_is_empty() -> None:
    with pytest.raises(BadFile, match="empty"):
        formats.detect(b"null\n", "export.json")


def test_a_table_with_a_nul_is_a_table_still() -> None:
    with pytest.raises(BadFile, match="Line 2 holds a NUL"):
        formats.read(b"time,event\n2024-05-06 10:01,a\x00b\n", OPTIONS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_is_recognised_in_every_encoding_that_is_read(encoding: str) -> None:
    text = "# Down – again\n\n## Impact\n\nMuch.\n\n## Timeline\n\n- 14:02 alert\n"
    data = text.encode(encoding)
    assert formats.detect(data, "") is Source.MARKDOWN
    [postmortem] = formats.read(data, OPTIONS).postmortems
    assert postmortem.title == "Down – again"
