"""The clocks of an incident: durations with their definitions, and times out of order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from models.rules.record import ClockTime
from models.rules.vocabulary import Clock, Severity, label, words

Clocks = Mapping[Clock, ClockTime]

MEANING: dict[Clock, str] = {
    Clock.IMPACT_BEGAN: "the first moment that anybody or anything was affected",
    Clock.DETECTED: "an alert fired, or somebody noticed",
    Clock.ACKNOWLEDGED: "a responder said they are on it",
    Clock.DECLARED: "it was called an incident",
    Clock.MITIGATED: "customers were no longer affected, even if the cause was still there",
    Clock.RESOLVED: "it was over: cause removed or a lasting fix in place",
    Clock.CLOSED: "stable, nothing left to watch",
}


@dataclass(frozen=True)
class Measure:
    """A duration that the field has a name for. `aims` by severity: the field sets them for SEV1
    only, and a level without one has none."""

    name: str
    short: str
    start: Clock
    end: Clock
    aims: Mapping[Severity, str] = field(default_factory=dict)

    @property
    def definition(self) -> str:
        return f"{words(self.start)} → {words(self.end)}"

    def aim(self, severity: Severity | None) -> str:
        """What to aim for at this severity, "" where the field sets nothing."""
        return self.aims.get(severity, "") if severity else ""


MEASURES: tuple[Measure, ...] = (
    Measure("Time to detect", "TTD", Clock.IMPACT_BEGAN, Clock.DETECTED),
    Measure(
        "Time to acknowledge",
        "TTA",
        Clock.DETECTED,
        Clock.ACKNOWLEDGED,
        {Severity.SEV1: "under 5 min"},
    ),
    Measure("Time to declare", "", Clock.DETECTED, Clock.DECLARED),
    Measure("Time to mitigate", "TTM", Clock.DETECTED, Clock.MITIGATED),
    Measure("Time to recover", "TTR", Clock.DETECTED, Clock.RESOLVED, {Severity.SEV1: "under 1 h"}),
    Measure("Duration of the impact", "", Clock.IMPACT_BEGAN, Clock.MITIGATED),
)


@dataclass(frozen=True)
class Duration:
    """A measure of one incident, from `start` to `end`; `estimated` when either end is."""

    measure: Measure
    start: datetime
    end: datetime
    estimated: bool

    @property
    def length(self) -> timedelta:
        """Negative when the times contradict each other: then nobody may read it as a length."""
        return self.end - self.start

    @property
    def contradicts(self) -> bool:
        return self.end < self.start


def durations(clocks: Clocks) -> tuple[Duration, ...]:
    """Every measure whose two moments are known, in the order of MEASURES."""
    found = []
    for measure in MEASURES:
        start, end = clocks.get(measure.start), clocks.get(measure.end)
        if start and end:
            found.append(Duration(measure, start.at, end.at, start.estimated or end.estimated))
    return tuple(found)


def contradiction(first: str, at: datetime, then: str, earlier: datetime, zone: tzinfo) -> str:
    """`times contradict: mitigated 10 Mar 10:05, detected 10 Mar 10:10 UTC`, in place of a length
    that would be negative. `then` ought to follow `first`."""
    shown, shown_earlier = _told_apart(at, earlier, zone)
    return f"times contradict: {then} {shown_earlier}, {first} {shown} {at.astimezone(zone):%Z}"


def lasted(incidents: Iterable[Clocks]) -> tuple[timedelta, bool] | None:
    """How long customers were affected over all the incidents: from the first start of impact
    (else detection) to the last mitigation (else resolution), and whether that is an estimate,
    as it is whenever one clock stands in for another. None when an end is not known, or is before
    its start: such times contradict each other and add up to nothing."""
    starts, ends = [], []
    stands_in = False
    for clocks in incidents:
        start = clocks.get(Clock.IMPACT_BEGAN) or clocks.get(Clock.DETECTED)
        end = clocks.get(Clock.MITIGATED) or clocks.get(Clock.RESOLVED)
        if start is None or end is None or end.at < start.at:
            return None
        stands_in |= Clock.IMPACT_BEGAN not in clocks or Clock.MITIGATED not in clocks
        starts.append(start)
        ends.append(end)
    if not starts:
        return None
    first, last = min(starts, key=lambda c: c.at), max(ends, key=lambda c: c.at)
    return last.at - first.at, stands_in or first.estimated or last.estimated


_ANY_ORDER = (  # what may come first or second without a contradiction
    {Clock.ACKNOWLEDGED, Clock.DECLARED},
    {Clock.ACKNOWLEDGED, Clock.MITIGATED},
    {Clock.DECLARED, Clock.MITIGATED},
)


def order_problems(clocks: Clocks, zone: tzinfo = UTC) -> tuple[str, ...]:
    """A sentence for each two known moments that stand in the wrong order, the times in `zone`.

    They are pointed out, never changed: sometimes the order is the story. An incident that was
    declared before somebody took it, or was mitigated before either, is in order.
    """
    known = [(clock, clocks[clock].at) for clock in Clock if clock in clocks]
    found = []
    for i, (first, at) in enumerate(known):
        for second, earlier in known[i + 1 :]:
            if earlier < at and {first, second} not in _ANY_ORDER:
                shown, shown_earlier = _told_apart(at, earlier, zone)
                found.append(
                    f"{label(second)} ({shown_earlier} {earlier.astimezone(zone):%Z}) is before "
                    f"{words(first)} ({shown} {at.astimezone(zone):%Z}). Check both times."
                )
    return tuple(found)


def _told_apart(one: datetime, other: datetime, zone: tzinfo) -> tuple[str, str]:
    """Two moments as short as they can be and still differ."""
    one, other = one.astimezone(zone), other.astimezone(zone)
    day = "%-d %b" if one.year == other.year else "%-d %b %Y"
    minute = one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)
    time = "%H:%M:%S" if minute else "%H:%M"
    return f"{one:{day} {time}}", f"{other:{day} {time}}"


def length_in_words(length: timedelta) -> str:
    """A duration to read: `2 d 3 h`, `1 h 12 min`, `43 min`, `20 s`, `0 min`, `-5 min`. Where a
    duration of an incident would be negative, say `contradiction` instead."""
    seconds = int(length.total_seconds())
    if seconds < 0:
        return f"-{length_in_words(-length)}"
    if 0 < seconds < 60:
        return f"{seconds} s"
    days, minutes = divmod(seconds // 60, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"
