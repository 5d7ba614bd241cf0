"""A meeting at a draft: what saving a field costs while ten people listen, and how soon a change is
on the screens of twenty-five others.

The floor of a save is a bare commit of one row by sqlite3, in a file of its own with the same
settings; the two are done in turns. The screens are those of one process of the real server, each
with its own websocket and its own stream, without the drawing in the browser (bench/seats.py).
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from bench.browser import Tab
from bench.rows import record
from bench.seats import ROOT, Figure, free_port, listen, p95, served, share, spread
from models.rules.policy import Who
from services import database, draft_news, people
from services.announcements import waiting_for
from services.postmortems import save_summary
from services.record_in import store_postmortem
from services.settings import settings
from services.unit_of_work import writing

LISTENERS, SCREENS, SAVES, CHANGES, SECONDS = 10, 25, 200, 12, 10
CHANGE = "UPDATE field SET text = ? WHERE id = 1"


def stored(who: Who) -> str:
    with writing(who) as work:
        return store_postmortem(work, record(0, events=30)).id


def saving(folder: str) -> Iterator[Figure]:
    """A summary saved again and again, while ten screens of this process hear of it and look."""
    os.environ["HOTWASH_DATABASE_URL"] = f"sqlite:///{folder}/saving.db"
    settings.cache_clear()
    database.migrate()
    who = people.introduce("Ada Brandt")
    others = [people.introduce(f"Reader {n}") for n in range(LISTENERS)]
    postmortem_id = stored(who)
    bare = sqlite3.connect(f"{folder}/bare.db", isolation_level=None)
    bare.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
    bare.execute("CREATE TABLE field (id INTEGER PRIMARY KEY, text TEXT)")
    bare.execute("INSERT INTO field VALUES (1, '')")
    ours: list[float] = []
    floor: list[float] = []
    told: list[int] = []
    with ExitStack() as room:
        for _ in others:
            room.enter_context(waiting_for(postmortem_id, lambda: told.append(1)))
        for n in range(SAVES):
            was = f"Summary {n - 1}" if n else ""
            ours.append(taken(lambda n=n, was=was: save_summary(  # type: ignore[misc]
                who, postmortem_id, f"Summary {n}", was
            )))  # fmt: skip
            for one in others:
                draft_news.get_news(one, postmortem_id)
            floor.append(taken(lambda n=n: bare.execute(CHANGE, (f"{n}",))))  # type: ignore[misc]
    if len(told) != SAVES * LISTENERS:
        raise RuntimeError("A save did not reach everybody who listens.")
    bare.close()
    database.engine().dispose()
    middle, low = statistics.median(ours), statistics.median(floor)
    detail = f"{middle * 1e3:.1f} ms ÷ {low * 1e3:.1f} ms; p95 {p95(ours) * 1e3:.1f} ms"
    yield f"a field saved, {LISTENERS} listen ÷ a bare commit", middle / low, detail


def taken(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


class Room:
    """Everybody's open workspace, and when a change was on whose screen."""

    def __init__(self, port: int, postmortem_id: str, writer: str, readers: list[str]) -> None:
        query = f"id={postmortem_id}&step=review"
        self.postmortem_id = postmortem_id
        self.writer = Tab(port, "postmortem", query, writer)
        self.readers = [Tab(port, "postmortem", query, one) for one in readers]
        self.told: dict[int, float] = {}
        self.drawn: dict[int, float] = {}

    async def open(self) -> list[asyncio.Task[None]]:
        await self.writer.open()
        for tab in self.readers:
            await tab.open()
        return [asyncio.create_task(self.listen(tab)) for tab in self.readers]

    async def listen(self, tab: Tab) -> None:
        async def changed() -> None:
            await tab.rerun()
            self.drawn[id(tab)] = time.perf_counter()

        def said() -> None:
            self.told[id(tab)] = time.perf_counter()

        await listen(tab, self.postmortem_id, changed, said, "postmortem")

    async def change(self, text: str) -> tuple[list[float], list[float]]:
        """The writer leaves the summary; seconds until each screen is told, and is drawn anew."""
        self.told.clear()
        self.drawn.clear()
        began = time.perf_counter()
        await self.writer.write("Summary", text)
        while len(self.drawn) < len(self.readers) and time.perf_counter() - began < 20:
            await asyncio.sleep(0.005)
        if len(self.drawn) + len(self.told) < 2 * len(self.readers):
            raise RuntimeError("A change did not reach every screen.")
        return [t - began for t in self.told.values()], [t - began for t in self.drawn.values()]


async def measure(room: Room, server: int) -> list[Figure]:
    streams = await room.open()
    await asyncio.sleep(1)
    idle = await share(server, asyncio.sleep(SECONDS))
    told: list[float] = []
    drawn: list[float] = []

    async def write() -> None:
        for n in range(CHANGES):
            found = await room.change(f"The summary, written for the {n + 1}. time.")
            told.extend(found[0])
            drawn.extend(found[1])
            await asyncio.sleep(1)

    busy = await share(server, write())
    for stream in streams:
        stream.cancel()
    for tab in (*room.readers, room.writer):
        await tab.close()
    return [
        (f"a change told on {SCREENS} other screens, p95, s", p95(told), spread(told)),
        ("each of them drawn anew, p95, s", p95(drawn), f"at most 0.3; {spread(drawn)}"),
        (f"processor, {SCREENS} screens idle, share of a core", idle, ""),
        ("processor, a change about every second", busy, ""),
    ]


def pushing(folder: str) -> list[Figure]:
    port, url = free_port(), f"sqlite:///{folder}/meeting.db"
    environment = {"HOTWASH_DATABASE_URL": url, "HOTWASH_PORT": str(port)}
    with served([sys.executable, str(ROOT / "app.py")], port, "/ready", **environment) as process:
        os.environ["HOTWASH_DATABASE_URL"] = url
        settings.cache_clear()
        writer = people.introduce("Ada Brandt")
        readers = [people.introduce(f"Reader {n}").person_id or "" for n in range(SCREENS)]
        room = Room(port, stored(writer), writer.person_id or "", readers)
        return asyncio.run(measure(room, process))


def figures() -> Iterator[Figure]:
    print(f"  load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        yield from saving(str(Path(folder)))
        yield from pushing(folder)
