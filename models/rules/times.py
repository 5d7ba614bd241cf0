"""Local times and zones. Times are stored in UTC; a local time that does not exist or exists
twice (daylight saving) is pointed out, never guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.rules.problems import ProblemForUser
from models.rules.text import clean_line

EARLIEST_YEAR, LATEST_YEAR = 1970, 2200  # outside these a time is a typing mistake
WIDEST_OFFSET = timedelta(hours=14)  # Kiritimati


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name such as Europe/Berlin. Raises ProblemForUser for other words."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        said = clean_line(name[:40])
        raise ProblemForUser(
            f"“{said}” is not a time zone. Use a name such as Europe/Berlin or UTC.", field="zone"
        ) from None


def to_utc(local: datetime, zone: tzinfo) -> datetime:
    """The UTC moment of a naive `local` time in `zone`, or of an aware time as it is.

    Raises ProblemForUser when the time is skipped or repeated by daylight saving, and when the
    year in UTC cannot be meant (before 1970 or after 2200).
    """
    if local.tzinfo is not None:
        return _in_utc(local)
    if isinstance(zone, timezone):  # a fixed offset: nothing is skipped or repeated
        return _in_utc(local.replace(tzinfo=zone))
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return _in_utc(first)
    shown = f"{local:%d %b %Y %H:%M} in {zone}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ProblemForUser(
            f"{shown} did not happen: the clocks went forward from {offset_text(first)} to "
            f"{offset_text(second)}. Correct the time, or add the offset that was meant.",
            field="time",
        )
    raise ProblemForUser(
        f"{shown} happened twice: the clocks went back. Add the offset, "
        f"{offset_text(first)} for the first or {offset_text(second)} for the second.",
        field="time",
    )


def _in_utc(aware: datetime) -> datetime:
    try:
        utc = aware.astimezone(UTC)
    except OverflowError:  # at either end of the calendar
        utc = aware
    if not EARLIEST_YEAR <= utc.year <= LATEST_YEAR:
        raise ProblemForUser(f"The year {utc.year} cannot be meant. Check the date.", field="time")
    return utc


def offset_text(aware: datetime) -> str:
    """The offset of an aware time as +02:00."""
    offset = aware.utcoffset() or timedelta(0)
    sign = "-" if offset < timedelta(0) else "+"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


_MOMENT = re.compile(
    r"(?:(?P<day>\d{4}-\d{1,2}-\d{1,2})[T ]\s*)?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
    r"\s*(?P<zone>Z|[+\u2212-]\d{2}:?\d{2}|[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*)?"
)


def parse_moment(text: str, zone: tzinfo, day: date | None = None) -> datetime:
    """The UTC moment of what a person typed: `2024-03-13 10:01`, `10:01` (on `day`),
    `2:30 pm`, `2024-10-27 02:30 +01:00`, `10:01 Europe/Berlin`. Without a zone it is read in
    `zone`; parts of a second are left out.

    Raises ProblemForUser when it cannot be read, or daylight saving makes it ambiguous.
    """
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise ProblemForUser(
            f"“{text.strip()[:40]}” is not a time. Write it like 2024-03-13 10:01; "
            "another zone can follow, like +02:00 or Europe/Berlin.",
            field="time",
        )
    given = found["day"]
    if given is None and day is None:
        raise ProblemForUser("Write the date too, like 2024-03-13 10:01.", field="time")
    try:
        on = date(*map(int, given.split("-"))) if given else day
        assert on is not None
        hour = _hour_of_day(int(found["hour"]), found["half"])
        clock = time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise ProblemForUser(
            f"“{text.strip()}” is not in the calendar. Check day and hour.", field="time"
        ) from None
    own = found["zone"]
    return to_utc(datetime.combine(on, clock), _zone_of(own) if own else zone)


def _hour_of_day(hour: int, half: str | None) -> int:
    """The hour from 0 to 23 of an hour that may be of the a.m. or p.m. half of the day."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"no hour of half a day: {hour}")
    return hour % 12 + (12 if half in "Pp" else 0)


def _zone_of(text: str) -> tzinfo:
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    if text[0] in "+-\u2212":
        minutes = int(text[-2:])
        size = timedelta(hours=int(text[1:3]), minutes=minutes)
        if size > WIDEST_OFFSET or minutes > 59:
            raise ProblemForUser(f"{text} is not an offset from UTC.", field="time")
        return timezone(size if text[0] == "+" else -size)
    return zone_named(text)


def moment_text(at: datetime | None, zone: tzinfo) -> str:
    """A moment as `parse_moment` reads it back in the same zone: `2024-03-13 10:01`; with the
    offset where the local time alone would be ambiguous, with seconds where there are any."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
    naive = local.replace(tzinfo=None)
    first = naive.replace(tzinfo=zone, fold=0)
    if first.utcoffset() != naive.replace(tzinfo=zone, fold=1).utcoffset():
        text += f" {offset_text(local)}"
    return text
