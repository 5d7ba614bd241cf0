"""A file is read once, however often its page is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.rules.record import Reading, ReadOptions
from models.rules.vocabulary import Source
from services import readings

OPTIONS = ReadOptions(now=datetime(2024, 5, 6, 10, 1, tzinfo=UTC), name="queue.txt")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bytes of each file that was read."""
    seen: list[bytes] = []

    def once(data: bytes, *_more: object) -> Reading:
        seen.append(data)
        return Reading(Source.TEXT)

    monkeypatch.setattr(readings.formats, "read", once)
    readings._kept.clear()
    return seen


def test_the_same_file_is_read_once(read: list[bytes]) -> None:
    later = replace(OPTIONS, now=OPTIONS.now + timedelta(minutes=5))
    first = readings.read_once(b"10:01 full", OPTIONS, None)
    assert readings.read_once(b"10:01 full", later, None) is first
    assert len(read) == 1


def test_other_bytes_another_zone_or_another_day_are_read_anew(read: list[bytes]) -> None:
    readings.read_once(b"10:01 full", OPTIONS, None)
    readings.read_once(b"10:02 full", OPTIONS, None)
    readings.read_once(b"10:01 full", replace(OPTIONS, zone="Asia/Tokyo"), None)
    readings.read_once(b"10:01 full", replace(OPTIONS, now=OPTIONS.now + timedelta(days=1)), None)
    readings.read_once(b"10:01 full", OPTIONS, Source.CSV)
    assert len(read) == 5


def test_only_the_last_few_are_remembered(read: list[bytes]) -> None:
    for number in range(readings.MOST + 1):
        readings.read_once(b"%d" % number, OPTIONS, None)
    assert len(readings._kept) == readings.MOST
    readings.read_once(b"0", OPTIONS, None)
    assert read[-1] == b"0"
