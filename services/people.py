"""People, teams, services and contributing factors: the lists that the team keeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.policy import NOBODY, Thing, Verb, Who
from models.rules.problems import Conflict, NotAllowed, ProblemForUser
from models.rules.text import clean_line
from models.rules.times import zone_named
from models.tables.people import Factor, Person, Service, Team
from services.settings import settings
from services.unit_of_work import Work, compare_and_set, pick, reading, writing

NAME = 80  # characters
PERSON_COOKIE = "hotwash_person"  # holds the id of the person who acts in a browser
Named = TypeVar("Named", Person, Team, Service, Factor)

FIRST_FACTORS = (
    "Alerting gap",
    "Capacity",
    "Configuration change",
    "Dependency failure",
    "Deployment",
    "Documentation gap",
    "Hidden coupling",
    "Missing safeguard",
    "Missing test",
    "Observability gap",
    "Ownership unclear",
    "Rollback difficult",
    "Slow escalation",
)


@dataclass(frozen=True)
class PersonRow:
    id: str
    name: str
    zone: str
    is_active: bool
    team: str = ""


@dataclass(frozen=True)
class TeamRow:
    id: str
    name: str
    services: int


@dataclass(frozen=True)
class ServiceRow:
    id: str
    name: str
    team: str
    is_critical: bool


def list_people(who: Who) -> tuple[PersonRow, ...]:
    """Everybody who has given a name, by name; those who left are marked."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.PEOPLE)
        found = pick(
            Person.id, Person.name, Person.display_zone, Person.is_active,
            func.coalesce(Team.name, ""),
        ).outerjoin(Team, col(Person.team_id) == col(Team.id))  # fmt: skip
        rows = work.session.exec(found.order_by(Person.name_key)).all()
        return tuple(PersonRow(*row) for row in rows)


def get_team(who: Who) -> str:
    """The team of the acting person, "" for none."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.PEOPLE)
        query = select(Team.name).join(Person, col(Person.team_id) == col(Team.id))
        return work.session.exec(query.where(Person.id == who.person_id)).first() or ""


def find_who(person_id: str) -> Who:
    """Who a person id stands for; NOBODY for an id that is unknown or no longer active."""
    known = select(Person.id, Person.name, Person.display_zone)
    known = known.where(Person.id == person_id, col(Person.is_active))
    with reading(NOBODY) as work:
        person = work.session.exec(known).first() if person_id else None
        return Who(*person) if person else NOBODY


def introduce(name: str) -> Who:
    """The person of that name, made when new. How somebody becomes the acting person."""
    with writing(NOBODY) as work:
        work.require(Verb.CREATE, Thing.PEOPLE)
        person = person_named(work, name)
        if not person.is_active:
            raise ProblemForUser(
                f"{person.name} was marked as having left. Choose another name.", field="name"
            )
        return Who(person.id, person.name, person.display_zone)


def save_zone(who: Who, zone: str, was: str) -> None:
    """The zone in which the acting person reads and writes times."""
    zone_named(zone)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        person = work.get(Person, who.person_id or "", "person")
        if compare_and_set(person, "display_zone", zone, was, words="time zone"):
            work.audit("person.zone_saved", Thing.PEOPLE, person.id)


@cache
def list_zones() -> tuple[str, ...]:
    """The names of all time zones: UTC, then the others as places, in order."""
    odd = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    places = {z for z in available_timezones() if "/" in z and not z.startswith(odd)}
    return ("UTC", *sorted(places))


def save_active(who: Who, person_id: str, is_active: bool, was: bool) -> None:
    """Marks that somebody left or came back. What they wrote and own stays theirs."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        person = work.get(Person, person_id, "person")
        if compare_and_set(person, "is_active", is_active, was, words="person"):
            work.audit("person.active_saved", Thing.PEOPLE, person.id)


def list_teams(who: Who) -> tuple[TeamRow, ...]:
    """The teams by name, each with the number of services it owns."""
    owned = select(func.count()).where(Service.team_id == Team.id).scalar_subquery()
    with reading(who) as work:
        work.require(Verb.READ, Thing.SETTINGS)
        rows = work.session.exec(select(Team.id, Team.name, owned).order_by(Team.name_key)).all()
        return tuple(TeamRow(*row) for row in rows)


def list_services(who: Who) -> tuple[ServiceRow, ...]:
    """The services with their owning team ("" when none), by name."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.SETTINGS)
        found = select(Service.id, Service.name, Team.name, Service.is_critical)
        found = found.outerjoin(Team, col(Service.team_id) == col(Team.id))
        rows = work.session.exec(found.order_by(Service.name_key)).all()
        return tuple(ServiceRow(i, name, team or "", critical) for i, name, team, critical in rows)


def list_factors(who: Who) -> tuple[str, ...]:
    """The contributing factors to choose from: the first list and what the team added."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.SETTINGS)
        own = work.session.exec(select(Factor.name)).all()
        return tuple(sorted({*FIRST_FACTORS, *own}, key=str.casefold))


