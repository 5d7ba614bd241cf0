"""Sections of a post-mortem as records: impacts, whys, lessons, people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from integrations.markdown_blocks import Item, Table
from models.rules.record import (
    ImpactRecord,
    LessonRecord,
    ParticipantRecord,
    WhyRecord,
)
from models.rules.text import LINE, PARAGRAPH, clean, clean_line
from models.rules.vocabulary import (
    ImpactKind,
    IncidentRole,
    LessonKind,
)

_IMPACTS: tuple[tuple[ImpactKind, str], ...] = (
    (ImpactKind.TICKETS, r"tickets?|support (?:cases?|calls?|requests?)"),
    (
        ImpactKind.MONEY,
        r"money|revenue|cost|[$€£]|\b(?:usd|eur|gbp)\b|refunds?|orders? lost|lost orders?",
    ),
    (ImpactKind.DATA, r"\bdata\b|records?|rows? (?:were )?lost"),
    (ImpactKind.CUSTOMERS, r"customers?|users?|clients?|merchants?|people|teams?|developers?"),
    (
        ImpactKind.DURATION,
        r"duration|downtime|\b[0-9]+ ?(?:min|h|hour|minute|day)s?\b|unavailable for|lasted",
    ),
    (ImpactKind.SERVICES, r"services?|systems?|api|endpoints?|site|website"),
)
_EMPTY = re.compile(
    r"^(?:none(?: recorded| known)?|n/?a|tbd|-|–)\.?$"
    r"|Action status as of [0-9]{1,2} \w+ [0-9]{4}\.$",
    re.IGNORECASE,
)
# “(factors: stale copy; shown at 09:52 UTC)” behind a why, as our own documents print it.
_WHY_NOTE = re.compile(
    r"\s\((?=factors: |shown at )(?:factors: (?P<factors>[^;()]+))?(?:; )?"
    r"(?:shown at (?P<times>[0-9:?–, ()A-Za-z]{5,2000}) UTC)?\)$"
)
_KINDS = {kind.value: kind for kind in ImpactKind} | {"support tickets": ImpactKind.TICKETS}
_FACTORS = re.compile(r"contributing factors:\s+([^\n]{1,2000})", re.IGNORECASE)
_ESTIMATED = re.compile(
    r"\b(?:approx\w*|about|around|roughly|estimate\w*|circa|ca\.|up to)(?!\w)|~|≈", re.I
)
_ROLES: dict[str, IncidentRole] = {
    "commander": IncidentRole.COMMANDER,
    "incident commander": IncidentRole.COMMANDER,
    "ic": IncidentRole.COMMANDER,
    "incident manager": IncidentRole.COMMANDER,
    "incident lead": IncidentRole.COMMANDER,
    "communications": IncidentRole.COMMUNICATIONS,
    "communications lead": IncidentRole.COMMUNICATIONS,
    "comms": IncidentRole.COMMUNICATIONS,
    "comms lead": IncidentRole.COMMUNICATIONS,
    "scribe": IncidentRole.SCRIBE,
    "expert": IncidentRole.EXPERT,
    "subject expert": IncidentRole.EXPERT,
    "sme": IncidentRole.EXPERT,
    "responder": IncidentRole.RESPONDER,
    "reporter": IncidentRole.REPORTER,
    "reported by": IncidentRole.REPORTER,
    "observer": IncidentRole.OBSERVER,
}


def items_in(blocks: Iterable[Item | Table]) -> list[Item]:
    """The blocks as items: each row of a table becomes one."""
    items: list[Item] = []
    for block in blocks:
        if isinstance(block, Item):
            items += [] if is_empty(block.text) else [block]
        else:
            items += [
                Item(line, [" – ".join(filter(None, cells))], heading=block.heading)
                for line, cells in block.rows
                if any(cells)
            ]
    return items


def is_empty(text: str) -> bool:
    """Whether a paragraph only says that there is nothing, or what a document computed about
    the state of its actions on the day it was printed."""
    return _EMPTY.search(text[-200:]) is not None


def impacts_of(blocks: Iterable[Item | Table]) -> list[ImpactRecord]:
    """One impact for each bullet, paragraph and row of a table."""
    impacts = []
    for block in blocks:
        if isinstance(block, Table):
            impacts += [_impact_row(block, cells) for _, cells in block.rows if any(cells)]
        elif not is_empty(block.text):
            impacts.append(_impact(headed(block)))
    return impacts


def factors_of(blocks: Sequence[Item | Table]) -> tuple[list[str], list[Item | Table]]:
    """The tags of a line such as “Contributing factors: a, b” below the tree, and the blocks
    without it."""
    factors: list[str] = []
    rest: list[Item | Table] = []
    for block in blocks:
        found = _FACTORS.fullmatch(block.text) if isinstance(block, Item) else None
        if found and isinstance(block, Item) and not block.children:
            factors += [line_of(word) for word in found[1].split(",") if word.strip()]
        else:
            rest.append(block)
    return factors, rest


def whys_of(blocks: Iterable[Item | Table], *, is_chain: bool) -> list[WhyRecord]:
    """The tree of causes. `is_chain` reads a flat numbered list as the five whys, each one the
    answer to the one above."""
    items = items_in(blocks)
    numbered = [i for i in items if i.is_numbered or i.text.lower().startswith("why")]
    if is_chain and len(numbered) == len(items) > 1 and not any(i.children for i in items):
        chain: tuple[WhyRecord, ...] = ()
        for item in reversed(items):
            chain = (WhyRecord(prose(item.text), children=chain),)
        return list(chain)
    return [_why(item, headed(item, nested=False)) for item in items]


def lessons_of(blocks: Iterable[Item | Table], kind: LessonKind) -> list[LessonRecord]:
    """One lesson for each bullet and paragraph; what is nested stays with it."""
    return [LessonRecord(kind, headed(item)) for item in items_in(blocks)]


def people_of(blocks: Iterable[Item | Table], role: str = "") -> list[ParticipantRecord]:
    """The people named in lists such as “Ada, Ben”, “Commander: Ada”, “Ada (scribe)”."""
    people: list[ParticipantRecord] = []
    for block in blocks:
        if isinstance(block, Table):
            for _, cells in block.rows:
                named = [cell for cell in cells if cell]
                people += (
                    named_people(named[0], named[1] if len(named) > 1 else role) if named else []
                )
        else:
            for line in block.with_children().split("\n"):
                people += named_people(line.strip().lstrip("-*• ").strip(), role)
    return people


def named_people(text: str, role: str = "") -> list[ParticipantRecord]:
    """The people in one line."""
    label, colon, names = text.strip("*_ ").partition(":")
    if colon and names.strip():
        role, text = label.strip("*_ "), names
    people = []
    for part in re.split(r"[,;&]|\band\b", text.strip("*_ ")):
        found = re.fullmatch(
            r"\s*@?(?P<name>[^()]+?)\s*(?:\((?P<role>[^()]+)\)|[-–—]\s+(?P<dash>.+))?\s*", part
        )
        if found:
            own = found["role"] or found["dash"] or role
            people.append(ParticipantRecord(line_of(found["name"].strip("*_` ")), _role(own)))
    return people


def prose(text: str) -> str:
    """Text of a field. Longer than a field holds is a problem that the caller looks out for."""
    return clean(text, limit=PARAGRAPH)


def line_of(text: str) -> str:
    return clean_line(text, limit=PARAGRAPH)[:LINE]


def headed(item: Item, *, nested: bool = True) -> str:
    """The text of an item behind the sub-heading it stands under, which has no other place."""
    text = item.with_children() if nested else item.text
    return prose(f"{item.heading}: {text}" if item.heading else text)


def _why(item: Item, text: str) -> WhyRecord:
    note = _WHY_NOTE.search(text)
    tags = (note["factors"] or "").split(",") if note else []
    factors = tuple(line_of(word) for word in tags if word.strip())
    times = re.findall(r"(?:^|, )([0-9:?]{5,8})", (note["times"] or "") if note else "")
    children = tuple(_why(child, prose(child.text)) for child in item.children)
    words = text[: note.start()] if note else text
    return WhyRecord(words, event_ids=tuple(times), factors=factors, children=children)


def _impact(text: str, kind: ImpactKind | None = None) -> ImpactRecord:
    label, colon, rest = text.partition(":")
    named = re.sub(r"[*_]|\(estimated\)", "", label).strip().lower()
    by_label = _KINDS.get(named) or _KINDS.get(f"{named}s")
    if by_label and colon and rest.strip():
        kind, text = by_label, rest.strip("*_ ")
    guessed = next((k for k, words in _IMPACTS if re.search(words, text[:300], re.I)), None)
    is_estimated = _ESTIMATED.search(text) is not None or "(estimated)" in label.lower()
    return ImpactRecord(kind or guessed or ImpactKind.SERVICES, prose(text), is_estimated)


def _impact_row(table: Table, cells: Sequence[str]) -> ImpactRecord:
    name = cells[0].strip("*_ ").lower() if cells else ""
    kind = _KINDS.get(name.removesuffix("(estimated)").strip())
    rest = cells[1:] if kind else cells
    marks = [
        c for c in rest if re.fullmatch(r"(?:yes|no|estimated|measured|-|–|)", c.strip(), re.I)
    ]
    words = [c for c in rest if c not in marks]
    record = _impact(": ".join(filter(None, words)), kind)
    is_marked = "(estimated)" in name or any(m.lower() in ("yes", "estimated") for m in marks)
    is_estimated = is_marked or record.estimated
    return ImpactRecord(kind or record.kind, record.text, is_estimated)


def _role(word: str) -> str:
    """Several joined by commas stay several, each in our word where it is a known one."""
    roles = (line_of(part) for part in word.split(","))
    ours = (_ROLES.get(role.lower(), role) for role in roles if role)
    return ", ".join(dict.fromkeys(ours)) or IncidentRole.RESPONDER
