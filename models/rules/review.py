"""Is the post-mortem ready? What each step has and lacks, when it is due, and a first summary."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from models.rules.clocks import lasted, length_in_words, order_problems
from models.rules.record import ActionRecord, ClockTime, IncidentRecord, PostmortemRecord
from models.rules.record_json import dump
from models.rules.vocabulary import (
    ActionStatus,
    Clock,
    ImpactKind,
    IncidentKind,
    IncidentRole,
    LessonKind,
    PostmortemStatus,
    Priority,
)
from models.rules.whys import ends_at_people
from models.rules.wording import read_wording
from models.rules.wording_text import prose_of

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
    """Whether somebody took part in the response: a facilitator who did is too close to it.
    Who had several roles has them joined by commas."""
    looking_on = {IncidentRole.REPORTER, IncidentRole.OBSERVER, "facilitator"}
    return any(
        p.name.casefold() == name.casefold() and not looking_on.issuperset(p.role.split(", "))
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
        (
            deepest >= 1,
            _count(len(nodes), "answer"),
            "what happened, and at least one why below it",
        ),
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
    live = [a for a in r.actions if a.status is not ActionStatus.DECLINED]
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
    moves, the publication stamp, the due date (it follows from the clocks), and who does what
    about an action by when. Of kept files only their titles count, so that the hash is the same
    whether or not their bytes were read."""
    words = replace(
        record,
        status=PostmortemStatus.DRAFT,
        due_at=None,
        reviews=(),
        transitions=(),
        publication=None,
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


def draft_summary(record: PostmortemRecord) -> str:
    """A first summary out of the facts, for the owner to rewrite: what, when, for how long, for
    whom, what contributed, what will be done. What is not known is left out or said to be open;
    so are sentences in which the blame-aware reading finds something."""
    left_out: list[str] = []
    fair = partial(_without_blame, names=people_in(record), left_out=left_out)
    parts = [fair(record.title), _when(record)]
    services = sorted({name for i in record.incidents for name in i.services}, key=str.casefold)
    if services:
        was = "service {} was" if len(services) == 1 else "services {} were"
        real = any(i.kind is IncidentKind.INCIDENT for i in record.incidents)
        how = was.format("affected" if real else "concerned")
        parts.append(f"The {how} {_listed(services)}.")
    told = next((i for i in record.impacts if i.kind is ImpactKind.CUSTOMERS and i.text), None)
    if told and (effect := fair(told.text)):
        about = "Estimated effect" if told.estimated else "The effect"
        parts.append(f"{about} on customers: {effect}")
    if factors := record.all_factors:
        noun = "factor" if len(factors) == 1 else "factors"
        parts.append(f"Contributing {noun}: {_listed(factors)}.")
    parts.append(_what_follows(record, fair))
    if left_out:
        one = len(left_out) == 1
        were = "sentence was" if one else "sentences were"
        parts.append(
            f"{_number(len(left_out))} {were} left out for the owner to word, because "
            f"{'it' if one else 'they'} may read as blame."
        )
    return " ".join(part for part in parts if part)


def _when(record: PostmortemRecord) -> str:
    """When it was and how long it took, as far as that is known."""
    kinds = {i.kind for i in record.incidents}
    if len(record.incidents) > 1:
        return _when_several(record)
    clocks = record.incidents[0].clocks if record.incidents else {}
    began, noticed = clocks.get(Clock.IMPACT_BEGAN), clocks.get(Clock.DETECTED)
    over = clocks.get(Clock.MITIGATED) or clocks.get(Clock.RESOLVED)
    start = began or noticed
    if IncidentKind.INCIDENT not in kinds and kinds:
        [kind] = kinds
        at = f", {'begun' if began else 'noticed'} {_moment(start)}" if start else ""
        return f"It was {_A_KIND[kind]}{at}."
    if start is None:
        return f"It was over {_moment(over)}; when it began is not known." if over else ""
    told = f"It {'began' if began else 'was noticed'} {_moment(start)}"
    if over is None:
        return f"{told}; when it ended is not known."
    length = lasted([clocks])
    if length is None or length[0] <= timedelta(0):
        return f"{told}; its times contradict each other, so how long it lasted is open."
    if began and noticed and noticed.at > began.at:
        told += f", was noticed after {length_in_words(noticed.at - began.at)}"
    return f"{told} and {_lasted(length)}."


def _when_several(record: PostmortemRecord) -> str:
    count = _number(len(record.incidents))
    known = [c for i in record.incidents if (c := _start(i))]
    length = lasted([i.clocks for i in record.incidents])
    if not known:
        return f"{count} incidents belong to it."
    first = f"{count} incidents belong to it; the first began {_moment(min(known, key=_at))}"
    if length is None or length[0] <= timedelta(0):
        return f"{first}."
    return f"{first}, and all of it {_lasted(length)}."


def _start(incident: IncidentRecord) -> ClockTime | None:
    return incident.clocks.get(Clock.IMPACT_BEGAN) or incident.clocks.get(Clock.DETECTED)


def _at(moment: ClockTime) -> datetime:
    return moment.at


def _moment(moment: ClockTime) -> str:
    about = "at about" if moment.estimated else "at"
    return f"on {moment.at.day} {moment.at:%B %Y} {about} {moment.at:%H:%M} UTC"


def _lasted(length: tuple[timedelta, bool]) -> str:
    return f"lasted {'about ' if length[1] else ''}{length_in_words(length[0])}"


def _what_follows(record: PostmortemRecord, fair: Callable[[str], str]) -> str:
    live = [a for a in record.actions if a.status is not ActionStatus.DECLINED]
    declined = len(record.actions) - len(live)
    if not live and record.no_actions_reason:
        return _told("It was decided to take no action", fair(record.no_actions_reason))
    if not live:
        many = "Both" if declined == 2 else f"All {_number(declined).lower()}"
        one = "The one action that was proposed was"
        all_of = one if declined == 1 else f"{many} actions that were proposed were"
        return f"{all_of} declined." if declined else ""
    done = sum(a.status is ActionStatus.DONE for a in live)
    first = min(live, key=lambda a: list(Priority).index(a.priority))
    if len(live) == 1:
        return _told(f"One action follows{' and is done' if done else ''}", fair(first.text))
    so_far = f", {_number(done).lower()} of them done" if done else ""
    most_important = fair(first.text)
    follow = f"{_number(len(live))} actions follow{so_far}."
    return f"{follow} The most important: {most_important}" if most_important else follow


def _told(head: str, rest: str) -> str:
    return f"{head}: {rest}" if rest else f"{head}."


def _without_blame(text: str, names: tuple[str, ...], left_out: list[str]) -> str:
    """The text as sentences on one line; those that may read as blame go to `left_out`."""
    if not read_wording(text, names):
        return _sentence(text)
    kept: list[str] = []
    for start, end in prose_of(text).spans:
        sentence = text[start:end].strip()
        (left_out if read_wording(sentence, names) else kept).append(sentence)
    return _sentence("\n".join(kept))


_A_KIND = {
    IncidentKind.NEAR_MISS: "a near miss",
    IncidentKind.DRILL: "a drill",
    IncidentKind.MAINTENANCE: "planned maintenance",
}
_NUMBERS = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    "Twelve",
)  # fmt: skip


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _sentence(text: str) -> str:
    """The text on one line, with a mark at the end of each of its lines."""
    lines = (line.strip() for line in text.splitlines())
    return " ".join(x if x.endswith((".", "!", "?", "…", ":")) else f"{x}." for x in lines if x)
