"""People, teams and the services they own."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from models.tables.base import Row, UTCTime, new_id


class Person(Row, table=True):
    """Somebody who can sign, publish and own. `name_key` is the name casefolded, `email` ""
    until they gave it."""

    __tablename__ = "person"
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    display_zone: str = "UTC"
    is_active: bool = True
    created_at: datetime = Field(sa_type=UTCTime)
    email: str = ""
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)


class Team(Row, table=True):
    __tablename__ = "team"
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str = Field(unique=True)


class Service(Row, table=True):
    """Something customers or colleagues depend on."""

    __tablename__ = "service"
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    is_critical: bool = False


class Factor(Row, table=True):
    """A contributing factor from the list that the team can extend."""

    __tablename__ = "factor"
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str = Field(unique=True)


class Setting(Row, table=True):
    """One choice of the team, by name; `value` is JSON."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: str


class AuditEntry(Row, table=True):
    """Who did what to which object. Ids only, never words, so that nothing must be erased."""

    __tablename__ = "audit_entry"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UTCTime)
    person_id: str | None = Field(default=None, index=True)
    action: str
    object_type: str
    object_id: str = Field(index=True)
