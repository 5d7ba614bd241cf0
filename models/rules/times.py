"""Local times and zones. Times are stored in UTC; a local time that does not exist or exists
twice (daylight saving) is pointed out, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.rules.problems import ProblemForUser

EARLIEST_YEAR, LATEST_YEAR = 1970, 2200  # outside these a time is a typing mistake


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name such as Europe/Berlin. Raises ProblemForUser for other words."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ProblemForUser(
            f"“{name}” is not a time zone. Use a name such as Europe/Berlin or UTC.", field="zone"
        ) from None


def to_utc(local: datetime, zone: tzinfo) -> datetime:
    """The UTC moment of a naive `local` time in `zone`, or of an aware time as it is.

    Raises ProblemForUser when the time is skipped or repeated by daylight saving, and when the
    year cannot be meant (before 1970 or after 2200).
    """
    if not EARLIEST_YEAR <= local.year <= LATEST_YEAR:
        raise ProblemForUser(f"The year {local.year} cannot be meant. Check the date.", field="time")
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    shown = f"{local:%d %b %Y %H:%M} in {zone}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ProblemForUser(
            f"{shown} did not happen: the clocks went forward. Correct the time.", field="time"
        )
    raise ProblemForUser(
        f"{shown} happened twice: the clocks went back. Add the offset, "
        f"{offset_text(first)} for the first or {offset_text(second)} for the second.",
        field="time",
    )


def offset_text(aware: datetime) -> str:
    """The offset of an aware time as +02:00."""
    offset = aware.utcoffset() or timedelta(0)
    sign = "-" if offset < timedelta(0) else "+"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
