"""Waking the clocks of exercises when something is due, and the screens when something changed.

One thread a process looks after every run whose clock goes. It also lets screens hear of what
another process did (services/announcements.py).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import func, or_, update
from sqlmodel import col, select

from models.rules.policy import NOBODY
from models.rules.problems import ProblemForUser
from models.tables.exercise import ExerciseRun
from services import clock
from services.announcements import something_changed
from services.elsewhere import Others
from services.exercise_log import UNSERVED
from services.unit_of_work import reading, writing

log = logging.getLogger(__name__)
SERVING = timedelta(seconds=5)  # how often a running clock is noted as looked after
LONGEST_WAIT = 1.0  # seconds: how late one process hears of another's change


class Clockwork:
    """The thread that looks after the clocks. `tick` lets one run do what is due."""

    def __init__(self, tick: Callable[[str], None]) -> None:
        self.tick = tick
        self.stopping = Event()
        self.others = Others()
        self.thread = Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        something_changed.set()
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
            something_changed.wait(timeout=wait)
            something_changed.clear()

    def look_once(self) -> float:
        """Lets every run do what is due; the seconds until the next thing, at most one."""
        self._note_serving()
        for run_id in self._due():
            try:
                self.tick(run_id)
            except ProblemForUser as problem:  # one run must not hold up the others
                log.error("the clock of exercise %s stands: %s", run_id, problem.message)
        self.others.tell()
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
