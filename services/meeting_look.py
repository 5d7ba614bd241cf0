"""What somebody at a meeting sees at this moment, in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.lifecycle import EDITABLE
from models.rules.meeting.agenda import PartKind
from models.rules.meeting.board import column_of, votes_each
from models.rules.meeting.record import SurveyRecord
from models.rules.policy import Thing, Verb, Who
from models.rules.vocabulary import LessonKind
from models.tables.meeting import (
    Attendance,
    Card,
    CardGroup,
    CardVote,
    Meeting,
    MeetingPart,
)
from models.tables.people import Person
from models.tables.postmortem import Lesson, Postmortem
from services.meeting_board import is_own
from services.meeting_records import load_survey
from services.unit_of_work import Work, reading

Phase = Literal["gathering", "running", "over", "called_off"]


@dataclass(frozen=True)
class PartRow:
    """`seconds` is what has been spent in this part up to now."""

    kind: PartKind
    minutes: int
    seconds: int


@dataclass(frozen=True)
class Attendee:
    person_id: str
    name: str
    is_here: bool
    has_answered: bool


@dataclass(frozen=True)
class CardRow:
    """`by` is "" where cards are anonymous."""

    id: str
    kind: LessonKind
    text: str
    by: str


@dataclass(frozen=True)
class GroupRow:
    """`votes` is None until they are shown; `is_mine` when the person's own vote is on it."""

    id: str
    kind: LessonKind
    title: str
    cards: tuple[CardRow, ...]
    votes: int | None
    is_mine: bool
    is_carried: bool


@dataclass(frozen=True)
class MeetingView:
    """Before the reveal `cards` are the person's own and `others` counts the rest; from then on
    everything stands in `groups`: in their order on the board, and once the votes are shown those
    with the most first. `survey` is empty while too few have answered."""

    id: str
    postmortem_id: str
    postmortem_title: str
    is_editable: bool
    facilitator: str
    leads: bool
    attends: bool
    join_code: str
    is_anonymous: bool
    revision: int
    phase: Phase
    part: int
    parts: tuple[PartRow, ...]
    is_running: bool
    started_at: datetime | None
    ended_at: datetime | None
    people: tuple[Attendee, ...]
    is_revealed: bool
    are_votes_shown: bool
    cards: tuple[CardRow, ...]
    others: int
    groups: tuple[GroupRow, ...]
    votes_each: int
    votes_given: int
    voters: int
    has_answered: bool
    answers: int
    survey: tuple[SurveyRecord, ...]

    @property
    def now(self) -> PartRow:
        """The part that is due."""
        return self.parts[self.part]

    @property
    def here(self) -> int:
        """How many are in the meeting."""
        return sum(one.is_here for one in self.people)


