"""A small post-mortem to test pages and services on: a queue, a retry, and two people."""

from __future__ import annotations

from datetime import UTC, date, datetime

from models.rules.policy import Who
from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    ImpactRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    WhyRecord,
)
from models.rules.vocabulary import (
    ActionType,
    Clock,
    EventKind,
    ImpactKind,
    LessonKind,
    Priority,
    Severity,
)
from services.record_in import store_postmortem
from services.unit_of_work import writing


def at(clock: str) -> datetime:
    """A moment of the day of the incident."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, 10, hour, minute, tzinfo=UTC)


def small_incident() -> IncidentRecord:
    """A release, an alert, and the end of it."""
    return IncidentRecord(
        title="Orders waited in the queue",
        severity=Severity.SEV1,
        clocks={
            Clock.IMPACT_BEGAN: ClockTime(at("09:00")),
            Clock.DETECTED: ClockTime(at("09:12")),
            Clock.RESOLVED: ClockTime(at("10:40")),
        },
        services=("Orders",),
        events=(
            EventRecord(at("09:00"), "The retry limit went to zero with the release.", id="e1",
                        kind=EventKind.CHANGE),
            EventRecord(at("09:12"), "Queue age alert fired.", id="e2", kind=EventKind.ALERT),
            EventRecord(at("10:40"), "The queue was empty again.", id="e3", author="Ben Okafor"),
        ),
    )  # fmt: skip


def small_postmortem(title: str = "Orders waited in the queue") -> PostmortemRecord:
    """Complete enough to publish, without a sign-off."""
    return PostmortemRecord(
        title=title,
        owner="Ada Brandt",
        facilitator="Ben Okafor",
        participants=(ParticipantRecord("Ada Brandt", "commander"),),
        meeting_at=datetime(2026, 3, 11, 14, tzinfo=UTC),
        due_at=datetime(2026, 3, 12, 10, 40, tzinfo=UTC),
        summary="Orders waited for 100 minutes because retries were off.",
        incidents=(small_incident(),),
        impacts=(
            ImpactRecord(ImpactKind.CUSTOMERS, "310 orders were late."),
            ImpactRecord(ImpactKind.DURATION, "100 minutes"),
        ),
        whys=(
            WhyRecord(
                "Orders were not retried", id="w1", event_ids=("e1",),
                children=(
                    WhyRecord("The default of the setting is zero", id="w2",
                              factors=("Configuration change",)),
                ),
            ),
        ),
        lessons=(
            LessonRecord(LessonKind.WENT_WELL, "The alert named the queue.", id="l1"),
            LessonRecord(LessonKind.WENT_WRONG, "The setting had no owner.", id="l2"),
        ),
        actions=(
            ActionRecord(
                "Refuse a release whose retry limit is zero", id="a1", owner="Ada Brandt",
                due_on=date(2026, 3, 25), priority=Priority.HIGH, type=ActionType.PREVENT,
                factor="Configuration change",
            ),
        ),
    )  # fmt: skip


def stored(who: Who, record: PostmortemRecord | None = None) -> str:
    """The id of a post-mortem that has been stored."""
    with writing(who) as work:
        return store_postmortem(work, record or small_postmortem()).id
