"""Waking the clocks of exercises when something is due, and the screens when something changed.

One thread a process looks after every run whose clock goes. It also asks the database for the
revisions that screens wait for, so that they hear of what another process did.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from models.rules.policy import NOBODY
from models.rules.problems import ProblemForUser
from models.tables.exercise import ExerciseRun
from services import clock
from services.exercise_log import UNSERVED
from services.unit_of_work import reading, writing

log = logging.getLogger(__name__)
SERVING = timedelta(seconds=5)  # how often a running clock is noted as looked after
LONGEST_WAIT = 1.0  # seconds: how late one process hears of another's change
Told = Callable[[], None]

_lock = Lock()
_waiting: dict[str, set[Told]] = defaultdict(set)
_something_changed = Event()


def announce(run_id: str) -> None:
    """Tells the screens of this process that a run has changed, and the clockwork to look anew."""
    with _lock:
        told = tuple(_waiting.get(run_id, ()))
    for tell in told:
        tell()
    _something_changed.set()


@contextmanager
def waiting_for(run_id: str, tell: Told) -> Iterator[None]:
    """While open, `tell` is called (from any thread) at each change of the run."""
    with _lock:
        _waiting[run_id].add(tell)
    try:
        yield
    finally:
        with _lock:
            _waiting[run_id].discard(tell)
            if not _waiting[run_id]:
                del _waiting[run_id]


class Clockwork:
    """The thread that looks after the clocks. `tick` lets one run do what is due."""

    def __init__(self, tick: Callable[[str], None]) -> None:
        self.tick = tick
        self.stopping = Event()
        self.revisions: dict[str, int] = {}
        self.thread = Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        _something_changed.set()
        self.thread.join(timeout=5)

    def _run(self) -> None:
        while not self.stopping.is_set():
            wait = LONGEST_WAIT
            try:
                wait = self.look_once()
            except ProblemForUser as problem:
                log.error("the exercises' clocks were not looked after: %s", problem.message)
            except Exception:  # a bug must not stop every clock: loud in the log, and on it goes
                log.exception("the exercises' clocks were not looked after")
            _something_changed.wait(timeout=wait)
            _something_changed.clear()

    def look_once(self) -> float:
        """Lets every run do what is due; the seconds until the next thing, at most one."""
        self._note_serving()
        for run_id in self._due():
            try:
                self.tick(run_id)
            except ProblemForUser as problem:  # one run must not hold up the others
                log.error("the clock of exercise %s stands: %s", run_id, problem.message)
        self._tell_of_others()
        following = self._next()
        if following is None:
            return LONGEST_WAIT
        return min(LONGEST_WAIT, max(0.02, clock.seconds_until(following)))

    def _due(self) -> list[str]:
        """Also those whose clock nobody looked after for too long: `tick` lets them stand, so that
        no screen shows a time that the story never reached."""
        with reading(NOBODY) as work:
            wakes = col(ExerciseRun.wake_at) <= work.now
            forsaken = col(ExerciseRun.served_at) < work.now - UNSERVED
            return list(work.session.exec(select(ExerciseRun.id).where(or_(wakes, forsaken))))

    def _next(self) -> datetime | None:
        with reading(NOBODY) as work:
            found: datetime | None = work.session.exec(select(func.min(ExerciseRun.wake_at))).one()
            return found

    def _note_serving(self) -> None:
        """Notes that the running clocks are looked after; not those that nobody looked after for
        too long: they were interrupted, and `tick` finds them so."""
        with reading(NOBODY) as work:
            aged = col(ExerciseRun.served_at).between(work.now - UNSERVED, work.now - SERVING)
            if work.session.exec(select(ExerciseRun.id).where(aged)).first() is None:
                return
        with writing(NOBODY) as work:
            kept = col(ExerciseRun.served_at) >= work.now - UNSERVED
            work.session.execute(update(ExerciseRun).where(kept).values(served_at=work.now))

    def _tell_of_others(self) -> None:
        with _lock:
            wanted = tuple(_waiting)
        if not wanted:
            self.revisions.clear()
            return
        with reading(NOBODY) as work:
            rows = select(ExerciseRun.id, ExerciseRun.revision).where(
                col(ExerciseRun.id).in_(wanted)
            )
            found = dict(iter(work.session.exec(rows)))
        # One that is new here is told too: it may have changed since its screen was drawn.
        changed = [r for r, n in found.items() if self.revisions.get(r) != n]
        self.revisions = found
        for run_id in changed:
            with _lock:
                told = tuple(_waiting.get(run_id, ()))
            for tell in told:
                tell()
