"""The archive: every published post-mortem, found by its words.

Fast because each step is done once and on as little as possible: the index gives the keys of all
that match, numpy counts and filters them, only the newest RANKED are ranked, and only the
post-mortems of one page are read and excerpted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection
from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.record import PostmortemRecord
from models.rules.vocabulary import Severity
from models.tables.people import Factor, Service
from models.tables.postmortem import ArchiveEntry
from services.archive_facets import Columns, Filters, Ids, chosen_and_counts, columns
from services.archive_query import Question, question
from services.unit_of_work import Work, reading

__all__ = ["Filters", "PAGE", "RANKED", "ArchivePage", "put_into_archive", "search_archive"]

Pieces = tuple[tuple[str, bool], ...]
PAGE = 20
RANKED = 5_000  # above, the newest are ranked and the page says so
_MATCHING = "SELECT group_concat(rowid) FROM archive_index WHERE archive_index MATCH ?"
_BEST = """SELECT rowid FROM archive_index WHERE archive_index MATCH ? AND rowid >= ? {among}
    ORDER BY bm25(archive_index, 10, 4, 1) LIMIT ? OFFSET ?"""
_AMONG = "AND +rowid IN (SELECT value FROM json_each(?))"
# The + keeps SQLite from searching once for each key, which is slow where a prefix is asked for.
_EXCERPTS = """SELECT rowid, snippet(archive_index, -1, char(2), char(3), '…', 28)
    FROM archive_index WHERE archive_index MATCH ? AND rowid BETWEEN ? AND ?
    AND +rowid IN (SELECT value FROM json_each(?))"""
_BEGIN, _END = "\x02", "\x03"  # cannot be in the text: clean() takes them out


@dataclass(frozen=True)
class Choice:
    """Something to filter by, and how many of the found have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class FoundPostmortem:
    """A line of the result. `excerpt` is pieces of its text in order, each with whether it is
    one of the words looked for; plain user text, empty where there is none to show."""

    postmortem_id: str
    title: str
    severity: Severity | None
    published_at: datetime
    services: tuple[str, ...]
    factors: tuple[str, ...]
    excerpt: Pieces


@dataclass(frozen=True)
class ArchivePage:
    """One page of what was found. `total` counts all of it, `ranked` what was put in order by
    relevance (the newest, when less than the total). `widened` when no post-mortem holds the
    words as typed and those that begin with them are shown. `left_out` counts terms of the
    search beyond what is looked for at once."""

    found: tuple[FoundPostmortem, ...]
    total: int
    ranked: int
    pages: int
    severities: tuple[Choice, ...]
    years: tuple[Choice, ...]
    services: tuple[Choice, ...]
    factors: tuple[Choice, ...]
    widened: bool
    left_out: int


