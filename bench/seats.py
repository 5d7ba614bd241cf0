"""A live exercise with 50 seats in one process of the real server, each with its own websocket and
its own stream of revisions, as browsers have them; without the drawing in the browser.

The floor is the one seat of a page with a title and a button, served by `streamlit run` with its
default settings: in an empty folder, because it would read our own settings in ours. It is measured
before and after: the 95th percentile of its reruns at one a second, most of which is the collection
of garbage after the one before or its own.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from bench.browser import Tab
from integrations.scenario_yaml import read_scenario
from models.rules.exercise.play import frozen_text
from models.rules.scenario.check import check
from models.rules.scenario.shape import ALL, Scenario
from services import exercises, people
from services.scenario_library import get_scenario
from services.settings import settings

ROOT = Path(__file__).resolve().parent.parent
SEATS, INJECTS, SECONDS = 50, 8, 12
SCENARIO = "first-page"
TRIVIAL = """
import streamlit as st
st.title("Hello")
st.button("Again")
"""
Figure = tuple[str, float, str]


@contextmanager
def served(
    command: list[str], port: int, alive: str, folder: str = ".", **environment: str
) -> Iterator[int]:
    """A server of our own on this port, started in a folder; the id of its process."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{alive}"):
                break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def trivial_p95(folder: str) -> float:
    """Seconds of a rerun of a trivial page with `streamlit run` and its default settings."""
    script, port = Path(folder) / "trivial.py", free_port()
    script.write_text(TRIVIAL)
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", "--browser.gatherUsageStats=false"]
    with served(command, port, "/_stcore/health", folder):
        return asyncio.run(_trivial(port))


async def _trivial(port: int) -> float:
    tab = Tab(port)
    await tab.open()
    times = [await tab.rerun()]
    for _ in range(SECONDS * 2):
        await asyncio.sleep(1)
        times.append(await tab.rerun())
    await tab.close()
    return p95(times[1:])


def fifty_seats(of: Scenario) -> Scenario:
    """The scenario with more seats at its table, and everything that is thrown in goes to all."""
    more = [of.seats[-1].model_copy(update={"id": f"x{n}"}) for n in range(SEATS)]
    thrown_in = tuple(one.model_copy(update={"to": (ALL,)}) for one in of.contingencies)
    seats = {"seats": (*of.seats, *more)[:SEATS], "max_players": SEATS}
    document = of.model_copy(update={**seats, "contingencies": thrown_in})
    return Scenario.model_validate_json(frozen_text(document))


async def listen(
    tab: Tab,
    object_id: str,
    changed: Callable[[], Awaitable[None]],
    said: Callable[[], None],
    kind: str = "exercise",
) -> None:
    """The stream of revisions and titles, read as EventSource does it, one after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", tab.port)
    cookie = f"Cookie: hotwash_person={tab.person_id}"
    head = f"GET /live/{kind}/{object_id} HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n\r\n"
    writer.write(head.encode())
    first, is_title = True, False
    try:
        while line := await reader.readline():
            if line.startswith(b"data:") and is_title:
                said()
            elif line.startswith(b"data:"):
                if not first:
                    await changed()
                first = False
            is_title = line.startswith(b"event: headline")
    finally:
        writer.close()


class Table:
    """Everybody's open browser, and when which text was on whose screen."""

    def __init__(self, port: int, run_id: str, players: list[str], leads: str) -> None:
        self.run_id = run_id
        self.seats = [Tab(port, "exercise", f"id={run_id}", who) for who in players]
        self.console = Tab(port, "console", f"id={run_id}", leads)
        self.reruns: list[float] = []
        self.arrived: dict[int, float] = {}
        self.titled: dict[int, float] = {}

    @asynccontextmanager
    async def sitting(self) -> AsyncIterator[None]:
        await self.console.open()
        for tab in self.seats:
            await tab.open()
        streams = [
            asyncio.create_task(listen(t, self.run_id, self.of(t), self.told(t)))
            for t in self.seats
        ]
        await asyncio.sleep(1)
        yield
        for stream in streams:
            stream.cancel()
        for tab in (*self.seats, self.console):
            await tab.close()

    def of(self, tab: Tab) -> Callable[[], Awaitable[None]]:
        async def changed() -> None:
            await tab.rerun()
            self.arrived[id(tab)] = time.perf_counter()

        return changed

    def told(self, tab: Tab) -> Callable[[], None]:
        def said() -> None:
            self.titled[id(tab)] = time.perf_counter()

        return said

    async def inject(self) -> tuple[list[float], list[float]]:
        """Something is thrown in; seconds from the click until each screen says its title, and
        until each is drawn anew."""
        self.arrived.clear()
        self.titled.clear()
        began = time.perf_counter()
        await self.console.rerun("Throw in" if "Throw in" in self.console.buttons else "Again")
        while len(self.arrived) < len(self.seats) and time.perf_counter() - began < 20:
            await asyncio.sleep(0.005)
        if len(self.arrived) + len(self.titled) < 2 * len(self.seats):
            raise RuntimeError("An inject did not reach every screen.")
        return [t - began for t in self.titled.values()], [t - began for t in self.arrived.values()]

    async def play(self, seconds: int) -> None:
        """Every seat does something once a second, spread over the second."""

        async def one(tab: Tab, place: int) -> None:
            await asyncio.sleep(place / len(self.seats))
            for _ in range(seconds):
                taken = await tab.rerun()
                self.reruns.append(taken)
                await asyncio.sleep(max(0.0, 1 - taken))

        await asyncio.gather(*(one(tab, n) for n, tab in enumerate(self.seats)))


