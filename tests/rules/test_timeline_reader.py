"""Every line of a pasted text ends as an event, as something that holds for others, or in the
list of what could not be read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.record import EventRecord, ReadOptions
from models.rules.text import PARAGRAPH
from models.rules.timeline import TimelineReading, read_timeline
from models.rules.vocabulary import Clock, EventKind

OPTIONS = ReadOptions(now=datetime(2024, 3, 20, 12, 0, tzinfo=UTC), date=date(2024, 3, 13))


def read(text: str) -> TimelineReading:
    return read_timeline(text, OPTIONS)


def said(reading: TimelineReading) -> list[tuple[str, str, str]]:
    return [(f"{e.at:%H:%M}", e.author, e.text) for e in reading.events]


def lines_shown(reading: TimelineReading) -> set[int]:
    """The numbers of all lines that the reading accounts for."""
    numbers = {u.line for u in reading.unread if u.line} | {line for line, _ in reading.used}
    for event in reading.events:
        first = event.line or 0
        numbers |= set(range(first, first + event.source_text.count("\n") + 1))
    return numbers


def test_a_line_without_a_time_continues_the_event_above() -> None:
    event = read(
        "10:01 alert fired\n  on two hosts:\n    - web-1\n    - web-2\n\nand a third"
    ).events[0]
    assert event.text == "alert fired\n  on two hosts:\n    - web-1\n    - web-2\nand a third"
    assert event.source_text.startswith("10:01 alert fired\n  on two hosts:")
    assert event.line == 1


def test_a_time_alone_on_its_line_takes_the_words_below() -> None:
    assert said(read("10:01\nalert fired\n10:02:\nrolled back")) == [
        ("10:01", "", "alert fired"),
        ("10:02", "", "rolled back"),
    ]


def test_prose_before_the_first_time_is_listed() -> None:
    reading = read("It was a calm day, until it was not.\n10:01 alert fired")
    assert [(u.line, u.text) for u in reading.unread] == [
        (1, "It was a calm day, until it was not.")
    ]
    assert reading.unread[0].why == "No time, and no event above it."


def test_words_below_a_new_heading_do_not_join_the_event_above_it() -> None:
    reading = read("10:01 alert fired\n## Impact\nNobody could pay.")
    assert [e.text for e in reading.events] == ["alert fired"]
    assert [u.line for u in reading.unread] == [3]
    assert (2, "a heading") in reading.used


def test_the_first_line_is_the_title_when_it_looks_like_one() -> None:
    assert read("Checkout down\n\n10:01 alert fired").title == "Checkout down"
    assert read("# Checkout down\n## Timeline\n10:01 alert fired").title == "Checkout down"
    assert read("10:01 alert fired").title == ""


def test_a_table_gives_kind_author_and_link_by_its_head() -> None:
    reading = read(
        "| Time (UTC) | Kind | Event | Who | Link |\n|:--|---|---|---|---|\n"
        "| 10:01 | Decision | go on<br>for now | Ada | https://example.org/graph |\n"
        "| 10:02 | | a \\| b &amp; c | | |\n"
    )
    first, second = reading.events
    assert (first.kind, first.author, first.text) == (EventKind.DECISION, "Ada", "go on\nfor now")
    assert first.evidence[0].url == "https://example.org/graph"
    assert first.zone == "UTC"
    assert second.text == "a | b & c"


def test_date_and_time_may_stand_in_columns_of_their_own_and_the_date_only_once() -> None:
    reading = read(
        "| Date | Time | What |\n|---|---|---|\n| 2024-03-14 | 10:01 | a |\n| | 10:02 | b |\n"
        "| 2024-03-15 | | |\n| | 10:03 | c |"
    )
    assert [f"{e.at:%d %H:%M}" for e in reading.events] == ["14 10:01", "14 10:02", "15 10:03"]
    assert reading.unread == ()


def test_columns_for_start_and_end_make_a_span() -> None:
    event = read("| Start | End | Event |\n|--|--|--|\n| 10:01 | 10:07 | a |").events[0]
    assert event.until == datetime(2024, 3, 13, 10, 7, tzinfo=UTC)
    open_end = read("| Start | End | Event |\n|--|--|--|\n| 10:01 | ongoing | a |").events[0]
    assert open_end.text == "End: ongoing\na"


def test_every_row_of_a_table_is_an_event_or_is_listed() -> None:
    reading = read(
        "| Time | Event |\n|---|---|\n| 10:01 | a |\n| HH:mm | |\n| | b |\n| soon | c |\n"
        "| 14:?? | d |\n| | |"
    )
    assert [e.text for e in reading.events] == ["a", "d"]
    assert [(u.line, u.text) for u in reading.unread] == [
        (4, "| HH:mm | |"),
        (5, "| | b |"),
        (6, "| soon | c |"),
    ]
    assert all(u.why for u in reading.unread)


def test_a_table_without_a_head_and_one_copied_from_a_spreadsheet_are_read() -> None:
    assert said(read("| 10:01 | Ada | alert fired |")) == [("10:01", "Ada", "alert fired")]
    assert said(read("Time\tEvent\tWho\n10:01\talert fired\tAda")) == [
        ("10:01", "Ada", "alert fired")
    ]


SLACK = """\
Ada Lovelace
  10:01 AM
