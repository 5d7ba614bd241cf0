"""The clock of the story, built from what was logged: start, pause, resume, speed and skip.

It is never "now minus start". While it stands still nothing comes due, so that nothing can fire
late, twice or in a burst afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
MINUTE = 60


@dataclass(frozen=True, slots=True)
class StoryClock:
    """`story` seconds had passed in the story at the real time `since`; None: it stands still."""

    story: int = 0
    since: datetime | None = None
    speed: int = 1

    def at(self, now: datetime) -> int:
        """Whole seconds of the story at a real time. A time before `since` counts as `since`."""
        if self.since is None or now <= self.since:
            return self.story
        return self.story + (now - self.since) * self.speed // SECOND

    def running_from(self, story: int, now: datetime) -> StoryClock:
        return replace(self, story=story, since=now)

    def standing_at(self, story: int) -> StoryClock:
        return replace(self, story=story, since=None)

    def moved_to(self, story: int, now: datetime) -> StoryClock:
        """At another time of the story, running or standing as before."""
        return replace(self, story=story, since=None if self.since is None else now)

    def at_speed(self, speed: int) -> StoryClock:
        return replace(self, speed=speed)


def minutes(story: int) -> int:
    """Whole minutes of the story, from its seconds."""
    return story // MINUTE
