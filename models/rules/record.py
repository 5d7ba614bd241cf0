"""An incident and its post-mortem as plain values: the one shape that everything passes around.

Importers make these, services store them and give them back, the completeness check and the
blame-aware reading look at them, reports print them, and the JSON export is exactly them.
Every datetime is aware and in UTC. Texts have been through `text.clean`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from models.rules.meeting.record import MeetingRecord
from models.rules.vocabulary import (
    ActionStatus,
    ActionType,
    Clock,
    EventKind,
    ImpactKind,
    IncidentKind,
    LessonKind,
    PostmortemStatus,
    Precision,
    Priority,
    Severity,
    Source,
)


@dataclass(frozen=True)
class EvidenceRecord:
    """A link, or a file kept with the event (then `content` holds its bytes)."""

    title: str
    url: str | None = None
    media_type: str | None = None
    content: bytes | None = None


@dataclass(frozen=True)
class EventRecord:
    """One line of a timeline.

    `at` is the start of what is known (`precision` says how exactly); `until` the end of a span.
    `line` is the line of the source, counted from 1. `source_text` keeps the words as they came,
    the time included; `zone` the zone or offset the source gave. `is_noise` marks what is
    collapsed on screen and on paper (joins, notifications) but never lost.
    """

    at: datetime
    text: str
    id: str = ""
    until: datetime | None = None
    precision: Precision = Precision.MINUTE
    kind: EventKind = EventKind.NOTE
    author: str = ""
    line: int | None = None
    source: Source = Source.HAND
    source_text: str = ""
    zone: str = ""
    is_noise: bool = False
    evidence: tuple[EvidenceRecord, ...] = ()


@dataclass(frozen=True)
class ClockTime:
    """A moment of the incident. `estimated` when it was inferred rather than measured."""

    at: datetime
    estimated: bool = False


@dataclass(frozen=True)
class ParticipantRecord:
    """`role` is one of vocabulary.IncidentRole, or the source's own word for it; of several, all
    of them joined by commas ("commander, reporter")."""

    name: str
    role: str = "responder"

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(filter(None, self.role.split(", ")))


@dataclass(frozen=True)
class IncidentRecord:
    """`source_key` is the source's own identity of the incident: the same key is the same
    incident, however often it is brought in. `severity_path` is the answers given in the
    decision tree, as (question, answer) pairs in the order asked."""

    title: str
    id: str = ""
    summary: str = ""
    kind: IncidentKind = IncidentKind.INCIDENT
    severity: Severity | None = None
    severity_path: tuple[tuple[str, str], ...] = ()
    clocks: dict[Clock, ClockTime] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    participants: tuple[ParticipantRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    source: Source = Source.HAND
    source_key: str = ""
    source_url: str = ""


@dataclass(frozen=True)
class ImpactRecord:
    kind: ImpactKind
    text: str
    estimated: bool = False

    @property
    def is_told(self) -> bool:
        """Whether it says anything: a mark without words is nothing."""
        return bool(self.text.strip())


@dataclass(frozen=True)
class WhyRecord:
    """A node of the why-tree: what happened, and below it why. `event_ids` are timeline events
    that show it; `factors` are tags from the team's list of contributing factors."""

    text: str
    id: str = ""
    event_ids: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    children: tuple[WhyRecord, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, WhyRecord]]:
        """This node and all below it, depth first, with their depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True)
class LessonRecord:
    kind: LessonKind
    text: str
    id: str = ""


@dataclass(frozen=True)
class ActionRecord:
    """`reason` says why an action was declined, or what proves that it was done; `done_on` is the
    day on which it was (UTC), None where nobody knows."""

    text: str
    id: str = ""
    owner: str = ""
    due_on: date | None = None
    priority: Priority = Priority.MEDIUM
    type: ActionType = ActionType.PREVENT
    status: ActionStatus = ActionStatus.PROPOSED
    factor: str = ""
    tracker_url: str = ""
    reason: str = ""
    done_on: date | None = None


@dataclass(frozen=True)
class ReviewRecord:
    """A reviewer; `signed_at` is None until they sign off. `stale` when the words have changed
    since they signed."""

    name: str
    signed_at: datetime | None = None
    comment: str = ""
    stale: bool = False


@dataclass(frozen=True)
class TransitionRecord:
    """A move of the post-mortem from one status to another, and why (reopening has a reason)."""

    at: datetime
    by: str
    from_status: PostmortemStatus
    to_status: PostmortemStatus
    reason: str = ""


@dataclass(frozen=True)
class PublicationRecord:
    """Which revision this is, who published it and when."""

    number: int
    by: str
    at: datetime


@dataclass(frozen=True)
class PostmortemRecord:
    """A whole post-mortem with its incidents. `no_actions_reason` makes "no actions" an outcome.
    `factors` are contributing factors tagged on the whole, beside those on the whys.
    `summary_is_draft` while the summary is still the one drafted from the facts."""

    title: str
    id: str = ""
    status: PostmortemStatus = PostmortemStatus.DRAFT
    owner: str = ""
    facilitator: str = ""
    participants: tuple[ParticipantRecord, ...] = ()
    meeting_at: datetime | None = None
    due_at: datetime | None = None
    summary: str = ""
    incidents: tuple[IncidentRecord, ...] = ()
    impacts: tuple[ImpactRecord, ...] = ()
    whys: tuple[WhyRecord, ...] = ()
    factors: tuple[str, ...] = ()
    lessons: tuple[LessonRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    no_actions_reason: str = ""
    reviews: tuple[ReviewRecord, ...] = ()
    transitions: tuple[TransitionRecord, ...] = ()
    publication: PublicationRecord | None = None
    source_key: str = ""
    meetings: tuple[MeetingRecord, ...] = ()

    def __post_init__(self) -> None:
        """An impact without words is none, however it is marked."""
        told = tuple(impact for impact in self.impacts if impact.is_told)
        object.__setattr__(self, "impacts", told)

    @property
    def severity(self) -> Severity | None:
        """The highest severity of its incidents; SEV0 is the highest."""
        return min((i.severity for i in self.incidents if i.severity), default=None)

    @property
    def events(self) -> tuple[EventRecord, ...]:
        """The events of all its incidents in the order of time."""
        return tuple(sorted((e for i in self.incidents for e in i.events), key=lambda e: e.at))

    @property
    def all_factors(self) -> tuple[str, ...]:
        """Every contributing factor, on the whole or on a why, once each."""
        on_whys = (f for root in self.whys for _, why in root.walk() for f in why.factors)
        return tuple(dict.fromkeys((*self.factors, *on_whys)))


@dataclass(frozen=True)
class UnreadLine:
    """A line that could not be read. Shown to the person, never dropped in silence."""

    line: int | None
    text: str
    why: str


@dataclass(frozen=True)
class Reading:
    """What an importer understood of a file. `assumed` says, in whole sentences, what the source
    did not say and was filled in (a zone, a date). `used` are the lines that are no events and
    yet say something, with what they were understood as (the title, the date of what follows)."""

    format: Source
    incidents: tuple[IncidentRecord, ...] = ()
    postmortems: tuple[PostmortemRecord, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    assumed: tuple[str, ...] = ()
    used: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class ReadOptions:
    """What the person adds to a file that does not say it all. `zone` is an IANA name; `date`
    the day of times that have none; `start` the moment that T+0 means (aware). `channel`,
    `since` and `until` choose from a Slack export. `now` is for what has no date at all.
    `finished` says that documents were published long ago, unless they say otherwise."""

    now: datetime
    name: str = ""
    zone: str | None = None
    default_zone: str = "UTC"
    date: date | None = None
    start: datetime | None = None
    channel: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    finished: bool = False