def add_factor(who: Who, name: str) -> str:
    """Adds a contributing factor to the team's list; returns its name as it is kept."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        factor = named(work, Factor, name, "factor")
        work.audit("factor.added", Thing.SETTINGS, factor.id)
        return factor.name


def add_team(who: Who, name: str) -> None:
    """Adds a team; one of that name stays as it is."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        team = named(work, Team, name, "team")
        work.audit("team.added", Thing.SETTINGS, team.id)


def add_service(who: Who, name: str) -> None:
    """Adds a service; one of that name stays as it is."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        service = named(work, Service, name, "service")
        work.audit("service.added", Thing.SETTINGS, service.id)


def save_service_team(who: Who, service_id: str, team: str, was: str) -> None:
    """The team that owns a service, by name ("" for none); a new name joins the list."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        service = work.get(Service, service_id, "service")
        if _save_team(work, service, team, was, "owning team"):
            work.audit("service.team_saved", Thing.SETTINGS, service.id)


def save_person_team(who: Who, person_id: str, team: str, was: str) -> None:
    """The team that somebody belongs to, by name ("" for none); a new name joins the list."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        person = work.get(Person, person_id, "person")
        if _save_team(work, person, team, was, "team"):
            work.audit("person.team_saved", Thing.PEOPLE, person.id)


def _save_team(work: Work, row: Service | Person, team: str, was: str, words: str) -> bool:
    new, old = (named(work, Team, name, "team").id if name else None for name in (team, was))
    try:
        return compare_and_set(row, "team_id", new, old, words=words)
    except Conflict as conflict:
        theirs = work.session.get(Team, row.team_id)
        conflict.theirs, conflict.yours = theirs.name if theirs else "", team
        raise


def save_service_critical(who: Who, service_id: str, is_critical: bool, was: bool) -> None:
    """Whether customers are stopped when the service is."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        service = work.get(Service, service_id, "service")
        if compare_and_set(service, "is_critical", is_critical, was, words="critical mark"):
            work.audit("service.critical_saved", Thing.SETTINGS, service.id)


def rename_service(who: Who, service_id: str, name: str, was: str) -> None:
    """Renames a service everywhere. Raises ProblemForUser when the name is taken."""
    _rename(who, Service, service_id, name, was, "service")


def rename_team(who: Who, team_id: str, name: str, was: str) -> None:
    """Renames a team everywhere. Raises ProblemForUser when the name is taken."""
    _rename(who, Team, team_id, name, was, "team")


def _rename(who: Who, table: type[Named], row_id: str, name: str, was: str, what: str) -> None:
    name = clean_line(name, limit=NAME, field=what)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        row = work.get(table, row_id, what)
        other = work.session.exec(select(table).where(table.name_key == name.casefold())).first()
        if not name or (other is not None and other.id != row_id):
            raise ProblemForUser(
                f"The {what} cannot be called “{name}”: the name is empty or taken.", field="name"
            )
        if compare_and_set(row, "name", name, was, words=what):
            row.name_key = name.casefold()
            work.audit(f"{what}.renamed", Thing.SETTINGS, row.id)


def person_of(who: Who) -> str:
    """The id of a person who has a name. Raises NotAllowed without one."""
    if who.person_id is None:
        raise NotAllowed("Choose your name first: others see who takes part.")
    return who.person_id


def person_named(work: Work, name: str) -> Person:
    """The person of that name (letter case aside), made when new. Raises for an empty name."""
    name = clean_line(name, limit=NAME, field="name")
    found = work.session.exec(select(Person).where(Person.name_key == name.casefold())).first()
    if found is not None:
        return found
    if not name:
        raise ProblemForUser("Write a name.", field="name")
    zone = settings().zone
    person = Person(name=name, name_key=name.casefold(), display_zone=zone, created_at=work.now)
    return work.add(person)


def person_id_of(work: Work, name: str) -> str | None:
    """The id of the person of that name, made when new; None for no name."""
    return person_named(work, name).id if name.strip() else None


def named(work: Work, table: type[Named], name: str, what: str) -> Named:
    """The team, service or factor of that name, made when new. Raises for an empty name."""
    name = clean_line(name, limit=NAME, field=what)
    if not name:
        raise ProblemForUser(f"Write the name of the {what}.", field=what)
    found = work.session.exec(select(table).where(table.name_key == name.casefold())).first()
    return found if found is not None else work.add(table(name=name, name_key=name.casefold()))
