"""hotwash actions export: what the page exports, for scripts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from services.people import introduce
from tests.cli.conftest import Command
from tests.small_postmortem import stored


def test_actions_go_to_standard_output_in_every_format(command: Command) -> None:
    stored(introduce("Ada Brandt"))
    heads = {"csv": "Action", "jira": "Summary", "github": "title", "linear": "Title"}
    for name, head in heads.items():
        result = command("actions", "export", "--format", name)
        assert result.exit_code == 0, result.output
        text = result.stdout.removeprefix("\ufeff")
        [row] = csv.DictReader(io.StringIO(text, newline=""))
        assert row[head] == "Refuse a release whose retry limit is zero"


def test_filters_choose_and_a_file_is_named(command: Command, tmp_path: Path) -> None:
    stored(introduce("Ada Brandt"))
    file = tmp_path / "jira.csv"
    result = command(
        "actions", "export", "--format", "jira", "--owner", "ada brandt", "--status", "proposed",
        "-o", str(file),
    )  # fmt: skip
    assert result.exit_code == 0
    assert f"Wrote {file}" in result.stdout
    assert len(file.read_text("utf-8").splitlines()) > 1
    nobody = command("actions", "export", "--format", "jira", "--owner", "Nobody")
    assert len(nobody.stdout.splitlines()) == 1


def test_what_cannot_be_is_wrong_usage_or_one_line(command: Command, tmp_path: Path) -> None:
    assert command("actions", "export", "--format", "trello").exit_code == 2
    assert command("actions", "export", "--status", "lost").exit_code == 2
    result = command("actions", "export", "-o", str(tmp_path / "no" / "where.csv"))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