def get_meeting(who: Who, meeting_id: str, *, secret: str = "") -> MeetingView:
    """The meeting as this person sees it; `secret` is that of their browser tab, by which
    anonymous cards are known to be their own. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.MEETING)
        row = work.get(Meeting, meeting_id, "meeting")
        postmortem = work.get(Postmortem, row.postmortem_id, "post-mortem")
        people = _people(work, row)
        me = next((one for one in people if one.person_id == who.person_id), None)
        rows = _cards(work, row)
        own = [_card(card, by) for card, by in rows if is_own(card, who.person_id, secret)]
        votes = _votes(work, row)
        mine = {group for group, voter in votes if voter == who.person_id}
        groups = _groups(work, row, rows, votes, mine)
        hidden = row.revealed_at is None
        return MeetingView(
            id=row.id,
            postmortem_id=row.postmortem_id,
            postmortem_title=postmortem.title,
            is_editable=postmortem.status in EDITABLE,
            facilitator=_name(work, row.facilitator_id),
            leads=row.facilitator_id == who.person_id,
            attends=me is not None and me.is_here,
            join_code=row.join_code or "",
            is_anonymous=row.is_anonymous,
            revision=row.revision,
            phase=_phase(row),
            part=row.part,
            parts=_parts(work, row),
            is_running=row.running_since is not None,
            started_at=row.started_at,
            ended_at=row.ended_at,
            people=people,
            is_revealed=not hidden,
            are_votes_shown=row.votes_shown_at is not None,
            cards=tuple(own) if hidden else (),
            others=len(rows) - len(own) if hidden else 0,
            groups=groups,
            votes_each=votes_each(len(groups)),
            votes_given=len(mine),
            voters=len({voter for _, voter in votes}),
            has_answered=me is not None and me.has_answered,
            answers=sum(one.has_answered for one in people),
            survey=load_survey(work, row.id),
        )


def _phase(row: Meeting) -> Phase:
    if row.started_at is None:
        return "gathering" if row.ended_at is None else "called_off"
    return "running" if row.ended_at is None else "over"


def _name(work: Work, person_id: str | None) -> str:
    person = work.session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def _people(work: Work, row: Meeting) -> tuple[Attendee, ...]:
    rows = work.session.exec(
        select(Attendance.person_id, Person.name, Attendance.left_at, Attendance.has_answered)
        .join(Person, col(Attendance.person_id) == col(Person.id))
        .where(Attendance.meeting_id == row.id)
        .order_by(Person.name_key)
    )
    return tuple(Attendee(i, name, left is None, answered) for i, name, left, answered in rows)


def _parts(work: Work, row: Meeting) -> tuple[PartRow, ...]:
    since = int((work.now - row.running_since).total_seconds()) if row.running_since else 0
    rows = work.session.exec(
        select(MeetingPart)
        .where(MeetingPart.meeting_id == row.id)
        .order_by(col(MeetingPart.number))
    )
    return tuple(
        PartRow(one.kind, one.minutes, one.seconds + (since if one.number == row.part else 0))
        for one in rows
    )


def _cards(work: Work, row: Meeting) -> list[tuple[Card, str]]:
    rows = work.session.exec(
        select(Card, Person.name)
        .outerjoin(Person, col(Card.person_id) == col(Person.id))
        .where(Card.meeting_id == row.id)
        .order_by(Card.id)
    )
    return [(card, name or "") for card, name in rows]


def _card(card: Card, by: str) -> CardRow:
    return CardRow(card.id, card.kind, card.text, by)


def _votes(work: Work, row: Meeting) -> list[tuple[str, str]]:
    """(group, person) of every vote."""
    rows = work.session.exec(
        select(CardVote.group_id, CardVote.person_id)
        .join(CardGroup, col(CardVote.group_id) == col(CardGroup.id))
        .where(CardGroup.meeting_id == row.id)
    )
    return [(group, person) for group, person in rows]


def _groups(
    work: Work,
    row: Meeting,
    cards: list[tuple[Card, str]],
    votes: list[tuple[str, str]],
    mine: set[str],
) -> tuple[GroupRow, ...]:
    if row.revealed_at is None:
        return ()
    shown = row.votes_shown_at is not None
    by_group: dict[str, list[CardRow]] = defaultdict(list)
    for card, by in cards:
        by_group[card.group_id or ""].append(_card(card, by))
    lesson = select(func.count()).where(Lesson.id == CardGroup.id).scalar_subquery()
    found = work.session.exec(
        select(CardGroup.id, CardGroup.title, lesson)
        .where(CardGroup.meeting_id == row.id)
        .order_by(col(CardGroup.position))
    )
    groups = [
        GroupRow(
            id=group_id,
            kind=column_of(card.kind for card in by_group[group_id]),
            title=title,
            cards=tuple(by_group[group_id]),
            votes=sum(group == group_id for group, _ in votes) if shown else None,
            is_mine=group_id in mine,
            is_carried=bool(carried),
        )
        for group_id, title, carried in found
    ]
    return tuple(sorted(groups, key=lambda group: -(group.votes or 0)))
