"""A person's own calendar: exercises they lead or are asked to, review meetings they take part in,
due dates of actions they own. What is cancelled, done or taken away is not in it any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from integrations.icalendar import Entry, exercise_entry, feed
from models.rules.following.life import PROMISED
from models.rules.meeting.agenda import USUAL_MIN
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotFound, ProblemForUser
from models.rules.vocabulary import ActionStatus, label
from models.tables.action import ActionChange
from models.tables.exercise import ExercisePlan
from models.tables.meeting import Meeting, MeetingPart
from models.tables.people import AuditEntry, Person
from models.tables.postmortem import ActionItem, Participant, Postmortem, Review
from services.documents import Document, plain_name
from services.exercise_calendar import MEDIA_TYPE, organiser, organisers, whose_address
from services.exercise_plans import mine, planned_rows
from services.unit_of_work import Work, pick, reading

SHOWN_BACK = timedelta(days=90)  # what was, stays in the calendar so long
OWED = (ActionStatus.PROPOSED, *PROMISED)
_MOVED = "postmortem.meeting_at_saved"  # in the audit log, when a meeting was moved


def feed_of(secret: str, *, base: str) -> Document:
    """The calendar of the person whose address has this secret. `base` is the address of Hotwash,
    without a slash at its end. Raises NotFound for a secret that there is not, and when the person
    has left."""
    who = whose_address(secret)
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.EXERCISE)
        work.require(Verb.EXPORT, Thing.POSTMORTEM)
        entries = [
            *_exercises(work, base),
            *_meetings(work, base, _takes_part(who)),
            *_due_dates(work, base, ActionItem.owner_id == who.person_id),
        ]
        return _document("hotwash", entries, work)


def export_meeting(who: Who, postmortem_id: str, *, base: str) -> Document:
    """The review meeting of a post-mortem as a file for a calendar. Raises NotFound, and
    ProblemForUser while it has no time yet."""
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.POSTMORTEM)
        row = work.find(Postmortem, postmortem_id)
        if row is None:
            raise NotFound("There is no such post-mortem. It may have been removed.")
        if row.meeting_at is None:
            raise ProblemForUser("The meeting has no time yet. Set one, then take it along.")
        entries = list(_meetings(work, base, Postmortem.id == postmortem_id))
        return _document(f"meeting-{plain_name(row.title, otherwise='review')}", entries, work)


def export_due_dates(who: Who, *, base: str) -> Document:
    """The due dates of the actions that the person owns as a file for a calendar."""
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.ACTION)
        entries = list(_due_dates(work, base, ActionItem.owner_id == who.person_id))
        return _document("due-dates", entries, work)


def export_due_date(who: Who, action_id: str, *, base: str) -> Document:
    """The due date of one action as a file for a calendar. Raises NotFound when it is over, has no
    due date, or is not there."""
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.ACTION)
        entries = list(_due_dates(work, base, ActionItem.id == action_id))
        if not entries:
            raise NotFound("There is no such action that is due.")
        return _document("due-date", entries, work)


def _document(name: str, entries: list[Entry], work: Work) -> Document:
    return Document(f"{name}.ics", MEDIA_TYPE, feed(entries, work.now).encode())


def _exercises(work: Work, base: str) -> Iterator[Entry]:
    p = ExercisePlan
    stands = col(p.cancelled_at).is_(None), col(p.starts_at) >= work.now - SHOWN_BACK
    rows = planned_rows(work, mine(work.who), *stands)
    leaders = organisers(work, {row.wish.led_by for row in rows})
    link = f"{base}/exercises"
    for row in rows:
        said = (f"Led by {row.leader}.", link)
        yield exercise_entry(row.planned(), said, organiser=leaders.get(row.wish.led_by), link=link)


def _takes_part(who: Who) -> Any:
    """Post-mortems that a person owns, facilitates, takes part in or is asked to review."""
    p, t, r = Postmortem, Participant, Review
    named = (col(t.person_id) == who.person_id) | (col(t.name) == who.name)
    there = select(t.postmortem_id).where(named)
    asked = select(r.postmortem_id).where(r.person_id == who.person_id)
    return (
        (col(p.owner_id) == who.person_id)
        | (col(p.facilitator_id) == who.person_id)
        | col(p.id).in_(there)
        | col(p.id).in_(asked)
    )


def _meetings(work: Work, base: str, which: Any) -> Iterator[Entry]:
    p, a = Postmortem, AuditEntry
    moved = select(func.count()).where(a.object_id == p.id, a.action == _MOVED).scalar_subquery()
    query = pick(p.id, p.title, p.meeting_at, p.facilitator_id, p.owner_id, moved)
    rows = work.session.exec(
        query.where(which, col(p.meeting_at) >= work.now - SHOWN_BACK).order_by(p.meeting_at, p.id)
    ).all()
    people = organisers(work, {i for row in rows for i in (row[3], row[4]) if i})
    minutes = _minutes(work, [row.id for row in rows])
    for postmortem_id, title, at, facilitator, owner, count in rows:
        link = f"{base}/postmortem?id={postmortem_id}"
        opened, length = minutes.get(postmortem_id, (0, USUAL_MIN))
        yield Entry(
            uid=f"{postmortem_id}@meeting.hotwash",
            sequence=count + opened,
            title=f"Review meeting: {title}",
            starts=at,
            ends=at + timedelta(minutes=length),
            description=f"Read the draft before, and correct it right there.\n{link}",
            link=link,
            organiser=people.get(facilitator) or people.get(owner) or organiser("", ""),
        )


def _minutes(work: Work, postmortem_ids: list[str]) -> dict[str, tuple[int, int]]:
    """How many meetings of each post-mortem were opened, and the minutes of the longest agenda;
    those without one are not in it."""
    m, t = Meeting, MeetingPart
    lengths = (
        pick(m.postmortem_id, m.id, func.sum(t.minutes))
        .join(t, col(t.meeting_id) == col(m.id))
        .where(col(m.postmortem_id).in_(postmortem_ids))
        .group_by(m.postmortem_id, m.id)
    )
    found: dict[str, tuple[int, int]] = {}
    for postmortem_id, _, minutes in work.session.exec(lengths):
        opened, longest = found.get(postmortem_id, (0, 0))
        found[postmortem_id] = (opened + 1, max(longest, minutes))
    return found


def _due_dates(work: Work, base: str, which: Any) -> Iterator[Entry]:
    a, c = ActionItem, ActionChange
    moved = select(func.count()).where(c.action_id == a.id, c.field == "due_on").scalar_subquery()
    rows = work.session.exec(
        pick(a.id, a.text, a.due_on, a.priority, Postmortem.title, Person.name, Person.email, moved)
        .outerjoin(Postmortem, col(a.postmortem_id) == col(Postmortem.id))
        .outerjoin(Person, col(a.owner_id) == col(Person.id))
        .where(which, col(a.status).in_(OWED), col(a.due_on).is_not(None))
        .order_by(a.due_on, a.id)
    )
    for action_id, text, due_on, priority, title, name, email, count in rows:
        link = f"{base}/action?id={action_id}"
        source = f"From the post-mortem “{title}”." if title else "From an exercise."
        yield Entry(
            uid=f"{action_id}@action.hotwash",
            sequence=count,
            title=f"Due: {text}",
            starts=due_on,
            description=f"Priority {label(priority).lower()}. {source}\n{link}",
            link=link,
            organiser=organiser(name or "", email or ""),
        )