def search_archive(
    who: Who, text: str = "", filters: Filters | None = None, *, page: int = 1
) -> ArchivePage:
    """Published post-mortems with the words of `text`, best first; the newest first without
    words. PAGE a page, counted from 1; a page beyond the last is empty. No text is an error."""
    asked = question(text)
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        connection = work.session.connection()
        ours = columns(connection)
        matching = _matching(connection, ours, asked)
        widened = False
        if not len(matching) and asked.wanted:
            wider = question(text, widen=True)
            matching = _matching(connection, ours, wider)
            widened = bool(len(matching))
            asked = wider if widened else asked
        chosen, counts = chosen_and_counts(ours, ours.mask(matching), filters or Filters())
        keys = ours.by_age[chosen[ours.by_age]]
        rankable = _newest_added(keys) if asked.wanted else keys
        start = (max(page, 1) - 1) * PAGE
        if asked.wanted:
            narrowed = len(keys) < len(matching)
            best = _best(connection, asked, rankable, narrowed, start)
        else:
            best = [int(key) for key in rankable[start : start + PAGE]]
        names = _names(work)
        return ArchivePage(
            found=_read(work, asked, best, names),
            total=len(keys),
            ranked=len(rankable),
            pages=-(-len(rankable) // PAGE),
            severities=_choices(counts["severity"], {s.value: s.value for s in Severity}),
            years=_choices(counts["year"], {y: y for y in counts["year"]})[::-1],
            services=_choices(counts["s"], names),
            factors=_choices(counts["f"], names),
            widened=widened,
            left_out=asked.left_out,
        )


def _matching(connection: Connection, ours: Columns, asked: Question) -> Ids:
    """The keys of all entries that match."""
    if asked.is_empty:
        return ours.by_age
    if not asked.wanted:
        return np.setdiff1d(ours.by_age, _keys(connection, asked.unwanted), assume_unique=True)
    return _keys(connection, _match(asked))


def _match(asked: Question) -> str:
    return f"({asked.wanted}) NOT ({asked.unwanted})" if asked.unwanted else asked.wanted


def _keys(connection: Connection, match: str) -> Ids:
    joined = connection.exec_driver_sql(_MATCHING, (match,)).scalar() or ""
    return np.fromstring(joined, np.int64, sep=",")


def _newest_added(keys: Ids) -> Ids:
    return keys if len(keys) <= RANKED else np.partition(keys, -RANKED)[-RANKED:]


def _best(
    connection: Connection, asked: Question, keys: Ids, narrowed: bool, start: int
) -> list[int]:
    """The keys of the page that begins at `start`, the best first; `narrowed` when not all that
    match may come."""
    if not len(keys):
        return []
    among = (f"[{','.join(map(str, keys.tolist()))}]",) if narrowed else ()
    query = _BEST.format(among=_AMONG if narrowed else "")
    values = (_match(asked), int(keys.min()), *among, PAGE, start)
    return list(connection.exec_driver_sql(query, values).scalars())


def _read(
    work: Work, asked: Question, best: Sequence[int], names: dict[str, str]
) -> tuple[FoundPostmortem, ...]:
    e = ArchiveEntry
    wanted = (e.id, e.postmortem_id, e.title, e.severity, e.published_at, e.facets, e.summary)
    rows = work.session.exec(
        select(*wanted).where(col(e.id).in_(best))  # type: ignore[call-overload]
    )
    by_key = {row[0]: row for row in rows}
    excerpts = _excerpts(work.session.connection(), asked, best)
    return tuple(
        FoundPostmortem(
            postmortem_id=row[1],
            title=row[2],
            severity=Severity(row[3]) if row[3] else None,
            published_at=row[4],
            services=_named(row[5], "s:", names),
            factors=_named(row[5], "f:", names),
            excerpt=_not_title(excerpts.get(row[0], ()), row[2]) or _pieces(_beginning(row[6])),
        )
        for row in (by_key[key] for key in best if key in by_key)
    )


def _excerpts(connection: Connection, asked: Question, best: Sequence[int]) -> dict[int, Pieces]:
    if not asked.wanted or not best:
        return {}
    values = (asked.wanted, min(best), max(best), f"[{','.join(map(str, best))}]")
    rows = connection.exec_driver_sql(_EXCERPTS, values)
    return {key: _pieces(excerpt) for key, excerpt in rows}


def _pieces(excerpt: str) -> Pieces:
    """Paragraphs without a word (a rule, the frame of a table) tell nothing and are left out."""
    lines = (line.strip() for line in excerpt.split("\n"))
    first, *rest = "\n".join(x for x in lines if re.search(r"\w", x)).split(_BEGIN)
    pieces = [(first, False)]
    for part in rest:
        word, _, after = part.partition(_END)
        pieces += [(word, True), (after, False)]
    return tuple((text, is_word) for text, is_word in pieces if text)


def _not_title(excerpt: Pieces, title: str) -> Pieces:
    """The excerpt, unless it only says the title again, which stands above it."""
    return () if "".join(text for text, _ in excerpt) == title else excerpt


def _beginning(summary: str, length: int = 240) -> str:
    """The summary, cut after a whole word."""
    if len(summary) <= length:
        return summary
    return f"{summary[:length].rsplit(maxsplit=1)[0]} …"


def _names(work: Work) -> dict[str, str]:
    """The names of services and factors as they are called today, by id."""
    rows = work.session.exec(select(Service.id, Service.name)).all()
    return dict([*rows, *work.session.exec(select(Factor.id, Factor.name)).all()])


def _named(facets: str, kind: str, names: dict[str, str]) -> tuple[str, ...]:
    ids = (word.removeprefix(kind) for word in facets.split() if word.startswith(kind))
    return tuple(sorted((names[i] for i in ids if i in names), key=str.casefold))


def _choices(counts: dict[str, int], names: dict[str, str]) -> tuple[Choice, ...]:
    known = [Choice(value, names[value], n) for value, n in counts.items() if value in names]
    return tuple(sorted(known, key=lambda choice: choice.name.casefold()))


def put_into_archive(work: Work, record: PostmortemRecord) -> None:
    """Makes the newest published revision findable, in the same transaction that publishes it."""
    if record.publication is None:
        raise ValueError("only a published post-mortem stands in the archive")
    older = work.session.exec(
        select(ArchiveEntry).where(ArchiveEntry.postmortem_id == record.id)
    ).first()
    if older is not None:
        work.session.delete(older)
        work.session.flush()
    work.add(
        ArchiveEntry(
            postmortem_id=record.id,
            severity=record.severity or "",
            published_at=record.publication.at,
            facets=_facets(work, record),
            title=record.title,
            summary=record.summary,
            body=body_text(record),
        )
    )


def _facets(work: Work, record: PostmortemRecord) -> str:
    services = {name.casefold() for i in record.incidents for name in i.services}
    factors = {name.casefold() for name in record.all_factors}
    service_ids = work.session.exec(
        select(Service.id).where(col(Service.name_key).in_(services)).order_by(Service.id)
    )
    factor_ids = work.session.exec(
        select(Factor.id).where(col(Factor.name_key).in_(factors)).order_by(Factor.id)
    )
    return " ".join([*(f"s:{i}" for i in service_ids), *(f"f:{i}" for i in factor_ids)])


def body_text(record: PostmortemRecord) -> str:
    """Everything that is written in it beside title and summary, a paragraph each."""
    parts = [i.title for i in record.incidents] + [i.summary for i in record.incidents]
    parts += [s for i in record.incidents for s in i.services]
    parts += [e.text for e in record.events if not e.is_noise]
    parts += [i.text for i in record.impacts]
    parts += [why.text for root in record.whys for _, why in root.walk()]
    parts += [*record.all_factors, *(x.text for x in record.lessons)]
    parts += [a.text for a in record.actions] + [record.no_actions_reason]
    return "\n".join(part for part in parts if part)
