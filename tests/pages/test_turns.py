"""Screens are drawn one after the other, and one that hangs does not hold up the others."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from pages.components import turns


def test_a_screen_is_drawn_when_the_one_before_it_is_ready_or_was_stopped() -> None:
    drawn: list[str] = []
    ready = Event()

    def second() -> None:
        with turns.in_turn():
            drawn.append("second")
        ready.set()

    def first() -> None:
        with turns.in_turn():
            Thread(target=second).start()
            assert not ready.wait(0.05)
            drawn.append("first")
            raise RuntimeError("the rerun stops the script")

    with pytest.raises(RuntimeError):
        first()
    assert ready.wait(5)
    assert drawn == ["first", "second"]


def test_a_screen_that_takes_too_long_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "LONGEST", 0.01)
    drawn = Event()

    def second() -> None:
        with turns.in_turn():
            drawn.set()

    with turns.in_turn():
        Thread(target=second).start()
        assert drawn.wait(5)
