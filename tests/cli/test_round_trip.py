"""hotwash export … --format json, hotwash import elsewhere, and export again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from services import database
from services.settings import settings
from tests.cli.conftest import Command


def test_the_example_is_the_same_after_a_move_to_another_database(
    command: Command, migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("seed")
    ids = [row["id"] for row in command.json("list", "postmortems")]
    documents = {i: exported(command, i) for i in ids}
    assert any('"content": "' in document for document in documents.values())  # a kept picture
    shutil.copy(migrated, tmp_path / "other.db")
    database.engine().dispose()
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    settings.cache_clear()
    for postmortem_id, document in documents.items():
        came = command.json("import", "-", given=document)
        assert [p["id"] for p in came["postmortems"]] == [postmortem_id]
        assert exported(command, postmortem_id) == document
        again = command.json("import", "-", given=document)
        assert (again["postmortems"], again["incidents"]) == ([], [])
        assert exported(command, postmortem_id) == document


def exported(command: Command, postmortem_id: str) -> str:
    result = command("export", "postmortem", postmortem_id, "--format", "json", "-o", "-")
    assert result.exit_code == 0, result.output
    return str(result.stdout)
