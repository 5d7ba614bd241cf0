"""A timeline that somebody wrote or copied together, as one incident."""

from __future__ import annotations

import re

from integrations.decoding import decode
from models.rules.problems import BadFile, PlacedProblem, ProblemForUser
from models.rules.record import IncidentRecord, Reading, ReadOptions
from models.rules.text import LINE, clean_line
from models.rules.timeline import TimelineReading, read_timeline
from models.rules.timeline.facts import clocks_from, severity_in, what_is_estimated
from models.rules.timeline.json_lines import read_json_line
from models.rules.timeline.stamps import read_stamp
from models.rules.timeline.whole_text import check_length, fingerprint, shortened
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


def recognises_log_lines(data: bytes) -> bool:
    """Whether the first two lines are each a JSON object with a time, as logs write them."""
    lines = data[:_LOOKED_AT].decode("utf-8-sig", errors="ignore").split("\n", 2)[:2]
    return len(lines) == 2 and all(read_json_line(line.strip()) for line in lines)


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
    clocks = clocks_from(events, timeline.stated)
    return Reading(
        format=Source.TEXT,
        incidents=(
            IncidentRecord(
                title=_title(timeline, options),
                severity=severity_in(text),
                clocks=clocks,
                events=events,
                source=Source.TEXT,
                source_key=f"text:{fingerprint(text)}",
            ),
        ),
        unread=timeline.unread,
        assumed=(*timeline.assumed, *what_is_estimated(clocks, timeline.stated)),
        used=timeline.used,
    )


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
    said = [(u.line, u.why) for u in timeline.unread]
    said += [(line, f"Read as {meant}, and no event.") for line, meant in timeline.used]
    said.sort(key=lambda each: each[0] or 0)
    problems = [PlacedProblem(why, line) for line, why in said[:_SHOWN_PROBLEMS]]
    count = len(said)
    if asked := timeline.questions:
        first = f"Line {asked[0].line:,}: {asked[0].why}"
        more = f" {len(asked) - 1:,} more like it." if len(asked) > 1 else ""
        return BadFile(f"No event could be placed in time. {first}{more}", problems)
    where = f" {count:,} lines were looked at." if count > 1 else ""
    return BadFile(f"No line with a time was found.{where} {_WHAT_A_LINE_LOOKS_LIKE}", problems)
