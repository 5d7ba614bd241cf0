"""What meetings leave behind: the survey, the record in the post-mortem, when it was held."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col, select

from models.rules.meeting.board import column_of
from models.rules.meeting.record import (
    AttendanceRecord,
    CardGroupRecord,
    CardRecord,
    MeetingPartRecord,
    MeetingRecord,
    SurveyRecord,
    dump_meeting,
    load_meeting,
)
from models.rules.meeting.survey import ENOUGH, Answer, SurveyQuestion
from models.rules.policy import NOBODY, Thing, Verb, Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.tables.meeting import (
    Attendance,
    Card,
    CardGroup,
    CardVote,
    Meeting,
    MeetingPart,
    SurveyCount,
)
from models.tables.people import Person
from models.tables.postmortem import Lesson, Postmortem
from services.announcements import announce
from services.people import person_of
from services.unit_of_work import Work, free_id, pick, reading, writing

_shuffle = random.SystemRandom().shuffle  # what nobody can foresee, nobody can undo


def answer_survey(who: Who, meeting_id: str, learned: Answer, again: Answer) -> None:
    """Both answers of somebody who was there. What is kept is how many gave each answer, and that
    this person has answered; a second time changes nothing."""
    person = person_of(who)
    with reading(who) as work:
        work.require(Verb.EDIT, Thing.MEETING)
    with writing(NOBODY) as work:
        row = work.get(Meeting, meeting_id, "meeting")
        there = work.session.get(Attendance, (meeting_id, person))
        if row.started_at is None:
            raise ProblemForUser("The meeting has not begun yet.")
        if there is None:
            raise NotAllowed("The two questions are for those who were at the meeting.")
        if there.has_answered:
            return
        there.has_answered = True
        for question, answer in (
            (SurveyQuestion.LEARNED, learned),
            (SurveyQuestion.AGAIN, again),
        ):
            count = work.session.get(SurveyCount, (meeting_id, question, answer))
            count = count or SurveyCount(meeting_id=meeting_id, question=question, answer=answer)
            count.people += 1
            work.session.add(count)
        row.revision += 1
        work.session.flush()
        keep_record(work, row)
        work.audit("meeting.survey_answered", Thing.MEETING, meeting_id)
    announce(meeting_id)


def held_at_column(now: datetime) -> Any:
    """In a select of Postmortem: when its review meeting was held (UTC), as rules.meeting.record.
    held_at says; None for none."""
    first = select(func.min(Meeting.started_at)).where(Meeting.postmortem_id == Postmortem.id)
    planned = case((col(Postmortem.meeting_at) <= now, Postmortem.meeting_at))
    return func.coalesce(first.scalar_subquery(), planned)


def load_meetings(work: Work, ids: Sequence[str]) -> dict[str, list[MeetingRecord]]:
    """The meetings that were held about these post-mortems, by post-mortem, the first one first."""
    rows = work.session.exec(
        select(Meeting.postmortem_id, Meeting.record)
        .where(col(Meeting.postmortem_id).in_(ids), Meeting.record != "")
        .order_by(col(Meeting.started_at), Meeting.id)
    )
    found: dict[str, list[MeetingRecord]] = defaultdict(list)
    for owner, record in rows:
        found[owner].append(load_meeting(record))
    return found


def store_meetings(work: Work, postmortem_id: str, records: Iterable[MeetingRecord]) -> None:
    """Meetings that a file brings along: what they left behind, and nothing that goes on."""
    for record in records:
        row = work.add(
            Meeting(
                id=free_id(work, Meeting, record.id),
                postmortem_id=postmortem_id,
                is_anonymous=record.is_anonymous,
                created_at=work.now,
                started_at=record.began_at,
                ended_at=record.ended_at,
            )
        )
        row.record = dump_meeting(replace(record, id=row.id))


def show_all(work: Work, row: Meeting) -> None:
    """Part of a transaction: every card in a group of its own, in an order that says nothing of
    when it came; from here on nothing says whose an anonymous card is, to its writer either."""
    if row.revealed_at is not None:
        return
    cards = list(work.session.exec(select(Card).where(Card.meeting_id == row.id)))
    _shuffle(cards)
    groups = [CardGroup(meeting_id=row.id, position=n) for n in range(len(cards))]
    work.session.add_all(groups)
    work.session.flush()
    for card, group in zip(cards, groups, strict=True):
        card.group_id, card.key = group.id, ""
    row.revealed_at = work.now


def keep_record(work: Work, row: Meeting) -> None:
    """Part of a transaction: writes down what a meeting that is over leaves behind."""
    if row.started_at is None or row.ended_at is None:
        return
    work.session.flush()
    led_by = work.session.get(Person, row.facilitator_id) if row.facilitator_id else None
    row.record = dump_meeting(
        MeetingRecord(
            id=row.id,
            began_at=row.started_at,
            ended_at=row.ended_at,
            facilitator=led_by.name if led_by else "",
            is_anonymous=row.is_anonymous,
            attendance=_attendance(work, row.id),
            parts=_parts(work, row.id),
            groups=_groups(work, row.id),
            survey=load_survey(work, row.id),
        )
    )
    work.session.add(row)


def load_survey(work: Work, meeting_id: str) -> tuple[SurveyRecord, ...]:
    """The counts of both questions; nothing while fewer than three have answered."""
    counts: dict[SurveyQuestion, dict[Answer, int]] = {}
    rows = select(SurveyCount).where(SurveyCount.meeting_id == meeting_id)
    for one in work.session.exec(rows):
        counts.setdefault(one.question, {})[one.answer] = one.people
    found = tuple(
        SurveyRecord(question, {a: counts[question].get(a, 0) for a in Answer})
        for question in SurveyQuestion
        if question in counts
    )
    return found if found and found[0].answers >= ENOUGH else ()


def _attendance(work: Work, meeting_id: str) -> tuple[AttendanceRecord, ...]:
    rows = work.session.exec(
        select(Person.name, Attendance.joined_at, Attendance.left_at)
        .join(Person, col(Attendance.person_id) == col(Person.id))
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Person.name_key)
    )
    return tuple(AttendanceRecord(*row) for row in rows)


def _parts(work: Work, meeting_id: str) -> tuple[MeetingPartRecord, ...]:
    rows = work.session.exec(
        pick(MeetingPart.kind, MeetingPart.minutes, MeetingPart.seconds)
        .where(MeetingPart.meeting_id == meeting_id)
        .order_by(col(MeetingPart.number))
    )
    return tuple(
        MeetingPartRecord(kind, planned, -(-seconds // 60)) for kind, planned, seconds in rows
    )


def _groups(work: Work, meeting_id: str) -> tuple[CardGroupRecord, ...]:
    votes = select(func.count()).where(CardVote.group_id == CardGroup.id).scalar_subquery()
    lesson = select(Lesson.id).where(Lesson.id == CardGroup.id).scalar_subquery()
    groups = work.session.exec(
        pick(CardGroup.id, CardGroup.title, votes, lesson)
        .where(CardGroup.meeting_id == meeting_id)
        .order_by(votes.desc(), col(CardGroup.position))
    ).all()
    cards: dict[str, list[CardRecord]] = defaultdict(list)
    rows = work.session.exec(
        pick(Card.group_id, Card.kind, Card.text, Person.name)
        .outerjoin(Person, col(Card.person_id) == col(Person.id))
        .where(Card.meeting_id == meeting_id)
        .order_by(Card.id)
    )
    for group_id, kind, text, name in rows:
        cards[group_id or ""].append(CardRecord(kind, text, name or ""))
    return tuple(
        CardGroupRecord(
            kind=column_of(card.kind for card in cards[group_id]),
            cards=tuple(cards[group_id]),
            title=title,
            votes=count,
            is_carried=lesson_id is not None,
        )
        for group_id, title, count, lesson_id in groups
        if cards[group_id]
    )
