"""The archive: every published post-mortem, found by its words.

Fast because each step is done once and on as little as possible: the index gives the keys of all
that match, numpy counts and filters them, only the newest RANKED are ranked, and only the
post-mortems of one page are read and excerpted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from sqlalchemy import Connection
from sqlmodel import col

from models.rules.policy import Thing, Verb, Who
from models.rules.vocabulary import Severity
from models.tables.postmortem import ArchiveEntry
from services.archive_facets import Columns, Filters, Ids, Teams, chosen_and_counts, columns
from services.archive_query import Question, question, read_otherwise, wanted_words
from services.archive_words import AT_ONCE, nearest_words
from services.unit_of_work import Work, pick, reading

__all__ = ["Filters", "PAGE", "RANKED", "ArchivePage", "search_archive"]

Pieces = tuple[tuple[str, bool], ...]
PAGE = 20
RANKED = 5_000  # above, the newest are ranked and the page says so
MISTYPED = 8  # words of a search of which is asked whether they are typing mistakes
_MATCHING = "SELECT group_concat(rowid) FROM archive_index WHERE archive_index MATCH ?"
_BEST = """SELECT rowid FROM archive_index WHERE archive_index MATCH ? AND rowid >= ? {among}
    ORDER BY bm25(archive_index, 10, 4, 1) LIMIT ? OFFSET ?"""
_ANY = "SELECT 1 FROM archive_index WHERE archive_index MATCH ? LIMIT 1"
_AMONG = "AND +rowid IN (SELECT value FROM json_each(?))"
# The + keeps SQLite from searching once for each key, which is slow where a prefix is asked for.
_EXCERPTS = """SELECT rowid, snippet(archive_index, -1, char(2), char(3), '…', 28)
    FROM archive_index WHERE archive_index MATCH ? AND rowid BETWEEN ? AND ?
    AND +rowid IN (SELECT value FROM json_each(?))"""
_LISTS = """SELECT id, name, team_id FROM service UNION ALL SELECT id, name, NULL FROM factor
    UNION ALL SELECT id, name, NULL FROM team"""
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
    words as typed and those that begin with them are shown. `meant` are the words that nothing in
    the archive begins with, each with the word that was looked for instead. `left_out` counts
    terms of the search beyond what is looked for at once. `by_match` when the best match comes
    first, else the newest does. `read_otherwise` has a sentence, in plain user text, for each
    star or quote that was not read as one."""

    found: tuple[FoundPostmortem, ...]
    total: int
    ranked: int
    pages: int
    severities: tuple[Choice, ...]
    years: tuple[Choice, ...]
    services: tuple[Choice, ...]
    factors: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    widened: bool
    meant: tuple[tuple[str, str], ...]
    left_out: int
    by_match: bool
    read_otherwise: tuple[str, ...]


