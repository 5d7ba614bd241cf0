"""How incidents belong together: one is a duplicate of another, or a part of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, ProblemForUser
from models.tables.incident import Incident
from services.unit_of_work import Work, writing

BELOW = 20  # parts and duplicates that are named


def mark_duplicate(who: Who, incident_id: str, of_id: str | None, was: str | None) -> None:
    """Marks the incident as the same one as another (None takes the mark away)."""
    _relate(who, incident_id, "duplicate_of_id", of_id, was)


def mark_part(who: Who, incident_id: str, of_id: str | None, was: str | None) -> None:
    """Marks the incident as part of a larger one (None takes the mark away)."""
    _relate(who, incident_id, "part_of_id", of_id, was)


def _relate(who: Who, incident_id: str, field: str, of_id: str | None, was: str | None) -> None:
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        row = work.get(Incident, incident_id, "incident")
        if of_id:
            other = work.get(Incident, of_id, "incident")
            if of_id == incident_id:
                raise ProblemForUser("An incident cannot be a part or duplicate of itself.")
            if incident_id in _above(work, of_id):
                raise ProblemForUser(
                    f"“{other.title}” is itself a duplicate or part of this incident, so this one "
                    "cannot be a duplicate or part of it. Remove the other mark first."
                )
        theirs = getattr(row, field)
        if theirs not in (was, of_id):
            title = incident_title(work, theirs)
            now = f"it now leads to “{title[1]}”" if title else "it has been taken away"
            raise Conflict(
                f"Somebody else changed this relation in the meantime: {now}. Yours was not saved; "
                "look at theirs, then decide again.",
                field=field,
                theirs=theirs,
                yours=of_id,
            )
        setattr(row, field, of_id)
        work.audit(f"incident.{field.removesuffix('_id')}_saved", Thing.INCIDENT, incident_id)


def _above(work: Work, incident_id: str) -> set[str]:
    """The incident and all that it is a duplicate or part of, through any number of others."""
    i = Incident
    found = select(i.id, i.duplicate_of_id, i.part_of_id)
    above = found.where(i.id == incident_id).cte(recursive=True)
    marked = or_(col(i.id) == above.c.duplicate_of_id, col(i.id) == above.c.part_of_id)
    return set(work.session.exec(select(above.union(found.join(above, marked)).c.id)).all())


def incident_title(work: Work, incident_id: str | None) -> tuple[str, str] | None:
    """(id, title) of an incident, when there is one."""
    row = work.session.get(Incident, incident_id) if incident_id else None
    return (row.id, row.title) if row else None


def incidents_below(work: Work, related: Any) -> tuple[tuple[tuple[str, str], ...], int]:
    """The newest BELOW incidents that are `related`, as (id, title), and how many there are."""
    found = select(Incident.id, Incident.title).where(related)
    rows = work.session.exec(found.order_by(col(Incident.began_at).desc()).limit(BELOW)).all()
    count = work.session.exec(select(func.count()).select_from(Incident).where(related)).one()
    return tuple((i, title) for i, title in rows), count
