"""Comments on a post-mortem, and corrections that somebody proposes for its timeline.

What they are about is named, not linked: they stay when an event, a why or a lesson is removed.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from models.rules.discussion import ProposalState
from models.rules.vocabulary import EventKind
from models.tables.base import Row, UTCTime, Word, new_id


class Comment(Row, table=True):
    """`part` is a word of models/rules/discussion.py, and `about` what stood there then. A reply
    has a `root_id`; only roots are resolved. `position` is the order of writing: several may come
    within the second that times are kept to."""

    __tablename__ = "comment"
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    part: str
    about: str = ""
    root_id: str | None = Field(default=None, foreign_key="comment.id", index=True)
    author_id: str = Field(foreign_key="person.id")
    text: str
    position: int
    at: datetime = Field(sa_type=UTCTime)
    edited_at: datetime | None = Field(default=None, sa_type=UTCTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UTCTime)
    resolved_by_id: str | None = Field(default=None, foreign_key="person.id")


class Proposal(Row, table=True):
    """A line of a timeline as somebody thinks it was. `event_id` is None for a line that is
    missing; otherwise `was_…` is what stood there when it was proposed."""

    __tablename__ = "proposal"
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    incident_id: str = Field(foreign_key="incident.id", index=True)
    event_id: str | None = None
    at: datetime = Field(sa_type=UTCTime)
    text: str
    kind: EventKind = Field(sa_type=Word(EventKind))
    was_at: datetime | None = Field(default=None, sa_type=UTCTime)
    was_text: str = ""
    was_kind: EventKind | None = Field(default=None, sa_type=Word(EventKind))
    by_id: str = Field(foreign_key="person.id")
    proposed_at: datetime = Field(sa_type=UTCTime)
    state: ProposalState = Field(default=ProposalState.OPEN, sa_type=Word(ProposalState))
    word: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UTCTime)
    decided_by_id: str | None = Field(default=None, foreign_key="person.id")
