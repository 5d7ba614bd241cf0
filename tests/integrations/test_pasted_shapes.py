"""Timelines as people paste them out of their tools, and what a careful reader makes of each.

The cases stand in tests/fixtures/pasted_timelines.txt: a name after %%, the text, and after ==>
each event as “line day time[–end] precision [author] text” and each line that was not read as
“unread line: why”. ⏎ is a new line, (noise) what is collapsed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations import formats
from models.rules.problems import BadFile
from models.rules.record import EventRecord, ReadOptions

CASES = Path(__file__).parents[1] / "fixtures" / "pasted_timelines.txt"
OPTIONS = ReadOptions(now=datetime(2024, 5, 8, 12, tzinfo=UTC))


def cases() -> dict[str, tuple[str, str]]:
    found = {}
    for block in re.split(r"(?m)^%% ", CASES.read_text())[1:]:
        name, _, rest = block.partition("\n")
        text, _, expected = rest.partition("==>\n")
        found[name] = (text, expected.strip())
    return found


def in_words(event: EventRecord) -> str:
    end = f"–{event.until:%H:%M}" if event.until else ""
    seconds = ":%S" if event.at.second else ""
    time = event.at.strftime(f"%m-%d %H:%M{seconds}")
    who = f"[{event.author}] " if event.author else ""
    who += "(noise) " if event.is_noise else ""
    return f"{event.line} {time}{end} {event.precision} {who}" + event.text.replace("\n", "⏎")


def understood(text: str) -> str:
    try:
        reading = formats.read(text.encode(), OPTIONS)
    except BadFile as problem:
        return "\n".join(f"unread {p.line}: {p.message}" for p in problem.problems)
    events = [in_words(event) for incident in reading.incidents for event in incident.events]
    return "\n".join((*events, *(f"unread {u.line}: {u.why}" for u in reading.unread)))


CASES_BY_NAME = cases()


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_a_pasted_timeline_is_read_as_a_careful_person_reads_it(name: str) -> None:
    text, expected = CASES_BY_NAME[name]
    assert understood(text) == expected


def test_what_was_worked_out_is_said() -> None:
    said = {
        "Slack, desktop": "2:03 is read as 14:03.",
        "times at the end of the line": "Times were found inside or below the lines.",
        "Teams, with the date": "because the other way it is yet to come",
        "an end before its beginning": "Line 2: the end, 10:01, lies before the beginning, 10:07.",
        "Teams, date on a line of its own": "because it then lies closest to today",
    }
    for name, sentence in said.items():
        assumed = formats.read(CASES_BY_NAME[name][0].encode(), OPTIONS).assumed
        assert any(sentence in s for s in assumed), name


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_every_line_is_an_event_or_belongs_to_one_or_is_listed(name: str) -> None:
    text = CASES_BY_NAME[name][0]
    kept = ""
    try:
        reading = formats.read(text.encode(), OPTIONS)
    except BadFile as problem:
        shown = {p.line for p in problem.problems}
    else:
        events = [event for incident in reading.incidents for event in incident.events]
        shown = {e.line for e in events} | {u.line for u in reading.unread}
        shown |= {line for line, _ in reading.used}
        kept = "\n".join(e.source_text for e in events)
    lines = text.split("\n")
    assert not [n for n in lines_with_words(text) - shown if lines[n - 1].strip() not in kept]


def lines_with_words(text: str) -> set[int]:
    return {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}


def test_a_text_whose_times_daylight_saving_skips_or_repeats_asks_about_them() -> None:
    text = "2024-03-31 02:30 Europe/Berlin alert\n2024-10-27 02:30 Europe/Berlin all clear"
    with pytest.raises(BadFile) as caught:
        formats.read(text.encode(), OPTIONS)
    assert "Line 1: 31 Mar 2024 02:30 in Europe/Berlin did not happen" in caught.value.message
    assert [p.line for p in caught.value.problems] == [1, 2]
    assert "No line with a time" not in caught.value.message
