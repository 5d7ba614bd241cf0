"""From times as written to moments in UTC, line after line.

What a line does not say comes from what stood above it, then from the person's options, then
from a stated default; whatever was filled in is said in `Assumed`, once for each kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from models.rules.problems import ProblemForUser
from models.rules.record import ReadOptions
from models.rules.timeline.assumed import Assumed
from models.rules.timeline.dates import WEEKDAYS, DateWords, Order, days_of, order_meant
from models.rules.timeline.hours import ClockWords, nearest_half
from models.rules.timeline.moments import Moment
from models.rules.timeline.stamps import Stamp
from models.rules.timeline.zones import doubt_about, zone_meant, zone_of
from models.rules.times import to_utc, zone_named
from models.rules.vocabulary import Precision

# Without a date, a line lies no more than this before the line above it; a longer step back is
# the next day. 23:58 → 00:05 rolls over, 14:10 → 14:05 is out of order. Between lines of
# different zones only half a day proves a midnight.
LARGEST_STEP_BACK = timedelta(hours=6)
LARGEST_BETWEEN_ZONES = timedelta(hours=12)
_DAY = timedelta(days=1)
# 23:50–00:10 ends on the next day; 10:07–10:01 is more likely a slip of the pen.
_LONGEST_OVER_MIDNIGHT = timedelta(hours=12)
_NO_SUCH_DAY = "The calendar does not reach that far. Check the date."


@dataclass(frozen=True)
class Surroundings:
    """What the whole text says about its times: the order of day and month (and the date that
    proves it, or all that can be read in two ways), the one zone that stands behind some of its
    times, and whether it runs from the newest line to the oldest. `with_half` is its first time
    with am or pm, where no other time belongs to a clock of 24 hours. `day` is a date found
    outside the lines (a title, a front matter), `day_from` where."""

    order: Order = ""
    proof: str = ""
    orderless: tuple[DateWords, ...] = ()
    only_zone: str = ""
    is_newest_first: bool = False
    with_half: ClockWords | None = None
    day: date | None = None
    day_from: str = ""


class Placing:
    """Walks along the lines; remembers the day, the zone and the moment of the line above."""

    def __init__(self, options: ReadOptions, around: Surroundings) -> None:
        self.assumed = Assumed()
        self.first_at: datetime | None = None
        zone_named(options.zone or options.default_zone)  # a wrong name is said once, here
        self._options = options
        self._around = around
        self._stated_zone = ""
        self._has_seen_only_zone = False
        self._day: date | None = None  # the day that was stated last
        self._first_day: date | None = None  # what Day 1 means
        self._zone_above = ""
        self._above: datetime | None = None  # the moment above, since the day was stated

    def state_zone(self, word: str) -> None:
        """“All times in CET” holds from here on."""
        self._stated_zone = word

    def state_day(self, words: DateWords, line: int) -> date:
        """A date given once as a heading. Raises ProblemForUser when the calendar has none."""
        try:
            day = self._day_of(words, self._zone("", None), line)
        except OverflowError:
            raise ProblemForUser(_NO_SUCH_DAY) from None
        self._keep_day(day)
        self._above = None
        return day

    def place(self, stamp: Stamp, line: int) -> Moment:
        """The moment of a stamp that is not elapsed time. Raises ProblemForUser with the reason
        why there is none."""
        try:
            return self._place(stamp, line)
        except OverflowError:
            raise ProblemForUser(_NO_SUCH_DAY) from None

    def _place(self, stamp: Stamp, line: int) -> Moment:
        if stamp.epoch is not None:
            at = datetime.fromtimestamp(stamp.epoch, UTC)
            return self._remember(Moment(at, None, Precision.SECOND, "UTC"), at.date())
        clock = self._checked(stamp)
        zone = self._zone(stamp.zone, line)
        if self._around.with_half and not stamp.date and not clock.half:
            stamp, clock = self._in_half(stamp, clock, zone)
        if stamp.date:
            day = self._day_of(stamp.date, zone, line)
        elif clock.is_unknown:
            day = self._day_above(zone)
        else:
            day = self._day_for(clock, zone, line, stamp.zone)
        at = self._moment(day, clock, zone, stamp.zone)
        if clock.is_leap_second:
            self.assumed.say("leap", f"Line {line}: the leap second is kept as 23:59:59.")
        until, open_end = self._until(stamp, day, at, zone, line)
        written = stamp.zone or self._stated_zone
        moment = Moment(at, until, clock.precision, written, open_end)
        self._zone_above = moment.zone
        if clock.is_unknown and not stamp.date:
            return moment  # no step of time: the line below is measured from the line above
        return self._remember(moment, day if stamp.date else None)

    def place_elapsed(self, stamp: Stamp, line: int, start: datetime) -> Moment:
        """The moment of T+12m after `start`."""
        if stamp.needs_minutes:
            self.assumed.say("unit", f"{stamp.shown} is read as minutes.")
        try:
            at = start + (stamp.elapsed or timedelta(0))
            until = start + stamp.until_elapsed if stamp.until_elapsed is not None else None
            at = to_utc(at, UTC)
        except OverflowError:
            raise ProblemForUser(f"{stamp.shown} is too long to be meant.") from None
        seconds = (stamp.elapsed or timedelta(0)).seconds % 60
        precision = Precision.SECOND if seconds else Precision.MINUTE
        return Moment(at, until, precision, "")

    def start_of_elapsed(self, stated: datetime | None) -> datetime:
        """What T+0 means: the start that the text or the person states, the first time of the
        text, or the beginning of the day."""
        if stated:
            return stated
        if self._options.start:
            return to_utc(self._options.start, UTC)
        if self.first_at:
            shown = f"{self.first_at:%d %b %Y %H:%M} UTC"
            self.assumed.say("start", f"T+0 is read as the first time of the text, {shown}.")
            return self.first_at
        zone = self._zone("", None)
        start = to_utc(datetime.combine(self._base_day(zone), time()), zone)
        self.assumed.say(
            "start", f"The start is not given: T+0 is read as {start:%d %b %Y %H:%M} UTC."
        )
        return start

    def _checked(self, stamp: Stamp) -> ClockWords:
        clock = stamp.clock or ClockWords(is_unknown=True, precision=Precision.DAY)
        if clock.is_template or (stamp.date and stamp.date.is_template):
            raise ProblemForUser("A row of the template: the time was not filled in.")
        for words in (clock, stamp.until_clock):
            if words and words.problem:
                raise ProblemForUser(words.problem)
        return clock

    def _in_half(self, stamp: Stamp, clock: ClockWords, zone: tzinfo) -> tuple[Stamp, ClockWords]:
        """2:03 below 2:02 PM is 14:03: chat programs leave the half of the day away."""
        near = self._above.astimezone(zone) if self._above else self._around.with_half
        if near is None:
            return stamp, clock
        meant = nearest_half(clock, near.hour, near.minute)
        if meant.hour != clock.hour:
            self.assumed.say(
                "half", f"{stamp.shown} is read as {meant.hour:02d}:{meant.minute:02d}."
            )
        last = stamp.until_clock
        if last and not last.half:
            stamp = stamp._replace(until_clock=nearest_half(last, meant.hour, meant.minute))
        return stamp, meant

    def _zone(self, word: str, line: int | None) -> tzinfo:
        """The zone for a time behind which `word` stands (or nothing)."""
        if word:
            self._has_seen_only_zone |= word == self._around.only_zone
            return zone_of(word)
        if self._stated_zone:
            return zone_of(self._stated_zone)
        if self._has_seen_only_zone and not self._options.zone:
            zone = self._around.only_zone
            self.assumed.say(
                "carried", f"Times without a zone are read as {zone}, like the line above."
            )
            return zone_of(zone)
        name = self._options.zone or self._options.default_zone
        if line is not None:
            self.assumed.say("zone", f"No time zone is given: read as {name}.")
        return zone_named(name)

    def _moment(self, day: date, clock: ClockWords, zone: tzinfo, word: str) -> datetime:
        wall = time(clock.hour, clock.minute, clock.second, clock.microsecond)
        local = datetime.combine(day, wall) + timedelta(days=clock.days)
        written = word or self._stated_zone
        if written:
            zone = zone_meant(written, local, zone_named(self._home))
        at = to_utc(local, zone)
        if written and (doubt := doubt_about(written, local, zone)):
            self.assumed.say(f"doubt {written}", doubt)
        return at

    @property
    def _home(self) -> str:
        return self._options.zone or self._options.default_zone

    def _until(
        self, stamp: Stamp, day: date, at: datetime, zone: tzinfo, line: int
    ) -> tuple[datetime | None, str]:
        """The end of a span, and its words when they are not the whole truth."""
        if not stamp.until_clock and not stamp.until_date:
            return None, ""
        clock, shown = stamp.until_clock or ClockWords(is_unknown=True), stamp.until_shown
        if stamp.until_clock and clock.is_unknown:
            return None, shown
        last = self._day_of(stamp.until_date, zone, line) if stamp.until_date else day
        until = self._moment(last, clock, zone, stamp.zone)
        if until < at and stamp.until_date:
            raise ProblemForUser("The end lies before the beginning. Correct one of them.")
        is_before = until < at
        if is_before:
            until = self._moment(day + _DAY, clock, zone, stamp.zone)
        if is_before and until - at > _LONGEST_OVER_MIDNIGHT:
            self.assumed.say(
                "reversed",
                f"Line {line}: the end, {shown}, lies before the beginning, {stamp.shown}. "
                "The event has no end now; is one of the two times wrong?",
            )
            return None, shown
        has_no_minutes = clock.precision is Precision.HOUR and re.search("[:.]", shown)
        return until, shown if has_no_minutes else ""

    def _remember(self, moment: Moment, day: date | None) -> Moment:
        self.first_at = self.first_at or moment.at
        self._above = moment.at
        if day:
            self._keep_day(day)
        return moment

    def _keep_day(self, day: date) -> None:
        self._day = day
        self._first_day = self._first_day or day

    def _day_above(self, zone: tzinfo) -> date:
        """The day of a line that says its time is not known."""
        day = self._above.astimezone(zone).date() if self._above else self._day
        if not day:
            raise ProblemForUser("The time is not known and no date is given.")
        return day

    def _day_for(self, clock: ClockWords, zone: tzinfo, line: int, word: str) -> date:
        """The day of a time that gives none: the one that makes the smallest sensible step from
        the line above, never before the day that was stated."""
        if not self._above:
            day = self._day or self._base_day(zone)
            self._keep_day(day)
            return day
        above = self._above.astimezone(zone)
        wall = timedelta(days=clock.days, hours=clock.hour, minutes=clock.minute)
        step = datetime.combine(above.date(), time()) + wall - above.replace(tzinfo=None)
        same_zone = (word or self._stated_zone) == self._zone_above
        largest = LARGEST_STEP_BACK if same_zone else LARGEST_BETWEEN_ZONES
        day = above.date()
        is_fixed = self._around.is_newest_first or (self._day is not None and day > self._day)
        if step < -largest:
            day += _DAY
        elif step >= _DAY - largest and is_fixed:
            day -= _DAY
        if day != above.date():
            shown = f"{clock.hour:02d}:{clock.minute:02d}"
            self.assumed.say(
                "midnight",
                f"Line {line}: {shown} after {above:%H:%M} is read as {day:%d %b %Y}.",
            )
        return day

    def _base_day(self, zone: tzinfo) -> date:
        """The day where the text states none."""
        if self._around.day:
            day = self._around.day
            self.assumed.say(
                "day", f"The date is taken from {self._around.day_from}: {day:%d %b %Y}."
            )
            return day
        if self._options.date:
            return self._options.date
        today = self._options.now.astimezone(zone).date()
        self.assumed.say("day", f"No date is given: read as today, {today:%d %b %Y}.")
        return today

    def _day_of(self, words: DateWords, zone: tzinfo, line: int) -> date:
        if words.is_template:
            raise ProblemForUser("A row of the template: the date was not filled in.")
        if words.nth is not None:
            return self._nth_day(words, zone)
        if words.days_ago is not None:
            today = self._options.date or self._options.now.astimezone(zone).date()
            day = today - words.days_ago * _DAY
            self.assumed.say("relative", f"“{words.shown}” is read as {day:%d %b %Y}.")
            return day
        if words.month is None and words.first is None:
            return self._weekday(words, zone)
        day = self._calendar_day(words, zone)
        if words.weekday is not None and day.weekday() != words.weekday:
            self.assumed.say(
                "weekday",
                f"Line {line}: {day:%d %b %Y} is a {day:%A}, "
                f"not a {WEEKDAYS[words.weekday]}. The date was kept.",
            )
        return day

    def _calendar_day(self, words: DateWords, zone: tzinfo) -> date:
        if words.year is not None and not 1 <= words.year <= 9999:
            words = self._with_likely_year(words)
        order = self._order_for(words) if words.first else ""
        try:
            if words.year is not None:
                return days_of(words, order, words.year)
            return self._without_year(words, order, zone)
        except ValueError:
            raise ProblemForUser(f"The calendar has no {words.shown}. Correct the date.") from None

    def _with_likely_year(self, words: DateWords) -> DateWords:
        """20202-03-13 in a text of 2020 is a slip of the pen: the year that is known otherwise
        stands in, or its first four digits, and the person is asked. Raises ProblemForUser when
        neither can be meant."""
        known = self._day or self._around.day or self._options.date
        typed = int(str(words.year)[:4])
        year = known.year if known else typed
        if not words.year or (not known and not 1990 <= typed <= self._options.now.year):
            raise ProblemForUser(f"The year {words.year} cannot be meant. Check the date.")
        self.assumed.say(
            "year that cannot be",
            f"The year of {words.shown} cannot be meant; it is read as {year}. Is that right?",
        )
        return replace(words, year=year)

    def _order_for(self, words: DateWords) -> Order:
        if not words.is_swappable:
            return words.order
        if self._around.order:
            self.assumed.say(
                "order",
                f"Dates such as {words.shown} are read {self._around.order}, "
                f"because the text has {self._around.proof}.",
            )
            return self._around.order
        name = (self._stated_zone or self._home).upper()
        american = ("AMERICA/", "US/", "PST", "PDT", "EST", "EDT", "PT", "ET", "MST", "MDT", "CDT")
        likely: Order = "month first" if name.startswith(american) else "day first"
        latest = self._options.now.date() + _DAY
        order, reason = order_meant(self._around.orderless, likely, latest)
        self.assumed.say(
            "order",
            f"{words.shown} can be read in two ways: it is read {order}"
            f"{f', {reason}' if reason else ''}. Write dates as 2024-03-13 to be certain.",
        )
        return order

    def _without_year(self, words: DateWords, order: Order, zone: tzinfo) -> date:
        """A date without its year: near the day stated last, else the latest one that is not
        in the future."""
        stated = self._day or self._around.day or self._options.date
        today = self._options.now.astimezone(zone).date()
        year = stated.year if stated else today.year
        day = days_of(words, order, year)
        if stated and self._day:
            if day < stated - 180 * _DAY:
                day = days_of(words, order, year + 1)
            elif day > stated + 180 * _DAY:
                day = days_of(words, order, year - 1)
        elif not stated and day > today + _DAY:
            day = days_of(words, order, year - 1)
        self.assumed.say("year", f"No year is given: {words.shown} is read as {day:%d %b %Y}.")
        return day

    def _weekday(self, words: DateWords, zone: tzinfo) -> date:
        wanted = words.weekday or 0
        stated = self._day or self._around.day or self._options.date
        today = self._options.now.astimezone(zone).date()
        if stated:
            day = stated + (wanted - stated.weekday()) % 7 * _DAY
        if not stated or day > today + _DAY:  # nobody writes up what is yet to come
            day = today - (today.weekday() - wanted) % 7 * _DAY
        self.assumed.say("weekdays", f"{words.shown} is read as {day:%a %d %b %Y}.")
        return day

    def _nth_day(self, words: DateWords, zone: tzinfo) -> date:
        first = self._first_day or self._base_day(zone)
        self._first_day = first
        day = first + ((words.nth or 1) - 1) * _DAY
        self.assumed.say("nth", f"{words.shown} is read as {day:%d %b %Y}.")
        return day
