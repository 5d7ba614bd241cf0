"""hotwash scenario check: every finding with its line, and an exit status that scripts can use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

CLEAN = Path(__file__).resolve().parents[1] / "fixtures" / "scenarios" / "queue.yaml"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Three errors, one of them only seen in play, and a warning."""
    file = tmp_path / "faulty.yaml"
    text = CLEAN.read_text("utf-8").replace("to: [ic, comms]", "to: [ic, coms]")
    text = text.replace("    delay_min: 2\n", "    delay_mins: 2\n")
    text = text.replace("min: 0, max: 200", "min: 0, max: 120").replace(
        "kind: help", "kind: pressure"
    )
    file.write_text(text, "utf-8")
    return file


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """Warnings only."""
    file = tmp_path / "doubtful.yaml"
    file.write_text(CLEAN.read_text("utf-8").replace("kind: help", "kind: pressure"), "utf-8")
    return file


def test_a_good_scenario_is_said_to_be_one(command: Command) -> None:
    result = command("scenario", "check", str(CLEAN))
    assert result.exit_code == 0
    assert "0 errors, 0 warnings. All 28 states" in result.stdout


def test_findings_have_file_line_code_and_fix(command: Command, faulty: Path) -> None:
    result = command("scenario", "check", str(CLEAN), str(faulty))
    assert result.exit_code == 1
    assert (
        f"{faulty}:83: E01 node first, delay_mins: “delay_mins” is not a known key. Did you mean "
        "“delay_min”? (Correct the key" in result.stdout
    )
    assert f"{faulty}:113: E04 node boss, to 2: There is no seat “coms”." in result.stdout
    assert "\n    by way of first: watch; repair: restart\n" in result.stdout
    assert f"{faulty}: 3 errors, 3 warnings." in result.stdout


def test_warnings_alone_are_no_failure(command: Command, doubtful: Path) -> None:
    result = command("scenario", "check", str(doubtful))
    assert result.exit_code == 0
    assert "W11" in result.stdout


def test_json_is_a_list_with_one_object_a_file(command: Command, faulty: Path) -> None:
    result = command("scenario", "check", str(CLEAN), str(faulty), "--json")
    assert result.exit_code == 1
    clean, wrong = json.loads(result.stdout)
    assert (clean["id"], clean["findings"], clean["errors"]) == ("stuck-queue", [], 0)
    assert clean["explored"]["endings"] == ["end_good", "end_mixed"]
    assert (wrong["file"], wrong["errors"], wrong["warnings"]) == (str(faulty), 3, 3)
    finding = wrong["findings"][0]
    assert (finding["code"], finding["level"], finding["line"]) == ("E01", "error", 83)
    assert {"message", "place", "fix", "reproduce", "path"} <= finding.keys()


def test_a_file_that_is_no_yaml_is_a_finding_too(command: Command) -> None:
    result = command("scenario", "check", "-", given="a: [1\nb: 2\n")
    assert result.exit_code == 1
    assert result.stdout.startswith("-:2: E00 the file: A bracket is not closed")


def test_a_missing_file_is_one_line(command: Command, tmp_path: Path) -> None:
    result = command("scenario", "check", str(tmp_path / "none.yaml"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1


def test_no_file_is_wrong_usage(command: Command) -> None:
    assert command("scenario", "check").exit_code == 2


def test_a_check_needs_no_database(process: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTWASH_DATABASE_URL", "sqlite:////nowhere/at/all/hotwash.db")
    result = process("scenario", "check", str(CLEAN))
    assert (result.returncode, result.stderr) == (0, b"")
