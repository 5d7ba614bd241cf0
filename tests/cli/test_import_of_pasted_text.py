"""The events that `hotwash import --dry-run --json` gives for each shape of pasted text."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Command

DAY = ("--date", "2024-05-06")
BERLIN = ("--zone", "Europe/Berlin")
NINE = ("--date", "2024-05-06T09:00")


def event(
    at: str,
    text: str,
    line: int,
    *,
    until: str | None = None,
    precision: str = "minute",
    kind: str = "note",
    author: str = "",
) -> dict[str, Any]:
    return {
        "at": at,
        "until": until,
        "precision": precision,
        "kind": kind,
        "text": text,
        "author": author,
        "line": line,
    }


SLACK = "Ada Lovelace\n  2:02 PM\nit is slow\n2:03\nstill\nBen  2:05 PM\nrolling back\n"
TABLE = "| Time | Event | Who |\n|---|---|---|\n| 14:02 | alert fired | Ada |\n| 14:05 | so | |\n"
ALERT = "alert fired"
SHAPES: list[tuple[str, tuple[str, ...], list[dict[str, Any]]]] = [
    ("14:02 alert fired", DAY, [event("2024-05-06T14:02:00Z", ALERT, 1, kind="alert")]),
    (
        "14:02 alert fired",
        (*DAY, *BERLIN),
        [event("2024-05-06T12:02:00Z", ALERT, 1, kind="alert")],
    ),
    ("14:02 alert fired", NINE, [event("2024-05-06T14:02:00Z", ALERT, 1, kind="alert")]),
    (
        "\n[2024-03-13T10:01:22+01:00] Ada: alert fired",
        ("--zone", "America/New_York"),
        [
            event(
                "2024-03-13T09:01:22Z",
                "Ada: alert fired",
                2,
                precision="second",
                kind="alert",
                author="Ada",
            )
        ],
    ),
    (
        "Mar 13 2024 10:01 AM PST - alert fired",
        BERLIN,
        [event("2024-03-13T18:01:00Z", ALERT, 1, kind="alert")],
    ),
    ("T+12m quiet", NINE, [event("2024-05-06T09:12:00Z", "quiet", 1)]),
    ("T+12m quiet", (*NINE, *BERLIN), [event("2024-05-06T07:12:00Z", "quiet", 1)]),
    (
        "2024-05-06 14:00 a\nT+1h12m b\nT-5m c",
        (),
        [
            event("2024-05-06T14:00:00Z", "a", 1),
            event("2024-05-06T15:12:00Z", "b", 2),
            event("2024-05-06T13:55:00Z", "c", 3),
        ],
    ),
    (
        "10:01–10:07 slow",
        DAY,
        [event("2024-05-06T10:01:00Z", "slow", 1, until="2024-05-06T10:07:00Z")],
    ),
    ("14:?? it was slow", DAY, [event("2024-05-06T14:00:00Z", "it was slow", 1, precision="hour")]),
    ("9am it was slow", DAY, [event("2024-05-06T09:00:00Z", "it was slow", 1, precision="hour")]),
    (
        TABLE,
        DAY,
        [
            event("2024-05-06T14:02:00Z", ALERT, 3, kind="alert", author="Ada"),
            event("2024-05-06T14:05:00Z", "so", 4),
        ],
    ),
    (
        "- 14:02 a\n* 14:03 b\n• 14:04 c\n1. 14:05 d",
        DAY,
        [
            event("2024-05-06T14:02:00Z", "a", 1),
            event("2024-05-06T14:03:00Z", "b", 2),
            event("2024-05-06T14:04:00Z", "c", 3),
            event("2024-05-06T14:05:00Z", "d", 4),
        ],
    ),
    (
        SLACK,
        DAY,
        [
            event("2024-05-06T14:02:00Z", "it is slow", 2, author="Ada Lovelace"),
            event("2024-05-06T14:03:00Z", "still", 4, author="Ada Lovelace"),
            event("2024-05-06T14:05:00Z", "rolling back", 6, kind="mitigation", author="Ben"),
        ],
    ),
    (
        "## 2024-05-06 (UTC)\n23:58 a\n00:03 b\n\n2024-05-08\n09:00 c",
        BERLIN,
        [
            event("2024-05-06T23:58:00Z", "a", 2),
            event("2024-05-07T00:03:00Z", "b", 3),
            event("2024-05-08T09:00:00Z", "c", 6),
        ],
    ),
    (
        "14:02 a\n  on two hosts:\n    - web-1\n\nand more\n14:05 b",
        DAY,
        [
            event("2024-05-06T14:02:00Z", "a\n  on two hosts:\n    - web-1\nand more", 1),
            event("2024-05-06T14:05:00Z", "b", 6),
        ],
    ),
]


@pytest.mark.parametrize(("text", "options", "events"), SHAPES)
def test_each_shape_of_pasted_text_gives_its_events(
    command: Command, text: str, options: tuple[str, ...], events: list[dict[str, Any]]
) -> None:
    answer = command.json("import", "-", "--dry-run", *options, given=text)
    assert [e for i in answer["incidents"] for e in i["events"]] == events
    assert answer["unread"] == []


def test_what_cannot_be_read_is_listed_with_its_line_and_the_reason(command: Command) -> None:
    text = (
        "2024-03-31 02:30 never\n2024-10-27 02:30 twice\n25:00 a\n12:60 b\n"
        "31 Feb 2024 10:00 c\n1850-01-01 10:00 d\n2024-05-06 24:00 e\n"
    )
    answer = command.json("import", "-", "--dry-run", *BERLIN, given=text)
    assert [e["text"] for i in answer["incidents"] for e in i["events"]] == ["e"]
    assert [(u["line"], u["text"]) for u in answer["unread"]] == list(
        enumerate(text.splitlines()[:6], 1)
    )
    gap, fold, *others = [u["why"] for u in answer["unread"]]
    assert "+01:00" in gap
    assert "+02:00" in gap
    assert "+02:00 for the first or +01:00 for the second" in fold
    assert [why.split(".")[0] for why in others] == [
        "25:00 is no time of day",
        "12:60 is no time of day",
        "The calendar has no 31 Feb 2024",
        "The year 1850 cannot be meant",
    ]
