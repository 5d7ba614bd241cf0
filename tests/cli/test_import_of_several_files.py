"""incident.io exports one list per file; the files of one export are brought in together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

INCIDENT = {
    "id": "01H",
    "name": "Checkout is down",
    "created_at": "2024-03-13T10:05:00Z",
    "incident_status": {"category": "closed", "name": "Closed"},
}
UPDATE = {
    "id": "u1",
    "incident_id": "01H",
    "created_at": "2024-03-13T10:10:00Z",
    "message": "Looking.",
    "new_incident_status": None,
}
FOLLOW_UP = {
    "id": "f1",
    "incident_id": "01H",
    "title": "Alert on the pool",
    "created_at": "2024-03-13T12:00:00Z",
}


def write(folder: Path, **lists: object) -> list[str]:
    for name, content in lists.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return [str(folder / f"{name}.json") for name in lists]


@pytest.mark.parametrize("is_wrapped", [False, True])
def test_updates_and_follow_ups_reach_their_incident_in_any_order_of_files(
    command: Command, tmp_path: Path, is_wrapped: bool
) -> None:
    lists: dict[str, object] = {"follow_ups": [FOLLOW_UP], "incidents": [INCIDENT]}
    lists |= {"incident_updates": [UPDATE], "actions": []}
    files = write(tmp_path, **{k: {k: v} if is_wrapped else v for k, v in lists.items()})
    answer = command.json("import", *files)
    [incident] = answer["incidents"]
    assert [event["text"] for event in incident["events"]] == [
        "Looking.",
        "Follow-up: Alert on the pool",
    ]
    assert answer["unread"] == []
    assert len(command.json("import", *files)["duplicates"]) == 1


@pytest.mark.parametrize(
    "content", [[{"id": "s", "name": "Minor", "rank": 1, "description": ""}], {"a": 1}, None]
)
def test_a_file_that_does_not_belong_is_named_and_nothing_is_stored(
    command: Command, tmp_path: Path, content: object
) -> None:
    result = command("import", *write(tmp_path, incidents=[INCIDENT], severities=content))
    assert result.exit_code == 1
    assert "severities.json" in result.stderr
    assert command.json("list", "incidents") == []
