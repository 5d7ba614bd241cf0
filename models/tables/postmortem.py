"""The post-mortem and everything that is written in it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.rules.vocabulary import (
    ActionStatus,
    ActionType,
    ImpactKind,
    LessonKind,
    PostmortemStatus,
    Priority,
)
from models.tables.base import Row, UTCTime, Word, new_id


class Postmortem(Row, table=True):
    """`changes` goes up with every change of the draft, its timelines and actions, so that the
    screens of others can be told (services/unit_of_work.py)."""

    __tablename__ = "postmortem"
    id: str = Field(default_factory=new_id, primary_key=True)
    title: str
    status: PostmortemStatus = Field(
        default=PostmortemStatus.DRAFT, sa_type=Word(PostmortemStatus), index=True
    )
    owner_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    facilitator_id: str | None = Field(default=None, foreign_key="person.id")
    meeting_at: datetime | None = Field(default=None, sa_type=UTCTime)
    due_at: datetime | None = Field(default=None, sa_type=UTCTime)
    summary: str = ""
    no_actions_reason: str = ""
    source_key: str | None = Field(default=None, unique=True)
    created_at: datetime = Field(sa_type=UTCTime, index=True)
    published_at: datetime | None = Field(default=None, sa_type=UTCTime, index=True)
    changes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Participant(Row, table=True):
    """Who takes part, with their role in the incident. `person_id` when Hotwash knows them."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("postmortem_id", "name"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    name: str
    role: str = "responder"
    person_id: str | None = Field(default=None, foreign_key="person.id")


class Impact(Row, table=True):
    __tablename__ = "impact"
    __table_args__ = (UniqueConstraint("postmortem_id", "kind"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    kind: ImpactKind = Field(sa_type=Word(ImpactKind))
    text: str = ""
    is_estimated: bool = False


class Why(Row, table=True):
    """A node of the why-tree; a root has no parent and says what happened."""

    __tablename__ = "why"
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    parent_id: str | None = Field(default=None, foreign_key="why.id", index=True)
    text: str
    position: int = 0


class WhyEvent(Row, table=True):
    __tablename__ = "why_event"
    why_id: str = Field(foreign_key="why.id", primary_key=True)
    event_id: str = Field(foreign_key="timeline_event.id", primary_key=True, index=True)


class FactorTag(Row, table=True):
    """A contributing factor, tagged on one why or (why_id null) on the whole post-mortem."""

    __tablename__ = "factor_tag"
    __table_args__ = (UniqueConstraint("postmortem_id", "why_id", "factor_id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    why_id: str | None = Field(default=None, foreign_key="why.id", index=True)
    factor_id: str = Field(foreign_key="factor.id", index=True)


class Lesson(Row, table=True):
    __tablename__ = "lesson"
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    kind: LessonKind = Field(sa_type=Word(LessonKind))
    text: str
    position: int = 0


class ActionItem(Row, table=True):
    """`reason` says why it was declined, or what proves that it was done. Nobody is reminded of it
    before `snoozed_until`."""

    __tablename__ = "action_item"
    __table_args__ = (Index("ix_action_item_open", "status", "due_on"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str | None = Field(default=None, foreign_key="postmortem.id", index=True)
    text: str
    owner_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    due_on: date | None = None
    priority: Priority = Field(default=Priority.MEDIUM, sa_type=Word(Priority))
    type: ActionType = Field(default=ActionType.PREVENT, sa_type=Word(ActionType))
    status: ActionStatus = Field(default=ActionStatus.PROPOSED, sa_type=Word(ActionStatus))
    factor_id: str | None = Field(default=None, foreign_key="factor.id", index=True)
    tracker_url: str = ""
    reason: str = ""
    position: int = 0
    created_at: datetime = Field(sa_type=UTCTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCTime)
    snoozed_until: date | None = None
    snooze_reason: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Review(Row, table=True):
    """A reviewer asked to read. `signed_hash` is the hash of the words they signed."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("postmortem_id", "person_id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    asked_at: datetime = Field(sa_type=UTCTime)
    signed_at: datetime | None = Field(default=None, sa_type=UTCTime)
    signed_hash: str = ""
    comment: str = ""


class KeptWording(Row, table=True):
    """A finding of the blame-aware reading that somebody chose to keep as it is."""

    __tablename__ = "kept_wording"
    __table_args__ = (UniqueConstraint("postmortem_id", "rule", "sentence"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    rule: str
    sentence: str
    by_id: str | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UTCTime)


class Transition(Row, table=True):
    __tablename__ = "transition"
    id: int | None = Field(default=None, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    from_status: PostmortemStatus = Field(sa_type=Word(PostmortemStatus))
    to_status: PostmortemStatus = Field(sa_type=Word(PostmortemStatus))
    reason: str = ""
    at: datetime = Field(sa_type=UTCTime)
    by_id: str | None = Field(default=None, foreign_key="person.id")


class Revision(Row, table=True):
    """The words of a post-mortem as they were published, frozen as the JSON of its record."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("postmortem_id", "number"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    number: int
    content: str
    content_hash: str
    published_at: datetime = Field(sa_type=UTCTime)
    published_by_id: str | None = Field(default=None, foreign_key="person.id")


class ArchiveEntry(Row, table=True):
    """What full-text search reads: the newest published revision of a post-mortem as plain text.

    The integer key is what the search index points at; it must survive a VACUUM. A new revision
    takes the place of the old one under a new key, never used before: the highest key tells
    whether anything changed, and the order of keys is the order of publishing. `facets` holds
    what one can filter by as words, `s:` and the id of a service, `f:` and that of a factor.
    """

    __tablename__ = "archive_entry"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 (SQLAlchemy wants a dict)
    id: int | None = Field(default=None, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", unique=True)
    severity: str = ""
    published_at: datetime = Field(sa_type=UTCTime, index=True)
    facets: str = ""
    title: str
    summary: str
    body: str  # the long one comes last: SQLite reads the others without it


class ArchiveWord(Row, table=True):
    """A word of letters that stands in the archive, in small letters, and in how many entries.
    A word that no entry holds any more stays, with 0. Keys only grow: the highest tells whether
    there are new words."""

    __tablename__ = "archive_word"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 (SQLAlchemy wants a dict)
    id: int | None = Field(default=None, primary_key=True)
    word: str = Field(unique=True)
    entries: int
