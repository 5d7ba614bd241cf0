"""What only Hotwash's own Markdown says: its table of the incident, the links between whys and
events, and the past of the post-mortem, which stays where it happened."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from integrations.markdown_blocks import Numbered
from models.rules.record import EventRecord, UnreadLine, WhyRecord
from models.rules.text import LINE, clean_line
from models.rules.timeline.rows import is_separator, split_row
from models.rules.vocabulary import IncidentKind, label

_PAST = {
    ("reviewer", "signed (utc)", "comment"): "Not brought in: reviewers sign off the words that "
    "they read here.",
    ("when (utc)", "status", "by", "why"): "Not brought in: the history stays with the post-mortem "
    "that it happened to.",
}
_KINDS = {label(kind).lower(): kind for kind in IncidentKind}
_SOURCE = "Not brought in: the source of the incident is this file now."


@dataclass
class Own:
    """What the table of the incident says. `path` are the answers of the decision tree."""

    kind: IncidentKind = IncidentKind.INCIDENT
    path: list[tuple[str, str]] = field(default_factory=list)
    link: str = ""
    unread: list[UnreadLine] = field(default_factory=list)


_MEETING = re.compile(r"Review meeting of \d{1,2} [A-Z][a-z]+ \d{4}")
_MEETING_STAYS = (
    "Not brought in: the record of a meeting stays with the post-mortem that it was held about. "
    "The JSON export brings it along."
)


def past_of(heading: str, lines: Sequence[Numbered]) -> list[UnreadLine]:
    """The rows of reviews, moves and meetings of our own export, which are not brought in; [] for
    any other section."""
    if _MEETING.fullmatch(heading.strip()):
        return [UnreadLine(n, raw, _MEETING_STAYS) for n, raw in lines if _says(raw)]
    if heading.strip().lower() not in ("reviews", "history"):
        return []
    rows = [(n, split_row(raw)) for n, raw in lines if raw.strip()]
    why = _PAST.get(tuple(cell.lower() for cell in rows[0][1])) if rows else None
    if why is None:
        return []
    kept = ((number, " – ".join(filter(None, cells))) for number, cells in rows[2:])
    return [UnreadLine(number, text, why) for number, text in kept]


def _says(raw: str) -> bool:
    return bool(raw.strip()) and not is_separator(raw)


def take_own(own: Own, lines: Sequence[Numbered]) -> list[Numbered]:
    """Takes what the table of an incident says into `own`; gives back the other lines."""
    own.unread = []
    rest: list[Numbered] = []
    for number, raw in lines:
        cells = split_row(raw) if raw.lstrip().startswith("|") else []
        if len(cells) != 2 or is_separator(raw) or not _take(own, number, *cells):
            rest.append((number, raw))
    return rest


def _take(own: Own, number: int, name: str, value: str) -> bool:
    if name == "Kind" and value.lower() in _KINDS:
        own.kind = _KINDS[value.lower()]
    elif name.endswith("?") and value.lower() in ("yes", "no"):
        own.path.append((clean_line(name, limit=len(name) + 1)[:LINE], value.lower()))
    elif name == "Link" and value.startswith(("https://", "http://")):
        own.link = clean_line(value, limit=len(value) + 1)[:2_000]
    elif name == "Source":
        own.unread.append(UnreadLine(number, f"{name}: {value}", _SOURCE))
    else:
        return False
    return True


def linked(
    events: Sequence[EventRecord], whys: Iterable[WhyRecord]
) -> tuple[tuple[EventRecord, ...], list[WhyRecord]]:
    """Events and whys, where the times that whys are shown at (in their `event_ids`, as printed)
    became ids of events. A time at which several events stand means the first of them."""
    ids: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for number, event in enumerate(events):
        for form in ("%H:%M:%S", "%H:%M", "%H:??"):
            numbers.setdefault(event.at.strftime(form), number)

    def of(why: WhyRecord) -> WhyRecord:
        found = [numbers[time] for time in why.event_ids if time in numbers]
        for number in found:
            ids[str(number)] = _id(events[number])
        event_ids = tuple(dict.fromkeys(_id(events[number]) for number in found))
        return replace(why, event_ids=event_ids, children=tuple(map(of, why.children)))

    roots = [of(why) for why in whys]
    named = (
        replace(event, id=ids[str(number)]) if str(number) in ids else event
        for number, event in enumerate(events)
    )
    return tuple(named), roots


def _id(event: EventRecord) -> str:
    said = f"{event.line} {event.at.isoformat()} {event.text}"
    return hashlib.sha256(said.encode()).hexdigest()[:20]
