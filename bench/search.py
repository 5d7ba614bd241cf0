"""The archive's answer (a page of 20 with excerpts, four filters counted, total) against the bare
ranked query of SQLite on the same index, interleaved; and what an indexed save costs.

The texts are made of 12,000 invented words with the frequencies of a language (Zipf), so that
queries meet rare words as well as some that stand in nearly every text.
"""

from __future__ import annotations

import itertools
import os
import random
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from models.rules.policy import Who
from models.rules.vocabulary import PostmortemStatus, Severity
from models.tables.people import Factor, Service
from models.tables.postmortem import ArchiveEntry, ArchiveWord, Postmortem
from services import database, people
from services.archive import Filters, search_archive
from services.settings import settings
from services.unit_of_work import writing

SIZES, ROUNDS, SAVES = (10_000, 100_000), 3, 50
START = datetime(2019, 1, 1, tzinfo=UTC)
BARE = "SELECT rowid FROM archive_index WHERE archive_index MATCH ? ORDER BY rank LIMIT 20"
SYLLABLES = [a + b for a in "bdfglmnprstvz" for b in ("a", "ex", "o")][:20]
WORDS = list(
    dict.fromkeys("".join(c) for n in (2, 3, 4) for c in itertools.product(SYLLABLES, repeat=n))
)
CHANCE = random.Random(3)
CHANCE.shuffle(WORDS)
del WORDS[12_000:]
ODDS = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(WORDS))))


def text(length: int) -> str:
    return " ".join(CHANCE.choices(WORDS, cum_weights=ODDS, k=length))


def fill(who: Who, size: int) -> None:
    """Post-mortems with texts of about 420 words, two services and three factors each."""
    with writing(who) as work:
        services = [work.add(Service(name=f"service {n}", name_key=f"s{n}")).id for n in range(40)]
        factors = [work.add(Factor(name=f"factor {n}", name_key=f"f{n}")).id for n in range(13)]
        held = [{"word": word, "entries": 1 + size // (n + 2)} for n, word in enumerate(WORDS)]
        work.session.execute(insert(ArchiveWord), held)
        for first in range(0, size, 1_000):
            numbers = range(first, first + 1_000)
            work.session.execute(
                insert(Postmortem),
                [{"id": f"p{n}", "title": f"p{n}", "status": PostmortemStatus.PUBLISHED,
                  "created_at": START} for n in numbers],
            )  # fmt: skip
            work.session.execute(
                insert(ArchiveEntry), [entry(n, services, factors) for n in numbers]
            )


def entry(number: int, services: list[str], factors: list[str]) -> dict[str, object]:
    facets = [f"s:{i}" for i in CHANCE.sample(services, 2)]
    facets += [f"f:{i}" for i in CHANCE.sample(factors, 3)]
    return {
        "postmortem_id": f"p{number}",
        "severity": CHANCE.choice(list(Severity)),
        "published_at": START + timedelta(minutes=30 * number),
        "facets": " ".join(facets),
        "title": text(7),
        "summary": text(60),
        "body": text(350),
    }


def queries() -> list[str]:
    """One, two and three words of every frequency, phrases left out: they are rarer."""
    ranks = [0, 2, 5, 9, 20, 45, 90, 200, 450, 900, 2_000, 4_000]
    ones = [WORDS[rank] for rank in ranks]
    twos = [f"{WORDS[rank]} {WORDS[rank // 2 + 7]}" for rank in ranks]
    return ones + twos + [f"{WORDS[rank]} {WORDS[rank + 3]} {WORDS[11]}" for rank in ranks]


def compared(who: Who, file: Path, filters: Filters) -> tuple[float, float]:
    """95th percentiles in milliseconds of the page and of the bare query, run in turns."""
    bare = sqlite3.connect(file)
    page_times, bare_times = [], []
    search_archive(who, "")  # the columns to count by are read once a process
    for query in queries() * ROUNDS:
        match = " AND ".join(f'"{word}"' for word in query.split())
        begun = time.perf_counter()
        bare.execute(BARE, (match,)).fetchall()
        between = time.perf_counter()
        search_archive(who, query, filters)
        ended = time.perf_counter()
        bare_times.append((between - begun) * 1000)
        page_times.append((ended - between) * 1000)
    bare.close()
    return statistics.quantiles(page_times, n=20)[-1], statistics.quantiles(bare_times, n=20)[-1]


def mistyped(who: Who) -> float:
    """95th percentile in milliseconds of a page whose words are all misspelt."""
    times = []
    for query in queries() * ROUNDS:
        wrong = " ".join(f"{word[:2]}q{word[2:]}" for word in query.split())
        begun = time.perf_counter()
        search_archive(who, wrong)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(times, n=20)[-1]


def save_times(file: Path) -> tuple[float, float]:
    """Milliseconds of storing one text with the index and without it, in one transaction."""
    plain = sqlite3.connect(file)
    columns = "postmortem_id, severity, published_at, facets, title, summary, body"
    plain.execute(f"CREATE TEMP TABLE no_index AS SELECT {columns} FROM archive_entry LIMIT 0")
    taken: dict[str, list[float]] = {"archive_entry": [], "no_index": []}
    for n, table in itertools.product(range(SAVES), taken):
        row = (f"new{n}", "SEV1", "2030-01-01 00:00:00.000000", "", text(7), text(60), text(350))
        begun = time.perf_counter()
        plain.execute(f"INSERT INTO {table} ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        taken[table].append((time.perf_counter() - begun) * 1000)
    plain.rollback()
    plain.close()
    return statistics.median(taken["archive_entry"]), statistics.median(taken["no_index"])


def figures() -> list[tuple[str, float, str]]:
    found = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bench.db"
            os.environ["HOTWASH_DATABASE_URL"] = f"sqlite:///{file}"
            settings.cache_clear()
            database.migrate()
            who = people.introduce("Ada Brandt")
            fill(who, size)
            for what, filters in (("", Filters()), (", filtered", Filters(severity="SEV1"))):
                page, bare = compared(who, file, filters)
                detail = f"page p95 {page:.1f} ms, bare {bare:.1f} ms"
                found.append((f"search{what}, {size:,} texts: page ÷ bare", page / bare, detail))
            wrong = mistyped(who)
            detail = f"page p95 {wrong:.1f} ms"
            found.append((f"misspelt, {size:,} texts: page ÷ bare", wrong / bare, detail))
            indexed, plain = save_times(file)
            detail = f"{plain:.3f} ms without the index"
            found.append((f"a text more in {size:,}: indexed save, ms", indexed, detail))
            database.engine().dispose()
    return found


if __name__ == "__main__":
    for what, value, detail in figures():
        print(f"{what:<55} {value:>8.3f}  {detail}")
