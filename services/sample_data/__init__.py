"""A worked example for the first visit: a ticket shop, three incidents in different stages."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.record import IncidentRecord, PostmortemRecord
from models.rules.vocabulary import Severity
from models.tables.incident import Incident, SeverityChange
from models.tables.people import Service, Team
from services.archive_entries import put_into_archive
from services.people import named, person_id_of
from services.record_in import store_incident, store_postmortem
from services.record_out import load_postmortem
from services.sample_data.story import read_story
from services.unit_of_work import Work, writing

STORIES = ("checkout", "search", "mails")

# (service, owning team, critical or not)
SERVICES = (
    ("Checkout", "Payments", True),
    ("Orders database", "Platform", True),
    ("Search", "Discovery", False),
    ("Mail delivery", "Platform", False),
)


def load_example(who: Who) -> int:
    """Adds the worked example with times counted back from now, the acting person as owner of
    its draft; returns how many incidents were added (0 when it is there already)."""
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.INCIDENT)
        new = [
            record
            for record in (read_story(name, work.now, who.name) for name in STORIES)
            if not _is_there(work, record)
        ]
        if new:
            _keep_services(work)
        for record in new:
            if isinstance(record, PostmortemRecord):
                _store_postmortem(work, record)
            else:
                work.audit("example.loaded", Thing.INCIDENT, store_incident(work, record).id)
        return len(new)


def _is_there(work: Work, record: IncidentRecord | PostmortemRecord) -> bool:
    incident = record.incidents[0] if isinstance(record, PostmortemRecord) else record
    known = select(Incident.id).where(Incident.source_key == incident.source_key)
    return work.session.exec(known).first() is not None


def _keep_services(work: Work) -> None:
    """The teams and services of the shop; what a team has set up for itself stays as it is."""
    for name, team, is_critical in SERVICES:
        service = named(work, Service, name, "service")
        if service.team_id is None:
            service.team_id = named(work, Team, team, "team").id
            service.is_critical = is_critical


def _store_postmortem(work: Work, record: PostmortemRecord) -> None:
    row = store_postmortem(work, record)
    work.audit("example.loaded", Thing.POSTMORTEM, row.id)
    if record.publication:
        row.created_at = record.transitions[0].at - timedelta(days=1)
        put_into_archive(work, load_postmortem(work, row.id))
        _raise_severity(work, row.id, record.transitions[0].by)


def _raise_severity(work: Work, postmortem_id: str, by: str) -> None:
    """The published incident was declared as SEV2 and raised seven minutes later."""
    incident = work.session.exec(
        select(Incident).where(col(Incident.postmortem_id) == postmortem_id)
    ).one()
    work.add(
        SeverityChange(
            incident_id=incident.id,
            from_severity=Severity.SEV2,
            to_severity=Severity.SEV1,
            reason="Orders are at 4 % of the usual number: a major function is degraded.",
            path=incident.severity_path,
            at=(incident.declared_at or work.now) + timedelta(minutes=7),
            by_id=person_id_of(work, by),
        )
    )
