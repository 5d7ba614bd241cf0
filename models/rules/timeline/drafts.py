"""An event while its lines come in, and what it is in the end."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field

from models.rules.record import EventRecord, EvidenceRecord, UnreadLine
from models.rules.text import PARAGRAPH, clean
from models.rules.timeline.authors import author_of
from models.rules.timeline.kinds import kind_of
from models.rules.timeline.lines import Line
from models.rules.timeline.messages import is_noise
from models.rules.timeline.moments import Moment
from models.rules.timeline.stamps import Stamp
from models.rules.vocabulary import EventKind, Source

_QUOTE = re.compile(r"^[ \t]{0,8}(?:>[ \t]?){1,4}", re.MULTILINE)


@dataclass
class Draft:
    """An event while its lines come in. `moment` stays None for T+12m until the end."""

    line: Line
    stamp: Stamp
    moment: Moment | None
    words: list[str]
    raws: list[str]
    author: str = ""
    size: int = 0  # characters, kept as a sum: a text of many short lines stays linear
    numbers_below: list[int] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        return any(part.strip() for part in self.words)

    def add(self, line: Line) -> None:
        self.words.append(line.raw)
        self.raws.append(line.raw)
        self.numbers_below.append(line.number)
        self.size += len(line.raw) + 1


def event_of(draft: Draft, moment: Moment, text: str, source: Source) -> EventRecord:
    row = draft.line.row
    is_link = row is not None and re.match(r"https?://\S+$", row.link)
    return EventRecord(
        at=moment.at,
        text=_with_open_end(text, moment.open_end),
        until=moment.until,
        precision=moment.precision,
        kind=(row.kind if row else None) or _kind_said(text),
        author=(draft.author or author_of(text))[:80],
        line=draft.line.number,
        source=source,
        source_text="\n".join(draft.raws).strip(),
        zone=moment.zone,
        is_noise=is_noise(text),
        evidence=(EvidenceRecord("Link", row.link),) if row and is_link else (),
    )


def _kind_said(text: str) -> EventKind:
    """The kind that the words state; those behind “Ada: ” where all together state none."""
    kind = kind_of(text)
    if kind is EventKind.NOTE and author_of(text):
        return kind_of(text.partition(":")[2])
    return kind


def _with_open_end(text: str, end: str) -> str:
    """An end that is not fully known stays in the words."""
    first, _, below = text.partition("\n")
    said = "\n".join(filter(None, (f"{first} (until {end})", below)))
    return said if end and len(said) <= PARAGRAPH else text


def as_unread(draft: Draft, why: str) -> list[UnreadLine]:
    """All lines of an event that could not be placed."""
    numbers = (draft.line.number, *draft.numbers_below)
    return [
        UnreadLine(number, raw.strip(), why)
        for number, raw in zip(numbers, draft.raws, strict=True)
    ]


def text_of(draft: Draft) -> str:
    """The words of all lines; those that continue lose the indentation they share."""
    is_first_beside = bool(draft.line.words.strip())
    first, below = draft.words[:is_first_beside], draft.words[is_first_beside:]
    if not below and not draft.author and first:
        # A line is clean when it comes here, a cell and JSON are not.
        is_clean = first[0] in draft.line.raw
        return first[0].strip() if is_clean else clean(first[0], limit=2 * PARAGRAPH)
    rest = textwrap.dedent("\n".join(below))
    words = [*first, _QUOTE.sub("", rest) if draft.line.raw.lstrip().startswith(">") else rest]
    if draft.author:
        words = [re.sub(r"[ \t]{0,4}\(edited\)[ \t]{0,4}$", "", w, flags=re.M) for w in words]
    return clean("\n".join(words), limit=2 * PARAGRAPH)


def unmarked(words: str, raw: str) -> str:
    """`words` without the end of a mark that began before the time: **14:02 alert**."""
    if words[-1:] not in ("*", "_", "`"):
        return words
    head = raw.strip().lstrip("#-*+• >").lstrip()
    for mark in ("**", "__", "`"):
        opens = raw.strip().lstrip("#-+• >").startswith(mark) or head.startswith(mark)
        if opens and words.count(mark) == 1 and words.endswith(mark):
            return words[: -len(mark)]
    return words
