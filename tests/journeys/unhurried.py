"""Exercises for a machine that has much else to do: there, a click can take longer than the minute
or two in which people decide."""

from __future__ import annotations

import re

from models.rules.policy import Who
from services.scenario_library import get_text, save_scenario

TIMES = re.compile(r"(timeout_min|at_min): (\d+)")
SLOWER = 10


def hurry_nobody(who: Who) -> None:
    """Decisions of “Your first page” stay open for long, and what comes by the clock comes late:
    as a version of the team's own, of which there is one in a database."""
    shipped = get_text(who, "first-page", shipped=True)
    if get_text(who, "first-page") == shipped:
        slow = TIMES.sub(lambda time: f"{time[1]}: {int(time[2]) * SLOWER}", shipped)
        save_scenario(who, slow, newest=0)
