"""hotwash list exercises and hotwash export exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.rules.exercise import facilitating
from models.rules.policy import Who
from services import exercises
from services.scenario_library import get_scenario
from tests.cli.conftest import Command


@pytest.fixture
def ended(ada: Who) -> str:
    """Ada played alone, and stopped."""
    run_id = exercises.open_run(ada, get_scenario(ada, "first-page")[0], solo=True)
    exercises.act_as_facilitator(ada, run_id, facilitating.end, "Enough for today")
    return run_id


def test_exercises_are_listed_with_how_far_they_are(command: Command, ben: Who, ended: str) -> None:
    going_on = exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    rows = {row["id"]: row for row in command.json("list", "exercises")}
    assert {name: row["status"] for name, row in rows.items()} == {
        ended: "ended",
        going_on: "lobby",
    }
    row = rows[ended]
    assert (row["scenario_id"], row["is_solo"], row["ending"]) == ("first-page", True, "stopped")
    assert row["ended_at"].endswith("Z")
    assert ended in command("list", "exercises").stdout


@pytest.mark.parametrize(
    ("format_name", "begins"), [("pdf", b"%pdf-"), ("html", b"<!doctype html"), ("md", b"# ")]
)
def test_the_after_action_report_reaches_the_file(
    command: Command, ended: str, tmp_path: Path, format_name: str, begins: bytes
) -> None:
    file = tmp_path / "report"
    result = command("export", "exercise", ended, "--format", format_name, "-o", str(file))
    assert result.exit_code == 0, result.output
    assert file.read_bytes()[: len(begins)].lower() == begins


def test_a_redacted_report_names_nobody(command: Command, ended: str) -> None:
    words = ("export", "exercise", ended, "--format", "md", "-o", "-")
    assert "Ada Brandt" in command(*words).stdout
    assert "Ada Brandt" not in command(*words, "--redact").stdout


def test_what_a_report_cannot_be_is_wrong_usage(command: Command, ended: str) -> None:
    for options in (("--format", "json"), ("--audience", "leadership")):
        result = command("export", "exercise", ended, *options, "-o", "-")
        assert (result.exit_code, result.stdout) == (2, "")


def test_the_report_of_one_that_goes_on_is_refused(command: Command, ada: Who) -> None:
    run_id = exercises.open_run(ada, get_scenario(ada, "first-page")[0])
    result = command("export", "exercise", run_id, "-o", "-")
    assert result.exit_code == 1
    assert "not over yet" in result.stderr


def test_an_exercise_is_shown_whole(command: Command, ada: Who, ended: str) -> None:
    shown = command.json("show", "exercise", ended)
    assert (shown["id"], shown["title"], shown["scenario_id"]) == (
        ended,
        "Your first page",
        "first-page",
    )
    assert shown["people"] == [{"name": ada.name, "seat": shown["people"][0]["seat"]}]
    assert (shown["ending"], shown["ended_early_because"]) == (None, "Enough for today")
    assert shown["path"] == ["page"]
    assert {"rule", "verdict", "value", "sentence"} <= set(shown["score"]["rules"][0])
    assert shown["ended_at"].endswith("Z")
    assert [line["group"] for line in shown["timeline"]].count("inject") >= 1
    said = command("show", "exercise", ended).stdout
    for words in ("Your first page", "alone", "ended early: Enough for today", "Process score"):
        assert words in said


def test_what_another_one_played_alone_is_not_shown(command: Command, ben: Who) -> None:
    run_id = exercises.open_run(ben, get_scenario(ben, "first-page")[0], solo=True)
    exercises.act_as_facilitator(ben, run_id, facilitating.end, "Enough for today")
    result = command("show", "exercise", run_id, "--json")
    assert result.exit_code == 1
    assert "This was played alone" in result.stderr


def test_an_exercise_that_goes_on_is_not_shown(command: Command, ben: Who) -> None:
    going_on = exercises.open_run(ben, get_scenario(ben, "first-page")[0])
    result = command("show", "exercise", going_on)
    assert result.exit_code == 1
    assert "not over yet" in result.stderr
