"""The versions of scenarios that the team wrote or changed. They are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, NotFound
from models.rules.text import clean
from models.tables.exercise import ScenarioDraft, ScenarioVersion
from models.tables.people import Person
from models.tables.postmortem import Postmortem
from services.unit_of_work import Work, pick, reading, writing


@dataclass(frozen=True)
class VersionRow:
    """A line of a scenario's history. With `errors` it is a draft that cannot be played."""

    number: int
    title: str
    by: str
    created_at: datetime
    errors: int
    note: str
    postmortem_id: str | None


def list_versions(who: Who, scenario_id: str) -> tuple[VersionRow, ...]:
    """The team's versions of a scenario, the newest first."""
    v = ScenarioVersion
    query = (
        pick(v.number, v.title, Person.name, v.created_at, v.errors, v.note, v.postmortem_id)
        .join(Person, col(v.person_id) == col(Person.id))
        .where(v.scenario_id == scenario_id)
        .order_by(col(v.number).desc())
    )
    with reading(who) as work:
        work.require(Verb.READ, Thing.SCENARIO)
        return tuple(VersionRow(*row) for row in work.session.exec(query).all())


def get_version(who: Who, scenario_id: str, number: int) -> str:
    """The text of a version. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.SCENARIO)
        query = select(ScenarioVersion.text).where(
            ScenarioVersion.scenario_id == scenario_id, ScenarioVersion.number == number
        )
        text = work.session.exec(query).first()
    if text is None:
        raise NotFound(f"There is no version {number} of this scenario.")
    return text


def list_made_from(who: Who, postmortem_id: str) -> tuple[tuple[str, str], ...]:
    """(id, newest title) of the scenarios that were made from a post-mortem, by title."""
    v = ScenarioVersion
    made = select(v.scenario_id).where(v.postmortem_id == postmortem_id)
    query = (
        pick(v.scenario_id, v.title)
        .where(col(v.scenario_id).in_(made))
        .order_by(v.scenario_id, col(v.number))
    )
    with reading(who) as work:
        work.require(Verb.READ, Thing.SCENARIO)
        titles: dict[str, str] = dict(work.session.exec(query).all())
    return tuple(sorted(titles.items(), key=lambda pair: pair[1]))


def made_from(who: Who, scenario_id: str) -> tuple[str, str] | None:
    """(id, title) of the post-mortem that a scenario was made from; None when it was written."""
    v = ScenarioVersion
    query = (
        pick(Postmortem.id, Postmortem.title)
        .join(v, col(v.postmortem_id) == col(Postmortem.id))
        .where(v.scenario_id == scenario_id)
        .order_by(col(v.number).desc())
    )
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        row = work.session.exec(query).first()
    return (row[0], row[1]) if row else None


def list_newest(who: Who) -> dict[str, tuple[int, str]]:
    """The newest version of each scenario that the team wrote: its number and text, by id."""
    newest = (
        select(ScenarioVersion.scenario_id, func.max(ScenarioVersion.number).label("number"))
        .group_by(ScenarioVersion.scenario_id)
        .subquery()
    )
    query = select(ScenarioVersion).join(
        newest,
        (col(ScenarioVersion.scenario_id) == newest.c.scenario_id)
        & (col(ScenarioVersion.number) == newest.c.number),
    )
    with reading(who) as work:
        work.require(Verb.READ, Thing.SCENARIO)
        return {row.scenario_id: (row.number, row.text) for row in work.session.exec(query)}


def store_version(
    who: Who,
    scenario_id: str,
    title: str,
    text: str,
    *,
    newest: int,
    errors: int,
    note: str = "",
    postmortem_id: str | None = None,
    place: str | None = None,
) -> int:
    """Adds a version and gives its number. `newest` is the one that the author began with, 0 for
    none of the team's. Saving the newest text again adds nothing. Raises Conflict, with the text
    that is there now, when somebody saved another one meanwhile. The author's draft at `place`
    goes, unless it says something else by now."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SCENARIO)
        if place is not None:
            _drop_draft(work, place, text)
        query = (
            select(ScenarioVersion)
            .where(ScenarioVersion.scenario_id == scenario_id)
            .order_by(col(ScenarioVersion.number).desc())
        )
        last = work.session.exec(query).first()
        if last is not None and last.text == text:
            return last.number
        if (last.number if last else 0) != newest:
            raise Conflict(
                "Somebody else saved a version of this scenario while you were writing. "
                "Both are shown: choose one, or put them together.",
                field="text",
                theirs=last.text if last else "",
                yours=text,
            )
        row = ScenarioVersion(
            scenario_id=scenario_id,
            number=newest + 1,
            title=title,
            text=text,
            errors=errors,
            note=clean(note, limit=500, field="note"),
            postmortem_id=postmortem_id,
            person_id=who.person_id or "",
            created_at=work.now,
        )
        work.add(row)
        work.audit("scenario.version_saved", Thing.SCENARIO, row.id)
        return row.number


def _drop_draft(work: Work, place: str, text: str) -> None:
    draft = work.session.get(ScenarioDraft, (work.who.person_id or "", place))
    if draft is not None and draft.text == text:
        work.session.delete(draft)
