"""Exercises ahead as files for a calendar, and the address of a person's own calendar, whose
content is services/calendar_feed.py's.

A calendar program sends no cookie, so the address itself is the key: 256 random bits, of which
only a hash is kept, so that nobody reads it in the database. Who makes a new one ends the old
one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from integrations.icalendar import Method, Organiser, invitation
from models.rules.policy import NOBODY, Thing, Verb, Who
from models.rules.problems import NotFound
from models.tables.exercise import CalendarAddress
from models.tables.people import Person
from services.documents import Document, plain_name
from services.exercise_plans import get_plan
from services.people import person_of
from services.scenario_library import find_seats
from services.settings import settings
from services.unit_of_work import Work, reading, writing

MEDIA_TYPE = "text/calendar; charset=utf-8"


def export_plan(who: Who, plan_id: str, *, link: str) -> Document:
    """An exercise ahead as a file that a calendar enters, or takes out again when it was
    cancelled. `link` leads to Hotwash. Raises NotFound."""
    plan = get_plan(who, plan_id)
    seats = find_seats(who, plan.wish.scenario_id)
    method = Method.CANCEL if plan.cancelled_at else Method.PUBLISH
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.EXERCISE)
        leader = organisers(work, [plan.wish.led_by]).get(plan.wish.led_by)
        text = invitation(plan.planned(), method, leader, work.now, seats=seats, link=link)
    name = f"{plain_name(plan.title, otherwise='exercise')}-{plan.starts_at:%Y-%m-%d}.ics"
    return Document(name, MEDIA_TYPE, text.encode())


def find_address(who: Who) -> datetime | None:
    """Since when the person has an address for calendar programs; None without one."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        row = work.find(CalendarAddress, person_of(who))
        return row.created_at if row else None


def make_address(who: Who) -> str:
    """The secret of a new address for the person's calendar program. Told this once; an address
    that the person had before leads nowhere from now on."""
    secret = secrets.token_urlsafe(32)
    with writing(who) as work:
        work.require(Verb.EXPORT, Thing.EXERCISE)
        row = work.find(CalendarAddress, person_of(who)) or CalendarAddress(
            person_id=person_of(who), secret_hash="", created_at=work.now
        )
        row.secret_hash, row.created_at = _hash(secret), work.now
        work.session.add(row)
        work.audit("calendar.address_made", Thing.EXERCISE, row.person_id)
    return secret


def drop_address(who: Who) -> None:
    """The person's address leads nowhere from now on. Again is no harm."""
    with writing(who) as work:
        work.require(Verb.EXPORT, Thing.EXERCISE)
        row = work.find(CalendarAddress, person_of(who))
        if row is not None:
            work.session.delete(row)
            work.audit("calendar.address_dropped", Thing.EXERCISE, row.person_id)


def whose_address(secret: str) -> Who:
    """The person whose address has this secret. Raises NotFound for a secret that there is not, and
    when the person has left."""
    with reading(NOBODY) as work:
        a = CalendarAddress
        query = select(Person).join(a, col(a.person_id) == col(Person.id))
        person = work.session.exec(query.where(a.secret_hash == _hash(secret))).first()
        if person is None or not person.is_active:
            raise NotFound("No calendar has this address.")
        return Who(person.id, person.name, person.display_zone)


def organisers(work: Work, person_ids: Collection[str]) -> dict[str, Organiser | None]:
    """Part of a reading: each of these people as an organiser."""
    query = select(Person.id, Person.name, Person.email).where(col(Person.id).in_(person_ids))
    return {i: organiser(name, email) for i, name, email in work.session.exec(query)}


def organiser(name: str, email: str) -> Organiser | None:
    """Who organises, for calendars, which want an address: the person's own, otherwise the one
    that our mail comes from; None without either."""
    if email:
        return Organiser(name, email)
    mail = settings().mail
    return Organiser(name or "Hotwash", mail.sender) if mail else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
