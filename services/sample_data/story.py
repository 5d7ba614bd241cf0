"""The stories of the worked example: YAML files beside this one, read into records.

A story says when it began (`24 days ago`, from midnight; `5 hours ago`, from the full hour) and
gives every time as hours and minutes after that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    EvidenceRecord,
    ImpactRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
    ReviewRecord,
    TransitionRecord,
    WhyRecord,
)
from models.rules.review import due_at
from models.rules.severity import path_taken
from models.rules.vocabulary import (
    ActionStatus,
    ActionType,
    Clock,
    EventKind,
    ImpactKind,
    LessonKind,
    PostmortemStatus,
    Priority,
    Severity,
)
from models.tables.base import new_id
from services.sample_data.graph import waiting_time

HERE = Path(__file__).resolve().parent
_ESTIMATED = " (estimated)"
At = Callable[[str], datetime]


def read_story(name: str, now: datetime, me: str) -> IncidentRecord | PostmortemRecord:
    """The incident of a story, or its post-mortem when it has one. `me` stands in for the person
    who is called “me” in it."""
    story = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    began = _began(story["began"], now)

    def at(clock: str) -> datetime:
        days, _, time = clock.rpartition("d ")
        hours, minutes = map(int, time.split(":"))
        return began + timedelta(days=int(days or 0), hours=hours, minutes=minutes)

    incident = _incident(story["incident"], at)
    told = story.get("postmortem")
    return _postmortem(told, incident, at, now, me) if told else incident


def _began(words: str, now: datetime) -> datetime:
    number, unit, _ = words.split()
    if unit == "days":
        return now.replace(hour=0, minute=0, second=0) - timedelta(days=int(number))
    return now.replace(minute=0, second=0) - timedelta(hours=int(number))


def _incident(told: dict[str, Any], at: At) -> IncidentRecord:
    return IncidentRecord(
        title=told["title"],
        summary=told.get("summary", ""),
        severity=Severity(told["severity"]),
        severity_path=path_taken(tuple(told["answers"].items())),
        clocks={
            Clock(name): ClockTime(at(time.split()[0]), "estimated" in time)
            for name, time in told["clocks"].items()
        },
        services=tuple(told["services"]),
        participants=tuple(ParticipantRecord(n, r) for n, r in told["people"].items()),
        events=tuple(_event(event, at) for event in told["events"]),
        source_key=told["key"],
    )


def _event(told: dict[str, Any], at: At) -> EventRecord:
    evidence = [EvidenceRecord(title, url) for title, url in told.get("links", {}).items()]
    if title := told.get("picture"):
        picture = waiting_time(at("12:50"), began=16, eased=75, over=99, lasts=120)
        evidence.append(EvidenceRecord(title, media_type="image/png", content=picture))
    return EventRecord(
        at=at(told["at"]),
        text=told["text"],
        id=new_id(),
        kind=EventKind(told["kind"]),
        author=told.get("author", ""),
        evidence=tuple(evidence),
    )


def _postmortem(
    told: dict[str, Any], incident: IncidentRecord, at: At, now: datetime, me: str
) -> PostmortemRecord:
    def person(name: str) -> str:
        return me if name == "me" else name

    events = {event.at: event.id for event in incident.events}
    owner = person(told["owner"])
    moves = _moves(told.get("moves", ()), at, owner)
    out = moves[-1].at if moves else None
    return PostmortemRecord(
        title=told["title"],
        status=PostmortemStatus.PUBLISHED if out else PostmortemStatus.DRAFT,
        owner=owner,
        facilitator=told["facilitator"],
        participants=incident.participants,
        meeting_at=at(told["meeting"]) if "meeting" in told else None,
        due_at=due_at(incident.clocks[Clock.RESOLVED].at),
        summary=told.get("summary", "").strip(),
        incidents=(incident,),
        impacts=tuple(
            ImpactRecord(ImpactKind(kind), text.removesuffix(_ESTIMATED), _ESTIMATED in text)
            for kind, text in told["impacts"].items()
        ),
        whys=(_why(told["why"], lambda clock: events[at(clock)]),),
        lessons=tuple(
            LessonRecord(LessonKind(kind), text)
            for kind, texts in told["lessons"].items()
            for text in texts
        ),
        actions=tuple(_action(a, person(a["owner"]), now) for a in told.get("actions", ())),
        reviews=tuple(
            ReviewRecord(r["name"], at(r["at"]), r["comment"]) for r in told.get("reviews", ())
        ),
        transitions=moves,
        publication=PublicationRecord(1, owner, out) if out else None,
        source_key=f"{incident.source_key}:postmortem",
    )


def _why(told: dict[str, Any], event_id: Callable[[str], str]) -> WhyRecord:
    return WhyRecord(
        text=told["text"],
        event_ids=tuple(event_id(clock) for clock in told.get("shown_by", ())),
        factors=tuple(told.get("factors", ())),
        children=tuple(_why(below, event_id) for below in told.get("because", ())),
    )


def _action(told: dict[str, Any], owner: str, now: datetime) -> ActionRecord:
    due_in, done_in = told.get("due_in_days"), told.get("done_in_days")
    return ActionRecord(
        text=told["text"],
        owner=owner,
        due_on=(now + timedelta(days=due_in)).date() if due_in is not None else None,
        priority=Priority(told["priority"]),
        type=ActionType(told["type"]),
        status=ActionStatus(told["status"]),
        factor=told["factor"],
        tracker_url=told.get("tracker", ""),
        reason=told.get("reason", ""),
        done_on=(now + timedelta(days=done_in)).date() if done_in is not None else None,
    )


def _moves(told: Any, at: At, by: str) -> tuple[TransitionRecord, ...]:
    """From draft through each status in its order."""
    moves, status = [], PostmortemStatus.DRAFT
    for move in told:
        to = PostmortemStatus(move["to"])
        moves.append(TransitionRecord(at(move["at"]), by, status, to))
        status = to
    return tuple(moves)
