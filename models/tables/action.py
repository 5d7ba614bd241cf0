"""What happens to an action after it was written: its history, reminders, whether it helped."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.rules.following.helped import Helped
from models.rules.following.reminders import Kind
from models.tables.base import Row, UTCTime, Word


class ActionChange(Row, table=True):
    """One field of an action, before and after. People and factors stand in it by their id. There
    is no foreign key: the history of a proposal that was taken away stays."""

    __tablename__ = "action_change"
    __table_args__ = (Index("ix_action_change_field", "field", "action_id"),)
    id: int | None = Field(default=None, primary_key=True)
    action_id: str = Field(index=True)
    at: datetime = Field(sa_type=UTCTime)
    by_id: str | None = Field(default=None, foreign_key="person.id")
    field: str
    before: str = ""
    after: str = ""


class Reminder(Row, table=True):
    """That somebody was reminded of an action, once of each kind for a due date. `seen_at` when
    they took it off their home page."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("action_id", "kind", "due_on", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    action_id: str = Field(foreign_key="action_item.id", index=True)
    kind: Kind = Field(sa_type=Word(Kind))
    due_on: date
    person_id: str = Field(foreign_key="person.id", index=True)
    sent_at: datetime = Field(sa_type=UTCTime)
    seen_at: datetime | None = Field(default=None, sa_type=UTCTime)


class ActionOutcome(Row, table=True):
    """Whether an action that was done helped, as its owner judged weeks later."""

    __tablename__ = "action_outcome"
    action_id: str = Field(foreign_key="action_item.id", primary_key=True)
    helped: Helped = Field(sa_type=Word(Helped))
    sentence: str = ""
    at: datetime = Field(sa_type=UTCTime)
    by_id: str | None = Field(default=None, foreign_key="person.id")
