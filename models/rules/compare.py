"""Two versions of a post-mortem side by side: what was added, removed and changed, word by word.

What is done with an action afterwards (its status, and the reason for that) is left out: it is
the same whichever revision is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from difflib import SequenceMatcher
from enum import StrEnum

from models.rules.free_texts import numbered
from models.rules.record import EventRecord, IncidentRecord, PostmortemRecord, WhyRecord
from models.rules.vocabulary import Clock, Precision, label


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A run of words: in both versions, only in the new one, or only in the old one."""

    change: Change
    text: str


@dataclass(frozen=True)
class Difference:
    """Something that was added, removed or changed. `what` names it; the pieces in their order
    read as the new text without the removed ones, and as the old one without the added ones."""

    change: Change
    what: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Section:
    """The differences of one part of the post-mortem; there is at least one."""

    title: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class _Entry:
    """One thing that can change: `key` finds it in the other version."""

    key: str
    what: str
    text: str


def compare(
    old: PostmortemRecord, new: PostmortemRecord, zone: tzinfo = UTC
) -> tuple[Section, ...]:
    """What is different in `new`, by section in the order of the document; nothing for two that
    say the same. Times are written in `zone`."""
    before, after = _sections(old, zone), _sections(new, zone)
    found = (Section(title, tuple(_differences(before[title], after[title]))) for title in after)
    return tuple(section for section in found if section.differences)


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one, word by word."""
    a, b = (re.findall(r"\s*\S+|\s+$", text) for text in (old, new))
    pieces = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(b[b1:b2])))
        else:
            pieces.append(Piece(Change.REMOVED, "".join(a[a1:a2])))
            pieces.append(Piece(Change.ADDED, "".join(b[b1:b2])))
    return tuple(piece for piece in pieces if piece.text)


def _differences(old: Iterable[_Entry], new: Iterable[_Entry]) -> Iterator[Difference]:
    """In the order of the new version; what is gone stands at the end."""
    left = {entry.key: entry for entry in old}
    for entry in new:
        was = left.pop(entry.key, None)
        if was is None or not was.text:
            if entry.text:
                yield Difference(Change.ADDED, entry.what, (Piece(Change.ADDED, entry.text),))
        elif not entry.text:
            yield Difference(Change.REMOVED, was.what, (Piece(Change.REMOVED, was.text),))
        elif was.text != entry.text:
            yield Difference(Change.CHANGED, entry.what, word_pieces(was.text, entry.text))
    for was in left.values():
        if was.text:
            yield Difference(Change.REMOVED, was.what, (Piece(Change.REMOVED, was.text),))


def _sections(record: PostmortemRecord, zone: tzinfo) -> Mapping[str, list[_Entry]]:
    return {
        "Facts": _once(_facts(record, zone)),
        "Summary": [_Entry("summary", "Summary", record.summary)],
        "Impact": _once(_impacts(record)),
        "Timeline": _once(_events(record, zone)),
        "Why it happened": _once(_whys(record)),
        "What we learned": _once(_Entry(x.id, label(x.kind), x.text) for x in record.lessons),
        "Actions": _once(_actions(record)),
    }


def _once(entries: Iterable[_Entry]) -> list[_Entry]:
    """Entries with keys that differ: without an id (an imported record) the words are the key."""
    seen: dict[str, int] = {}
    found = []
    for entry in entries:
        key = entry.key or f"{entry.what}: {entry.text}"
        seen[key] = seen.get(key, 0) + 1
        found.append(_Entry(f"{key} {seen[key]}", entry.what, entry.text))
    return found


def _facts(record: PostmortemRecord, zone: tzinfo) -> Iterator[_Entry]:
    people = ", ".join(f"{p.name} ({p.role})" for p in record.participants)
    yield from (
        _Entry(name, name, text)
        for name, text in (
            ("Title", record.title),
            ("Owner", record.owner),
            ("Facilitator", record.facilitator),
            ("Participants", people),
            ("Review meeting", _moment(record.meeting_at, zone)),
        )
    )
    for incident in record.incidents:
        yield from _incident(incident, zone, several=len(record.incidents) > 1)


def _incident(incident: IncidentRecord, zone: tzinfo, *, several: bool) -> Iterator[_Entry]:
    of = f" of “{incident.title}”" if several else ""
    times = {
        clock: f"{_moment(time.at, zone)}{' (estimated)' if time.estimated else ''}"
        for clock, time in incident.clocks.items()
    }
    for name, text in (
        ("Incident", incident.title),
        (f"What the incident was{of}", incident.summary),
        (f"Severity{of}", incident.severity or ""),
        (f"Services{of}", ", ".join(incident.services)),
        *((f"{label(clock)}{of}", times.get(clock, "")) for clock in Clock),
    ):
        yield _Entry(f"{incident.id}:{name.removesuffix(of)}", name, text)


def _impacts(record: PostmortemRecord) -> Iterator[_Entry]:
    for impact in record.impacts:
        estimated = " (estimated)" if impact.estimated and impact.text else ""
        yield _Entry(impact.kind, label(impact.kind), impact.text + estimated)


def _events(record: PostmortemRecord, zone: tzinfo) -> Iterator[_Entry]:
    for event in record.events:
        titles = "; ".join(e.title for e in event.evidence)
        text = f"{_event_time(event, zone)} {event.text}"
        text += f" ({event.author})" if event.author else ""
        text += f" [Evidence: {titles}]" if titles else ""
        yield _Entry(event.id, "Event", text)


def _whys(record: PostmortemRecord) -> Iterator[_Entry]:
    above: dict[int, WhyRecord] = {
        id(child): why for _, why in numbered(record.whys) for child in why.children
    }
    for _, why in numbered(record.whys):
        parent = above.get(id(why))
        what = f"Why: {_start(parent.text)}" if parent else "What happened"
        text = f"{why.text} [{', '.join(why.factors)}]" if why.factors else why.text
        # One that hangs somewhere else now is another answer: gone there, new here.
        key = f"{why.id} below {parent.id if parent else 'nothing'}" if why.id else ""
        yield _Entry(key, what, text)
    yield _Entry("factors", "Contributing factors", ", ".join(record.factors))


def _actions(record: PostmortemRecord) -> Iterator[_Entry]:
    for action in record.actions:
        due = f"due {action.due_on.day} {action.due_on:%b %Y}" if action.due_on else "no due date"
        details = (
            action.owner or "no owner", due, f"{action.priority} priority", action.type,
            action.factor, action.tracker_url,
        )  # fmt: skip
        text = f"{action.text} ({', '.join(part for part in details if part)})"
        yield _Entry(action.id, "Action", text)
    yield _Entry("no actions", "Why no actions follow", record.no_actions_reason)


def _event_time(event: EventRecord, zone: tzinfo) -> str:
    local = event.at.astimezone(zone)
    form = {Precision.SECOND: "%H:%M:%S", Precision.HOUR: "%H:??", Precision.DAY: ""}
    clock = local.strftime(form.get(event.precision, "%H:%M"))
    until = ""
    if event.until:
        end = event.until.astimezone(zone)
        other_day = "" if end.date() == local.date() else f"{end.day} {end:%b} "
        until = f"–{other_day}{end:%H:%M}"
    return f"{local.day} {local:%b} {clock}{until}".strip()


def _moment(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone).day} {at.astimezone(zone):%b %Y, %H:%M}" if at else ""


def _start(text: str, limit: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rpartition(' ')[0]}…"
