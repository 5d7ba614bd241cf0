"""Mail: the lists it goes to, the messages with what became of each, and what was sent to whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from models.rules.sending.retrying import MailState
from models.rules.vocabulary import Audience
from models.tables.base import Row, UTCTime, Word, new_id


class DistributionList(Row, table=True):
    """Addresses that a document is sent to together."""

    __tablename__ = "distribution_list"
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    purpose: str = ""


class ListMember(Row, table=True):
    """An address on a list; `address_key` is it casefolded, `name` "" where none was given."""

    __tablename__ = "list_member"
    list_id: str = Field(foreign_key="distribution_list.id", primary_key=True)
    address_key: str = Field(primary_key=True)
    address: str
    name: str = ""


class Sending(Row, table=True):
    """A published revision as the document that goes to some lists. It is prepared and looked at
    first; `sent_at` is when somebody then sent it. `again` if also to those who have it already.

    The bytes are kept rather than what they are made from: actions change their status and people
    join the redaction from day to day, and what was looked at is what every recipient gets, at
    each retry, and what the record shows later.
    """

    __tablename__ = "sending"
    id: str = Field(default_factory=new_id, primary_key=True)
    postmortem_id: str = Field(foreign_key="postmortem.id", index=True)
    revision: int
    audience: Audience = Field(sa_type=Word(Audience))
    redacted: bool
    again: bool = False
    subject: str
    text: str
    prepared_by: str = Field(foreign_key="person.id", index=True)
    prepared_at: datetime = Field(sa_type=UTCTime)
    sent_at: datetime | None = Field(default=None, sa_type=UTCTime)
    file_name: str
    media_type: str
    may_be_names: str = ""
    content: bytes = Field(sa_type=LargeBinary)  # last: SQLite reads the others without it


class SendingList(Row, table=True):
    """A list that a sending goes to, by the name it had: the list may be gone later."""

    __tablename__ = "sending_list"
    sending_id: str = Field(foreign_key="sending.id", primary_key=True)
    list_id: str = Field(primary_key=True)
    name: str


class OutboxMessage(Row, table=True):
    """One message to one address. `key` says what it is about: a second message with the same key
    is none. `claimed_at` is when the try that is under way, or the last one, began."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "state", "next_try_at"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    sending_id: str | None = Field(default=None, foreign_key="sending.id", index=True)
    address: str
    subject: str
    message_id: str
    state: MailState = Field(default=MailState.WAITING, sa_type=Word(MailState))
    tries: int = 0
    next_try_at: datetime | None = Field(default=None, sa_type=UTCTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UTCTime)
    sent_at: datetime | None = Field(default=None, sa_type=UTCTime)
    problem: str = ""
    created_at: datetime = Field(sa_type=UTCTime)
    text: str
