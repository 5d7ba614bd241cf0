"""Bringing files of other tools in: look first, then store, and never the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select

from integrations import formats, incident_io
from integrations.decoding import decode
from integrations.slack_export import ChannelInfo, channels
from models.rules.lifecycle import EDITABLE
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import BadFile
from models.rules.record import IncidentRecord, PostmortemRecord, Reading, ReadOptions
from models.rules.review import due_at
from models.rules.text import clean_line
from models.rules.vocabulary import Clock, Source
from models.tables.incident import Incident
from models.tables.postmortem import Postmortem
from services import clock
from services.archive_entries import put_into_archive
from services.people import NAME
from services.readings import read_once
from services.record_in import store_incident, store_postmortem
from services.record_out import load_postmortem
from services.settings import settings
from services.unit_of_work import Work, reading, writing

AnyRecord = IncidentRecord | PostmortemRecord


@dataclass(frozen=True)
class Upload:
    """One file (or pasted text) to bring in; `format` None has it recognised. `title` is the one
    that the person wrote for the one incident in it."""

    data: bytes
    options: ReadOptions
    format: Source | None = None
    title: str = ""


@dataclass(frozen=True)
class Known:
    """Something in the file that Hotwash has already: an incident (`postmortem_id` is what it
    belongs to), or a post-mortem."""

    id: str
    title: str
    source_key: str
    is_postmortem: bool = False
    postmortem_id: str | None = None


@dataclass(frozen=True)
class Preview:
    """What a file holds, before anything is stored. `incidents` and `postmortems` are new;
    `duplicates` are there already and would not change; `repeated` are the titles of what stands
    in the file (or in an earlier one) a second time and is brought in once. `joined` are stored
    incidents, without a post-mortem so far, that a new post-mortem of the file is about: they
    get it, with the events they lack, and keep everything else."""

    reading: Reading
    incidents: tuple[IncidentRecord, ...]
    postmortems: tuple[PostmortemRecord, ...]
    duplicates: tuple[Known, ...]
    repeated: tuple[str, ...] = ()
    joined: tuple[Known, ...] = ()


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
    default_zone: str = "",
    date: date | None = None,
    start: datetime | None = None,
    channel: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    finished: bool = False,
) -> ReadOptions:
    """The options of an importer, with the present moment filled in. `zone` is for times that
    have none; without it they are read in `default_zone` (or the one of the settings), and the
    reading says so. `finished` documents come in as published."""
    return ReadOptions(
        now=clock.now(),
        name=name,
        zone=zone,
        default_zone=default_zone or settings().zone,
        date=date,
        start=start,
        channel=channel,
        since=since,
        until=until,
        finished=finished,
    )


def text_of(data: bytes) -> str:
    """The text in a file, read as the importers read theirs. Raises BadFile."""
    return decode(data)


def recognise(data: bytes, name: str) -> Source:
    """The format of a file by what is in it. Raises BadFile for none that can be read."""
    return formats.detect(data, name)


def join_files(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files of one incident.io export (name and content), which has one for each kind of
    thing, as one file to read. Raises BadFile, which names the file that does not belong."""
    return incident_io.join_files(files)


def list_formats() -> tuple[Source, ...]:
    """Every format that can be chosen when the recognised one is not meant."""
    return tuple(formats.FORMATS)


def list_channels(data: bytes) -> tuple[ChannelInfo, ...]:
    """The channels of a Slack export, to choose from. Raises BadFile."""
    return channels(data)


def preview(who: Who, data: bytes, options: ReadOptions, format: Source | None = None) -> Preview:
    """Reads a file and says what would be stored. Raises BadFile; stores nothing."""
    return preview_file(who, Upload(data, options, format))


def preview_file(who: Who, upload: Upload, after: Sequence[Preview] = ()) -> Preview:
    """As `preview`; `after` are the files that come before this one in the same go."""
    found = _read(upload)
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        return _compare(work, found, after)


def bring_in(
    who: Who, data: bytes, options: ReadOptions, format: Source | None = None
) -> BroughtIn:
    """Reads a file and stores what is new in it, all or nothing. Raises BadFile."""
    return bring_in_files(who, [Upload(data, options, format)])[0]


def bring_in_files(who: Who, uploads: Sequence[Upload]) -> tuple[BroughtIn, ...]:
    """Reads files and stores what is new in all of them, all or nothing. Raises BadFile, which
    names the file when there are several."""
    found = []
    for upload in uploads:
        try:
            found.append(_read(upload))
        except BadFile as problem:
            if len(uploads) == 1:
                raise
            name = upload.options.name or "The pasted text"
            raise BadFile(f"{name}: {problem.message}", problem.problems) from None
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.INCIDENT)
        return tuple(_store(work, each) for each in found)


def _read(upload: Upload) -> Reading:
    found = read_once(upload.data, upload.options, upload.format)
    if any(len(name) > NAME for name in _names(found)):
        said = f"Names of services and owners longer than {NAME} characters are shortened."
        found = replace(found, assumed=(*found.assumed, said))
    title = clean_line(upload.title, field="title")
    if title and len(found.incidents) == 1:
        return replace(found, incidents=(replace(found.incidents[0], title=title),))
    return found


