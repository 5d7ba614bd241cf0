"""What a review meeting leaves behind, as part of the record of its post-mortem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from models.rules.meeting.agenda import PartKind
from models.rules.meeting.survey import Answer, SurveyQuestion
from models.rules.vocabulary import LessonKind


@dataclass(frozen=True)
class AttendanceRecord:
    """`left_at` is None for who stayed to the end."""

    name: str
    joined_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class MeetingPartRecord:
    """Planned and spent minutes; `spent` 0 for a part that was left out."""

    kind: PartKind
    planned: int
    spent: int


@dataclass(frozen=True)
class CardRecord:
    """`by` is "" where cards are anonymous: then nobody knows who wrote it."""

    kind: LessonKind
    text: str
    by: str = ""


@dataclass(frozen=True)
class CardGroupRecord:
    """Cards that say the same, in the column of most of them. `is_carried` when they stand among
    the lessons of the post-mortem."""

    kind: LessonKind
    cards: tuple[CardRecord, ...]
    title: str = ""
    votes: int = 0
    is_carried: bool = False


@dataclass(frozen=True)
class SurveyRecord:
    """How many gave each answer to a question; all counts together are those who answered."""

    question: SurveyQuestion
    counts: dict[Answer, int]

    @property
    def answers(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting that was held. `survey` is empty while too few have answered. Groups come with
    the most votes first."""

    began_at: datetime
    ended_at: datetime
    id: str = ""
    facilitator: str = ""
    is_anonymous: bool = False
    attendance: tuple[AttendanceRecord, ...] = ()
    parts: tuple[MeetingPartRecord, ...] = ()
    groups: tuple[CardGroupRecord, ...] = ()
    survey: tuple[SurveyRecord, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who was there or signed a card, once each."""
        wrote = (card.by for group in self.groups for card in group.cards if card.by)
        return tuple(dict.fromkeys((*(one.name for one in self.attendance), *wrote)))


def held_at(began: Iterable[datetime], planned: datetime | None, now: datetime) -> datetime | None:
    """When the review meeting was held: the start of the first one that was led here, otherwise
    the time that it was planned for, once that is past. None for none."""
    known = min(began, default=None)
    if known is None and planned is not None and planned <= now:
        return planned
    return known


_MEETING: TypeAdapter[MeetingRecord] = TypeAdapter(MeetingRecord)


def dump_meeting(record: MeetingRecord) -> str:
    """As JSON; `load_meeting` gives the same back."""
    return _MEETING.dump_json(record).decode()


def load_meeting(text: str) -> MeetingRecord:
    """What `dump_meeting` made."""
    return _MEETING.validate_json(text)
