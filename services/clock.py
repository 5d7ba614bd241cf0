"""The only place that reads the time. Tests put their own function in place of `now`."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, to the second: what is stored reads back equal everywhere."""
    return datetime.now(UTC).replace(microsecond=0)


def seconds_until(moment: datetime) -> float:
    """Real seconds from the present to `moment` (aware), fractions included; negative when it is
    over. For waiting only: nothing that is stored comes from it."""
    return (moment - datetime.now(UTC)).total_seconds()