def search_archive(
    who: Who,
    text: str = "",
    filters: Filters | None = None,
    *,
    page: int | None = 1,
    exact: bool = False,
) -> ArchivePage:
    """Published post-mortems with the words of `text`, best first; the newest first without
    words. PAGE a page, counted from 1; a page beyond the last is empty, and None is everything on
    one. Where nothing has the words, those that begin so are found, then those that are nearly
    spelt so, unless `exact`. No text is an error."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        connection = work.session.connection()
        names, teams = _lists(connection)
        ours = columns(connection, teams)
        understood = _understood(work, ours, text, exact)
        asked, matching = understood.asked, understood.matching
        chosen, counts = chosen_and_counts(ours, ours.mask(matching), filters or Filters())
        keys = ours.by_age[chosen[ours.by_age]]
        rankable = _newest_added(keys) if asked.wanted and page is not None else keys
        size = PAGE if page is not None else max(len(keys), 1)
        start = (max(page or 1, 1) - 1) * size
        if asked.wanted:
            narrowed = len(keys) < len(matching)
            best = _best(connection, asked, rankable, narrowed, size, start)
        else:
            best = [int(key) for key in rankable[start : start + size]]
        return ArchivePage(
            found=_read(work, asked, best, names),
            total=len(keys),
            ranked=len(rankable),
            pages=-(-len(rankable) // size),
            severities=_choices(counts["severity"], {s.value: s.value for s in Severity}),
            years=_choices(counts["year"], {y: y for y in counts["year"]})[::-1],
            services=_choices(counts["s"], names),
            factors=_choices(counts["f"], names),
            teams=_choices(counts["t"], names),
            widened=understood.widened,
            meant=tuple(understood.meant.items()),
            left_out=asked.left_out,
            by_match=bool(asked.wanted),
            read_otherwise=read_otherwise(text),
        )


@dataclass(frozen=True)
class _Understood:
    """How a search was read, and the keys of all entries that match."""

    asked: Question
    matching: Ids
    widened: bool = False
    meant: Mapping[str, str] = field(default_factory=dict)


def _understood(work: Work, ours: Columns, text: str, exact: bool) -> _Understood:
    """The first reading that finds something: the words as typed, then as beginnings, then with
    mistyped words mended; the words as typed when none does."""
    connection = work.session.connection()
    asked = question(text)
    as_typed = _Understood(asked, _matching(connection, ours, asked))
    if len(as_typed.matching) or exact or not asked.wanted:
        return as_typed
    for meant in ({}, _meant(work, text)):
        for widen in (False, True):
            asked = question(text, widen=widen, meant=meant)
            if asked.wanted == as_typed.asked.wanted:
                continue
            matching = _matching(connection, ours, asked)
            if len(matching):
                return _Understood(asked, matching, widen, meant)
    return as_typed


def _meant(work: Work, text: str) -> dict[str, str]:
    """The wanted words that the archive does not have, with the nearest ones that it has."""
    meant: dict[str, str] = {}
    for word, expression in list(wanted_words(text).items())[:MISTYPED]:
        found = work.session.connection().exec_driver_sql(_ANY, (expression,)).first()
        if found is None and (near := nearest_words(work, word)):
            meant[word] = near[0]
    return meant


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
    connection: Connection, asked: Question, keys: Ids, narrowed: bool, size: int, start: int
) -> list[int]:
    """The keys of the page of `size` that begins at `start`, the best first; `narrowed` when not
    all that match may come."""
    if not len(keys):
        return []
    among = (f"[{','.join(map(str, keys.tolist()))}]",) if narrowed else ()
    query = _BEST.format(among=_AMONG if narrowed else "")
    values = (_match(asked), int(keys.min()), *among, size, start)
    return list(connection.exec_driver_sql(query, values).scalars())


def _read(
    work: Work, asked: Question, best: Sequence[int], names: dict[str, str]
) -> tuple[FoundPostmortem, ...]:
    e = ArchiveEntry
    wanted = (e.id, e.postmortem_id, e.title, e.severity, e.published_at, e.facets, e.summary)
    by_key = {
        row[0]: row
        for first in range(0, len(best), AT_ONCE)
        for row in work.session.exec(
            pick(*wanted).where(col(e.id).in_(best[first : first + AT_ONCE]))
        )
    }
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


def _lists(connection: Connection) -> tuple[dict[str, str], Teams]:
    """The names of services, factors and teams as they are called today, by id, and which team
    owns which service: in one statement, because each costs as much as counting the facets."""
    rows = connection.exec_driver_sql(_LISTS).all()
    names = {row_id: name for row_id, name, _ in rows}
    return names, frozenset((row_id, team) for row_id, _, team in rows if team)


def _named(facets: str, kind: str, names: dict[str, str]) -> tuple[str, ...]:
    ids = (word.removeprefix(kind) for word in facets.split() if word.startswith(kind))
    return tuple(sorted((names[i] for i in ids if i in names), key=str.casefold))


def _choices(counts: dict[str, int], names: dict[str, str]) -> tuple[Choice, ...]:
    known = [Choice(value, names[value], n) for value, n in counts.items() if value in names]
    return tuple(sorted(known, key=lambda choice: choice.name.casefold()))
