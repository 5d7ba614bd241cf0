"""How times, spans and counts are said in documents and drawings."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from models.rules.record import EventRecord
from models.rules.times import zone_named
from models.rules.vocabulary import Precision


def day(value: date | datetime) -> str:
    """10 March 2026."""
    return f"{value.day} {value:%B %Y}"


def moment(at: datetime, zone: str) -> str:
    """10 March 2026, 09:14 CET: the zone's own name stands with it."""
    local = at.astimezone(zone_named(zone))
    return f"{day(local)}, {local:%H:%M} {zone_word(local)}"


def zone_word(local: datetime) -> str:
    """CET, UTC; UTC+03 where the zone has no letters of its own."""
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name


def clock_time(at: datetime, zone: tzinfo, precision: Precision = Precision.MINUTE) -> str:
    """09:14; 09:14:05 to the second; 09:?? when only the hour is known; a dash for a day."""
    local = at.astimezone(zone)
    if precision is Precision.DAY:
        return "–"
    form = {Precision.SECOND: "%H:%M:%S", Precision.HOUR: "%H:??"}.get(precision, "%H:%M")
    return local.strftime(form)


def event_time(event: EventRecord, zone: tzinfo) -> str:
    """The time of an event within its day, with the end of a span: 09:14–09:20."""
    start = clock_time(event.at, zone, event.precision)
    if event.until is None:
        return start
    end = event.until.astimezone(zone)
    same_day = end.date() == event.at.astimezone(zone).date()
    return f"{start}–{end:%H:%M}" if same_day else f"{start}–{end:%H:%M} ({end.day} {end:%b})"


def count(number: int, one: str, many: str = "") -> str:
    """1 event, 1,240 events."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
