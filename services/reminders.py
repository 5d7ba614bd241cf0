"""Reminding people of what they promised: who gets a message now, what stands on their home page,
and asking for peace until a day."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event, Thread

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.rules.following.life import PROMISED
from models.rules.following.reminders import (
    BEFORE,
    LONGEST_SNOOZE,
    Batch,
    Kind,
    Promise,
    Sent,
    message,
    reminders_due,
    subject,
)
from models.rules.following.reminders import Person as Told
from models.rules.policy import NOBODY, Thing, Verb, Who
from models.rules.problems import ProblemForUser
from models.rules.text import clean
from models.tables.action import Reminder
from models.tables.exercise import ExerciseImprovement, ExerciseRun
from models.tables.people import Person
from models.tables.postmortem import ActionItem, Postmortem
from services import clock
from services.action_history import as_it_is, note_changes
from services.outbox import enqueue, something_to_send
from services.settings import settings
from services.unit_of_work import Work, compare_and_set, pick, reading, writing

log = logging.getLogger(__name__)
LOOK = 15 * 60.0  # seconds between two looks at what is due
MAIL = "reminder"


@dataclass(frozen=True)
class ReminderRow:
    """A reminder that its person has not taken off their home page yet. `yours` when the action is
    theirs; otherwise they own its post-mortem or ran its exercise."""

    id: int
    action_id: str
    kind: Kind
    text: str
    due_on: date
    owner: str
    yours: bool


def send_due(now: datetime) -> int:
    """Sends the reminders that are due: notes them, and puts one message for each person into the
    outbox, in one transaction. Returns how many people were told. Called again, it sends nothing
    new; somebody without an e-mail address finds it on the home page only."""
    with reading(NOBODY) as work:  # mostly there is nothing, and no need to wait for the lock
        if not _batches(work, now):
            return 0
    with writing(NOBODY) as work:
        batches = _batches(work, now)
        names = _names(work, batches)
        for batch in batches:
            for line in batch.lines:
                work.session.add(
                    Reminder(
                        action_id=line.promise.id, kind=line.kind, due_on=line.due_on,
                        person_id=batch.person.id, sent_at=now,
                    )
                )  # fmt: skip
            enqueue(
                work.session,
                kind=MAIL,
                recipient_person_id=batch.person.id,
                subject=subject(batch),
                text=message(batch, now, names, settings().address),
                key=f"{MAIL}:{batch.person.id}:{now:%Y-%m-%dT%H:%M}",
            )
            work.audit("reminder.sent", Thing.PEOPLE, batch.person.id)
    something_to_send.set()
    return len(batches)


def _batches(work: Work, now: datetime) -> tuple[Batch, ...]:
    promises = _promises(work, now)
    r = Reminder
    sent = work.session.exec(pick(r.action_id, r.kind, r.due_on, r.person_id, r.sent_at))
    return reminders_due(promises, (Sent(*row) for row in sent), now) if promises else ()


def _promises(work: Work, now: datetime) -> list[Promise]:
    """Those due soon or late, with the people to tell; nobody who has left."""
    a, owner, lead, host = ActionItem, aliased(Person), aliased(Person), aliased(Person)
    in_time = now.date() + BEFORE + timedelta(days=1)  # a day more: zones are ahead of UTC
    rows = work.session.exec(
        pick(
            a.id, a.text, a.status, a.due_on, a.snoozed_until,
            owner.id, owner.display_zone, lead.id, lead.display_zone, host.id, host.display_zone,
        )
        .select_from(a)
        .outerjoin(owner, (col(a.owner_id) == owner.id) & owner.is_active)
        .outerjoin(Postmortem, col(a.postmortem_id) == col(Postmortem.id))
        .outerjoin(lead, (col(Postmortem.owner_id) == lead.id) & lead.is_active)
        .outerjoin(ExerciseImprovement, col(ExerciseImprovement.action_id) == col(a.id))
        .outerjoin(ExerciseRun, col(ExerciseImprovement.run_id) == col(ExerciseRun.id))
        .outerjoin(host, (col(ExerciseRun.opened_by) == host.id) & host.is_active)
        .where(col(a.status).in_(PROMISED), col(a.due_on) <= in_time)
    )  # fmt: skip
    return [
        Promise(*said, until, _told(*owns), _told(*leads) or _told(*hosts))
        for *said, until, owns, leads, hosts in (
            (*row[:5], row[5:7], row[7:9], row[9:11]) for row in rows
        )
    ]


def _told(person_id: str | None, zone: str | None) -> Told | None:
    return Told(person_id, zone or "UTC") if person_id else None


def _names(work: Work, batches: tuple[Batch, ...]) -> dict[str, str]:
    wanted = {line.promise.owner.id for b in batches for line in b.lines if line.promise.owner}
    query = select(Person.id, Person.name).where(col(Person.id).in_(wanted))
    return dict(iter(work.session.exec(query)))


def reminders_of(work: Work) -> tuple[ReminderRow, ...]:
    """Part of a transaction: what the acting person was reminded of and has not taken off, where
    it is still a promise with that due date; each action once, with the newest."""
    r, a = Reminder, ActionItem
    rows = work.session.exec(
        pick(r.id, a.id, r.kind, a.text, a.due_on, Person.name, a.owner_id)
        .join(a, col(r.action_id) == col(a.id))
        .outerjoin(Person, col(a.owner_id) == col(Person.id))
        .where(
            r.person_id == work.who.person_id,
            col(r.seen_at).is_(None),
            col(a.status).in_(PROMISED),
            (col(r.due_on) == col(a.due_on)) | (col(r.kind) == Kind.AGAIN),
            col(a.snoozed_until).is_(None) | (col(a.snoozed_until) <= work.now.date()),
        )
        .order_by(a.due_on, a.id, r.id)
    )
    me = work.who.person_id
    found = {row[1]: ReminderRow(*row, owner or "", by == me) for *row, owner, by in rows}
    return tuple(found.values())


def take_off(who: Who, reminder_id: int) -> None:
    """Takes a reminder, and earlier ones of the same action, off the person's home page."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        row = work.session.get(Reminder, reminder_id)
        if row is None or row.person_id != who.person_id:
            return
        same = select(Reminder).where(
            Reminder.action_id == row.action_id,
            Reminder.person_id == row.person_id,
            col(Reminder.seen_at).is_(None),
        )
        seen = work.session.exec(same).all()
        for one in seen:
            one.seen_at = work.now
        if seen:
            work.audit("reminder.taken_off", Thing.ACTION, row.action_id)


