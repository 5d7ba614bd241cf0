"""hotwash import: the JSON that others build on, previews, duplicates, what was assumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

TEXT = """2024-05-06 14:02 Alert: checkout latency above four seconds
14:05 Ada: I see lock waits on orders-db
around 15:?? traffic was back to normal
"""
POSTMORTEM = """# Checkout down

## Timeline

| Time (UTC) | Event |
| --- | --- |
| 2024-05-06 14:02 | Alert fired |
| 2024-05-06 14:20 | Rolled back |
"""


def test_the_answer_has_exactly_the_documented_shape(command: Command) -> None:
    answer = command.json("import", "-", given=TEXT)
    assert set(answer) == {"incidents", "unread", "duplicates", "postmortems", "assumed", "used"}
    [incident] = answer["incidents"]
    assert set(incident) == {"id", "title", "severity", "events"}
    assert isinstance(incident["id"], str)
    first, second, third = incident["events"]
    assert first == {
        "at": "2024-05-06T14:02:00Z",
        "until": None,
        "precision": "minute",
        "kind": "alert",
        "text": "Alert: checkout latency above four seconds",
        "author": "",
        "line": 1,
    }
    assert (second["author"], second["line"]) == ("Ada", 2)
    assert (third["at"], third["precision"]) == ("2024-05-06T15:00:00Z", "hour")


def test_what_was_assumed_is_said(command: Command) -> None:
    assert any("UTC" in s for s in command.json("import", "-", given=TEXT)["assumed"])


def test_zone_and_date_fill_in_what_the_text_does_not_say(command: Command) -> None:
    [incident] = command.json(
        "import", "-", "--zone", "Europe/Berlin", "--date", "2024-07-01", given="14:02 Alert\n"
    )["incidents"]
    assert incident["events"][0]["at"] == "2024-07-01T12:02:00Z"


def test_a_date_with_a_time_is_the_start_of_relative_times(command: Command) -> None:
    [incident] = command.json(
        "import", "-", "--zone", "Europe/Berlin", "--date", "2024-07-01T09:00",
        given="T+0 Alert fired\nT+12m Rolled back\n",
    )["incidents"]  # fmt: skip
    assert [e["at"] for e in incident["events"]] == ["2024-07-01T07:00:00Z", "2024-07-01T07:12:00Z"]


def test_the_same_file_twice_changes_nothing(command: Command) -> None:
    [incident] = command.json("import", "-", given=TEXT)["incidents"]
    again = command.json("import", "-", given=TEXT)
    assert again["incidents"] == []
    assert again["duplicates"] == [{"id": incident["id"], "title": incident["title"]}]
    assert len(command.json("list", "incidents")) == 1


def test_a_dry_run_stores_nothing_and_gives_no_ids(command: Command) -> None:
    answer = command.json("import", "-", "--dry-run", given=TEXT)
    assert [i["id"] for i in answer["incidents"]] == [None]
    assert len(answer["incidents"][0]["events"]) == 3
    assert command.json("list", "incidents") == []


@pytest.mark.parametrize("dry", [True, False])
def test_incidents_inside_a_post_mortem_are_listed_too(
    command: Command, tmp_path: Path, dry: bool
) -> None:
    file = tmp_path / "checkout.md"
    file.write_text(POSTMORTEM)
    answer = command.json("import", str(file), *(["--dry-run"] if dry else []))
    [postmortem], [incident] = answer["postmortems"], answer["incidents"]
    assert postmortem["title"] == "Checkout down"
    assert [e["text"] for e in incident["events"]] == ["Alert fired", "Rolled back"]
    if not dry:
        assert command.json("show", "incident", incident["id"])["postmortem_id"] == postmortem["id"]


def test_in_words_it_says_what_came_in_and_what_was_not_read(command: Command) -> None:
    said = command("import", "-", given=TEXT)
    assert said.exit_code == 0
    assert said.stdout.startswith("Brought in 1 incident and 0 post-mortems.")
    assert "Would bring in" in command("import", "-", "--dry-run", given=TEXT + "\n").stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--zone", "Mars/Olympus"),
        ("--date", "yesterday"),
        ("--date", "2024-02-30"),
        ("--zone", "Europe/Berlin", "--date", "2024-03-31T02:30"),
        ("--from", "noon"),
        ("--format", "docx"),
    ],
)
def test_an_option_that_cannot_be_meant_is_wrong_usage(
    command: Command, options: tuple[str, ...]
) -> None:
    result = command("import", "-", *options, given=TEXT)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert command.json("list", "incidents") == []
