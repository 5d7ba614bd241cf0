"""A date as people write it: 2024-03-13, 13/03/2024, 13 March, Mar 13th 2024, Wed, Day 2; month
and day names in English and German."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Order = Literal["", "day first", "month first"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEKDAY_STARTS = ("mo", "tu di", "we mi", "th do", "fr", "sa", "su so")
_MONTH_STARTS = (
    *("jan", "feb", "mar mär mrz mae", "apr", "may mai", "jun"),
    *("jul", "aug", "sep", "oct okt", "nov", "dec dez"),
)


def _numbers_of(starts: tuple[str, ...], first: int) -> dict[str, int]:
    return {start: n for n, words in enumerate(starts, first) for start in words.split()}


_WEEKDAY_NUMBERS = _numbers_of(_WEEKDAY_STARTS, 0)
_MONTHS = _numbers_of(_MONTH_STARTS, 1)


@dataclass(frozen=True)
class DateWords:
    """A date as written; what was not written is None. In 03/04/2024 `first` and `second` are
    day and month in either order. `nth` is the 2 of “Day 2”, `days_ago` 1 for “yesterday”,
    `weekday` counts from Monday as 0."""

    shown: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    first: int | None = None
    second: int | None = None
    weekday: int | None = None
    nth: int | None = None
    days_ago: int | None = None
    is_template: bool = False

    @property
    def order(self) -> Order:
        """The order of day and month that this date proves, "" when it proves none."""
        if self.first is None or self.second is None:
            return ""
        if self.first > 12 >= self.second or ("." in self.shown and self.second <= 12):
            return "day first"  # with full stops, 06.05.2024, nobody writes the month first
        return "month first" if self.second > 12 >= self.first else ""

    @property
    def is_swappable(self) -> bool:
        """Whether day and month could be the other way round."""
        return self.first is not None and self.first != self.second and not self.order

    @property
    def is_whole(self) -> bool:
        """Whether it says year, month and day (and not only a weekday or “Day 2”)."""
        return self.year is not None

    def month_and_day(self, order: Order) -> tuple[int, int]:
        """Month and day, reading 03/04 in `order` unless the date itself proves another."""
        if self.first is None or self.second is None:
            return self.month or 0, self.day or 0
        if (self.order or order) == "month first":
            return self.first, self.second
        return self.second, self.first


_WEEKDAY = (
    r"(?P<weekday>mon(?:day|tag)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonnabend|sonntag|(?:mo|di|mi|do|fr|sa|so)(?=[.,]{1,2}\s?[0-9]{1,2}\.))"
)
_MONTH = (
    r"(?P<month>jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz?|mrz|maerz|apr(?:il)?|ma[yi]"
    r"|jun[ei]?|jul[yi]?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?"
    r"|de[cz](?:ember)?)"
)
_FLAGS = re.IGNORECASE
_DIGITS = frozenset("0123456789")
# The first two letters of all words that a date can begin with: most words begin with others.
_STARTS = frozenset(
    (*_WEEKDAY_NUMBERS, *(month[:2] for month in _MONTHS), "da", "to", "ye", "he", "ge", "yy", "dd")
)
_LEADING_WEEKDAY = re.compile(rf"{_WEEKDAY}\b[.,]?\s{{0,3}}(?:the\s)?", _FLAGS)
_ISO = re.compile(
    r"(?P<year>[0-9]{4,6})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,"
    r"2})(?![0-9]|[.,-][0-9])"
)
_ISO_WEEK = re.compile(r"(?P<year>[0-9]{4})-?W(?P<week>[0-9]{2})-?(?P<day>[1-7])(?![0-9])")
_EAST_ASIAN = re.compile(
    r"(?:(?P<year>[0-9]{4})\s?[年년]\s?)?(?P<month>[0-9]{1,2})\s?[月월]\s?(?P<day>[0-9]{1,2})\s?[日号일]"
)
_OF_LOG = re.compile(r"(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?=\s{1,2}[0-9:]{8}\.[0-9])")
_COMPACT = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?=T[0-9]|\s[0-9]{1,2}:)"
)
_NUMERIC = re.compile(
    r"(?P<first>[0-9]{1,2})(?:(?P<sep>[/.-])(?P<second>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"
    r"|/(?P<second2>[0-9]{1,2})/(?P<year2>[0-9]{2})"
    r"|\.(?P<second3>[0-9]{1,2})\.(?P<year3>[0-9]{2})(?=,?\s[0-9]{1,2}:))(?![0-9]|[./-][0-9])"
)
_SHORT_NUMERIC = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sep>[/.])(?P<second>[0-9]{1,2})\.?(?=,?\s{1,3}(?:at\s)?[0-9]{1,2}:)"
)
_DAY_MONTH = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\.?[\s/-]?\s{{0,2}}(?:of\s)?{_MONTH}\b\.?"
    r"(?:,?[\s/-]\s{0,2}(?P<year>[0-9]{4})(?![0-9Z]|:[0-9]{2}\s)"
    r"|[/-](?P<year2>[0-9]{2})(?![0-9:/-])|\s['’](?P<year3>[0-9]{2})(?![0-9]))?",
    _FLAGS,
)
_MONTH_DAY = re.compile(
    rf"{_MONTH}\b\.?[\s-]\s{{0,2}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w|:[0-9]|[.,/][0-9])"
    r"(?:,?\s{1,3}(?P<year>[0-9]{4})(?![0-9:])"
    r"|-(?P<year2>[0-9]{2})(?![0-9:/-])|,?\s['’](?P<year3>[0-9]{2})(?![0-9]))?",
    _FLAGS,
)
_NTH = re.compile(r"day\s{0,2}(?P<nth>[0-9]{1,3})(?![\w.:])", _FLAGS)
_RELATIVE = re.compile(r"(?P<word>today|yesterday|heute|gestern)\b", _FLAGS)
_TEMPLATE = re.compile(
    r"(?:YYYY|yyyy)([-/.])(?:MM|mm)\1(?:DD|dd)|(?:DD|dd)([-/.])(?:MM|mm)\2(?:YYYY|yyyy)"
)


def read_date(text: str, start: int) -> tuple[DateWords, int] | None:
    """The date that begins at `start`, and where it ends; None when there is none."""
    head = text[start : start + 3]
    if head[:1] in _DIGITS:
        is_clock = ":" in head
        return None if is_clock else _numbers(text, start, None) or _names(text, start, None)
    if head[:2].lower() not in _STARTS:
        return None
    day = _LEADING_WEEKDAY.match(text, start)
    if not day:
        return _names(text, start, None) or _other_words(text, start)
    weekday = _WEEKDAY_NUMBERS[day["weekday"][:2].lower()]
    found = _numbers(text, day.end(), weekday) or _names(text, day.end(), weekday)
    return found or (DateWords(day["weekday"], weekday=weekday), day.end("weekday"))


def find_date(text: str) -> DateWords | None:
    """The first whole date (with its year) anywhere in a heading or a sentence."""
    for word in re.finditer(r"(?<![\w.-])[\w]", text[:2000]):
        found = read_date(text, word.start())
        if found and found[0].is_whole:
            return found[0]
    return None


def whole_day_in(text: str) -> date | None:
    """The first date in `text` that names its year, when it can be read in one way only."""
    words = find_date(text)
    if words is None or words.year is None or words.is_swappable:
        return None
    try:
        return days_of(words, "", words.year)
    except ValueError:
        return None


def order_proved(dates: Iterable[DateWords]) -> tuple[Order, str]:
    """The order of day and month that the unambiguous dates of a text agree on, and the date
    that shows it; ("", "") when there is none, or when they contradict each other."""
    proofs: dict[Order, str] = {}
    for words in dates:
        if words.order and "." not in words.shown:  # 06.05.2024 proves nothing of 5/6/2024
            proofs.setdefault(words.order, words.shown)
    return next(iter(proofs.items())) if len(proofs) == 1 else ("", "")


def days_of(words: DateWords, order: Order, year: int) -> date:
    """The calendar day of `words` in `year` when they name none. Raises ValueError when the
    calendar has no such day."""
    month, day = words.month_and_day(order)
    return date(words.year if words.year is not None else year, month, day)


def order_meant(dates: Iterable[DateWords], likely: Order, latest: date) -> tuple[Order, str]:
    """The order in which all these dates make most sense, and why it is not the `likely` one.
    Nobody writes up what is yet to come (after `latest`); days of one incident lie together."""
    orders: tuple[Order, ...] = (likely, "day first" if likely == "month first" else "month first")
    dates = list(dates)
    days = [_days_in(dates, order, latest) for order in orders]
    if days[0] and days[1] and all(d.year is None for d in dates):
        nearest = max(orders, key=lambda order: min(days[orders.index(order)]))
        return nearest, "" if nearest == likely else "because it then lies closest to today"
    if not days[0] or not days[1]:
        return orders[not days[0]], ""
    (first, last), (other_first, other_last) = ((min(d), max(d)) for d in days)
    if last > latest >= other_last:
        return orders[1], "because the other way it is yet to come"
    if other_last <= latest and last - first > timedelta(27) > other_last - other_first:
        return orders[1], "because the dates of the text then lie close together"
    return likely, ""


def _days_in(dates: Iterable[DateWords], order: Order, latest: date) -> list[date]:
    """The days of the dates in this order, without a year the last ones that were; [] when the
    calendar lacks one of them."""
    try:
        days = [(days_of(d, order, latest.year), d) for d in dates]
        return [
            day if d.year is not None or day <= latest else days_of(d, order, latest.year - 1)
            for day, d in days
        ]
    except ValueError:
        return []


def _numbers(text: str, start: int, weekday: int | None) -> tuple[DateWords, int] | None:
    if found := _ISO.match(text, start) or _COMPACT.match(text, start):
        words = _in_full(found[0], found["year"], found["month"], found["day"], weekday)
        return words, found.end()
    if (found := _ISO_WEEK.match(text, start)) and 1 <= int(found["week"]) <= 53:
        return _of_week(found[0], *(int(part) for part in found.groups())), found.end()
    if found := _EAST_ASIAN.match(text, start):
        year, month, day = found.groups()
        return DateWords(found[0], int(year) if year else None, int(month), int(day)), found.end()
    if found := _OF_LOG.match(text, start):
        return DateWords(found[0], None, int(found[1]), int(found[2])), found.end()
    if found := _NUMERIC.match(text, start):
        second = int(found["second"] or found["second2"] or found["second3"])
        year = int(found["year"]) if found["year"] else 2000 + int(found["year2"] or found["year3"])
        first = int(found["first"])
        return DateWords(found[0], year, None, None, first, second, weekday), found.end()
    if found := _SHORT_NUMERIC.match(text, start):
        first, second = int(found["first"]), int(found["second"])
        return DateWords(found[0], None, None, None, first, second, weekday), found.end()
    return None


def _of_week(shown: str, year: int, week: int, weekday: int) -> DateWords:
    """2024-W19-1, the Monday of the nineteenth week (ISO 8601)."""
    try:
        day = date.fromisocalendar(year, week, weekday)
    except ValueError:  # a year without a week 53: the calendar has no such day
        return DateWords(shown, year, 0, 0)
    return DateWords(shown, day.year, day.month, day.day)


@lru_cache(maxsize=512)  # the same day stands in many lines
def _in_full(shown: str, year: str, month: str, day: str, weekday: int | None) -> DateWords:
    return DateWords(shown, int(year), int(month), int(day), weekday=weekday)


def _names(text: str, start: int, weekday: int | None) -> tuple[DateWords, int] | None:
    is_day_first = text[start : start + 1] in _DIGITS
    found = (_DAY_MONTH if is_day_first else _MONTH_DAY).match(text, start)
    if not found:
        return None
    month = _MONTHS[found["month"][:3].lower()]
    short = found["year2"] or found["year3"]
    year = int(found["year"]) if found["year"] else 2000 + int(short) if short else None
    return DateWords(found[0], year, month, int(found["day"]), weekday=weekday), found.end()


def _other_words(text: str, start: int) -> tuple[DateWords, int] | None:
    if nth := _NTH.match(text, start):
        return DateWords(nth[0], nth=int(nth["nth"])), nth.end()
    if relative := _RELATIVE.match(text, start):
        ago = 1 if relative["word"].lower() in ("yesterday", "gestern") else 0
        return DateWords(relative[0], days_ago=ago), relative.end()
    if template := _TEMPLATE.match(text, start):
        return DateWords(template[0], is_template=True), template.end()
    return None
