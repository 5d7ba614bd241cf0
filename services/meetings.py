"""The review meeting as it runs: opening it, coming and going, its parts and their clock, its end.

Whoever opens a meeting leads it; somebody else can take over. Times are stored, never counted: a
closed laptop or a restarted server changes nothing about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models.rules.meeting.agenda import AGENDA, USUAL_MIN, time_boxes
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.tables.meeting import Attendance, Meeting, MeetingPart
from models.tables.postmortem import Postmortem
from services.announcements import News, announce
from services.join_codes import free_code
from services.meeting_records import keep_record, show_all
from services.people import person_of
from services.unit_of_work import Work, reading, writing

NO_NEWS = News(-1, concerns=False)


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list. `started_at` is None while people gather, `ended_at` until it is
    over."""

    id: str
    is_anonymous: bool
    started_at: datetime | None
    ended_at: datetime | None


def start_meeting(
    who: Who, postmortem_id: str, *, minutes: int = USUAL_MIN, anonymous: bool = False
) -> str:
    """Opens a meeting of 25 to 90 minutes about a post-mortem, so that people can come in; its
    id. Who opens it leads it and is there. While one is open it is that one, whoever asks."""
    person, boxes = person_of(who), time_boxes(minutes)
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.MEETING)
        work.get(Postmortem, postmortem_id, "post-mortem")
        open_one = select(Meeting.id).where(
            Meeting.postmortem_id == postmortem_id, col(Meeting.ended_at).is_(None)
        )
        if found := work.session.exec(open_one).first():
            return found
        row = work.add(
            Meeting(
                postmortem_id=postmortem_id,
                facilitator_id=person,
                join_code=free_code(work),
                is_anonymous=anonymous,
                created_at=work.now,
            )
        )
        for number, (part, box) in enumerate(zip(AGENDA, boxes, strict=True)):
            work.add(MeetingPart(meeting_id=row.id, number=number, kind=part.kind, minutes=box))
        work.add(Attendance(meeting_id=row.id, person_id=person, joined_at=work.now))
        work.audit("meeting.opened", Thing.MEETING, row.id)
        return row.id


def list_meetings(who: Who, postmortem_id: str) -> tuple[MeetingRow, ...]:
    """The meetings of a post-mortem that are open or were held, the newest first."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.MEETING)
        rows = work.session.exec(
            select(Meeting.id, Meeting.is_anonymous, Meeting.started_at, Meeting.ended_at)
            .where(
                Meeting.postmortem_id == postmortem_id,
                col(Meeting.started_at).is_not(None) | col(Meeting.ended_at).is_(None),
            )
            .order_by(col(Meeting.created_at).desc())
        )
        return tuple(MeetingRow(*row) for row in rows)


def get_news(who: Who, meeting_id: str, known: News = NO_NEWS) -> News:
    """Where a meeting stands for a person's screen, which knows of this already."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.MEETING)
        row = work.get(Meeting, meeting_id, "meeting")
        return News(row.revision, concerns=row.revision > known.revision)


def join_meeting(who: Who, meeting_id: str) -> None:
    """Comes in, or comes back; again is no harm. Not after the end."""
    person = person_of(who)
    with writing(who) as work:
        row = open_meeting(work, meeting_id)
        there = work.session.get(Attendance, (meeting_id, person))
        if there is not None and there.left_at is None:
            return
        if there is None:
            there = Attendance(meeting_id=meeting_id, person_id=person, joined_at=work.now)
        there.left_at = None
        work.session.add(there)
        changed(work, row, "meeting.joined")
    announce(meeting_id)


def leave_meeting(who: Who, meeting_id: str) -> None:
    """Goes before the end."""
    person = person_of(who)
    with writing(who) as work:
        row = open_meeting(work, meeting_id)
        there = work.session.get(Attendance, (meeting_id, person))
        if there is None or there.left_at is not None:
            return
        there.left_at = work.now
        changed(work, row, "meeting.left")
    announce(meeting_id)


