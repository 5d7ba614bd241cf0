"""CSV files with one event a row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations import csv_file
from models.rules.problems import BadFile
from models.rules.record import Reading, ReadOptions
from models.rules.vocabulary import Clock, EventKind, Severity, Source

OPTIONS = ReadOptions(
    now=datetime(2024, 3, 20, 12, 0, tzinfo=UTC), date=date(2024, 3, 13), name="timeline.csv"
)


def read(text: str) -> Reading:
    return csv_file.read(text.encode(), OPTIONS)


def rows(text: str) -> list[tuple[int | None, str, str, str]]:
    events = [e for i in read(text).incidents for e in i.events]
    return [(e.line, f"{e.at:%d %H:%M}", e.author, e.text) for e in events]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found(mark: str) -> None:
    text = mark.join(("time", "event", "author")) + "\n"
    text += mark.join(("2024-03-13 10:01", "alert fired", "Ada")) + "\n"
    assert rows(text) == [(2, "13 10:01", "Ada", "alert fired")]


@pytest.mark.parametrize(
    "head",
    [
        "time,event,author",
        "Timestamp,Description,Who",
        "When,What happened,By",
        "created_at,message,user",
        "Date/Time,Details,Reporter",
        "Time (UTC),Text,Posted by",
        "\ufeffTIME,EVENT,AUTHOR",
    ],
)
def test_the_head_is_understood_in_many_words(head: str) -> None:
    assert rows(f"{head}\n2024-03-13T10:01:00Z,alert fired,Ada\n") == [
        (2, "13 10:01", "Ada", "alert fired")
    ]


def test_date_and_time_columns_spans_kinds_and_links() -> None:
    reading = read(
        "Date;Start;End;What;Type;Link;Room\r\n"
        "13.03.2024;23:50;00:10;alert fired;Decision;https://example.org/x;4\r\n"
    )
    event = reading.incidents[0].events[0]
    assert event.until == datetime(2024, 3, 14, 0, 10, tzinfo=UTC)
    assert event.kind is EventKind.DECISION
    assert event.evidence[0].url == "https://example.org/x"
    assert event.text == "alert fired\nRoom: 4"


def test_a_quoted_cell_over_several_lines_keeps_the_line_it_begins_on() -> None:
    text = 'time,event\n10:01,"first\nsecond\nthird"\n10:02,"said ""hello"", twice"\n'
    assert [(line, words) for line, _, _, words in rows(text)] == [
        (2, "first\nsecond\nthird"),
        (5, 'said "hello", twice'),
    ]


def test_a_file_without_a_head_is_read_from_its_first_row() -> None:
    assert rows("2024-03-13 10:01,alert fired\n10:05,rolled back\n") == [
        (1, "13 10:01", "", "alert fired"),
        (2, "13 10:05", "", "rolled back"),
    ]


def test_rows_that_do_not_fit_are_listed_with_their_line() -> None:
    reading = read("time,event\n10:01,a\n,b\n10:02,c,d,e\n10:03\nsoon,f\nHH:mm,\n\n10:04,g\n")
    assert [e.text for e in reading.incidents[0].events] == ["a", "g"]
    assert [u.line for u in reading.unread] == [3, 4, 5, 6, 7]
    assert "4 cells, the head 2" in reading.unread[1].why


def test_a_column_that_names_the_incident_makes_several() -> None:
    reading = read(
        "incident,severity,service,time,event\n"
        "Checkout,1,payments,2024-03-13 10:01,alert fired\n"
        "Mail,SEV3,mail,2024-03-14 10:01,customers report delays\n"
        "Checkout,,payments,2024-03-13 10:20,all clear\n"
    )
    first, second = reading.incidents
    assert (first.title, first.severity, len(first.events)) == ("Checkout", Severity.SEV1, 2)
    assert (second.title, second.severity, second.services) == ("Mail", Severity.SEV3, ("mail",))
    assert first.clocks[Clock.RESOLVED].estimated
    assert first.source_key != second.source_key
    assert first.source is Source.CSV


def test_the_same_file_has_the_same_keys() -> None:
    text = "time,event\n10:01,a\n"
    assert read(text).incidents[0].source_key == read(text).incidents[0].source_key
    assert read(text).incidents[0].title == "timeline"


def test_a_zone_in_the_head_holds_for_all_rows() -> None:
    reading = read("Time (CET),Event\n2024-01-13 10:01,a\n")
    assert f"{reading.incidents[0].events[0].at:%H:%M}" == "09:01"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "No row with a time"),
        ("time,event\n", "No row with a time"),
        ('time,event\n10:01,"never closed\n10:02,b\n', "line 2 is never closed"),
        ("time,event\n10:01,a\x00b\n", "Line 2 holds a NUL"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, message: str) -> None:
    with pytest.raises(BadFile, match=message):
        read(text)


def test_a_cell_without_an_end_is_refused() -> None:
    with pytest.raises(BadFile, match="cannot be read as CSV"):
        read('time,event\n10:01,"' + "x" * 1_100_000 + '"\n')


def test_a_cell_longer_than_a_field_is_listed() -> None:
    reading = read(f"time,event\n10:01,a\n10:02,{'x' * 10_001}\n")
    assert [u.line for u in reading.unread] == [3]


def test_it_is_recognised_by_its_head_or_by_times_in_even_rows() -> None:
    assert csv_file.recognises(b"time,event\n10:01,a\n", "")
    assert csv_file.recognises(b"2024-03-13 10:01;a\n2024-03-13 10:02;b\n", "")
    assert csv_file.recognises("Zeit\tX\n1\t2\n".encode("utf-16"), "a.tsv")
    assert not csv_file.recognises(b"Mar 13, 2024 10:01 alert\nMar 13, 2024 10:02 fixed\n", "")
    assert not csv_file.recognises(b"10:01 alert, then more\n10:02 fixed, at last\n", "")
    assert not csv_file.recognises(b"# Title\n| Time | Event |\n", "")
    assert not csv_file.recognises(b"\x00", "a.csv")
    assert not csv_file.recognises(b"", "a.csv")


CELLS = st.sampled_from(
    ["10:01", "2024-03-13", ",", ";", "\t", '"', '""', "\n", "\r\n", "time", "event", "\x00", "é"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.lists(CELLS, max_size=60).map(lambda c: "".join(c).encode())
    )
)
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data: bytes) -> None:
    csv_file.recognises(data, "a.csv")
    try:
        reading = csv_file.read(data, OPTIONS)
    except BadFile:
        return
    assert reading.incidents
