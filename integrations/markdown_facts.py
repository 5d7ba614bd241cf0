"""The facts at the head and the foot of a post-mortem: front matter, “Severity: SEV1” lines,
and lengths of time such as “Time to detection: 54 hours 10 minutes”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import yaml

from integrations.markdown_blocks import Numbered
from integrations.markdown_parts import line_of, named_people
from models.rules.record import ClockTime, EventRecord, ReadOptions, UnreadLine
from models.rules.text import clean
from models.rules.timeline import Known, read_timeline
from models.rules.timeline.dates import find_date, whole_day_in
from models.rules.timeline.facts import severity_in
from models.rules.timeline.labels import CLOCK_LABELS
from models.rules.timeline.rows import is_separator, split_row
from models.rules.timeline.stamps import is_whole_line, read_stamp
from models.rules.timeline.zones import zone_in_statement
from models.rules.vocabulary import Clock, EventKind, Precision, Severity

_LONGEST_MATTER = 65_536  # characters
_LABEL = re.compile(
    r"\s{0,8}(?:[-*+]\s+)?(?:\*\*|__)?(?P<key>[A-Za-z][A-Za-z0-9 /()&'’-]{0,40}?)(?:\*\*"
    r"|__)?\s?:(?:\*\*|__)?\s*(?P<value>.*)"
)
_AMOUNT = re.compile(
    r"([0-9]{1,7}(?:\.[0-9]{1,3})?)\s?(d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?"
    r"|s(?:ec(?:ond)?s?)?)\b",
    re.I,
)
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_CLOCK_LENGTH = re.compile(r"\s*([0-9]{1,3}):([0-5][0-9])(?::[0-5][0-9])?\s*(?:h|hours|hrs)?\s*")
_LENGTHS = {
    Clock.DETECTED: r"(?:time to (?:detect\w*|discover\w*)|tt[di]|mttd|detection time)",
    Clock.RESOLVED: r"(?:time to (?:recover\w*|resol\w*|repair|restore\w*|fix)|ttr|mttr"
    r"|recovery time|resolution time)",
    Clock.MITIGATED: r"(?:time to mitigat\w*|ttm|mttm)",
}
KEYS = {
    "title": "title name incident subject",
    "date": "date|incident date|date of incident|incident_date|day|occurred",
    "severity": "severity|sev|severity level|priority|incident severity|impact level",
    "owner": "owner|author|authors|written by|post-mortem owner|postmortem owner|document owner"
    "|prepared by",
    "people": "participants|attendees|responders|people|team|involved|incident team",
    "commander": "commander|incident commander|ic|incident lead|incident manager",
    "facilitator": "facilitator|facilitated by|moderator",
    "services": "services|service|affected services|affected service|component|components"
    "|system|systems"
    "|services affected|affected systems|products",
    "status": "status|state|post-mortem status|document status",
    "meeting": "review meeting|post-mortem meeting|postmortem meeting|meeting|meeting at",
    "zone": "timezone|time zone|tz",
}
_KEY_OF = {
    key: name
    for name, keys in KEYS.items()
    for key in (keys.split("|") if "|" in keys else keys.split())
}


@dataclass
class Facts:
    """What label lines and the front matter say: each key with its values and their lines."""

    values: dict[str, list[Numbered]] = field(default_factory=dict)
    clocks: list[tuple[Clock, int, str]] = field(default_factory=list)
    lengths: dict[Clock, timedelta] = field(default_factory=dict)
    others: list[Numbered] = field(default_factory=list)  # lines that say something else

    def first(self, key: str) -> str:
        values = self.values.get(key)
        return values[0][1] if values else ""

    def take(self, line: int, key: str, value: str) -> bool:
        """Keeps a fact; False when nothing here knows the key or can use the value."""
        plain = " ".join(key.strip().lower().replace("_", " ").split())
        value = value.strip().strip("*_`").strip()
        if not value or value in ("?", "-", "N/A", "n/a", "TBD"):
            return False
        if plain in CLOCK_LABELS and _is_time(value):
            self.clocks.append((CLOCK_LABELS[plain], line, value))
            return True
        for clock, words in _LENGTHS.items():
            if re.fullmatch(words, plain) and (length := length_of(value)) is not None:
                self.lengths[clock] = length
                return True
        if plain not in _KEY_OF or (_KEY_OF[plain] == "meeting" and not _is_time(value)):
            return False
        self.values.setdefault(_KEY_OF[plain], []).append((line, value))
        return True


def front_matter(lines: Sequence[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
    """The lines of a front matter between two ---, and the lines after it."""
    if not lines or lines[0][1].strip("\ufeff \t") != "---":
        return [], list(lines)
    for n, (_, raw) in enumerate(lines[1:200], 1):
        if raw.strip() in ("---", "..."):
            return list(lines[1:n]), list(lines[n + 1 :])
    return [], list(lines)


def take_matter(facts: Facts, matter: Sequence[Numbered]) -> None:
    """Reads the front matter as YAML of plain values and lists; where it is more than that, or
    none, line by line as “key: value”."""
    source = "\n".join(raw for _, raw in matter)
    values = _yaml(source)
    number = {
        raw.split(":")[0].strip().strip("'\"").lower(): line for line, raw in reversed(matter)
    }
    if values is None:
        facts.others += [n for n in matter if n[1].strip() and not take_label(facts, n)]
        return
    for key, value in values.items():
        line = number.get(str(key).lower(), matter[0][0])
        words = [_words(one) for one in (value if isinstance(value, list) else [value])]
        rest = [one for one in words if one and not facts.take(line, str(key), one)]
        if rest:
            facts.others.append((line, f"{key}: {', '.join(rest)}"))


def take_label(facts: Facts, line: Numbered) -> bool:
    """Keeps the fact of a line such as “**Severity:** SEV1”; False when the line is none."""
    found = _LABEL.fullmatch(line[1])
    return found is not None and facts.take(line[0], found["key"], found["value"])


def take_lines(facts: Facts, lines: Sequence[Numbered]) -> list[Numbered]:
    """Keeps the facts of label lines and of tables of two or three columns (name, value, how it
    is known); gives back the lines that say something else, rows of such tables as bullets."""
    rest: list[Numbered] = []
    for index, (number, raw) in enumerate(lines):
        cells = split_row(raw) if raw.lstrip().startswith("|") else []
        if len(cells) not in (2, 3):
            if not take_label(facts, (number, raw)):
                rest.append((number, raw))
            continue
        is_head = index + 1 < len(lines) and is_separator(lines[index + 1][1])
        name, value, note = (*cells, "")[:3]
        if is_head or is_separator(raw) or "→" in note:
            continue  # a length of time that is computed from two clocks says nothing new
        stated = f"{value} (estimated)" if note.strip().lower() == "estimated" else value
        if not facts.take(number, name.strip("*_ :"), stated):
            rest.append((number, f"- {': '.join(filter(None, (name, value, note)))}"))
    return rest


def length_of(text: str) -> timedelta | None:
    """“54 hours 10 minutes”, “1h 5m” or “1:05” as a length, None for anything else."""
    if found := _CLOCK_LENGTH.fullmatch(text):
        return timedelta(hours=int(found[1]), minutes=int(found[2]))
    amounts = _AMOUNT.findall(text[:200])
    if not amounts or not re.match(r"[~≈]?\s*(?:about |approx\w*\.? )?[0-9]", text):
        return None
    return timedelta(seconds=sum(float(n) * _UNITS[unit[0].lower()] for n, unit in amounts))


def stated_clocks(
    facts: Facts, options: ReadOptions, known: Known
) -> tuple[dict[Clock, ClockTime], list[UnreadLine], list[str]]:
    """The clocks that label lines and tables state, those that cannot be read, and what was
    assumed. “(estimated)” behind a time is kept as such."""
    stated: dict[Clock, ClockTime] = {}
    unread: list[UnreadLine] = []
    assumed: list[str] = []
    for clock, line, value in facts.clocks:
        plain = value.replace("(estimated)", "").strip()
        label = next(label for label, meant in CLOCK_LABELS.items() if meant is clock)
        reading = read_timeline(f"{label}: {plain}", options, first_line=line, known=known)
        assumed += reading.assumed
        for found, moment in reading.stated.items():
            stated.setdefault(found, ClockTime(moment.at, estimated=plain != value.strip()))
        if not reading.stated:
            unread.append(UnreadLine(line, clean(value), "This is no time that can be read."))
    return stated, unread, assumed


def moment_stated(facts: Facts, key: str, options: ReadOptions, known: Known) -> datetime | None:
    """The moment that a fact states, None when there is none or it cannot be placed."""
    stated = read_timeline(f"detected: {facts.first(key)}", options, known=known).stated
    return next((moment.at for moment in stated.values()), None)


def person_stated(facts: Facts, key: str) -> str:
    """The first of the people that a fact names, "" for none."""
    return next((person.name for person in named_people(facts.first(key))), "")


def zone_stated(facts: Facts) -> str:
    """The word of the zone that is stated, "" for none."""
    value = facts.first("zone")
    found = zone_in_statement(f"Time zone: {value}") if value else None
    return found[0] if found else ""


def services_stated(facts: Facts) -> tuple[str, ...]:
    values = (value for _, value in facts.values.get("services", []))
    names = (name for value in values for name in re.split(r"[,;]", value))
    return tuple(dict.fromkeys(line_of(name) for name in names if name.strip()))


def severity_stated(facts: Facts) -> Severity | None:
    stated = facts.first("severity")
    return severity_in(f"SEV{stated}" if re.fullmatch(r"[0-3]", stated) else stated)


def unused_facts(facts: Facts) -> list[UnreadLine]:
    """Facts whose label is known and whose value says nothing that can be used."""
    unused = [
        UnreadLine(line, clean(value, limit=4 * len(value) + 1), why)
        for line, value in facts.values.get("date", [])
        if (why := _why_no_day(value))
    ]
    stated = facts.values.get("severity", [])[:1]
    if stated and severity_stated(facts) is None and stated[0][1].lower() != "not set":
        unused.append(UnreadLine(*stated[0], "It names none of SEV0 to SEV3."))
    zone = facts.values.get("zone", [])[:1]
    if zone and not zone_in_statement(f"Time zone: {zone[0][1]}"):
        unused.append(UnreadLine(*zone[0], "This is no time zone, such as Europe/Berlin."))
    return unused


def _why_no_day(value: str) -> str:
    """Why the value of “date:” gives no day; "" when it gives one."""
    if whole_day_in(value):
        return ""
    found = find_date(value)
    if found and found.is_swappable:
        return "Day and month can be read in two ways. Write it as 2024-03-13."
    return "The calendar has no such day." if found else "This is no date that can be read."


def clocks_of_lengths(
    events: Iterable[EventRecord], lengths: dict[Clock, timedelta]
) -> dict[Clock, ClockTime]:
    """The clocks that fit the lengths, all estimated: the beginning is the event from which
    most of the lengths lead to another event. Nothing when no event does."""
    known = sorted(
        (e for e in events if e.precision is not Precision.DAY), key=lambda event: event.at
    )
    times = {event.at for event in known}
    noticed = {e.at for e in known if e.kind in (EventKind.ALERT, EventKind.REPORT)}
    best, best_fit = None, (0, 0)
    for event in known:
        try:
            ends = {clock: event.at + length for clock, length in lengths.items()}
        except OverflowError:
            return {}
        fit = (sum(at in times for at in ends.values()), int(ends.get(Clock.DETECTED) in noticed))
        if fit > best_fit:
            best, best_fit = event.at, fit
    if best is None or not best_fit[0]:
        return {}
    clocks = {Clock.IMPACT_BEGAN: ClockTime(best, estimated=True)}
    for clock, length in lengths.items():
        clocks[clock] = ClockTime(best + length, estimated=True)
    return clocks


def _yaml(source: str) -> dict[object, object] | None:
    """The front matter as YAML. Aliases and tags are refused (they expand without bound), and
    so is anything nested: then None."""
    if len(source) > _LONGEST_MATTER or re.search(r"(?m)(?:^|[\s\[{:,-])[&*!][\w!]", source):
        return None
    try:
        values = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _is_time(value: str) -> bool:
    plain = value.replace("(estimated)", "").strip()
    stamp = read_stamp(plain)
    return stamp is not None and stamp.clock is not None and is_whole_line(plain, stamp)


def _words(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return str(value)
