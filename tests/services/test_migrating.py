"""Making and bringing up the database: twice, by two at once, and after being killed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.rules.problems import ProblemForUser
from services import database, people
from services.settings import settings

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = "from services.database import migrate; migrate()"
# Dies as by kill -9 when the statement of that number is about to be sent.
MIGRATE_AND_DIE = """
import os, signal, sys
from sqlalchemy import event
from services import database
count = iter(range(10_000))
def die(*_):
    if next(count) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(database.engine(), "before_cursor_execute", die)
database.migrate()
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The name of a database that is not there yet."""
    path = tmp_path / "folder" / "new.db"
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{path}")
    settings.cache_clear()
    yield path
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


def start(code: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=ROOT, env=dict(os.environ),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def schema(file: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute(
            "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchall()


def test_migrating_twice_is_migrating_once(file: Path, migrated: Path) -> None:
    assert not file.exists()
    database.migrate()
    assert database.is_ready()
    ada = people.introduce("Ada Brandt")
    database.migrate()
    assert schema(file) == schema(migrated)
    assert people.find_who(ada.person_id or "") == ada


def test_two_that_make_the_same_database_at_once_both_succeed(file: Path, migrated: Path) -> None:
    file.parent.mkdir()
    both = [start(MIGRATE), start(MIGRATE)]
    errors = [process.communicate(timeout=60)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert schema(file) == schema(migrated)


@pytest.mark.parametrize("statement", [1, 12, 45])
def test_a_kill_while_migrating_leaves_nothing_half_and_the_next_try_succeeds(
    file: Path, migrated: Path, statement: int
) -> None:
    file.parent.mkdir()
    killed = start(MIGRATE_AND_DIE, str(statement))
    killed.communicate(timeout=60)
    assert killed.returncode == -9
    assert schema(file) == []
    assert not database.is_ready()
    database.migrate()
    assert schema(file) == schema(migrated)


def test_a_file_that_is_no_database_is_said_to_be_none_and_left_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"A shopping list, not a database. " * 100)
    with pytest.raises(ProblemForUser, match="cannot be opened"):
        database.migrate()
    assert file.read_bytes().startswith(b"A shopping list")


def test_a_database_of_a_newer_version_is_not_touched(file: Path) -> None:
    database.migrate()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = schema(file)
    with pytest.raises(ProblemForUser, match="newer version"):
        database.migrate()
    assert schema(file) == before
