"""A table to play at: commands by words, a clock that the test turns, and the log that grows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from models.rules.exercise.commands import Request, join, start, take_seat
from models.rules.exercise.due import due
from models.rules.exercise.events import FACILITATOR, Event, Mode
from models.rules.exercise.fold import advance, fold
from models.rules.exercise.play import Play
from models.rules.scenario.shape import Scenario
from tests.rules.exercise.queue_scenario import queue_scenario

BEGAN = datetime(2026, 5, 4, 13, 0, tzinfo=UTC)


class Table:
    def __init__(self, scenario: Scenario | None = None) -> None:
        self.scenario = scenario or queue_scenario()
        self.play: Play = fold(self.scenario, ())
        self.log: list[Event] = []
        self.now = BEGAN
        self.commands = 0

    def add(self, *events: Event) -> tuple[Event, ...]:
        self.play = advance(self.play, *events)
        self.log.extend(events)
        return events

    def do(
        self,
        act: Callable[..., tuple[Event, ...]],
        *args: Any,
        by: str = FACILITATOR,
        command: str = "",
        **more: Any,
    ) -> tuple[Event, ...]:
        self.commands += 1
        request = Request(self.now, by, command or f"click-{self.commands}")
        return self.add(*act(self.play, request, *args, **more))

    def wait(self, minutes: float = 0, **more: float) -> tuple[Event, ...]:
        """Real time passes, then somebody looks at the screen."""
        self.now += timedelta(minutes=minutes, **more)
        return self.add(*due(self.play, self.now))

    def sit(self, *seats: str) -> Table:
        for seat in seats:
            player = f"player-{seat}"
            self.do(join, player, f"Player of {seat}")
            self.do(take_seat, player, by=seat)
        return self

    def live(self) -> Table:
        self.do(start, Mode.LIVE)
        return self

    def turns(self, **more: Any) -> Table:
        self.do(start, Mode.TURN, **more)
        return self


def kinds(events: tuple[Event, ...] | list[Event]) -> list[str]:
    return [event.kind for event in events]


def came(events: tuple[Event, ...] | list[Event]) -> list[tuple[int, str]]:
    """(minute of the story, node or inject) of everything that was delivered."""
    return [
        (event.story // 60, getattr(event.what, "node", "") or getattr(event.what, "id", ""))
        for event in events
        if event.kind in ("delivered", "injected")
    ]
