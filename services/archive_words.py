"""The words of the archive: how many entries hold each, and which of them somebody may have meant.

What one can misspell is kept as a table of its own, not read from the search index: the index
holds stems ("configur"), which nobody would recognise as the word that is shown instead.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, bindparam, func, update
from sqlmodel import col, select

from models.rules.near_words import allowed_distance, nearest, plain_words, without_marks
from models.tables.postmortem import ArchiveEntry, ArchiveWord
from services.unit_of_work import Work

AT_ONCE = 500  # SQLite takes a limited number of variables
LOOKED_AT = 1_000  # words compared letter by letter, those with the same letters first
JUDGED = 50  # near words of which is asked in how many entries they stand


def words_of(entry: ArchiveEntry) -> set[str]:
    """The words that can be mistyped, each once."""
    return set(plain_words("\n".join((entry.title, entry.summary, entry.body))))


def entries_holding(work: Work, words: Collection[str]) -> dict[str, int]:
    """In how many entries each of these words stands; words that stand in none are left out."""
    ordered = sorted(words)
    found: dict[str, int] = {}
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        rows = work.session.exec(
            select(ArchiveWord.word, ArchiveWord.entries).where(
                col(ArchiveWord.word).in_(part), ArchiveWord.entries > 0
            )
        )
        found.update(rows.all())
    return found


def count_words(work: Work, gone: Collection[str], new: Collection[str]) -> None:
    """Notes that one entry lost the words `gone` and got `new`."""
    less, more = set(gone) - set(new), set(new) - set(gone)
    known = _known(work, less | more)
    for word in more - known:
        work.session.add(ArchiveWord(word=word, entries=1))
    changed = [{"its_word": word, "change": -1} for word in sorted(less & known)]
    changed += [{"its_word": word, "change": 1} for word in sorted(more & known)]
    if changed:
        table = ArchiveWord.__table__  # type: ignore[attr-defined]
        work.session.connection().execute(
            update(table)
            .where(table.c.word == bindparam("its_word"))
            .values(entries=table.c.entries + bindparam("change")),
            changed,
        )


def _known(work: Work, words: Collection[str]) -> set[str]:
    ordered = sorted(words)
    known: set[str] = set()
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        query = select(ArchiveWord.word).where(col(ArchiveWord.word).in_(part))
        known.update(work.session.exec(query))
    return known


@dataclass(frozen=True)
class _Vocabulary:
    """The words of one database: which letters each has, as bits, and how long it is."""

    newest_id: int = 0
    words: tuple[str, ...] = ()
    letters: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    lengths: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16))

    def and_(self, newest_id: int, words: Iterable[str]) -> _Vocabulary:
        more = tuple(words)
        plain = [without_marks(word) for word in more]
        return _Vocabulary(
            newest_id,
            self.words + more,
            np.concatenate([self.letters, np.array([_bits(w) for w in plain], np.uint64)]),
            np.concatenate([self.lengths, np.array([len(w) for w in plain], np.int16)]),
        )

    def like(self, word: str) -> list[str]:
        """The words that may be near: of nearly the same length, and nearly the same letters."""
        limit = allowed_distance(word)
        apart = np.bitwise_count(self.letters ^ np.uint64(_bits(word)))
        near = (np.abs(self.lengths - len(word)) <= limit) & (apart <= 2 * limit)
        found = np.flatnonzero(near)
        closest = found[np.argsort(apart[found], kind="stable")][:LOOKED_AT]
        return [self.words[place] for place in closest]


def _bits(word: str) -> int:
    """A bit for each letter that is in the word; letters of all scripts share the 64."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 64)
    return bits


_LOCK = threading.Lock()
_WORDS: WeakKeyDictionary[Engine, _Vocabulary] = WeakKeyDictionary()


def _words(work: Work) -> _Vocabulary:
    """The words of the database of this work, brought up to date."""
    connection: Connection = work.session.connection()
    with _LOCK:
        ours = _WORDS.get(connection.engine, _Vocabulary())
        newest = work.session.exec(select(func.max(ArchiveWord.id))).one() or 0
        if newest > ours.newest_id:
            rows = work.session.exec(
                select(ArchiveWord.word)
                .where(col(ArchiveWord.id) > ours.newest_id)
                .order_by(col(ArchiveWord.id))
            )
            ours = _WORDS[connection.engine] = ours.and_(newest, rows)
        return ours


def nearest_words(work: Work, typed: str) -> list[str]:
    """Words of the archive that `typed` may have been meant to be: the nearest first, and among
    equally near ones those that stand in more entries."""
    word = without_marks(typed.lower())
    if not allowed_distance(word):
        return []
    near = nearest(word, _words(work).like(word))[:JUDGED]
    held = entries_holding(work, [w for _, w in near])
    return [w for _, w in sorted(((d, -held[w]), w) for d, w in near if w in held)]
