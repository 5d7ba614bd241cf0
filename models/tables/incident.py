"""Incidents, their clocks, their timeline and the evidence for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.rules.vocabulary import EventKind, IncidentKind, Precision, Severity, Source
from models.tables.base import Row, UTCTime, Word, new_id


class ClockFields(Row):
    """Seven moments, each unknown, measured or estimated; named after vocabulary.Clock."""

    impact_began_at: datetime | None = Field(default=None, sa_type=UTCTime)
    impact_began_estimated: bool = False
    detected_at: datetime | None = Field(default=None, sa_type=UTCTime)
    detected_estimated: bool = False
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTCTime)
    acknowledged_estimated: bool = False
    declared_at: datetime | None = Field(default=None, sa_type=UTCTime)
    declared_estimated: bool = False
    mitigated_at: datetime | None = Field(default=None, sa_type=UTCTime)
    mitigated_estimated: bool = False
    resolved_at: datetime | None = Field(default=None, sa_type=UTCTime)
    resolved_estimated: bool = False
    closed_at: datetime | None = Field(default=None, sa_type=UTCTime)
    closed_estimated: bool = False


class Incident(ClockFields, table=True):
    """`began_at` is the earliest thing known of it and only serves to sort lists."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_list", "began_at", "id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    title: str
    summary: str = ""
    kind: IncidentKind = Field(default=IncidentKind.INCIDENT, sa_type=Word(IncidentKind))
    severity: Severity | None = Field(default=None, sa_type=Word(Severity))
    severity_path: str = "[]"
    began_at: datetime = Field(sa_type=UTCTime)
    postmortem_id: str | None = Field(default=None, foreign_key="postmortem.id", index=True)
    duplicate_of_id: str | None = Field(default=None, foreign_key="incident.id", index=True)
    part_of_id: str | None = Field(default=None, foreign_key="incident.id", index=True)
    source: Source = Field(default=Source.HAND, sa_type=Word(Source))
    source_key: str | None = Field(default=None, unique=True)
    source_url: str = ""
    created_at: datetime = Field(sa_type=UTCTime)
    created_by_id: str | None = Field(default=None, foreign_key="person.id")


class IncidentService(Row, table=True):
    __tablename__ = "incident_service"
    incident_id: str = Field(foreign_key="incident.id", primary_key=True)
    service_id: str = Field(foreign_key="service.id", primary_key=True, index=True)


class IncidentParticipant(Row, table=True):
    """Somebody the source names; a name, not an account."""

    __tablename__ = "incident_participant"
    __table_args__ = (UniqueConstraint("incident_id", "name"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    incident_id: str = Field(foreign_key="incident.id", index=True)
    name: str
    role: str = "responder"


class SeverityChange(Row, table=True):
    __tablename__ = "severity_change"
    id: str = Field(default_factory=new_id, primary_key=True)
    incident_id: str = Field(foreign_key="incident.id", index=True)
    from_severity: Severity | None = Field(default=None, sa_type=Word(Severity))
    to_severity: Severity | None = Field(default=None, sa_type=Word(Severity))
    reason: str = ""
    path: str = "[]"
    at: datetime = Field(sa_type=UTCTime)
    by_id: str | None = Field(default=None, foreign_key="person.id")


class TimelineEvent(Row, table=True):
    """`position` keeps the source's order among events of the same moment. A removed event keeps
    its row, its evidence and its links, so that undo brings all of it back."""

    __tablename__ = "timeline_event"
    __table_args__ = (Index("ix_timeline_event_order", "incident_id", "at", "position"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    incident_id: str = Field(foreign_key="incident.id")
    at: datetime = Field(sa_type=UTCTime)
    until: datetime | None = Field(default=None, sa_type=UTCTime)
    precision: Precision = Field(default=Precision.MINUTE, sa_type=Word(Precision))
    kind: EventKind = Field(default=EventKind.NOTE, sa_type=Word(EventKind))
    text: str
    author: str = ""
    line: int | None = None
    position: int = 0
    source: Source = Field(default=Source.HAND, sa_type=Word(Source))
    source_text: str = ""
    zone: str = ""
    is_noise: bool = False
    is_removed: bool = False


class StoredFile(Row, table=True):
    """A file kept with an event. Images are re-encoded before they are stored."""

    __tablename__ = "stored_file"
    id: str = Field(default_factory=new_id, primary_key=True)
    media_type: str
    sha256: str
    content: bytes


class Evidence(Row, table=True):
    """A link (`url`) or a file (`file_id`) that shows what an event states."""

    __tablename__ = "evidence"
    id: str = Field(default_factory=new_id, primary_key=True)
    event_id: str = Field(foreign_key="timeline_event.id", index=True)
    title: str
    url: str | None = None
    file_id: str | None = Field(default=None, foreign_key="stored_file.id")
    position: int = 0


class TimelineChange(Row, table=True):
    """One undoable edit of a timeline: the rows it touched, before and after, as JSON."""

    __tablename__ = "timeline_change"
    id: int | None = Field(default=None, primary_key=True)
    incident_id: str = Field(foreign_key="incident.id", index=True)
    what: str
    before: str
    after: str
    at: datetime = Field(sa_type=UTCTime)
    by_id: str | None = Field(default=None, foreign_key="person.id")
    is_undone: bool = False
