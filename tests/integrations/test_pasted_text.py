"""Pasted text becomes one incident."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations import pasted_text
from models.rules.problems import BadFile
from models.rules.record import IncidentRecord, Reading, ReadOptions
from models.rules.text import DOCUMENT
from models.rules.vocabulary import Clock, Severity, Source

OPTIONS = ReadOptions(now=datetime(2024, 3, 20, 12, 0, tzinfo=UTC), date=date(2024, 3, 13))
TEXT = """\
Checkout declined cards (SEV1)

All times are UTC
Impact began: 09:58
10:01 alert fired
10:03 acked by Ada
10:20 Ada: rolled back to v41
10:30 all clear
"""


def read(text: str, options: ReadOptions = OPTIONS) -> Reading:
    return pasted_text.read(text.encode(), options)


def incident(text: str, options: ReadOptions = OPTIONS) -> IncidentRecord:
    return read(text, options).incidents[0]


def test_a_text_gives_title_severity_clocks_and_events() -> None:
    found = incident(TEXT)
    assert found.title == "Checkout declined cards (SEV1)"
    assert found.severity is Severity.SEV1
    assert {c: (f"{t.at:%H:%M}", t.estimated) for c, t in found.clocks.items()} == {
        Clock.IMPACT_BEGAN: ("09:58", False),
        Clock.DETECTED: ("10:01", True),
        Clock.ACKNOWLEDGED: ("10:03", True),
        Clock.MITIGATED: ("10:20", True),
        Clock.RESOLVED: ("10:30", True),
    }
    assert [e.line for e in found.events] == [5, 6, 7, 8]
    assert all(e.source is Source.TEXT for e in found.events)
    assert read(TEXT).unread == ()


def test_what_was_estimated_is_said() -> None:
    assert any("detected, acknowledged, mitigated" in s for s in read(TEXT).assumed)


def test_the_same_text_has_the_same_key_whatever_its_line_ends() -> None:
    key = incident(TEXT).source_key
    assert key.startswith("text:")
    assert incident(TEXT.replace("\n", "\r\n") + "\n\n").source_key == key
    assert incident(TEXT + "10:40 more").source_key != key


def test_without_a_heading_the_title_comes_from_the_file_or_the_first_event() -> None:
    assert incident("10:01 alert fired").title == "Incident of 13 Mar 2024: alert fired"
    named = ReadOptions(now=OPTIONS.now, date=OPTIONS.date, name="notes/checkout outage.txt")
    assert incident("10:01 alert fired", named).title == "checkout outage"
    long = incident("10:01 " + "word " * 100).title
    assert len(long) < 120
    assert long.endswith("…")


def test_a_text_without_any_time_says_what_a_line_should_look_like() -> None:
    with pytest.raises(BadFile, match="14:02 alert fired") as caught:
        read("It was down.\nThen it was up.")
    assert [p.line for p in caught.value.problems] == [1, 2]


def test_a_text_that_is_too_long_says_how_long_it_is() -> None:
    with pytest.raises(BadFile, match=f"{DOCUMENT + 6:,} characters long; {DOCUMENT:,} fit"):
        read("10:01 " + "x" * DOCUMENT)


def test_a_zone_that_does_not_exist_is_a_bad_file_and_nothing_else() -> None:
    with pytest.raises(BadFile, match="not a time zone"):
        read(TEXT, ReadOptions(now=OPTIONS.now, zone="Nowhere/Land"))


@pytest.mark.parametrize("data", [b"", b"   \n", b"\xff\xfe\x00", b"10:01 \xff\xff", b"\x00\x01"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        pasted_text.read(data, OPTIONS)


def test_it_is_recognised_by_a_line_with_a_time() -> None:
    assert pasted_text.recognises(TEXT.encode(), "")
    assert pasted_text.recognises(TEXT.encode("utf-16"), "")
    assert not pasted_text.recognises(b"hello\nworld", "")
    assert not pasted_text.recognises(b'{"at": "10:01"}', "")
    assert not pasted_text.recognises(b"\x00\xff", "")


def test_ten_thousand_events_are_read_whole() -> None:
    text = "".join(f"{n // 60 % 24:02d}:{n % 60:02d} event {n}\n" for n in range(10_000))
    found = incident(text)
    assert len(found.events) == 10_000
    assert found.events[-1].line == 10_000


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data: bytes) -> None:
    pasted_text.recognises(data, "a.txt")
    try:
        reading = pasted_text.read(data, OPTIONS)
    except BadFile:
        return
    assert reading.incidents
