"""How runs and plans are said in lists: by whom, how far they are, how long until they begin."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.rules.clocks import length_in_words
from models.rules.policy import Who
from models.rules.times import zone_named
from pages.components.words import when
from services.exercise_records import RunRow

ENDINGS = {"good": "ended well", "mixed": "mixed ending", "bad": "ended badly"}
PHASES = {"lobby": "not begun yet", "running": "being played", "paused": "paused"}


def played_by(run: RunRow) -> str:
    """`Ada Brandt, alone` or `Payments, 4 people`."""
    if run.is_solo:
        return f"{run.opened_by}, alone"
    return f"{run.team or f'led by {run.opened_by}'}, {people(run.players)}"


def how_ended(run: RunRow) -> str:
    return ENDINGS.get(run.ending, "ended early")


def people(count: int) -> str:
    if not count:
        return "nobody has joined yet"
    return "1 person" if count == 1 else f"{count} people"


def run_about(run: RunRow, person: Who) -> str:
    """What stands below the title of a run."""
    if run.ended_at:
        return f"{when(run.ended_at, person.zone)} · {played_by(run)} · {how_ended(run)}"
    since = when(run.started_at or run.created_at, person.zone)
    return f"{PHASES.get(run.phase, run.phase).capitalize()} · since {since} · {played_by(run)}"


def until(starts_at: datetime, now: datetime) -> str:
    """`in 5 days`, `in 3 h 20 min`, `was to begin 2 h ago`."""
    left = starts_at - now
    if left < timedelta(0):
        return f"was to begin {length_in_words(-left)} ago"
    if left >= timedelta(days=2):
        return f"in {left.days} days"
    return f"in {length_in_words(left)}"


def day_words(at: datetime, zone: str) -> str:
    """`Tue 7 Apr 2026, 14:00`: with the weekday, by which people plan."""
    return f"{at.astimezone(zone_named(zone)):%a} {when(at, zone)}"