We see errors
10:03
and more of them
:eyes:
2
3 replies
Ben
:palm_tree:  10:05 AM
rolling back (edited)
New messages
PagerDuty APP  10:06 AM
Triggered: database down
grace  [10:07 AM]
hello

and goodbye
Ada Lovelace:palm_tree: 10:08 AM
done
"""


def test_a_text_copied_out_of_slack_keeps_who_said_what_when() -> None:
    reading = read(SLACK)
    assert said(reading) == [
        ("10:01", "Ada Lovelace", "We see errors"),
        ("10:03", "Ada Lovelace", "and more of them"),
        ("10:05", "Ben", "rolling back"),
        ("10:06", "PagerDuty", "Triggered: database down"),
        ("10:07", "grace", "hello\nand goodbye"),
        ("10:08", "Ada Lovelace", "done"),
    ]
    assert [(u.line, u.text) for u in reading.unread] == [
        (6, ":eyes:"),
        (7, "2"),
        (8, "3 replies"),
        (12, "New messages"),
    ]
    assert {u.why for u in reading.unread} == {"A mark of the chat program, not somebody's words."}


@pytest.mark.parametrize(
    ("text", "author", "message"),
    [
        ("[13/03/2024, 10:01:22] Ada: it is down", "Ada", "Ada: it is down"),
        (
            "13/03/2024, 10:01 - Ada Lovelace: it is down",
            "Ada Lovelace",
            "Ada Lovelace: it is down",
        ),
        ("[10:01 AM] Ada Lovelace\nit is down", "Ada Lovelace", "it is down"),
        ("Ada — Today at 10:01 AM\nit is down", "Ada", "it is down"),
        ("10:01 <ada> it is down", "ada", "<ada> it is down"),
        ("10:01 @ada it is down", "ada", "@ada it is down"),
        ("10:01 Ada: it is down", "Ada", "Ada: it is down"),
        ("10:01 Dr. Wong: it is down", "Dr. Wong", "Dr. Wong: it is down"),
    ],
)
def test_who_said_it_is_recognised_and_the_words_stay_whole(
    text: str, author: str, message: str
) -> None:
    event = read(text).events[0]
    assert (event.author, event.text) == (author, message)


@pytest.mark.parametrize(
    "words",
    [
        "Error: disk full", "Note: see below", "Update: all well", "Alert: CPU high",
        "http://example.org is down", "db: lock held", "Root Cause: a lock", "Redis: full",
        "Status Page: posted", "Investigating: the lock", "HTTP 500: many", "@here please look",
        "we found: a lock", "Decision: roll back", "api-gateway: 502",
    ],
)  # fmt: skip
def test_what_stands_before_a_colon_is_not_taken_for_a_person(words: str) -> None:
    assert read(f"10:01 {words}").events[0].author == ""


def test_stated_clocks_are_kept_apart_from_the_events() -> None:
    reading = read("Severity: SEV1\nDetected: 10:01\n- **Resolved at:** 11:20\n10:05 a")
    assert {c: f"{t.at:%H:%M}" for c, t in reading.stated.items()} == {
        Clock.DETECTED: "10:01", Clock.RESOLVED: "11:20",
    }  # fmt: skip
    assert not any(t.estimated for t in reading.stated.values())
    assert lines_shown(reading) == {1, 2, 3, 4}


def test_an_event_holds_no_more_than_a_field_and_the_rest_is_listed() -> None:
    reading = read("10:01 a\n" + ("word " * 100 + "\n") * 30)
    assert len(reading.events[0].text) <= PARAGRAPH
    assert reading.unread
    assert "is full" in reading.unread[0].why
    assert lines_shown(reading) == set(range(1, 32))


def test_a_line_that_is_too_long_is_listed_whole() -> None:
    reading = read("10:01 " + "x" * (PARAGRAPH + 1))
    assert reading.events == ()
    assert len(reading.unread[0].text) == PARAGRAPH + 7


def test_characters_that_break_storage_are_gone_and_lines_are_counted_as_editors_do() -> None:
    reading = read("10:01 a\x00b\ud800\u2028soft\r\n10:02 c\r10:03 d")
    assert [(e.line, e.text) for e in reading.events] == [(1, "ab\nsoft"), (2, "c"), (3, "d")]


def test_the_reading_of_a_long_text_looks_at_each_line_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The work is counted, not timed: twice the lines are twice the looks."""
    from models.rules.timeline import lines

    looks = 0
    read_stamp = lines.read_stamp

    def counting(line: str) -> object:
        nonlocal looks
        looks += 1
        return read_stamp(line)

    monkeypatch.setattr(lines, "read_stamp", counting)
    counts = []
    for size in (500, 1000):
        looks = 0
        reading = read("10:01 alert fired\nand a second line\n" * size)
        assert len(reading.events) == size
        counts.append(looks)
    assert counts[1] <= 2 * counts[0] + 10


