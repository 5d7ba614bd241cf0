"""Trends over 100,000 incidents against loading them as rows of the ORM; the intervals of 96 months
against the bootstrap. The reading of the columns, once after each write, is given in seconds.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlmodel import Session, select

from models.rules.metrics.intervals import ranks, spread
from models.rules.metrics.selection import Selection
from models.rules.policy import Who
from models.rules.vocabulary import Severity
from models.tables.incident import Incident
from services import database, people
from services.metrics import get_trends
from services.settings import settings

INCIDENTS, SERVICES, MONTHS, RESAMPLES, ROUNDS = 100_000, 40, 96, 1_000, 15
START = datetime(2018, 1, 1, tzinfo=UTC)
CHANCE = random.Random(7)
KINDS = ("incident",) * 45 + ("near_miss", "near_miss", "drill", "drill", "maintenance")
CLOCKS = ("impact_began", "detected", "acknowledged", "declared", "mitigated", "resolved", "closed")


def fill(file: Path) -> None:
    """Incidents over 96 months, some without a clock, each of one or two services."""
    with sqlite3.connect(file) as bare:
        services = [(f"s{n}", f"Service {n}", f"service {n}", n % 4 == 0) for n in range(SERVICES)]
        bare.executemany(
            "INSERT INTO service (id, name, name_key, is_critical) VALUES (?, ?, ?, ?)", services
        )
        for n in range(INCIDENTS):
            row, affected = incident(n)
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            bare.execute(f"INSERT INTO incident ({names}) VALUES ({marks})", [*row.values()])
            bare.executemany("INSERT INTO incident_service VALUES (?, ?)", affected)
        bare.execute(
            "INSERT INTO audit_entry (at, action, object_type, object_id) VALUES (?, '', '', '')",
            (stored(START),),
        )
    bare.close()


def incident(number: int) -> tuple[dict[str, object], list[tuple[str, str]]]:
    at = began = START + timedelta(days=CHANCE.random() * MONTHS * 30.4)
    row: dict[str, object] = {
        "id": f"i{number}",
        "title": f"Checkout slow in region {number}",
        "summary": "",
        "kind": CHANCE.choice(KINDS),
        "severity": CHANCE.choice([*Severity]).value,
        "severity_path": "[]",
        "began_at": stored(began),
        "source": "hand",
        "source_url": "",
        "created_at": stored(began),
    }
    for clock in CLOCKS:
        row[f"{clock}_at"] = stored(at) if CHANCE.random() < 0.95 else None
        row[f"{clock}_estimated"] = CHANCE.random() < 0.2
        at += timedelta(minutes=CHANCE.lognormvariate(3, 1.1))
    names = CHANCE.sample(range(SERVICES), CHANCE.choice([1, 1, 2]))
    return row, [(f"i{number}", f"s{n}") for n in names]


def stored(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}.000000"


def milliseconds(act: Callable[[], object], rounds: int) -> float:
    """The median, of processor time: other work on the machine does not count."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        act()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def load_rows() -> None:
    with Session(database.engine()) as session:
        session.exec(select(Incident)).all()


def trends_figures(who: Who) -> list[tuple[str, float, str]]:
    begun = time.process_time()
    get_trends(who)
    reading = time.process_time() - begun
    rows = milliseconds(load_rows, 3)
    narrow = Selection(first=date(2022, 1, 1), severities=frozenset({Severity.SEV1, Severity.SEV2}))
    found = []
    for name, selection in (("all", Selection()), ("a period, two severities", narrow)):
        ours = milliseconds(lambda chosen=selection: get_trends(who, chosen), ROUNDS)
        what = f"trends of 100,000, {name} ÷ ORM rows"
        found.append((what, ours / rows, f"{ours:.1f} ms, {rows:,.0f} ms"))
    return [*found, ("reading their columns after a write, s", reading, "")]


def interval_figures() -> tuple[str, float, str]:
    """96 months of 900 to 1,100 durations: a median with its interval."""
    chance = np.random.default_rng(7)
    sizes = chance.integers(900, 1_100, MONTHS)
    months = [np.sort(chance.lognormal(4.3, 1.1, size)) for size in sizes]

    def exact() -> None:
        ranks.cache_clear()
        for month in months:
            spread(month)

    def bootstrap() -> None:
        for month in months:
            drawn = chance.choice(month, (RESAMPLES, len(month)))
            np.percentile(np.median(drawn, axis=1), [2.5, 97.5])

    ours, floor = milliseconds(exact, ROUNDS), milliseconds(bootstrap, 3)
    detail = f"{ours:.2f} ms, {floor:,.0f} ms, {RESAMPLES:,} resamples"
    return "96 monthly intervals ÷ the bootstrap of the median", ours / floor, detail


def figures() -> list[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        os.environ["HOTWASH_DATABASE_URL"] = f"sqlite:///{file}"
        settings.cache_clear()
        database.migrate()
        who = people.introduce("Ada Brandt")
        fill(file)
        found = [*trends_figures(who), interval_figures()]
        database.engine().dispose()
        return found