async def measure(table: Table, server: int) -> list[Figure]:
    async with table.sitting():
        idle = await share(server, asyncio.sleep(SECONDS))
        playing = await share(server, table.play(SECONDS))
        titles: list[float] = []
        drawn: list[float] = []
        for _ in range(INJECTS):
            found = await table.inject()
            titles, drawn = titles + found[0], drawn + found[1]
            await asyncio.sleep(1)
    return [
        ("an inject's title on each of 50 screens, p95, s", p95(titles), spread(titles)),
        ("each of them drawn anew, p95, s", p95(drawn), f"at most 0.3; {spread(drawn)}"),
        ("processor, 50 seats idle, share of a core", idle, ""),
        ("processor, each seat once a second", playing, ""),
        ("a seat's rerun while 50 play, p95, ms", p95(table.reruns) * 1e3, spread(table.reruns)),
    ]


async def share(server: int, work: Awaitable[object]) -> float:
    before, began = spent(server), time.perf_counter()
    await work
    return (spent(server) - before) / (time.perf_counter() - began)


def spent(process: int) -> float:
    """Seconds of the processor so far, as Linux tells them."""
    told = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def spread(times: list[float]) -> str:
    return f"median {statistics.median(times) * 1e3:.0f}, most {max(times) * 1e3:.0f} ms"


def live_figures(folder: str) -> list[Figure]:
    port, url = free_port(), f"sqlite:///{folder}/seats.db"
    environment = {"HOTWASH_DATABASE_URL": url, "HOTWASH_PORT": str(port)}
    with served([sys.executable, str(ROOT / "app.py")], port, "/ready", **environment) as process:
        os.environ["HOTWASH_DATABASE_URL"] = url
        settings.cache_clear()
        leads = people.introduce("Ben Okafor")
        scenario = fifty_seats(get_scenario(leads, SCENARIO)[0])
        run_id = exercises.open_run(leads, scenario)
        players = [people.introduce(f"Player {n}") for n in range(SEATS)]
        for player, seat in zip(players, scenario.seats, strict=True):
            exercises.join_run(player, run_id, seat.id)
        exercises.start_live(leads, run_id)
        ids = [player.person_id or "" for player in players]
        table = Table(port, run_id, ids, leads.person_id or "")
        return asyncio.run(measure(table, process))


def figures() -> Iterator[Figure]:
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        before = trivial_p95(folder)
        live = live_figures(folder)
        floor = statistics.mean((before, trivial_p95(folder)))
    rerun = live[-1][1] / 1e3
    yield "a trivial page, one seat, default settings, p95, ms", floor * 1e3, f"load {load:.1f}"
    yield "a seat's rerun ÷ that", rerun / floor, "at most 0.35"
    yield from live
    yield from checks()


def checks() -> Iterator[Figure]:
    """Every path of the shipped scenarios."""
    taken = {}
    for file in sorted((ROOT / "scenarios").glob("*.yaml")):
        text, began = file.read_bytes(), time.perf_counter()
        check(read_scenario(text))
        taken[file.stem] = time.perf_counter() - began
    slowest = max(taken, key=lambda name: taken[name])
    yield "the longest full check of a scenario, s", taken[slowest], f"under 1; {slowest}"