def lead_meeting(who: Who, meeting_id: str) -> None:
    """Takes over from whoever led, who is an ordinary participant from then on."""
    person = person_of(who)
    with writing(who) as work:
        row = open_meeting(work, meeting_id)
        require_attending(work, row)
        if row.facilitator_id == person:
            return
        row.facilitator_id = person
        changed(work, row, "meeting.taken_over")
    announce(meeting_id)


def begin_meeting(who: Who, meeting_id: str) -> None:
    """The facilitator lets the first part begin; again is no harm."""
    with leading(who, meeting_id) as (work, row):
        if row.started_at is None:
            row.started_at = row.running_since = work.now
            changed(work, row, "meeting.begun")


def move_to_part(who: Who, meeting_id: str, number: int) -> None:
    """Goes on (or back) to a part of the agenda, by its number from 0. Its clock goes on from
    where it stood."""
    if not 0 <= number < len(AGENDA):
        raise ProblemForUser("The agenda has no such part.")
    with leading(who, meeting_id) as (work, row):
        if row.started_at is None:
            raise ProblemForUser("Begin the meeting first; then go through its parts.")
        if row.part != number:
            _stop_clock(work, row)
            row.part, row.running_since = number, work.now
            changed(work, row, "meeting.part_moved")


def set_clock(who: Who, meeting_id: str, *, running: bool) -> None:
    """Lets the clock stand, for instance for a break, or go on."""
    with leading(who, meeting_id) as (work, row):
        if row.started_at is None or running == (row.running_since is not None):
            return
        if running:
            row.running_since = work.now
        else:
            _stop_clock(work, row)
        changed(work, row, "meeting.resumed" if running else "meeting.paused")


def end_meeting(who: Who, meeting_id: str) -> None:
    """The meeting is over: cards and votes are shown if they were not, and its record is kept.
    One that had not begun is called off, and leaves nothing."""
    with leading(who, meeting_id, ended_too=True) as (work, row):
        if row.ended_at is not None:
            return
        _stop_clock(work, row)
        row.ended_at = work.now
        if row.started_at is None:
            row.join_code = None
        else:
            show_all(work, row)
            row.votes_shown_at = row.votes_shown_at or work.now
            keep_record(work, row)
        changed(work, row, "meeting.ended")


@contextmanager
def leading(
    who: Who, meeting_id: str, *, ended_too: bool = False
) -> Iterator[tuple[Work, Meeting]]:
    """A write that only the facilitator may do. What changed is noted by `changed`; the screens
    hear of it afterwards."""
    with writing(who) as work:
        if ended_too:
            work.require(Verb.EDIT, Thing.MEETING)
            row = work.get(Meeting, meeting_id, "meeting")
        else:
            row = open_meeting(work, meeting_id)
        if row.facilitator_id != person_of(who):
            raise NotAllowed("Only the facilitator of this meeting can do this.")
        yield work, row
    announce(meeting_id)


def open_meeting(work: Work, meeting_id: str) -> Meeting:
    """Part of a transaction: a meeting that has not ended. Raises ProblemForUser otherwise."""
    work.require(Verb.EDIT, Thing.MEETING)
    row = work.get(Meeting, meeting_id, "meeting")
    if row.ended_at is not None:
        raise ProblemForUser("This meeting is over. What came out of it is in the post-mortem.")
    return row


def require_attending(work: Work, row: Meeting) -> None:
    """Raises NotAllowed for who has not come in, or has gone."""
    there = work.session.get(Attendance, (row.id, person_of(work.who)))
    if there is None or there.left_at is not None:
        raise NotAllowed("Come into the meeting first; then you can take part.")


def changed(work: Work, row: Meeting, action: str) -> None:
    """Part of a transaction: one more revision, and the audit line."""
    row.revision += 1
    work.session.add(row)
    work.audit(action, Thing.MEETING, row.id)


def _stop_clock(work: Work, row: Meeting) -> None:
    if row.running_since is None:
        return
    part = work.session.get(MeetingPart, (row.id, row.part))
    if part is not None:
        part.seconds += int((work.now - row.running_since).total_seconds())
    row.running_since = None
