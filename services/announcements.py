"""Telling the screens that wait when an exercise, a meeting or a draft has changed.

Each of them has a revision that goes up with every change. A change of this process is announced
and heard at once; for those of other processes see services/elsewhere.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock

Told = Callable[[], None]
something_changed = Event()  # for whoever must look anew after any change; they clear it
_lock = Lock()
_waiting: dict[str, set[Told]] = defaultdict(set)


@dataclass(frozen=True)
class News:
    """The revision of an object, and whether what came since the last look shows on the screen of
    the person who looks. `headline` is the title of a message that came for them, shown at once;
    "" for none."""

    revision: int
    concerns: bool
    headline: str = field(default="", kw_only=True)


def announce(object_id: str) -> None:
    """Tells the screens of this process that the object has changed. After the transaction."""
    tell_screens(object_id)
    something_changed.set()


@contextmanager
def waiting_for(object_id: str, tell: Told) -> Iterator[None]:
    """While open, `tell` is called (from any thread) at each change of the object."""
    with _lock:
        _waiting[object_id].add(tell)
    try:
        yield
    finally:
        with _lock:
            _waiting[object_id].discard(tell)
            if not _waiting[object_id]:
                del _waiting[object_id]


def waited_for() -> tuple[str, ...]:
    """The ids of everything that a screen of this process waits for."""
    with _lock:
        return tuple(_waiting)


def tell_screens(object_id: str) -> None:
    """Tells those of this process that wait for the object, and nobody else."""
    with _lock:
        told = tuple(_waiting.get(object_id, ()))
    for tell in told:
        tell()
