"""What was acknowledged is kept, and nothing is half there: after kill -9 and on a full disk."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.record import PostmortemRecord
from services import database, incidents, postmortems, timeline
from tests.small_postmortem import stored

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10
PAIR = "ab"  # the two events that the child adds and merges


def kill_at_random(postmortem_id: str, begin: int, chance: random.Random) -> int:
    """Lets a process save until it is killed; the last number that it said was saved."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.services.saving_child", postmortem_id, str(begin)],
        cwd=ROOT, env=dict(os.environ), text=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    said = [child.stdout.readline() for _ in range(chance.randrange(1, 5))]
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=chance.uniform(0, 0.05))
    child.kill()
    rest, _ = child.communicate(timeout=60)
    return int([*said, *rest.splitlines()][-1])


def integrity(file: Path) -> str:
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def rounds(record: PostmortemRecord) -> dict[int, list[str]]:
    """What the timeline holds of each round of the child, sorted."""
    found: dict[int, list[str]] = defaultdict(list)
    for event in record.events:
        if event.text[:2] in ("a ", "b "):
            found[int(event.text.split()[1])].append(event.text)
    return {number: sorted(texts) for number, texts in found.items()}


def test_every_acknowledged_save_survives_a_kill(ada: Who, database_file: Path) -> None:
    chance = random.Random(2026)
    pm = stored(ada)
    begin = 1
    cut_off: set[int] = set()
    for _ in range(KILLS):
        acknowledged = kill_at_random(pm, begin, chance)
        assert integrity(database_file) == "ok"
        record = postmortems.get_postmortem(ada, pm)
        saved, held = int(record.summary), rounds(record)
        assert saved in (acknowledged, acknowledged + 1)
        cut_off |= {acknowledged + 1}
        for number in set(range(1, acknowledged + 1)) - cut_off:
            assert held[number] == [f"a {number}\nb {number}"]
        for number in cut_off & set(held):
            whole = ([f"a {number}"], [f"a {number}", f"b {number}"], [f"a {number}\nb {number}"])
            assert held[number] in whole
        begin = acknowledged + 2


@contextmanager
def full_disk() -> Iterator[None]:
    """No page can be added to the database."""
    with database.engine().connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    yield
    with database.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")


def test_a_full_disk_is_said_in_plain_words_and_what_was_there_stays(
    ada: Who, database_file: Path
) -> None:
    pm = stored(ada)
    before = postmortems.get_postmortem(ada, pm)
    incident, at = before.incidents[0].id, before.events[0].at
    with full_disk():
        with pytest.raises(ProblemForUser, match=r"nothing was changed.*full disk"):
            postmortems.save_summary(ada, pm, "x" * 9_000, before.summary)
        for number in range(3):
            with pytest.raises(ProblemForUser, match="could not be saved"):
                timeline.add_event(ada, incident, f"{number}" * 9_000, at=at)
        assert postmortems.get_postmortem(ada, pm) == before
    assert integrity(database_file) == "ok"
    assert timeline.last_change(ada, incident) == ""
    postmortems.save_summary(ada, pm, "x" * 9_000, before.summary)
    assert postmortems.get_postmortem(ada, pm).summary == "x" * 9_000
    assert len(incidents.get_incident(ada, incident).record.events) == len(before.events)
