"""A date as people write it: 2024-03-13, 13/03/2024, 13 March, Mar 13th 2024, Wed, Day 2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Order = Literal["", "day first", "month first"]
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = _MONTH_NAMES.split()
WEEKDAYS = _DAY_NAMES.split()


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
        if self.first > 12 >= self.second:
            return "day first"
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
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FLAGS = re.IGNORECASE
_LEADING_WEEKDAY = re.compile(rf"{_WEEKDAY}\b[.,]?\s{{0,3}}(?:the\s)?", _FLAGS)
_ISO = re.compile(
    r"(?P<year>[0-9]{4,6})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,"
    r"2})(?![0-9]|[.,-][0-9])"
)
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?=T[0-9])")
_NUMERIC = re.compile(
    r"(?P<first>[0-9]{1,2})(?:(?P<sep>[/.-])(?P<second>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"
    r"|/(?P<second2>[0-9]{1,2})/(?P<year2>[0-9]{2}))(?![0-9]|[./-][0-9])"
)
_SHORT_NUMERIC = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sep>[/.])(?P<second>[0-9]{1,2})\.?(?=,?\s{1,3}(?:at\s)?[0-9]{1,2}:)"
)
_DAY_MONTH = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\.?[\s/-]?\s{{0,2}}(?:of\s)?{_MONTH}\b\.?"
    r"(?:,?[\s/-]\s{0,2}(?P<year>[0-9]{4})(?![0-9Z]|:[0-9]{2}\s))?",
    _FLAGS,
)
_MONTH_DAY = re.compile(
    rf"{_MONTH}\b\.?[\s-]\s{{0,2}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w|:[0-9]|[.,/][0-9])"
    r"(?:,?\s{1,3}(?P<year>[0-9]{4})(?![0-9:]))?",
    _FLAGS,
)
_NTH = re.compile(r"day\s{0,2}(?P<nth>[0-9]{1,3})(?![\w.:])", _FLAGS)
_RELATIVE = re.compile(r"(?P<word>today|yesterday)\b", _FLAGS)
_TEMPLATE = re.compile(
    r"(?:YYYY|yyyy)([-/.])(?:MM|mm)\1(?:DD|dd)|(?:DD|dd)([-/.])(?:MM|mm)\2(?:YYYY|yyyy)"
)


def read_date(text: str, start: int) -> tuple[DateWords, int] | None:
    """The date that begins at `start`, and where it ends; None when there is none."""
    head = _LEADING_WEEKDAY.match(text, start)
    weekday = _weekday(head["weekday"]) if head else None
    begin = head.end() if head else start
    found = _numbers(text, begin, weekday) or _names(text, begin, weekday)
    if found:
        words, end = found
        return words, end
    if head:
        return DateWords(head["weekday"], weekday=weekday), start + len(head["weekday"])
    if nth := _NTH.match(text, start):
        return DateWords(nth[0], nth=int(nth["nth"])), nth.end()
    if relative := _RELATIVE.match(text, start):
        ago = 1 if relative["word"].lower() == "yesterday" else 0
        return DateWords(relative[0], days_ago=ago), relative.end()
    if template := _TEMPLATE.match(text, start):
        return DateWords(template[0], is_template=True), template.end()
    return None


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
        if words.order:
            proofs.setdefault(words.order, words.shown)
    return next(iter(proofs.items())) if len(proofs) == 1 else ("", "")


def days_of(words: DateWords, order: Order, year: int) -> date:
    """The calendar day of `words` in `year` when they name none. Raises ValueError when the
    calendar has no such day."""
    month, day = words.month_and_day(order)
    return date(words.year if words.year is not None else year, month, day)


def _numbers(text: str, start: int, weekday: int | None) -> tuple[DateWords, int] | None:
    if found := _ISO.match(text, start) or _COMPACT.match(text, start):
        year, month, day = (int(found[g]) for g in ("year", "month", "day"))
        return DateWords(found[0], year, month, day, weekday=weekday), found.end()
    if found := _NUMERIC.match(text, start):
        second = int(found["second"] or found["second2"])
        year = int(found["year"] or found["year2"])
        year = year if found["year"] else 2000 + year
        first = int(found["first"])
        return DateWords(found[0], year, None, None, first, second, weekday), found.end()
    if found := _SHORT_NUMERIC.match(text, start):
        first, second = int(found["first"]), int(found["second"])
        return DateWords(found[0], None, None, None, first, second, weekday), found.end()
    return None


def _names(text: str, start: int, weekday: int | None) -> tuple[DateWords, int] | None:
    found = _DAY_MONTH.match(text, start) or _MONTH_DAY.match(text, start)
    if not found:
        return None
    month = next(n for n, name in enumerate(MONTHS, 1) if name == found["month"].lower()[:3])
    year = int(found["year"]) if found["year"] else None
    return DateWords(found[0], year, month, int(found["day"]), weekday=weekday), found.end()


def _weekday(word: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS) if name.lower().startswith(word.lower()[:3]))
