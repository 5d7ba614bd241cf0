"""A real server and a real browser. The server is our own process on a free port of the loopback
address; the browser is Debian's Chromium. Without one these tests are skipped, and say so."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# No test waits this long: it is for a machine that has much else to do.
PATIENCE = 60_000  # milliseconds
expect.set_options(timeout=PATIENCE)
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
UNFINISHED = "[data-stale=true], [data-testid=stSkeleton]"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@dataclass
class Server:
    """A running Hotwash with a database of its own."""

    url: str
    database: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        """At the same address, with the same database."""
        port = urlsplit(self.url).port or 0
        self.process = start_server(self.database.parent, port=port).process


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(folder: Path, cwd: Path = Path("/"), port: int = 0) -> Server:
    """Starts app.py from another folder, as a person might, and waits until it answers."""
    port, database = port or free_port(), folder / "hotwash.db"
    environment = {
        **os.environ,
        "HOTWASH_DATABASE_URL": f"sqlite:///{database}",
        "HOTWASH_PORT": str(port),
    }
    log = (folder / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py")], cwd=cwd, env=environment, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return Server(url, database, process)
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                said = (folder / "server.log").read_text()
                raise RuntimeError(f"the server did not start:\n{said}") from None
            time.sleep(0.05)  # between two looks at the condition


def stop_server(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server and database for the tests of a file; they run in its order."""
    running = start_server(tmp_path_factory.mktemp("server"))
    yield running
    stop_server(running)


@pytest.fixture
def mortal_server(server: Server) -> Server:
    """The server of a file, for a test that ends it: alive at the beginning of each."""
    if server.process.poll() is not None:
        server.start_again()
    return server


@dataclass
class Visitor:
    """Somebody at a browser. `trouble` collects errors of the console and requests elsewhere."""

    page: Page
    url: str
    trouble: list[str]

    def settle(self) -> None:
        """Waits until Streamlit has drawn everything."""
        self.page.locator(IDLE).wait_for()
        expect(self.page.locator(UNFINISHED)).to_have_count(0)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}/{path}")
        self.settle()

    def come_in(self, name: str) -> None:
        """First visit: says who they are."""
        self.go("")
        field = self.page.get_by_label("Who are you?")
        field.fill(name)
        if field.get_attribute("role") == "combobox":  # there are names to choose from
            field.press("Enter")
        self.page.get_by_role("button", name="Come in").click()
        self.page.get_by_text(f"You are here as {name}").wait_for()
        self.settle()

    def see(self, text: str) -> None:
        """Waits for a text on the screen. A screen without it is told of, to find out why."""
        try:
            self.page.get_by_text(text).first.wait_for()
        except PlaywrightTimeout as late:
            shown = self.page.locator("body").inner_text()
            raise AssertionError(f"“{text}” is not on the screen:\n{shown}") from late

    def click(self, name: str, then: str) -> None:
        """Clicks a button of that name, and waits until its effect `then` is on the screen."""
        self.page.get_by_role("button", name=name).first.click()
        self.see(then)
        self.settle()


def errors(message: ConsoleMessage) -> list[str]:
    """What the console says went wrong, but for Streamlit's own search for its base path."""
    searching = "/_stcore/" in message.location.get("url", "")
    return [message.text] if message.type == "error" and not searching else []


def visit(chromium: Browser, url: str, **options: object) -> tuple[BrowserContext, Visitor]:
    """A browser of its own (own cookies) at the server."""
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.extend(errors(message)))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "request",
        lambda r: trouble.append(r.url) if not r.url.startswith((url, "data:", "blob:")) else None,
    )
    return context, Visitor(page, url, trouble)


@pytest.fixture
def ada_visits(chromium: Browser, server: Server) -> Iterator[Visitor]:
    """Ada, who has said who she is."""
    context, visitor = visit(chromium, server.url)
    visitor.come_in("Ada Brandt")
    yield visitor
    context.close()
