"""The tickets of actions in the trackers of the team."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from models.rules.tickets.places import Tracker
from models.rules.tickets.states import PushState, Stage
from models.tables.base import Row, UTCTime, Word


class TicketPush(Row, table=True):
    """That an action was sent to a tracker; noted before it is sent. There is no foreign key: the
    ticket stays when the action was taken out of a draft.

    `claimed_at` is when whoever is at it began, `tried_at` when the tracker was last asked to make
    the ticket. `ref` is how its API calls the ticket and `name` how people do; `said` is the status
    in its own words.
    """

    __tablename__ = "ticket_push"
    action_id: str = Field(primary_key=True)
    tracker: Tracker = Field(primary_key=True, sa_type=Word(Tracker))
    state: PushState = Field(sa_type=Word(PushState))
    by_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    claimed_at: datetime = Field(sa_type=UTCTime)
    tried_at: datetime = Field(sa_type=UTCTime)
    problem: str = ""
    ref: str = ""
    name: str = ""
    url: str = ""
    stage: Stage | None = Field(default=None, sa_type=Word(Stage))
    said: str = ""
    read_at: datetime | None = Field(default=None, sa_type=UTCTime)
