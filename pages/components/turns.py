"""Screens that are drawn in turn: when an exercise moves on, fifty are asked for at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

LONGEST = 1.0  # seconds; then a screen is drawn beside the one that takes so long
_drawing = Lock()


@contextmanager
def in_turn() -> Iterator[None]:
    """Around the drawing of a screen that many look at. A process that draws them all at once is
    no faster, but has them all ready only at the end, and until then sends nothing."""
    had = _drawing.acquire(timeout=LONGEST)
    try:
        yield
    finally:
        if had:
            _drawing.release()
