"""hotwash export and wording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def published(command: Command) -> str:
    """The id of the published post-mortem of the example."""
    command("seed")
    rows = command.json("list", "postmortems")
    return next(row["id"] for row in rows if row["status"] == "published")


@pytest.mark.parametrize(
    ("format_name", "begins"),
    [("pdf", b"%PDF-"), ("html", b"<!doctype html"), ("md", b"# "), ("json", b"{")],
)
def test_every_format_reaches_the_file(
    command: Command, published: str, tmp_path: Path, format_name: str, begins: bytes
) -> None:
    file = tmp_path / "out"
    result = command("export", "postmortem", published, "--format", format_name, "-o", str(file))
    assert result.exit_code == 0, result.output
    assert file.read_bytes()[: len(begins)].lower() == begins.lower()


def test_a_dash_is_standard_output_and_nothing_else_goes_there(
    command: Command, published: str
) -> None:
    result = command("export", "postmortem", published, "--format", "json", "-o", "-")
    assert json.loads(result.stdout)["postmortem"]["id"] == published


def test_the_export_comes_in_again_as_something_known(command: Command, published: str) -> None:
    document = command("export", "postmortem", published, "--format", "json", "-o", "-").stdout
    assert command.json("import", "-", given=document)["duplicates"][0]["id"] == published


def test_what_may_still_be_a_name_is_told_beside_the_document(command: Command) -> None:
    text = "# Queue down\n\n## Summary\n\nThen Lloyd Middleton restarted the queue.\n"
    [made] = command.json("import", "-", "--format", "markdown", given=text)["postmortems"]
    written = ("export", "postmortem", made["id"], "--format", "md", "-o", "-")
    result = command(*written, "--redact")
    assert "Lloyd Middleton" in result.stderr
    assert "look at them before you hand it out" in result.stderr
    assert "other names may remain" in result.stdout
    assert command(*written).stderr == ""


@pytest.mark.parametrize(
    ("options", "has_names"),
    [
        ((), True),
        (("--redact",), False),
        (("--audience", "leadership"), False),
        (("--audience", "leadership", "--no-redact"), True),
    ],
)
def test_names_go_out_of_the_brief_unless_asked_for(
    command: Command, published: str, options: tuple[str, ...], has_names: bool
) -> None:
    result = command("export", "postmortem", published, "--format", "md", *options, "-o", "-")
    assert ("Tomasz" in result.stdout) is has_names


def test_what_cannot_be_exported_is_one_line(
    command: Command, published: str, tmp_path: Path
) -> None:
    for words in (
        ("nope", "--format", "md", "-o", "-"),
        (published, "--format", "md", "-o", str(tmp_path)),
        (published, "--format", "md", "-o", str(tmp_path / "no folder" / "x.md")),
    ):
        result = command("export", "postmortem", *words)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 1
    assert command("export", "postmortem", published, "--format", "docx", "-o", "-").exit_code == 2
    assert command("export", "postmortem", published, "--format", "md").exit_code == 2


def test_json_for_leadership_has_the_same_shape_and_only_what_their_page_is_made_of(
    command: Command, published: str
) -> None:
    def record(*words: str) -> dict[str, Any]:
        asked = ("--format", "json", "--no-redact", *words, "-o", "-")
        result = command("export", "postmortem", published, *asked)
        assert result.exit_code == 0
        return json.loads(result.stdout)["postmortem"]  # type: ignore[no-any-return]

    whole, brief = record(), record("--audience", "leadership")
    assert whole.keys() == brief.keys()
    assert {k for k in whole if whole[k] and not brief[k]} <= {
        "participants", "whys", "reviews", "transitions"
    }  # fmt: skip
    assert whole["incidents"][0]["events"]
    assert not brief["incidents"][0]["events"]
    assert brief["summary"] == whole["summary"]
    assert brief["actions"] == whole["actions"]


def test_findings_have_exactly_the_documented_shape(command: Command) -> None:
    text = "The disk was full.\r\nBeppo should have checked it.\r\n"
    [finding] = command.json("wording", "-", "--names", "Ada, Beppo", given=text)["findings"]
    assert set(finding) == {"line", "start", "end", "span", "rule", "why", "suggestion"}
    line = text.split("\r\n")[finding["line"] - 1]
    assert finding["line"] == 2
    assert line[finding["start"] : finding["end"]] == finding["span"]


def test_the_number_of_a_line_is_written_as_editors_write_it(command: Command) -> None:
    result = command("wording", "-", given="\n" * 1233 + "Ada was careless.\n")
    assert result.stdout.startswith("Line 1234, ")


def test_findings_are_work_done(command: Command) -> None:
    result = command("wording", "-", given="Ada was careless.\n")
    assert result.exit_code == 0
    assert "careless" in result.stdout


@pytest.mark.parametrize("text", ["", "\n", "The health check failed.\n"])
def test_a_text_without_blame_has_no_findings(command: Command, text: str) -> None:
    assert command.json("wording", "-", given=text) == {"findings": []}
