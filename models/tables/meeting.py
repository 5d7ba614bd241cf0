"""Review meetings: who was there, cards, votes, the survey.

Anonymous cards keep nothing that leads to a person: no author, no time, a random id. Cards lie in
the order of their ids (WITHOUT ROWID), because a row number would tell the order of writing, which
the times of those who came and went could be held against.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from models.rules.meeting.agenda import PartKind
from models.rules.meeting.survey import Answer, SurveyQuestion
from models.rules.vocabulary import LessonKind
from models.tables.base import Row, UTCTime, Word, new_id


class Meeting(Row, table=True):
    """`part` is the number of the part of the agenda that is due; its clock runs since
    `running_since`, None while it stands. Cards are their writers' alone until `revealed_at`,
    votes until `votes_shown_at`. `record` is what an ended meeting leaves behind, as JSON; one
    that was brought in has nothing else. One that ended without a start was called off."""

    __tablename__ = "meeting"
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    facilitator_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    join_code: str | None = Field(default=None, unique=True)
    is_anonymous: bool = False
    revision: int = 0
    part: int = 0
    running_since: datetime | None = Field(default=None, sa_type=UTCTime)
    created_at: datetime = Field(sa_type=UTCTime)
    started_at: datetime | None = Field(default=None, sa_type=UTCTime)
    revealed_at: datetime | None = Field(default=None, sa_type=UTCTime)
    votes_shown_at: datetime | None = Field(default=None, sa_type=UTCTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCTime)
    record: str = ""


class MeetingPart(Row, table=True):
    """A time box of `minutes`, and the seconds spent in it so far, while its clock stood last."""

    __tablename__ = "meeting_part"
    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    number: int = Field(primary_key=True)
    kind: PartKind = Field(sa_type=Word(PartKind))
    minutes: int
    seconds: int = 0


class Attendance(Row, table=True):
    """Somebody who came. `has_answered` the survey: that, and never what."""

    __tablename__ = "attendance"
    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True, index=True)
    joined_at: datetime = Field(sa_type=UTCTime)
    left_at: datetime | None = Field(default=None, sa_type=UTCTime)
    has_answered: bool = False


class CardGroup(Row, table=True):
    """Cards that say the same; made when the cards are revealed, one for each card, in an order
    that was shuffled. A lesson that was made from it has its id."""

    __tablename__ = "card_group"
    id: str = Field(default_factory=new_id, primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    position: int
    title: str = ""


class Card(Row, table=True):
    """`person_id` is who wrote it, None in an anonymous meeting. There its writer knows it by a
    secret of their browser tab: `key` is the hash of that secret and of the card's id, so that two
    cards of one writer have nothing in common, and it goes when the cards are revealed."""

    __tablename__ = "card"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 (SQLAlchemy wants a dict)
    id: str = Field(default_factory=new_id, primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    kind: LessonKind = Field(sa_type=Word(LessonKind))
    text: str
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    key: str = ""
    group_id: str | None = Field(default=None, foreign_key="card_group.id", index=True)


class CardVote(Row, table=True):
    __tablename__ = "card_vote"
    group_id: str = Field(foreign_key="card_group.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True, index=True)


class SurveyCount(Row, table=True):
    """How many people gave an answer: counts, so that no row stands for a person."""

    __tablename__ = "survey_count"
    meeting_id: str = Field(foreign_key="meeting.id", primary_key=True)
    question: SurveyQuestion = Field(sa_type=Word(SurveyQuestion), primary_key=True)
    answer: Answer = Field(sa_type=Word(Answer), primary_key=True)
    people: int = 0
