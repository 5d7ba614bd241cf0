"""A timeline that somebody wrote or copied together, as one incident."""

from __future__ import annotations

import hashlib
import re

from integrations.decoding import decode
from models.rules.problems import BadFile, PlacedProblem, ProblemForUser
from models.rules.record import EventRecord, IncidentRecord, Reading, ReadOptions
from models.rules.text import DOCUMENT, LINE, clean, clean_line
from models.rules.timeline import TimelineReading, read_timeline
from models.rules.timeline.facts import clocks_from, severity_in
from models.rules.timeline.stamps import read_stamp
from models.rules.vocabulary import Source

_LOOKED_AT = 65_536  # bytes
_SHOWN_PROBLEMS = 20
_WHAT_A_LINE_LOOKS_LIKE = (
    "Begin each event with its time, for example “14:02 alert fired” or "
    "“2024-03-13 14:02 UTC – alert fired”."
)


def recognises(data: bytes, name: str) -> bool:
    """Whether any of the first lines begins with a time. Never raises."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    head = data[:_LOOKED_AT].decode(encoding, errors="ignore")
    if "\0" in head or head.lstrip()[:1] in ("{", ""):
        return False
    stamps = (read_stamp(line.strip().lstrip("| ")) for line in head.splitlines()[:2000])
    return any(stamp is not None for stamp in stamps)


def read(data: bytes, options: ReadOptions) -> Reading:
    """The incident that the text tells of. Raises BadFile when it is no text, too long, or has
    no line that begins with a time."""
    text = decode(data)
    check_length(text)
    try:
        timeline = read_timeline(text, options)
    except ProblemForUser as problem:
        raise BadFile(problem.message) from None
    if not timeline.events:
        raise _no_events(timeline)
    events = timeline.events
    return Reading(
        format=Source.TEXT,
        incidents=(
            IncidentRecord(
                title=_title(timeline, options),
                severity=severity_in(text),
                clocks=clocks_from(events, timeline.stated),
                events=events,
                source=Source.TEXT,
                source_key=f"text:{fingerprint(text)}",
            ),
        ),
        unread=timeline.unread,
        assumed=(*timeline.assumed, *what_is_estimated(events, timeline)),
    )


def check_length(text: str) -> None:
    """Raises BadFile for a text longer than a document may be."""
    if len(text) > DOCUMENT:
        raise BadFile(
            f"The text is {len(text):,} characters long; {DOCUMENT:,} fit. "
            "Bring it in as several shorter texts."
        )


def fingerprint(text: str) -> str:
    """The same for the same words, however their lines end and whatever white space is around
    them."""
    words = re.sub(r"\s+", " ", clean(text, limit=4 * DOCUMENT))
    return hashlib.sha256(words.encode()).hexdigest()


def what_is_estimated(
    events: tuple[EventRecord, ...], timeline: TimelineReading
) -> tuple[str, ...]:
    """The sentence about clocks that were concluded from events, if any were."""
    inferred = [clock for clock in clocks_from(events) if clock not in timeline.stated]
    if not inferred:
        return ()
    shown = ", ".join(clock.value.replace("_", " ") for clock in inferred)
    return (f"Concluded from the events and marked as estimated: {shown}.",)


def shortened(text: str, limit: int = 80) -> str:
    """The first line of `text`, cut at a word when it is long."""
    line = text.split("\n", 1)[0]
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + " …"


def _title(timeline: TimelineReading, options: ReadOptions) -> str:
    if timeline.title:
        title = re.sub(r"^(?:#+\s*)?(?:incident|title)\s*:\s*", "", timeline.title, flags=re.I)
        return clean_line(title, limit=LINE)
    stem = re.sub(r"\.(?:txt|text|log|md)$", "", options.name.replace("\\", "/").split("/")[-1])
    if stem and stem != "-":
        return shortened(clean_line(stem, limit=10 * LINE), LINE - 2)
    first = timeline.events[0]
    return f"Incident of {first.at.day} {first.at:%b %Y}: {shortened(first.text)}"


def _no_events(timeline: TimelineReading) -> BadFile:
    problems = [PlacedProblem(u.why, u.line) for u in timeline.unread[:_SHOWN_PROBLEMS]]
    count = len(timeline.unread)
    where = f" {count:,} lines were looked at." if count > 1 else ""
    return BadFile(f"No line with a time was found.{where} {_WHAT_A_LINE_LOOKS_LIKE}", problems)
