"""Zones as people write them behind a time: UTC, +01:00, PST, (CET), Europe/Berlin.

An abbreviation is taken at its word: PST is UTC−08:00 in summer too. Where the city that uses
it showed another abbreviation on that day, or where several countries use the same letters,
`doubt_about` gives the sentence that tells the person.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.rules.problems import ProblemForUser
from models.rules.times import offset_text, zone_named

# abbreviation: (minutes from UTC, a place that uses it, what else it can mean)
ABBREVIATIONS: dict[str, tuple[int, str, str]] = {
    "UTC": (0, "", ""),
    "GMT": (0, "", ""),
    "Z": (0, "", ""),
    "PST": (-480, "America/Los_Angeles", ""),
    "PDT": (-420, "America/Los_Angeles", ""),
    "MST": (-420, "America/Denver", ""),
    "MDT": (-360, "America/Denver", ""),
    "CST": (-360, "America/Chicago", "China or Cuba"),
    "CDT": (-300, "America/Chicago", "Cuba"),
    "EST": (-300, "America/New_York", ""),
    "EDT": (-240, "America/New_York", ""),
    "AKST": (-540, "America/Anchorage", ""),
    "AKDT": (-480, "America/Anchorage", ""),
    "HST": (-600, "Pacific/Honolulu", ""),
    "BRT": (-180, "", ""),
    "WET": (0, "Europe/Lisbon", ""),
    "WEST": (60, "Europe/Lisbon", ""),
    "BST": (60, "Europe/London", "Bangladesh"),
    "CET": (60, "Europe/Berlin", ""),
    "CEST": (120, "Europe/Berlin", ""),
    "MEZ": (60, "", ""),
    "MESZ": (120, "", ""),
    "EET": (120, "Europe/Helsinki", ""),
    "EEST": (180, "Europe/Helsinki", ""),
    "SAST": (120, "Africa/Johannesburg", ""),
    "MSK": (180, "Europe/Moscow", ""),
    "IST": (330, "Asia/Kolkata", "Israel or Ireland"),
    "SGT": (480, "", ""),
    "HKT": (480, "Asia/Hong_Kong", ""),
    "JST": (540, "Asia/Tokyo", ""),
    "KST": (540, "Asia/Seoul", ""),
    "TRT": (180, "Europe/Istanbul", ""),
    "EAT": (180, "", ""),
    "PKT": (300, "", ""),
    "WIB": (420, "", ""),
    "PHT": (480, "", ""),
    "MYT": (480, "", ""),
    "AWST": (480, "", ""),
    "ACST": (570, "Australia/Adelaide", ""),
    "ACDT": (630, "Australia/Adelaide", ""),
    "NST": (-210, "America/St_Johns", ""),
    "NDT": (-150, "America/St_Johns", ""),
    "AEST": (600, "Australia/Sydney", ""),
    "AEDT": (660, "Australia/Sydney", ""),
    "NZST": (720, "Pacific/Auckland", ""),
    "NZDT": (780, "Pacific/Auckland", ""),
}
# What people write when they mean the clock on the wall of a region, summer and winter.
REGIONS = {
    "PT": "America/Los_Angeles",
    "MT": "America/Denver",
    "CT": "America/Chicago",
    "ET": "America/New_York",
}
# The same in a sentence such as “all times Pacific”; alone behind a time they can mean anything.
_REGION_WORDS = {"pacific": "PT", "mountain": "MT", "central": "CT", "eastern": "ET"}
_OFFSET = r"(?:(?:UTC|GMT|utc|gmt)\s?)?[+\-−](?:0?[0-9]|1[0-4])(?::?(?:00|15|30|45))?(?![0-9:])"
_SHORT = "|".join(sorted((*ABBREVIATIONS, *REGIONS, "utc", "gmt"), key=len, reverse=True))
_IANA = r"[A-Z][A-Za-z_]{1,20}/[A-Z][A-Za-z_\-]{1,20}(?:/[A-Z][A-Za-z_]{1,20})?"
_ZONE = re.compile(rf"(?:{_OFFSET}|{_IANA}|(?:{_SHORT})(?![\w/]|-[A-Za-z]))")
_NAMED = re.compile(
    rf"(?:(?:UTC|GMT|utc|gmt)\s?{_OFFSET}|{_IANA}|(?:{_SHORT})(?![\w/])"
    r"|(?:US[ -]?)?(?P<region>(?i:pacific|mountain|central|eastern))\b(?! european))"
)
_OPENING = re.compile(r"\s{0,3}[(\[]?")
_STATEMENT = re.compile(
    r"[\W_]{0,8}(?:note:?\s{1,3})?(?:please note:?\s{1,3})?(?:all |the |alle )?(?:of the )?"
    r"(?:(?:date|day)s?\s{0,2}(?:and|&|/|,)?\s{0,2})?"
    r"(?:times?|timestamps?|time[\s-]?zone|tz|zeit(?:en|zone|angaben)?|uhrzeit(?:en)?"
    r"|timeline|when|start|started|date|clock times?|following|events?)\b"
    r"(?:(?:\s|[(\[:*=,_|-])|\b(?:is|are|were|given|shown|listed|stated|noted|written|expressed|"
    r"in|as|all|times?|zone|the|below|here|local|of|events?|sind|alle|zeiten"
    r"|angaben)\b){1,14}",
    re.IGNORECASE,
)
_STATEMENT_SIGN = re.compile(r"tim|tz|when|start|date|clock|follow|event|zeit|day", re.IGNORECASE)
_SAME_IN_BRACKETS = re.compile(r"\s?[(\[=/,]\s?(?=UTC|GMT|utc|gmt)")
_NOTHING_MORE = re.compile(r"(?:[\W_]|unless|otherwise|noted|stated|time|hours)*", re.IGNORECASE)


def read_zone(text: str, start: int, *, in_iso: bool) -> tuple[str, int] | None:
    """The zone word at `start` and where it ends. A bare −05:00 counts only behind an ISO time
    (`in_iso`): behind `10:01` a dash begins the end of a range."""
    opening = _OPENING.match(text, start)
    begin = opening.end() if opening else start
    first = text[begin : begin + 1]
    if not first.isupper() and first not in ("u", "g", "+", "-", "−"):
        return None
    found = _ZONE.match(text, begin)
    if not found:
        return None
    word = found.group()
    if word[0] in "-−" and not in_iso and (begin == start or ":" in word or len(word) < 5):
        return None
    if word[0] == "+" and not in_iso and len(word) < 5:
        return None
    if "/" in word and not _is_known(word):
        return None
    end = found.end()
    if begin > start and text[begin - 1] in "([":
        if text[end : end + 1] not in (")", "]"):
            return None
        end += 1
    return word, end


def zone_in_statement(line: str) -> tuple[str, bool] | None:
    """The zone that a sentence or heading such as “All times in CET” or “Time (UTC)” states,
    and whether the line says nothing else."""
    if len(line) > 200:
        return None
    if not _STATEMENT_SIGN.search(line):
        return None
    head = _STATEMENT.match(line)
    found = _NAMED.match(line, head.end()) if head else None
    if not found or ("/" in found.group() and not _is_known(found.group())):
        return None
    word, end = _word(found), found.end()
    if (again := _SAME_IN_BRACKETS.match(line, end)) and (said := _NAMED.match(line, again.end())):
        # “CET (UTC+1)”; where the two differ, the one in numbers leaves no doubt.
        word = word if zone_of(word) == zone_of(_word(said)) else _word(said)
        end = said.end()
    return word, _NOTHING_MORE.fullmatch(line, end) is not None


@lru_cache(maxsize=256)
def zone_alone(words: str) -> str:
    """The zone when `words` say nothing else, such as “(CET)” or “times in UTC+2”; else ""."""
    plain = words.strip(" \t*_`:.,;()[]|=-–—")
    found = _NAMED.match(plain)
    if found and _NOTHING_MORE.fullmatch(plain, found.end()):
        return _word(found) if "/" not in found.group() or _is_known(found.group()) else ""
    stated = zone_in_statement(plain)
    return stated[0] if stated and stated[1] else ""


def _word(found: re.Match[str]) -> str:
    return _REGION_WORDS[found["region"].lower()] if found["region"] else found.group()


@lru_cache(maxsize=256)
def zone_of(word: str) -> tzinfo:
    """The zone that `word` (as read by `read_zone`, or an IANA name) means."""
    if word.upper() in ABBREVIATIONS:
        return timezone(timedelta(minutes=ABBREVIATIONS[word.upper()][0]))
    if word in REGIONS:
        return ZoneInfo(REGIONS[word])
    if "/" in word or not re.search("[0-9]", word):
        return zone_named(word)
    digits = re.sub("[^0-9]", "", word)
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    size = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-size if "-" in word or "−" in word else size)


def zone_meant(word: str, local: datetime, home: tzinfo) -> tzinfo:
    """As `zone_of`; letters that several countries use mean `home`'s when `home` uses them."""
    short = ABBREVIATIONS.get(word.upper())
    if short and short[2] and local.replace(tzinfo=home).tzname() == word.upper():
        return home
    return zone_of(word)


def doubt_about(word: str, local: datetime, zone: tzinfo) -> str:
    """What a careful reader would ask about `word` behind the `local` time; "" when nothing."""
    short = ABBREVIATIONS.get(word.upper())
    if not short or not short[1]:
        return ""
    offset = f"UTC{offset_text(local.replace(tzinfo=zone))}"
    _, place, other = short
    city = place.split("/")[1].replace("_", " ")
    if other:
        where = city if zone == zone_of(word) else zone
        return f"{word} is read as {offset}, as in {where}; it can also mean {other}."
    there = local.replace(tzinfo=ZoneInfo(place)).tzname()
    if there != word.upper():
        return (
            f"{word} is read as it is written, {offset}, although on {local:%d %b %Y} "
            f"the clocks in {city} showed {there}."
        )
    return ""


@lru_cache(maxsize=256)
def _is_known(word: str) -> bool:
    try:
        zone_named(word)
    except ProblemForUser:
        return False
    return True
