"""How an edit of a timeline is noted, so that it can be undone.

Each edit keeps the rows it touched as they were before and after. Who made it can take it back as
long as the rows still are what it left; what others did beside it stays. The number of statements
does not grow with the rows touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict
from models.tables.incident import Evidence, Incident, TimelineChange, TimelineEvent
from models.tables.postmortem import WhyEvent
from services.postmortem_state import check_incident_editable
from services.unit_of_work import Work, writing

_BESIDE = ("evidence", "whys")
AT_ONCE = 500  # SQLite takes a limited number of variables
State = dict[str, Any]


@dataclass
class Touched:
    """The rows of one edit as they were before it; None for a new one."""

    work: Work
    before: dict[str, State | None] = field(default_factory=dict)

    def old(self, rows: Iterable[TimelineEvent]) -> None:
        """Notes rows before they are changed."""
        self.before.update(_states(self.work, list(rows)))

    def new(self, event_ids: Iterable[str]) -> None:
        """Notes rows that this edit makes."""
        self.before.update(dict.fromkeys(event_ids))


@contextmanager
def editing_timeline(who: Who, incident_id: str, what: str) -> Iterator[tuple[Work, Touched]]:
    """A write to a timeline that can be undone: `what` says in words what is done ("edited an
    event"). The caller notes in the second value every row it touches."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        work.get(Incident, incident_id, "incident")
        check_incident_editable(work, incident_id)
        touched = Touched(work)
        yield work, touched
        work.session.flush()
        after = _states(work, events_of(work, list(touched.before)))
        if after != touched.before:
            work.add(
                TimelineChange(
                    incident_id=incident_id,
                    what=what,
                    before=json.dumps(touched.before),
                    after=json.dumps(after),
                    at=work.now,
                    by_id=who.person_id,
                )
            )
            work.audit("timeline.edited", Thing.INCIDENT, incident_id)


def newest_change(work: Work, incident_id: str) -> TimelineChange | None:
    """What undo takes back next: the newest edit of the acting person."""
    return work.session.exec(
        select(TimelineChange)
        .where(
            TimelineChange.incident_id == incident_id,
            TimelineChange.by_id == work.who.person_id,
            ~col(TimelineChange.is_undone),
        )
        .order_by(col(TimelineChange.id).desc())
        .limit(1)
    ).first()


def take_back(work: Work, change: TimelineChange) -> None:
    """Makes the rows of a change what they were. Raises Conflict when one is no longer what the
    change left."""
    before, after = json.loads(change.before), json.loads(change.after)
    rows = events_of(work, list(before))
    now = _states(work, rows)
    for event_id, state in after.items():
        if event_id not in now or _own(now[event_id]) != _own(state):
            raise Conflict(
                "Somebody else has changed the event since, so your edit cannot be taken back. "
                "Change the event itself.",
                field="event",
                theirs=now.get(event_id),
                yours=before[event_id],
            )
    stays = next((row for row in rows if before[row.id] is not None), None)
    for row in rows:
        was = before[row.id]
        if was is None:
            row.is_removed = True
            if stays is not None:  # a split: what was added to the second part goes to the first
                move_links(work, row.id, stays.id)
        else:
            _put_back(work, row, was, after[row.id])
    change.is_undone = True


def events_of(work: Work, event_ids: Sequence[str]) -> list[TimelineEvent]:
    """The rows of these ids, as many as there are, in the order of time."""
    rows: list[TimelineEvent] = []
    for start in range(0, len(event_ids), AT_ONCE):
        part = event_ids[start : start + AT_ONCE]
        rows += work.session.exec(select(TimelineEvent).where(col(TimelineEvent.id).in_(part)))
    return sorted(rows, key=lambda row: (row.at, row.position, row.id))


def move_links(work: Work, old_id: str, new_id: str) -> None:
    """Gives the evidence of one event to another, behind what that has, and copies its links."""
    proofs = select(Evidence).order_by(col(Evidence.position), Evidence.id)
    place = len(work.session.exec(proofs.where(Evidence.event_id == new_id)).all())
    for proof in work.session.exec(proofs.where(Evidence.event_id == old_id)).all():
        proof.event_id, proof.position, place = new_id, place, place + 1
    for link in work.session.exec(select(WhyEvent).where(WhyEvent.event_id == old_id)).all():
        if work.session.get(WhyEvent, (link.why_id, new_id)) is None:
            work.add(WhyEvent(why_id=link.why_id, event_id=new_id))
    work.session.flush()


def _states(work: Work, rows: Sequence[TimelineEvent]) -> dict[str, State | None]:
    """Each event with the ids of its evidence and of the whys it is linked to."""
    states: dict[str, State | None] = {}
    for start in range(0, len(rows), AT_ONCE):
        part = {
            row.id: {**row.model_dump(mode="json"), "evidence": [], "whys": []}
            for row in rows[start : start + AT_ONCE]
        }
        proofs = select(Evidence.event_id, Evidence.id).where(col(Evidence.event_id).in_(part))
        for event_id, evidence_id in work.session.exec(proofs.order_by(Evidence.id)):
            part[event_id]["evidence"].append(evidence_id)
        links = select(WhyEvent.event_id, WhyEvent.why_id).where(col(WhyEvent.event_id).in_(part))
        for event_id, why_id in work.session.exec(links.order_by(WhyEvent.why_id)):
            part[event_id]["whys"].append(why_id)
        states.update(part)
    return states


def _own(state: State | None) -> State:
    """What the row itself holds. Evidence and links may come and go between edit and undo."""
    return {name: value for name, value in (state or {}).items() if name not in _BESIDE}


def _put_back(work: Work, row: TimelineEvent, was: State, left: State) -> None:
    """The row as it was; evidence and links that the edit moved or copied come back too."""
    for name, value in TimelineEvent.model_validate(_own(was)).model_dump().items():
        setattr(row, name, value)
    moved = set(was["evidence"]) - set(left["evidence"])
    if moved:
        for proof in work.session.exec(select(Evidence).where(col(Evidence.id).in_(moved))).all():
            proof.event_id = row.id
    copied = set(left["whys"]) - set(was["whys"])
    if copied:
        work.session.execute(
            delete(WhyEvent).where(
                col(WhyEvent.event_id) == row.id, col(WhyEvent.why_id).in_(copied)
            )
        )
