"""Whether the words of a post-mortem, and the timelines of its incidents, may change now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import select

from models.rules.lifecycle import EDITABLE, check_editable
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotFound
from models.rules.review import due_at
from models.tables.incident import Incident
from models.tables.postmortem import Postmortem
from services.unit_of_work import Work, writing


def editable_postmortem(work: Work, postmortem_id: str) -> Postmortem:
    """The row, for a change of its words. Raises ProblemForUser when they are frozen."""
    row = work.get(Postmortem, postmortem_id, "post-mortem")
    check_editable(row.status)
    return row


def check_incident_editable(work: Work, incident_id: str) -> None:
    """A timeline is frozen with the published post-mortem that it belongs to."""
    incident = work.session.get(Incident, incident_id)
    if incident is None:
        raise NotFound("There is no such incident. It may have been removed.")
    if incident.postmortem_id:
        editable_postmortem(work, incident.postmortem_id)


def refresh_due(work: Work, postmortem_id: str) -> None:
    """Sets when the meeting is due, after the end of one of the incidents became known or the
    post-mortem covers one more. A frozen post-mortem keeps what it says."""
    row = work.get(Postmortem, postmortem_id, "post-mortem")
    if row.status not in EDITABLE:
        return
    work.session.flush()
    ends = work.session.exec(
        select(Incident.resolved_at, Incident.mitigated_at).where(
            Incident.postmortem_id == postmortem_id
        )
    ).all()
    over = [resolved or mitigated for resolved, mitigated in ends]
    row.due_at = due_at(max((at for at in over if at), default=None))


@contextmanager
def editing(who: Who, postmortem_id: str, action: str) -> Iterator[tuple[Work, Postmortem]]:
    """A write to the words of one post-mortem: permission, not frozen, audit line."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.POSTMORTEM)
        yield work, editable_postmortem(work, postmortem_id)
        work.audit(action, Thing.POSTMORTEM, postmortem_id)
