"""What the tests of exercises share: a clock that a test moves, and a run that is under way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.scenario.shape import Scenario
from services import clock, exercises
from services.scenario_library import get_scenario

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Time:
    """The clock of a test."""

    def __init__(self) -> None:
        self.now = START

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(clock, "now", lambda: time.now)
    return time


@pytest.fixture
def scenario(ben: Who) -> Scenario:
    return get_scenario(ben, "first-page")[0]


@pytest.fixture
def live(ada: Who, ben: Who, scenario: Scenario, time: Time) -> str:
    """Ben facilitates, Ada sits on the first seat, and the clock runs."""
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    exercises.start_live(ben, run_id)
    return run_id
