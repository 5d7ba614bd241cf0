"""PDFs of documents, made in worker processes that are kept warm and kept small.

A layout that needs too much time or memory costs a worker, not the app: the worker is ended, the
document tried once more as plain text, and then the person is told.
"""

from __future__ import annotations

import os
import pickle
import select
import shutil
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from pathlib import Path
from tempfile import TemporaryDirectory

from models.rules.problems import ProblemForUser
from reports.facts import Printed
from reports.pdf_worker import LENGTH, MADE, MISSING

ROOT = Path(__file__).resolve().parents[1]
SECONDS, MEMORY = 60.0, 1024**3
CACHE_BYTES = 64 * 1024**2
# Program that installs → what brings Pango, with which WeasyPrint draws; as install.sh says it.
INSTALLS = {
    "apt-get": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "sudo dnf install pango",
    "brew": "brew install pango",
}


class PdfPrinter:
    """Thread-safe. `workers` documents are laid out at once; the first `render` starts a worker
    if `start` did not. A document that has not changed since comes from memory."""

    def __init__(
        self, *, workers: int = 1, seconds: float = SECONDS, memory: int = MEMORY,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:  # fmt: skip
        self._workers, self._seconds, self._memory = workers, seconds, memory
        self._cache = _Recent(cache_bytes)
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(workers)

    def start(self) -> None:
        """Starts the workers, without waiting until they are warm."""
        with self._lock:
            for _ in range(self._workers - len(self._idle)):
                self._idle.append(_Worker(self._memory))

    def stop(self) -> None:
        """Ends the workers that wait; one at work ends when its document is done."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def render(self, facts: Printed) -> bytes:
        """The PDF. Raises ProblemForUser when it cannot be made within the limits, or when a
        library that it needs is not installed."""
        key = facts.key()
        made = self._cache.get(key)
        if made is None:
            made = self._tried(facts, plain=False) or self._tried(facts, plain=True)
            if made is None:
                raise ProblemForUser(
                    f"The PDF of “{facts.title[:80]}” could not be made: it needs more "
                    "time or memory than one document may take. Export it as HTML or Markdown, "
                    "or shorten its longest parts."
                )
            self._cache.put(key, made)
        return made

    def _tried(self, facts: Printed, *, plain: bool) -> bytes | None:
        with self._places:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker and not worker.alive:
                worker.end()
                worker = None
            worker = worker or _Worker(self._memory)
            made = worker.ask(pickle.dumps((facts, plain)), self._seconds)
            if worker.alive:
                with self._lock:
                    self._idle.append(worker)
            return made


def without_library(name: str) -> str:
    """What to do about it: the one command of the system that this runs on, or of each when it
    is none that we know. Names of system libraries begin with lib, others are Python's."""
    known = [command for program, command in INSTALLS.items() if shutil.which(program)]
    commands = (known[:1] or [*INSTALLS.values()]) if name.startswith("lib") else ["make install"]
    typed = " or ".join(f"`{command}`" for command in commands)
    return (
        f"The PDF could not be made: “{name}” is missing, which draws its pages. Install it with "
        f"{typed} on the machine where Hotwash runs, then export again. HTML, Markdown and JSON "
        "work without it."
    )


class _Worker:
    """One worker process, its two pipes, and the folder in which it unpacks its fonts: one that
    is killed cannot tidy up."""

    def __init__(self, memory: int) -> None:
        self._folder = TemporaryDirectory(prefix="hotwash-pdf-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(  # noqa: S603  # our own module, no shell
            [sys.executable, "-m", "reports.pdf_worker", str(memory), self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        self._warm = False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes, seconds: float) -> bytes | None:
        """The PDF, or None when it could not be made; a worker out of time is ended."""
        deadline = time.monotonic() + seconds
        try:
            if not self._warm:
                self._greeted(self._answer(deadline))
            assert self._process.stdin
            self._process.stdin.write(LENGTH.pack(len(request)) + request)
            self._process.stdin.flush()
            answer = self._answer(deadline)
        except (BrokenPipeError, TimeoutError, EOFError):
            self.end()
            return None
        return answer[1:] if answer[:1] == MADE else None

    def _greeted(self, greeting: bytes) -> None:
        self._warm = greeting == MADE
        if greeting[:1] == MISSING and len(greeting) > 1:
            self.end()
            raise ProblemForUser(without_library(greeting[1:].decode()))

    def _answer(self, deadline: float) -> bytes:
        length = LENGTH.unpack(self._read(LENGTH.size, deadline))[0]
        return self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        assert self._process.stdout
        pipe, parts = self._process.stdout.fileno(), []
        while length:
            ready, _, _ = select.select([pipe], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                raise TimeoutError
            part = os.read(pipe, min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()  # closes the pipes and takes the process off the table
        self._folder.cleanup()


class _Recent:
    """The documents used last, up to a number of bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: bytes) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: bytes, made: bytes) -> None:
        with self._lock:
            self._held += len(made) - len(self._kept.pop(key, b""))
            self._kept[key] = made
            while self._held > self._most and self._kept:
                _, oldest = self._kept.popitem(last=False)
                self._held -= len(oldest)
