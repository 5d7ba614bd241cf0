"""hotwash import DIRECTORY: each file for itself, again as often as one likes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Command

ADFS = """# Tokens expired

## Summary
The signing certificate of the identity provider expired.

## Timeline
All times in UTC.

- 2021-03-31 12:06 Certificate expires
- 2021-03-31 13:30 Certificate rolled over, resolved

## Action items
- Monitor certificate expiry
"""
DISK = """# Disk full
Date: 2020-02-03
Status: Draft

## Summary
Logs filled the volume.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one of them deeper, and what lies beside documents."""
    root = tmp_path / "postmortems"
    (root / "2021" / "adfs").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / ".git" / "notes.md").write_text(ADFS)
    (root / "2021" / "adfs" / "report.markdown").write_text(ADFS)
    (root / "2020-02-03 disk.md").write_text(DISK)
    (root / "README.md").write_text("How we write these.\n")
    (root / "graph.png").write_bytes(b"\x89PNG")
    return root


def states(answer: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {entry["file"]: entry["state"] for entry in answer["files"]}


def test_each_file_is_listed_with_what_came_of_it(command: Command, folder: Path) -> None:
    answer = command.json("import", str(folder))
    assert states(answer) == {
        "2020-02-03 disk.md": "new",
        "2021/adfs/report.markdown": "new",
        "README.md": "passed_over",
    }
    assert answer["skipped"] == ["graph.png"]
    report = next(e for e in answer["files"] if e["file"].endswith("report.markdown"))
    assert [p["title"] for p in report["postmortems"]] == ["Tokens expired"]
    assert len(report["incidents"][0]["events"]) == 2
    assert len(command.json("list", "postmortems")) == 2


def test_again_brings_in_only_what_is_new(command: Command, folder: Path) -> None:
    command("import", str(folder))
    (folder / "later.md").write_text(ADFS.replace("Tokens", "Passwords"))
    answer = command.json("import", str(folder))
    assert states(answer) == {
        "2020-02-03 disk.md": "known",
        "2021/adfs/report.markdown": "known",
        "README.md": "passed_over",
        "later.md": "new",
    }
    assert len(command.json("list", "postmortems")) == 3


def test_one_bad_file_stops_no_other_and_the_status_tells(command: Command, folder: Path) -> None:
    (folder / "a broken one.json").write_text("{")
    (folder / "an empty one.md").write_text("")
    result = command("import", str(folder))
    assert result.exit_code == 1
    assert "Not read   a broken one.json" in result.stdout
    assert result.stderr.count("\n") == 1
    assert "2 files of 5 could not be read" in result.stderr
    assert len(command.json("list", "postmortems")) == 2


def test_a_dry_run_stores_nothing_and_sees_what_stands_in_two_files(
    command: Command, folder: Path
) -> None:
    (folder / "copy.md").write_text(ADFS)
    answer = command.json("import", str(folder), "--dry-run")
    assert states(answer)["copy.md"] == "new"
    assert states(answer)["2021/adfs/report.markdown"] == "known"
    assert {p["id"] for e in answer["files"] for p in e["postmortems"]} == {None}
    assert command.json("list", "postmortems") == []


def test_finished_documents_come_into_the_archive_on_their_own_dates(
    command: Command, folder: Path
) -> None:
    assert command.json("search", "certificate")["total"] == 0
    command("import", str(folder), "--published")
    [found] = command.json("search", "certificate")["results"]
    assert (found["title"], found["published_at"]) == ("Tokens expired", "2021-03-31T13:30:00Z")
    by_title = {row["title"]: row for row in command.json("list", "postmortems")}
    assert by_title["Tokens expired"]["status"] == "published"
    assert by_title["Disk full"]["status"] == "draft", "it says so itself"


def test_without_a_word_documents_come_in_as_drafts(command: Command, folder: Path) -> None:
    command("import", str(folder))
    assert {row["status"] for row in command.json("list", "postmortems")} == {"draft"}


def test_a_document_with_a_day_alone_stands_on_that_day(command: Command, folder: Path) -> None:
    command("import", str(folder))
    by_title = {row["title"]: row for row in command.json("list", "incidents")}
    assert by_title["Disk full"]["began_at"] == "2020-02-03T12:00:00Z"


def test_a_zip_archive_of_a_folder_is_read_alike(command: Command, folder: Path) -> None:
    archive = folder.parent / "old.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted(folder.rglob("*.*")):
            if file.is_file():
                made.write(file, file.relative_to(folder).as_posix())
        made.writestr("__MACOSX/report.md", "x")
    answer = command.json("import", str(archive))
    assert states(answer)["2021/adfs/report.markdown"] == "new"
    assert set(answer["skipped"]) == {".git/notes.md", "__MACOSX/report.md", "graph.png"}


def test_a_folder_without_documents_and_a_folder_beside_a_file_are_refused(
    command: Command, folder: Path
) -> None:
    (folder / "empty").mkdir()
    result = command("import", str(folder / "empty"))
    assert (result.exit_code, "There is no document in it" in result.stderr) == (1, True)
    assert command("import", str(folder), "notes.txt").exit_code == 2


def test_a_name_that_is_no_text_does_not_stop_the_folder(command: Command, folder: Path) -> None:
    (folder / b"caf\xe9.md".decode("utf-8", "surrogateescape")).write_text(
        ADFS.replace("Tokens", "Passwords")
    )
    assert command.json("import", str(folder))["files"][-1]["state"] in ("new", "passed_over")
    assert len(command.json("list", "postmortems")) == 3
