"""What happened before that is like what is being written now, and what was promised then.

Asked anew each time from the words as they are, so it is always fresh; the full-text index makes
that a matter of milliseconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.near_words import plain_words
from models.rules.policy import Thing, Verb, Who
from models.rules.record import PostmortemRecord
from models.rules.similar import are_alike, as_held, in_common, other_forms, strongest_terms
from models.rules.vocabulary import Severity
from models.tables.incident import Incident
from models.tables.people import Service
from models.tables.postmortem import ActionItem, ArchiveEntry
from services.archive_words import entries_holding
from services.promises import Promise, load_promises
from services.unit_of_work import Work, pick, reading

SHOWN = 3
_LOOKED_AT = 8  # of the best matches; some share too little
_WORDS = 800  # different words of a draft that are looked up: its head comes first
_PROMISES = 60  # actions of all that are shown
_BEST = """SELECT rowid FROM archive_index WHERE archive_index MATCH ? AND rowid != ?
    ORDER BY bm25(archive_index, 4, 2, 1) LIMIT ?"""
_MARKED = """SELECT rowid, highlight(archive_index, 0, char(2), char(3)),
    highlight(archive_index, 1, char(2), char(3)), highlight(archive_index, 2, char(2), char(3))
    FROM archive_index WHERE archive_index MATCH ? AND rowid BETWEEN ? AND ?
    AND +rowid IN (SELECT value FROM json_each(?))"""
_MARK = re.compile("\x02([^\x03]*)\x03")


@dataclass(frozen=True)
class SimilarPostmortem:
    """An earlier one that is published. `shared` are the words in common, `services` those that
    both name; `began_at` is when its incident began."""

    postmortem_id: str
    title: str
    severity: Severity | None
    began_at: datetime
    shared: tuple[str, ...]
    services: tuple[str, ...]
    promises: tuple[Promise, ...]


def find_similar(who: Who, postmortem: PostmortemRecord) -> tuple[SimilarPostmortem, ...]:
    """The published post-mortems that are most like this one, at most SHOWN, never itself."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        match = _match(work, postmortem)
        if not match:
            return ()
        own = work.session.exec(
            select(ArchiveEntry.id).where(ArchiveEntry.postmortem_id == postmortem.id)
        ).first()
        keys = _best(work, match, own or 0)
        return _read(work, postmortem, keys, _shared(work, match, keys)) if keys else ()


def _match(work: Work, postmortem: PostmortemRecord) -> str:
    """The strongest words as a question to the index; "" for none."""
    words = list(_said(postmortem))
    looked_up = list(dict.fromkeys(words))[:_WORDS]
    total = work.session.exec(select(func.count()).select_from(ArchiveEntry)).one()
    held = entries_holding(work, looked_up)
    unheard = (word for word in looked_up if word not in held)
    held |= entries_holding(work, {form for word in unheard for form in other_forms(word)})
    terms = strongest_terms((as_held(word, held) for word in words), held, total)
    return " OR ".join(f'"{term}"' for term in terms)


def _said(postmortem: PostmortemRecord) -> Iterator[str]:
    """The words that say what happened; those of the title, the summary and the whys count more
    than a line of the timeline."""
    whys = [why.text for root in postmortem.whys for _, why in root.walk()]
    heads = [postmortem.title, *(i.title for i in postmortem.incidents), *postmortem.all_factors]
    told = [postmortem.summary, *(i.summary for i in postmortem.incidents), *whys]
    events = [event.text for event in postmortem.events if not event.is_noise]
    yield from plain_words("\n".join(3 * heads + 2 * told + events))


def _best(work: Work, match: str, own: int) -> list[int]:
    rows = work.session.connection().exec_driver_sql(_BEST, (match, own, _LOOKED_AT))
    return list(rows.scalars())


def _shared(work: Work, match: str, keys: list[int]) -> dict[int, tuple[str, ...]]:
    """The words of each that were matched."""
    values = (match, min(keys), max(keys), json.dumps(keys))
    rows = work.session.connection().exec_driver_sql(_MARKED, values)
    return {key: in_common(_MARK.findall("\n".join(texts))) for key, *texts in rows}


def _read(
    work: Work, postmortem: PostmortemRecord, keys: list[int], shared: dict[int, tuple[str, ...]]
) -> tuple[SimilarPostmortem, ...]:
    ours = {name.casefold() for i in postmortem.incidents for name in i.services}
    named = {
        row_id: name
        for row_id, name, key in work.session.exec(
            select(Service.id, Service.name, Service.name_key)
        )
        if key in ours
    }
    e = ArchiveEntry
    began = (
        select(func.min(Incident.began_at))
        .where(Incident.postmortem_id == e.postmortem_id)
        .scalar_subquery()
    )
    rows = {
        row[0]: row
        for row in work.session.exec(
            pick(e.id, e.postmortem_id, e.title, e.severity, e.facets, began, e.published_at).where(
                col(e.id).in_(keys)
            )
        )
    }
    found = []
    for key in keys:
        _, postmortem_id, title, severity, facets, began_at, published_at = rows[key]
        services = tuple(n for row_id, n in named.items() if f"s:{row_id}" in facets.split())
        if are_alike(shared[key], same_service=bool(services)):
            found.append(
                SimilarPostmortem(
                    postmortem_id=postmortem_id,
                    title=title,
                    severity=Severity(severity) if severity else None,
                    began_at=began_at or published_at,
                    shared=shared[key],
                    services=services,
                    promises=(),
                )
            )
    return _with_promises(work, found[:SHOWN])


def _with_promises(work: Work, found: list[SimilarPostmortem]) -> tuple[SimilarPostmortem, ...]:
    ids = [one.postmortem_id for one in found]
    promises = load_promises(work, col(ActionItem.postmortem_id).in_(ids), most=_PROMISES)
    return tuple(
        replace(one, promises=tuple(p for p in promises if p.postmortem_id == one.postmortem_id))
        for one in found
    )
