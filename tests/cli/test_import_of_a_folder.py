"""hotwash import DIRECTORY: each file for itself, again as often as one likes."""

from __future__ import annotations

import json
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


def test_a_document_that_tells_of_a_later_day_is_published_today_and_says_so(
    command: Command, folder: Path
) -> None:
    (folder / "later.md").write_text(ADFS.replace("Tokens", "Passwords").replace("2021", "2199"))
    entries = command.json("import", str(folder), "--published")["files"]
    said = {entry["file"]: " ".join(entry["assumed"]) for entry in entries}
    assert "still to come, so it is published today" in said["later.md"]
    assert "last day that it tells of" in said["2021/adfs/report.markdown"]


def test_a_link_to_a_file_is_left_alone_and_listed(command: Command, folder: Path) -> None:
    outside = folder.parent / "outside.md"
    outside.write_text(ADFS.replace("Tokens", "Passwords"))
    (folder / "linked.md").symlink_to(outside)
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    answer = command.json("import", str(folder))
    for name in ("linked.md", "gone.md"):
        [entry] = [e for e in answer["files"] if e["file"] == name]
        assert (entry["state"], "link" in entry["problem"]) == ("passed_over", True)
    assert len(command.json("list", "postmortems")) == 2
    assert (
        "Passed by  linked.md\n             This is a link" in command("import", str(folder)).stdout
    )


EXPORT = {
    "incidents": [{"id": "01H", "name": "Down", "created_at": "2024-03-13T10:05:00Z",
                   "incident_status": {"category": "closed", "name": "Closed"}}],
    "incident_updates": [{"id": "u1", "incident_id": "01H", "created_at": "2024-03-13T10:10:00Z",
                          "message": "Looking.", "new_incident_status": None}],
    "severities": [{"id": "s", "name": "Minor", "rank": 1, "description": ""}],
}  # fmt: skip


def export_into(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.json").write_text(json.dumps(EXPORT[name]))


@pytest.mark.parametrize("is_packed", [False, True])
def test_the_lists_of_one_export_in_a_folder_are_read_together(
    command: Command, folder: Path, is_packed: bool
) -> None:
    export_into(folder / "tool", *EXPORT)
    source = folder
    if is_packed:
        source = folder.parent / "old.zip"
        with zipfile.ZipFile(source, "w") as made:
            for file in folder.rglob("*.*"):
                made.write(file, file.relative_to(folder).as_posix())
    answer = command.json("import", str(source))
    [joined] = [e for e in answer["files"] if e["file"].startswith("tool/incidents.json")]
    assert joined["file"] == "tool/incidents.json with incident_updates.json"
    assert [event["text"] for event in joined["incidents"][0]["events"]] == ["Looking."]
    assert states(answer)["tool/severities.json"] == "passed_over"
    assert "tool/incident_updates.json" not in states(answer)
    again = states(command.json("import", str(source)))
    assert again["tool/incidents.json with incident_updates.json"] == "known"


def test_updates_without_their_incidents_are_said_to_be_unread(
    command: Command, folder: Path
) -> None:
    export_into(folder / "elsewhere", "incident_updates")
    export_into(folder / "tool", "incidents")
    result = command("import", str(folder))
    assert result.exit_code == 1
    assert "Not read   elsewhere/incident_updates.json" in result.stdout
    assert "belongs to the incident 01H, which is not in this file" in result.stdout
    assert "Brought in tool/incidents.json\n" in result.stdout
