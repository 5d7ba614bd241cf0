"""Exercises ahead in people's calendars: a file for one, and an address that calendar programs
fetch.

A calendar program sends no cookie, so the address itself is the key: 256 random bits, of which
only a hash is kept, so that nobody reads it in the database. Who makes a new one ends the old
one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel import col, select

from integrations.icalendar import Method, feed, invitation
from models.rules.policy import NOBODY, Thing, Verb, Who
from models.rules.problems import NotFound
from models.tables.exercise import CalendarAddress, ExercisePlan
from models.tables.people import Person
from services.documents import Document, plain_name
from services.exercise_plans import get_plan, mine, planned_rows
from services.people import person_of
from services.scenario_library import find_seats
from services.unit_of_work import reading, writing

MEDIA_TYPE = "text/calendar; charset=utf-8"
SHOWN_BACK = timedelta(days=90)  # what was, stays in the calendar so long


def export_plan(who: Who, plan_id: str, *, link: str) -> Document:
    """An exercise ahead as a file that a calendar enters, or takes out again when it was
    cancelled. `link` leads to Hotwash. Raises NotFound."""
    plan = get_plan(who, plan_id)
    seats = find_seats(who, plan.wish.scenario_id)
    method = Method.CANCEL if plan.cancelled_at else Method.PUBLISH
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.EXERCISE)
        text = invitation(plan.planned(), method, None, work.now, seats=seats, link=link)
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


def feed_of(secret: str, *, link: str) -> Document:
    """The exercises of the person whose address has this secret: those that they lead or are asked
    to, without other people. Raises NotFound for a secret that there is not, and when the person
    has left."""
    with reading(NOBODY) as work:
        a = CalendarAddress
        query = select(Person).join(a, col(a.person_id) == col(Person.id))
        person = work.session.exec(query.where(a.secret_hash == _hash(secret))).first()
        if person is None or not person.is_active:
            raise NotFound("No calendar has this address.")
        who = Who(person.id, person.name, person.display_zone)
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.EXERCISE)
        p = ExercisePlan
        stands = col(p.cancelled_at).is_(None), col(p.starts_at) >= work.now - SHOWN_BACK
        rows = planned_rows(work, mine(who), *stands)
        text = feed((row.planned() for row in rows), None, work.now, link=link)
    return Document("exercises.ics", MEDIA_TYPE, text.encode())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
