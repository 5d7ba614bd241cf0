"""What our services add to bare SQLite: lists of 50, a post-mortem with 200 events; and how many
rows a second an import stores.

The floor of a list is its own SQL run by sqlite3; that of the post-mortem the bare rows of its
tables. Each pair is run in turns.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from models.rules.policy import Who
from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    IncidentRecord,
    LessonRecord,
    PostmortemRecord,
    WhyRecord,
)
from models.rules.vocabulary import Clock, LessonKind, Severity
from services import database, people
from services.bring_in import bring_in, read_options
from services.incidents import list_incidents
from services.postmortems import get_postmortem, list_postmortems
from services.record_in import store_postmortem
from services.settings import settings
from services.unit_of_work import writing

INCIDENTS, EVENTS, ROUNDS, LINES = 1_000, 200, 60, 5_000
START = datetime(2024, 1, 1, tzinfo=UTC)
CHANCE = random.Random(5)


def fill(who: Who) -> str:
    """Post-mortems of one incident each, and one of an incident with 200 events; its id."""
    with writing(who) as work:
        for n in range(INCIDENTS):
            store_postmortem(work, record(n, events=5)).created_at = START + timedelta(hours=n)
        return store_postmortem(work, record(INCIDENTS, events=EVENTS)).id


def record(number: int, events: int) -> PostmortemRecord:
    at = START + timedelta(hours=number)
    incident = IncidentRecord(
        title=f"Checkout slow in region {number}",
        severity=CHANCE.choice(list(Severity)),
        clocks={Clock.DETECTED: ClockTime(at), Clock.RESOLVED: ClockTime(at + timedelta(hours=1))},
        services=("Checkout",),
        events=tuple(
            EventRecord(at=at + timedelta(minutes=i), text=f"Event {i} was seen on db-{i}")
            for i in range(events)
        ),
    )
    actions = tuple(ActionRecord(f"Add check {n}", owner="Ada Brandt") for n in range(4))
    whys = (WhyRecord("It was slow", children=(WhyRecord("The pool was full"),)),)
    lessons = tuple(LessonRecord(kind, "Something was learned.") for kind in LessonKind)
    return PostmortemRecord(
        incident.title, incidents=(incident,), actions=actions, whys=whys, lessons=lessons
    )


def statements(act: Callable[[], object]) -> list[tuple[str, Any]]:
    """The SQL that a service sends, with its values."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, sql: str, values: Any, _context: Any, _many: bool) -> None:
        sent.append((sql, values))

    event.listen(database.engine(), "before_cursor_execute", note)
    act()
    event.remove(database.engine(), "before_cursor_execute", note)
    return [(sql, values) for sql, values in sent if sql.lstrip().upper().startswith("SELECT")]


def in_turns(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Median milliseconds of each."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for act, times in zip((ours, floor), taken, strict=True):
            begun = time.perf_counter()
            act()
            times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def compared(
    name: str, act: Callable[[], object], bare: sqlite3.Connection
) -> tuple[str, float, str]:
    sent = statements(act)
    act()

    def floor() -> None:
        for sql, values in sent:
            bare.execute(sql, values).fetchall()

    ours, raw = in_turns(act, floor)
    many = "1 query" if len(sent) == 1 else f"{len(sent)} queries"
    return f"{name} ÷ the same SQL by sqlite3", ours / raw, f"{ours:.2f} ms, {raw:.2f} ms, {many}"


def import_rate(who: Who) -> tuple[str, float, str]:
    """Reading and storing a pasted timeline."""
    lines = (
        f"{START + timedelta(seconds=20 * n):%Y-%m-%d %H:%M:%S} Ada: request {n} waited for db-{n}"
        for n in range(LINES)
    )
    data = "\n".join(lines).encode()
    begun = time.perf_counter()
    brought = bring_in(who, data, read_options())
    taken = time.perf_counter() - begun
    stored = len(brought.preview.incidents[0].events)
    return "import: rows a second", stored / taken, f"{stored:,} rows in {taken:.2f} s"


def figures() -> list[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        os.environ["HOTWASH_DATABASE_URL"] = f"sqlite:///{file}"
        settings.cache_clear()
        database.migrate()
        who = people.introduce("Ada Brandt")
        postmortem_id = fill(who)
        bare = sqlite3.connect(file)
        found = [
            compared("50 incidents", lambda: list_incidents(who), bare),
            compared("50 post-mortems", lambda: list_postmortems(who), bare),
            compared("200 events", lambda: get_postmortem(who, postmortem_id), bare),
            import_rate(who),
        ]
        bare.close()
        database.engine().dispose()
        return found


if __name__ == "__main__":
    for what, value, detail in figures():
        print(f"{what:<55} {value:>10.2f}  {detail}")
