"""Whether an old document comes in as published, and when that was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from integrations.markdown_facts import Facts, person_stated
from models.rules.record import ClockTime, EventRecord, PublicationRecord, ReadOptions
from models.rules.timeline import Known, read_timeline
from models.rules.timeline.whole_text import shortened
from models.rules.vocabulary import Clock

_UNFINISHED = re.compile(
    r"\W*(?:draft|drafting|wip|work in progress|in progress|in review|under review|review"
    r"|for review|open|ongoing|pending|to ?do|not started|new|started|incomplete)\b.*",
    re.IGNORECASE,
)


def published_as(
    facts: Facts, options: ReadOptions, last: datetime | None
) -> tuple[PublicationRecord | None, list[str]]:
    """How the document was published, None where it comes in as a draft; and what there is to say
    about that. When is not in old documents, so it is the last moment that they tell of."""
    status = facts.first("status")
    if not options.finished:
        if status.lower() in ("draft", ""):
            return None, []
        said = f"The document says “{shortened(status, 40)}”; it comes in as a draft, "
        return None, [f"{said}to be reviewed and published here."]
    if _UNFINISHED.fullmatch(status):
        said = f"The document says “{shortened(status, 40)}”, so it comes in as a draft."
        return None, [said]
    if last is None:
        return None, [
            "The document has no date, so it comes in as a draft. Give its date, or publish it."
        ]
    at = min(last, options.now)
    said = f"It comes in as published on {at:%-d %b %Y}, the last day that it tells of."
    if last > at:
        said = f"It tells of {last:%-d %b %Y}, which is still to come, so it is published today."
    return PublicationRecord(1, person_stated(facts, "owner"), at), [said]


def last_moment(
    events: Iterable[EventRecord], clocks: Mapping[Clock, ClockTime], meeting: datetime | None
) -> datetime | None:
    """The last moment that a document tells of."""
    moments = [event.until or event.at for event in events]
    moments += [stated.at for stated in clocks.values()]
    return max([*moments, meeting] if meeting else moments, default=None)


def clocks_of_day(known: Known, options: ReadOptions) -> tuple[dict[Clock, ClockTime], list[str]]:
    """For a document without any time: the middle of its day as the beginning, estimated; so
    that the incident stands on its day and not on the one on which it is brought in."""
    if not (known.day or options.date):
        return {}, []
    reading = read_timeline("impact began: 12:00", options, known=known)
    clocks = {c: ClockTime(t.at, estimated=True) for c, t in reading.stated.items()}
    return clocks, ["Only the day is known: noon stands for when it began."] if clocks else []