def snooze(who: Who, action_id: str, until: date | None, reason: str, was: date | None) -> None:
    """Nobody is reminded of the action before `until`; None ends the peace. The due date stays, and
    so does everybody's sight of it. Raises ProblemForUser without a reason, for a day that is over
    and for one more than 90 days ahead; Conflict when somebody else chose another day."""
    reason = clean(reason, limit=2_000, field="reason")
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        row = work.get(ActionItem, action_id, "action")
        if until is not None:
            _check_snooze(row, until, reason, work.now.date())
        before = as_it_is(row)
        compare_and_set(row, "snoozed_until", until, was, words="day of the next reminder")
        row.snooze_reason = reason if until else ""
        if note_changes(work, row, before):
            work.audit("action.snoozed", Thing.ACTION, row.id)


def _check_snooze(row: ActionItem, until: date, reason: str, today: date) -> None:
    if row.status not in PROMISED:
        raise ProblemForUser("Nobody is reminded of this action: it is no open promise.")
    if not today < until <= today + LONGEST_SNOOZE:
        raise ProblemForUser(
            f"Choose a day from tomorrow to {LONGEST_SNOOZE.days} days from today. For longer, "
            "move the due date or decline the action.",
            field="until",
        )
    if not reason:
        raise ProblemForUser(
            "Say why it waits; everybody who looks at the action can read it.", field="reason"
        )


class ReminderClock:
    """The thread that sends what is due, every quarter of an hour."""

    def __init__(self) -> None:
        self.stopping = Event()
        self.thread = Thread(target=self._run, name="reminders", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(timeout=5)

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                send_due(clock.now())
            except ProblemForUser as problem:
                log.error("no reminders were sent: %s", problem.message)
            except Exception:  # a bug must not stop the clock for good: loud in the log, and again
                log.exception("no reminders were sent")
            self.stopping.wait(timeout=LOOK)


_clocks: list[ReminderClock] = []


def start_reminders() -> None:
    """Sends what is due from now on."""
    _clocks.append(ReminderClock())
    _clocks[-1].start()


def stop_reminders() -> None:
    """What is due waits for the next start."""
    while _clocks:
        _clocks.pop().stop()
