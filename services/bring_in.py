"""Bringing files of other tools in: look first, then store, and never the same thing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from integrations import formats
from models.rules.policy import Thing, Verb, Who
from models.rules.record import IncidentRecord, PostmortemRecord, Reading, ReadOptions
from models.rules.review import due_at
from models.rules.vocabulary import Clock, Source
from models.tables.incident import Incident
from models.tables.postmortem import Postmortem
from services import clock
from services.archive import put_into_archive
from services.record_in import store_incident, store_postmortem
from services.record_out import load_postmortem
from services.settings import settings
from services.unit_of_work import Work, reading, writing


@dataclass(frozen=True)
class Known:
    """Something in the file that Hotwash has already."""

    id: str
    title: str
    source_key: str


@dataclass(frozen=True)
class Preview:
    """What a file holds, before anything is stored. `incidents` and `postmortems` are new;
    `duplicates` are there already and would not change."""

    reading: Reading
    incidents: tuple[IncidentRecord, ...]
    postmortems: tuple[PostmortemRecord, ...]
    duplicates: tuple[Known, ...]


@dataclass(frozen=True)
class BroughtIn:
    """What was stored: the preview, and the id of each new incident and post-mortem in its
    order."""

    preview: Preview
    incident_ids: tuple[str, ...]
    postmortem_ids: tuple[str, ...]


def read_options(
    *,
    name: str = "",
    zone: str | None = None,
    date: date | None = None,
    start: datetime | None = None,
    channel: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> ReadOptions:
    """The options of an importer, with the present moment and the default zone filled in."""
    return ReadOptions(
        now=clock.now(),
        name=name,
        zone=zone,
        default_zone=settings().zone,
        date=date,
        start=start,
        channel=channel,
        since=since,
        until=until,
    )


def preview(
    who: Who, data: bytes, options: ReadOptions, format: Source | None = None
) -> Preview:
    """Reads a file and says what would be stored. Raises BadFile; stores nothing."""
    found = formats.read(data, options, format)
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        return _compare(work, found)


def bring_in(
    who: Who, data: bytes, options: ReadOptions, format: Source | None = None
) -> BroughtIn:
    """Reads a file and stores what is new in it, all or nothing."""
    found = formats.read(data, options, format)
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.INCIDENT)
        compared = _compare(work, found)
        incidents = tuple(store_incident(work, record).id for record in compared.incidents)
        postmortems = tuple(_store_postmortem(work, r) for r in compared.postmortems)
        for incident_id in incidents:
            work.audit("incident.brought_in", Thing.INCIDENT, incident_id)
        for postmortem_id in postmortems:
            work.audit("postmortem.brought_in", Thing.POSTMORTEM, postmortem_id)
        return BroughtIn(compared, incidents, postmortems)


def _store_postmortem(work: Work, record: PostmortemRecord) -> str:
    row = store_postmortem(work, record)
    if row.due_at is None and not record.publication:
        over = [i.clocks[Clock.RESOLVED].at for i in record.incidents if Clock.RESOLVED in i.clocks]
        row.due_at = due_at(max(over, default=None))
    if record.publication:
        put_into_archive(work, load_postmortem(work, row.id))
    return row.id


def _compare(work: Work, found: Reading) -> Preview:
    """Tells new from known by the source's own key, and by id for our own export."""
    incidents = {r.source_key for r in found.incidents}
    postmortems = {r.source_key for r in found.postmortems}
    ids = {r.id for r in found.postmortems}
    inside = {i.source_key for r in found.postmortems for i in r.incidents}
    keys = {k for k in incidents | inside if k}
    known_incidents = _known(work, Incident, keys)
    known_postmortems = _known(work, Postmortem, {k for k in postmortems if k})
    by_id = dict(
        work.session.exec(
            select(Postmortem.id, Postmortem.title).where(col(Postmortem.id).in_(ids - {""}))
        ).all()
    )
    new_incidents, new_postmortems, duplicates = [], [], []
    for incident in _once(found.incidents):
        known = known_incidents.get(incident.source_key)
        duplicates.append(known) if known else new_incidents.append(incident)
    for record in _once(found.postmortems):
        known = known_postmortems.get(record.source_key)
        if record.id in by_id:
            known = Known(record.id, by_id[record.id], record.source_key)
        for incident in record.incidents:
            known = known or known_incidents.get(incident.source_key)
        duplicates.append(known) if known else new_postmortems.append(record)
    return Preview(found, tuple(new_incidents), tuple(new_postmortems), tuple(duplicates))


def _once(records: tuple[IncidentRecord, ...] | tuple[PostmortemRecord, ...]) -> list:  # type: ignore[type-arg]
    """The records, those with a key that came before left out."""
    seen: set[str] = set()
    kept = []
    for record in records:
        if record.source_key and record.source_key in seen:
            continue
        seen.add(record.source_key)
        kept.append(record)
    return kept


def _known(
    work: Work, table: type[Incident] | type[Postmortem], keys: set[str]
) -> dict[str, Known]:
    found: dict[str, Known] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):  # SQLite takes a limited number of variables
        rows = work.session.exec(
            select(table.source_key, table.id, table.title).where(
                col(table.source_key).in_(ordered[start : start + 500])
            )
        )
        found |= {key: Known(row_id, title, key) for key, row_id, title in rows if key}
    return found
