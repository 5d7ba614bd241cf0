"""Is the post-mortem ready? What each step has and lacks, and when it is due."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from models.rules.clocks import length_in_words, order_problems
from models.rules.record import ActionRecord, IncidentRecord, PostmortemRecord
from models.rules.record_json import dump
from models.rules.vocabulary import (
    ActionStatus,
    Clock,
    ImpactKind,
    IncidentKind,
    IncidentRole,
    LessonKind,
    PostmortemStatus,
)
from models.rules.whys import ends_at_people

COUNTED = (IncidentKind.INCIDENT, IncidentKind.NEAR_MISS)  # the kinds that have a severity
DUE_AFTER = timedelta(hours=48)  # the meeting within 48 hours of resolution
LONG_PAST = timedelta(days=14)


class Step(StrEnum):
    PREPARE = "prepare"
    TIMELINE = "timeline"
    IMPACT = "impact"
    WHY = "why"
    LEARNED = "learned"
    ACTIONS = "actions"
    REVIEW = "review"
    PUBLISH = "publish"


@dataclass(frozen=True)
class StepState:
    """`has` and `missing` are short phrases for the person; `started` when anything is there."""

    step: Step
    has: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def done(self) -> bool:
        return not self.missing

    @property
    def started(self) -> bool:
        return bool(self.has)


def due_at(resolved: datetime | None) -> datetime | None:
    """When the meeting is due: 48 hours after the last of its incidents was resolved."""
    return resolved + DUE_AFTER if resolved else None


def countdown(due: datetime, now: datetime) -> str:
    """`due in 1 d 3 h`, `2 h late`; after two weeks only the day, `overdue since 5 Nov 2022`."""
    left = due - now
    if left >= timedelta(0):
        return f"due in {length_in_words(left)}"
    if -left > LONG_PAST:
        return f"overdue since {due.day} {due:%b %Y}"
    return f"{length_in_words(-left)} late"


def hands_on(record: PostmortemRecord, name: str) -> bool:
    """Whether somebody took part in the response: a facilitator who did is too close to it."""
    looking_on = {IncidentRole.REPORTER, IncidentRole.OBSERVER, "facilitator"}
    return any(
        p.name.casefold() == name.casefold() and not looking_on.issuperset(p.roles)
        for p in record.participants
    )


def people_in(record: PostmortemRecord) -> tuple[str, ...]:
    """Every name that stands in the record outside its prose, once each, sorted."""
    names = {record.owner, record.facilitator}
    names |= {p.name for p in record.participants}
    names |= {p.name for i in record.incidents for p in i.participants}
    names |= {e.author for e in record.events} | {a.owner for a in record.actions}
    names |= {r.name for r in record.reviews}
    return tuple(sorted(names - {""}))


def steps(record: PostmortemRecord) -> tuple[StepState, ...]:
    """What is done and what is missing, step by step in the order of the workspace."""
    parts = (_prepare, _timeline, _impact, _why, _learned, _actions, _review, _publish)
    return tuple(part(record) for part in parts)


def _state(step: Step, *checks: tuple[bool, str, str]) -> StepState:
    """From (is it there, words when it is, words when it is missing; "" to say nothing)."""
    return StepState(
        step,
        tuple(has for there, has, _ in checks if there and has),
        tuple(lacks for there, _, lacks in checks if not there and lacks),
    )


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _prepare(r: PostmortemRecord) -> StepState:
    return _state(
        Step.PREPARE,
        (bool(r.owner), "owner", "an owner"),
        (bool(r.facilitator), "facilitator", "a facilitator"),
        (bool(r.participants), _count(len(r.participants), "participant"), "participants"),
        (bool(r.meeting_at), "meeting time", "a meeting time"),
    )


def _timeline(r: PostmortemRecord) -> StepState:
    count = sum(not e.is_noise for e in r.events)
    clocks = [i.clocks for i in r.incidents]
    began = bool(clocks) and all(Clock.IMPACT_BEGAN in c for c in clocks)
    detected = bool(clocks) and all(Clock.DETECTED in c for c in clocks)
    over = bool(clocks) and all(Clock.MITIGATED in c or Clock.RESOLVED in c for c in clocks)
    ordered = not any(order_problems(c) for c in clocks)
    return _state(
        Step.TIMELINE,
        (count > 0, _count(count, "event"), "events"),
        (began, "start of impact", "when the impact began"),
        (detected, "detection", "when it was detected"),
        (over, "end", "when it was mitigated or resolved"),
        (ordered, "", "times in order"),
    )


def _impact(r: PostmortemRecord) -> StepState:
    told = {i.kind for i in r.impacts if i.text}
    graded = [i.severity for i in r.incidents if i.kind in COUNTED]
    return _state(
        Step.IMPACT,
        (all(graded), "", "the severity (on the page of the incident)"),
        (ImpactKind.CUSTOMERS in told, "customers", "customers affected"),
        (ImpactKind.DURATION in told, "duration", "how long"),
        (bool(told - {ImpactKind.CUSTOMERS, ImpactKind.DURATION}), "other impact", ""),
    )


def _why(r: PostmortemRecord) -> StepState:
    nodes = [why for root in r.whys for _, why in root.walk()]
    deepest = max((depth for root in r.whys for depth, _ in root.walk()), default=0)
    open_ends = ends_at_people(r.whys, people_in(r))
    return _state(
        Step.WHY,
        (bool(nodes), _count(len(nodes), "answer"), "what happened"),
        (deepest >= 1, "", "an answer to how it could happen"),
        (bool(r.all_factors), _count(len(r.all_factors), "factor"), "a contributing factor"),
        (not open_ends, "", "a way on from branches that end at a person"),
    )


def _learned(r: PostmortemRecord) -> StepState:
    count = {kind: sum(x.kind is kind for x in r.lessons) for kind in LessonKind}
    rest = len(r.lessons) - count[LessonKind.WENT_WELL] - count[LessonKind.WENT_WRONG]
    return _state(
        Step.LEARNED,
        (
            count[LessonKind.WENT_WELL] > 0,
            f"{count[LessonKind.WENT_WELL]} went well",
            "what went well",
        ),
        (
            count[LessonKind.WENT_WRONG] > 0,
            f"{count[LessonKind.WENT_WRONG]} went wrong",
            "what went wrong",
        ),
        (rest > 0, f"{rest} more", ""),
    )


def _actions(r: PostmortemRecord) -> StepState:
    live = [a for a in r.actions if a.status not in (ActionStatus.IDEA, ActionStatus.DECLINED)]
    decided = bool(r.actions) or bool(r.no_actions_reason)
    return _state(
        Step.ACTIONS,
        (
            decided,
            _count(len(r.actions), "action") if r.actions else "no actions, with the reason",
            "an action, or the reason why there is none",
        ),
        (all(a.owner for a in live), "", "an owner for every action"),
        (all(a.due_on for a in live), "", "a due date for every action"),
        (
            all(a.reason for a in r.actions if a.status is ActionStatus.DECLINED),
            "",
            "the reason for every declined action",
        ),
    )


def _review(r: PostmortemRecord) -> StepState:
    signed = [v for v in r.reviews if v.signed_at and not v.stale]
    return _state(
        Step.REVIEW,
        (bool(r.summary), "summary", "a summary"),
        (bool(signed), f"{len(signed)} signed off", "a reviewer who signed off"),
    )


def _publish(r: PostmortemRecord) -> StepState:
    out = r.status in (PostmortemStatus.PUBLISHED, PostmortemStatus.CLOSED)
    return _state(Step.PUBLISH, (out, "published", "publication"))


def words_hash(record: PostmortemRecord) -> str:
    """A hash of the words that a reviewer signs and a revision freezes: everything but sign-offs,
    moves, the publication stamp, the due date (it follows from the clocks), the meetings that were
    held, and who does what about an action by when. Of kept files only their titles count, so that
    the hash is the same whether or not their bytes were read."""
    words = replace(
        record,
        status=PostmortemStatus.DRAFT,
        due_at=None,
        reviews=(),
        transitions=(),
        publication=None,
        meetings=(),
        actions=tuple(
            ActionRecord(id=a.id, text=a.text, type=a.type, priority=a.priority, factor=a.factor)
            for a in record.actions
        ),
        incidents=tuple(_without_bytes(incident) for incident in record.incidents),
    )
    return hashlib.sha256(dump(words).encode()).hexdigest()


def _without_bytes(incident: IncidentRecord) -> IncidentRecord:
    events = (
        replace(event, evidence=tuple(replace(e, content=None) for e in event.evidence))
        if event.evidence
        else event
        for event in incident.events
    )
    return replace(incident, events=tuple(events))