FRAGMENTS = st.sampled_from(
    [
        "10:01", "14:??", "--:--", "HH:mm", "2024-03-13", "13/03/2024", "03/04/2024", "T+12m", "T0",
        "Mar 13", "Day 2", "Wednesday", "1710324082", "AM", "PST", "UTC", "+01:00", "Europe/Berlin",
        " - ", "–", "|", "| ", "---", "# ", "**", "[", "]", "(", ")", ":", "\n", "\n", "\n\n", " ",
        "\t", "alert fired", "Ada", "Ada Lovelace", ":eyes:", "3 replies", "All times in CET",
        "Detected:", "24:00", "23:59:60", "0001-01-01", "9999-12-31", "99999", "\u2028", "\x00",
        "\ud800", "`", "~", "=", "é", "٣:٠٠", "<br>", "until", "to", "and", "Time", "Event",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_no_line_is_ever_lost(text: str) -> None:
    reading = read(text)
    numbers = {u.line for u in reading.unread} | {n for n, _ in reading.used}
    numbers |= {e.line for e in reading.events}
    kept = "\n".join(e.source_text for e in reading.events)
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        visible = [part.strip() for part in re.sub("[\x00\ud800]", "", line).split("\u2028")]
        assert number in numbers or all(part in kept for part in visible)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for event in read(text).events:
        assert isinstance(event, EventRecord)
        assert event.text
        assert event.at.tzinfo is UTC
