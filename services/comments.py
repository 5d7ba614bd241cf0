"""Comments on any part of a post-mortem, in threads that are resolved one by one.

They go on after the publication: its frozen words, its exports and sign-offs know nothing of them.
What a comment is about may be removed; the comment stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.rules.discussion import parts_of, step_of
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.rules.text import clean
from models.tables.discussion import Comment
from models.tables.people import Person
from models.tables.postmortem import Postmortem
from services.people import person_of
from services.record_out import load_postmortem
from services.unit_of_work import Work, compare_and_set, pick, reading, writing


@dataclass(frozen=True)
class CommentRow:
    """`is_own` when the acting person wrote it. `at` in UTC."""

    id: str
    author: str
    is_own: bool
    text: str
    at: datetime
    is_edited: bool


@dataclass(frozen=True)
class Thread:
    """A comment with its replies, the oldest first. `about` is what the part said then;
    `resolved_by` is "" while the thread is open."""

    id: str
    part: str
    about: str
    resolved_by: str
    comments: tuple[CommentRow, ...]

    @property
    def is_open(self) -> bool:
        return not self.resolved_by


def list_threads(who: Who, postmortem_id: str) -> tuple[Thread, ...]:
    """All threads about a post-mortem, the oldest first."""
    resolver = aliased(Person)
    c = Comment
    query = (
        pick(c.id, c.root_id, c.part, c.about, resolver.name, c.author_id, Person.name, c.text,
             c.at, c.edited_at)
        .join(Person, col(c.author_id) == col(Person.id))
        .outerjoin(resolver, col(c.resolved_by_id) == resolver.id)
        .where(c.postmortem_id == postmortem_id)
        .order_by(col(c.position), c.id)
    )  # fmt: skip
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        found = work.session.exec(query).all()
    said: dict[str, list[CommentRow]] = {}
    for comment_id, root, *_, author_id, author, text, at, edited in found:
        row = CommentRow(comment_id, author, author_id == who.person_id, text, at, bool(edited))
        said.setdefault(root or comment_id, []).append(row)
    return tuple(
        Thread(comment_id, part, about, resolved_by or "", tuple(said[comment_id]))
        for comment_id, root, part, about, resolved_by, *_ in found
        if root is None
    )


def add_comment(who: Who, postmortem_id: str, part: str, text: str, *, comment_id: str = "") -> str:
    """A comment on a part (models/rules/discussion.py); its id. `comment_id` made by the caller
    makes a retry harmless."""
    text = _text(text)
    step_of(part)
    with _discussing(who) as work:
        if work.find(Comment, comment_id):
            return comment_id
        about = parts_of(load_postmortem(work, postmortem_id)).get(part)
        if about is None:
            raise ProblemForUser(
                "What you comment on has just been removed. Choose another part; your text is "
                "still here."
            )
        row = Comment(
            postmortem_id=postmortem_id, part=part, about=about, author_id=person_of(who),
            text=text, position=0, at=work.now,
        )  # fmt: skip
        return _store(work, row, comment_id, "comment.added")


def reply(who: Who, thread_id: str, text: str, *, comment_id: str = "") -> str:
    """An answer in a thread; its id. A resolved thread is open again then."""
    text = _text(text)
    with _discussing(who) as work:
        if work.find(Comment, comment_id):
            return comment_id
        root = _root(work, thread_id)
        root.resolved_at = root.resolved_by_id = None
        row = Comment(
            postmortem_id=root.postmortem_id, part=root.part, root_id=root.id,
            author_id=person_of(who), text=text, position=0, at=work.now,
        )  # fmt: skip
        return _store(work, row, comment_id, "comment.replied")


def edit_comment(who: Who, comment_id: str, text: str, was: str) -> None:
    """Rewrites a comment of one's own. Raises NotAllowed for somebody else's."""
    text = _text(text)
    with _discussing(who) as work:
        row = work.get(Comment, comment_id, "comment")
        if row.author_id != person_of(who):
            raise NotAllowed("Only who wrote a comment can change it. Reply to it instead.")
        if compare_and_set(row, "text", text, was, words="comment"):
            row.edited_at = work.now
            work.audit("comment.changed", Thing.POSTMORTEM, row.postmortem_id)


def resolve_thread(who: Who, thread_id: str) -> None:
    """What was asked is settled; again changes nothing."""
    with _discussing(who) as work:
        row = _root(work, thread_id)
        if row.resolved_at is None:
            row.resolved_at, row.resolved_by_id = work.now, person_of(who)
            work.audit("comment.resolved", Thing.POSTMORTEM, row.postmortem_id)


def reopen_thread(who: Who, thread_id: str) -> None:
    """It was not settled after all; again changes nothing."""
    with _discussing(who) as work:
        row = _root(work, thread_id)
        if row.resolved_at is not None:
            row.resolved_at = row.resolved_by_id = None
            work.audit("comment.reopened", Thing.POSTMORTEM, row.postmortem_id)


@contextmanager
def _discussing(who: Who) -> Iterator[Work]:
    """A write to the discussion, which is never frozen."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.POSTMORTEM)
        yield work


def _store(work: Work, row: Comment, comment_id: str, action: str) -> str:
    if comment_id:
        row.id = comment_id
    work.get(Postmortem, row.postmortem_id, "post-mortem")
    last = select(func.max(Comment.position)).where(Comment.postmortem_id == row.postmortem_id)
    row.position = (work.session.exec(last).one() or 0) + 1
    work.add(row)
    work.audit(action, Thing.POSTMORTEM, row.postmortem_id)
    return row.id


def _root(work: Work, thread_id: str) -> Comment:
    row = work.get(Comment, thread_id, "comment")
    return row if row.root_id is None else work.get(Comment, row.root_id, "comment")


def _text(text: str) -> str:
    text = clean(text, field="comment")
    if not text:
        raise ProblemForUser("Write a few words first.", field="comment")
    return text
