"""The events of large timelines, remembered for as long as nothing happens to them.

A page is drawn anew at each click, and 10,000 events take a tenth of a second to read. Every
change of a timeline leaves an audit line in its own transaction, so the newest line about an
incident tells whether its events are still those that were read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.record import EventRecord
from models.tables.people import AuditEntry
from services.unit_of_work import Work

LARGE = 500  # events; fewer are read as fast as they are found here
MOST = 8  # timelines; the one that was not asked for longest goes first

Key = tuple[str, str, int]
Events = tuple[EventRecord, ...]
_kept: OrderedDict[Key, Events] = OrderedDict()
_lock = Lock()


def remembered_events(
    work: Work,
    incident_ids: Sequence[str],
    load: Callable[[Sequence[str]], dict[str, list[EventRecord]]],
) -> dict[str, Sequence[EventRecord]]:
    """The events by incident; what is not remembered comes from `load`."""
    keys = _keys(work, incident_ids)
    found: dict[str, Sequence[EventRecord]] = {}
    with _lock:
        for incident_id, key in keys.items():
            if key in _kept:
                _kept.move_to_end(key)
                found[incident_id] = _kept[key]
    missing = [incident_id for incident_id in incident_ids if incident_id not in found]
    loaded = load(missing) if missing else {}
    _remember((keys[i], events) for i, events in loaded.items() if i in keys)
    return found | loaded


def _keys(work: Work, incident_ids: Sequence[str]) -> dict[str, Key]:
    """Database, incident and its newest audit line; without one nothing is remembered."""
    database = str(work.session.get_bind().engine.url)
    rows = work.session.exec(
        select(AuditEntry.object_id, func.max(AuditEntry.id))
        .where(col(AuditEntry.object_id).in_(incident_ids))
        .group_by(AuditEntry.object_id)
    ).all()
    return {incident_id: (database, incident_id, newest or 0) for incident_id, newest in rows}


def _remember(loaded: Iterable[tuple[Key, list[EventRecord]]]) -> None:
    with _lock:
        for key, events in loaded:
            if len(events) >= LARGE:
                _kept[key] = tuple(events)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