def _names(found: Reading) -> Iterator[str]:
    """What joins the lists of the team."""
    for incident in (*found.incidents, *(i for p in found.postmortems for i in p.incidents)):
        yield from incident.services
    for postmortem in found.postmortems:
        yield from (postmortem.owner, postmortem.facilitator, *postmortem.all_factors)
        yield from (action.owner for action in postmortem.actions)


def _store(work: Work, found: Reading) -> BroughtIn:
    compared = _compare(work, found, ())
    incidents = tuple(store_incident(work, record).id for record in compared.incidents)
    stored = {known.source_key: known.id for known in compared.joined}
    postmortems = tuple(_store_postmortem(work, r, stored) for r in compared.postmortems)
    for known in compared.joined:
        work.audit("incident.joined_postmortem", Thing.INCIDENT, known.id)
    for incident_id in incidents:
        work.audit("incident.brought_in", Thing.INCIDENT, incident_id)
    for postmortem_id in postmortems:
        work.audit("postmortem.brought_in", Thing.POSTMORTEM, postmortem_id)
    return BroughtIn(compared, incidents, postmortems)


def _store_postmortem(work: Work, record: PostmortemRecord, stored: Mapping[str, str]) -> str:
    if record.publication and not record.publication.by:  # the document names nobody
        record = replace(record, publication=replace(record.publication, by=work.who.name))
    row = store_postmortem(work, record, stored)
    if row.due_at is None and row.published_at is None:
        over = [i.clocks[Clock.RESOLVED].at for i in record.incidents if Clock.RESOLVED in i.clocks]
        row.due_at = due_at(max(over, default=None))
    if row.status not in EDITABLE:
        put_into_archive(work, load_postmortem(work, row.id))
    return row.id


def _compare(work: Work, found: Reading, after: Sequence[Preview]) -> Preview:
    """Tells new from known by the source's own key, and by id for our own export."""
    known = _known(work, found)
    seen = {key for earlier in after for r in _new(earlier) for key in _keys(r)}
    incidents: list[IncidentRecord] = []
    postmortems: list[PostmortemRecord] = []
    duplicates: dict[str, Known] = {}
    repeated: list[str] = []
    joined: dict[str, Known] = {}
    records: tuple[AnyRecord, ...] = (*found.incidents, *found.postmortems)
    for record in records:
        keys = _keys(record)
        there = [known[key] for key in keys if key in known]
        if there and not _can_join(record, there):
            duplicates[there[0].id] = there[0]
        elif seen.intersection(keys):
            repeated.append(record.title)
        elif isinstance(record, IncidentRecord):
            incidents.append(record)
        else:
            postmortems.append(record)
            joined.update((k.id, k) for k in there)
        seen.update(keys)
    return Preview(
        found,
        tuple(incidents),
        tuple(postmortems),
        tuple(duplicates.values()),
        tuple(repeated),
        tuple(joined.values()),
    )


def _can_join(record: AnyRecord, there: Sequence[Known]) -> bool:
    """Whether a post-mortem is new and what is there are only its incidents, which have none."""
    return isinstance(record, PostmortemRecord) and not any(
        known.is_postmortem or known.postmortem_id for known in there
    )


def _new(preview: Preview) -> tuple[AnyRecord, ...]:
    return (*preview.incidents, *preview.postmortems)


def _keys(record: AnyRecord) -> tuple[str, ...]:
    """What makes the record the same as another: its own key, for a post-mortem also its id and
    the keys of its incidents."""
    if isinstance(record, IncidentRecord):
        return (record.source_key,) if record.source_key else ()
    keys = (record.id, record.source_key, *(i.source_key for i in record.incidents))
    return tuple(key for key in keys if key)


def _known(work: Work, found: Reading) -> dict[str, Known]:
    """What is stored already, by each of its keys that stands in the file."""
    records: tuple[AnyRecord, ...] = (*found.incidents, *found.postmortems)
    keys = {key for record in records for key in _keys(record)}
    stored: dict[str, Known] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), 500):  # SQLite takes a limited number of variables
        part = ordered[start : start + 500]
        i, p = Incident, Postmortem
        belongs = select(i.source_key, i.id, i.title, i.postmortem_id)
        for key, row_id, title, of in work.session.exec(belongs.where(col(i.source_key).in_(part))):
            stored[key or ""] = Known(row_id, title, key or "", postmortem_id=of)
        written = select(p.source_key, p.id, p.title).where(col(p.source_key).in_(part))
        for key, row_id, title in work.session.exec(written):
            stored[key or ""] = Known(row_id, title, key or "", is_postmortem=True)
        by_id = select(Postmortem.id, Postmortem.title).where(col(Postmortem.id).in_(part))
        for row_id, title in work.session.exec(by_id):
            stored[row_id] = Known(row_id, title, "", is_postmortem=True)
    return stored
