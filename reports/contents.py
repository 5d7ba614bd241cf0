"""What the documents say, in words and in order, whatever they are written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from models.rules.actions import completion
from models.rules.clocks import contradiction, durations, length_in_words, order_problems
from models.rules.following.life import OPEN
from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
)
from models.rules.times import zone_named
from models.rules.vocabulary import (
    ActionStatus,
    Clock,
    IncidentKind,
    IncidentRole,
    LessonKind,
    PostmortemStatus,
    label,
    role_label,
    words,
)
from reports.facts import DocumentFacts
from reports.phrasing import count, day, event_time, moment, zone_word
from reports.prose import cut_at_word

NAMES_SHOWN = 60  # characters of a name in the footer and the facts at the top


@dataclass(frozen=True)
class TimelineRow:
    """An event, or (`event` None) a line that counts the noise between two events."""

    time: str
    text: str
    event: EventRecord | None = None
    hidden: tuple[EventRecord, ...] = ()


@dataclass(frozen=True)
class TimelineDay:
    day: str
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True)
class ClockRow:
    """A moment or a duration: what it is, its value, how it is known or defined. `clock` is the
    moment itself, or the one at which the duration ends."""

    clock: Clock
    name: str
    value: str
    note: str


@dataclass(frozen=True)
class ActionRow:
    """`notes` are the factor it answers, the reason, in whole phrases."""

    action: ActionRecord
    due: str
    status: str
    overdue: bool
    notes: tuple[str, ...]


def provenance(facts: DocumentFacts) -> str:
    """Who published which revision when, or that nobody did yet; and what was taken out."""
    record = facts.postmortem
    published = record.publication
    if record.status in (PostmortemStatus.PUBLISHED, PostmortemStatus.CLOSED) and published:
        by = cut_at_word(published.by, NAMES_SHOWN)
        said = f"Revision {published.number}, published by {by} on {day_in(facts, published.at)}"
    elif record.status is PostmortemStatus.IN_REVIEW:
        said = "In review, not published"
    else:
        said = "Draft, not published"
    if facts.may_be_names:
        return f"{said}. Names of participants replaced by roles; other names may remain."
    return f"{said}. Names replaced by roles." if facts.redacted else f"{said}."


def as_of(facts: DocumentFacts) -> str:
    """Action statuses change after publication: the day they were read."""
    return f"Action status as of {day(facts.day)}."


def day_in(facts: DocumentFacts, at: datetime) -> str:
    """10 March 2026, in the display zone."""
    return day(at.astimezone(zone_named(facts.zone)))


def kind_of_document(facts: DocumentFacts) -> str:
    """Post-mortem, or what it is about when all of it was something else than an incident."""
    kinds = {incident.kind for incident in facts.postmortem.incidents}
    if len(kinds) == 1 and (kind := kinds.pop()) is not IncidentKind.INCIDENT:
        return f"Post-mortem of a {label(kind).lower()}"
    return "Post-mortem"


def key_facts(facts: DocumentFacts) -> tuple[tuple[str, str], ...]:
    """What a reader wants to know first; nothing that is not known."""
    record = facts.postmortem
    services = dict.fromkeys(s for i in record.incidents for s in i.services)
    commanders = dict.fromkeys(
        p.name
        for p in (
            *(p for i in record.incidents for p in i.participants),
            *record.participants,
        )
        if IncidentRole.COMMANDER in p.roles
    )
    rows = [
        ("Impact began", _earliest(facts, Clock.IMPACT_BEGAN)),
        ("Services", ", ".join(services)),
        ("Detected", _earliest(facts, Clock.DETECTED)),
        ("Commander", ", ".join(commanders)),
        ("Mitigated", _latest(facts, Clock.MITIGATED)),
        ("Owner", record.owner),
        ("Resolved", _latest(facts, Clock.RESOLVED)),
        ("Facilitator", record.facilitator),
        *_lengths(record.incidents),
        (
            "Review meeting",
            moment(record.meeting_at, facts.zone) if record.meeting_at else "",
        ),
    ]
    return tuple((name, cut_at_word(value, 3 * NAMES_SHOWN)) for name, value in rows if value)


def _lengths(incidents: Sequence[IncidentRecord]) -> Iterator[tuple[str, str]]:
    """Detection and recovery of a single incident; of several there is no one number."""
    if len(incidents) == 1:
        for found in durations(incidents[0].clocks):
            if found.measure.short in ("TTD", "TTR") and not found.contradicts:
                estimated = " (estimated)" if found.estimated else ""
                yield found.measure.name, length_in_words(found.length) + estimated


def _earliest(facts: DocumentFacts, clock: Clock) -> str:
    known = [i.clocks[clock] for i in facts.postmortem.incidents if clock in i.clocks]
    return _stated(min(known, key=lambda c: c.at), facts.zone) if known else ""


def _latest(facts: DocumentFacts, clock: Clock) -> str:
    """Of the last incident; nothing while one of them has not come so far."""
    incidents = facts.postmortem.incidents
    known = [i.clocks[clock] for i in incidents if clock in i.clocks]
    if not known or len(known) < len(incidents):
        return ""
    return _stated(max(known, key=lambda c: c.at), facts.zone)


def _stated(time: ClockTime, zone: str) -> str:
    return moment(time.at, zone) + (" (estimated)" if time.estimated else "")


def clock_rows(incident: IncidentRecord, zone: str) -> tuple[ClockRow, ...]:
    """Its moments in the order of the life of an incident, measured or estimated."""
    return tuple(
        ClockRow(
            clock,
            label(clock),
            moment(incident.clocks[clock].at, zone),
            "estimated" if incident.clocks[clock].estimated else "measured",
        )
        for clock in Clock
        if clock in incident.clocks
    )


def duration_rows(incident: IncidentRecord, zone: str) -> tuple[ClockRow, ...]:
    """Its durations with what they are measured between; of times that contradict each other,
    both in `zone`, in place of a length."""
    rows = []
    for found in durations(incident.clocks):
        measure = found.measure
        value = length_in_words(found.length)
        note = measure.definition + (", estimated" if found.estimated else "")
        if found.contradicts:
            value = "–"
            start, end = words(measure.start), words(measure.end)
            note = contradiction(start, found.start, end, found.end, zone_named(zone))
        rows.append(ClockRow(measure.end, measure.name, value, note))
    return tuple(rows)


def clock_problems(incident: IncidentRecord, zone: str) -> tuple[str, ...]:
    return order_problems(incident.clocks, zone_named(zone))


def timeline(events: Sequence[EventRecord], zone: str) -> tuple[TimelineDay, ...]:
    """Events by day in the display zone; neighbouring noise becomes one counted line."""
    local = zone_named(zone)
    days: dict[date, list[TimelineRow]] = {}
    noise: list[EventRecord] = []
    for event in (*events, None):
        same_day = event and noise and _day(event, local) == _day(noise[0], local)
        if noise and not (event and event.is_noise and same_day):
            days.setdefault(_day(noise[0], local), []).append(_noise_row(noise, local))
            noise = []
        if event is None:
            break
        if event.is_noise:
            noise.append(event)
        else:
            row = TimelineRow(event_time(event, local), event.text, event)
            days.setdefault(_day(event, local), []).append(row)
    return tuple(TimelineDay(day(when), tuple(rows)) for when, rows in sorted(days.items()))


def _day(event: EventRecord, zone: tzinfo) -> date:
    return event.at.astimezone(zone).date()


def _noise_row(noise: list[EventRecord], zone: tzinfo) -> TimelineRow:
    last = noise[-1].at.astimezone(zone)
    time = event_time(noise[0], zone)
    span = f"{time}–{last:%H:%M}" if f"{last:%H:%M}" != time[:5] else time
    said = f"{count(len(noise), 'automatic line')} left out (joins, notifications)."
    return TimelineRow(span, said, hidden=tuple(noise))


def zone_heading(facts: DocumentFacts) -> str:
    """Time (CET); both when daylight saving changed on the way."""
    zone = zone_named(facts.zone)
    names = dict.fromkeys(zone_word(e.at.astimezone(zone)) for e in facts.postmortem.events[:2000])
    return f"Time ({', '.join(names)})" if names else "Time"


def lesson_groups(
    lessons: Sequence[LessonRecord],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lessons under the heading of their kind; kinds without one are left out."""
    groups = ((k, tuple(x.text for x in lessons if x.kind is k)) for k in LessonKind)
    return tuple((label(kind), texts) for kind, texts in groups if texts)


def action_rows(facts: DocumentFacts) -> tuple[ActionRow, ...]:
    """The actions with their status as of the day of the export."""
    rows = []
    for action in facts.postmortem.actions:
        overdue = is_overdue(action, facts.day)
        due = action.due_on
        notes = (
            f"Answers: {action.factor}." if action.factor else "",
            action.reason,
        )
        rows.append(
            ActionRow(
                action,
                f"{due.day} {due:%b %Y}" if due else "–",
                label(action.status) + (", overdue" if overdue else ""),
                overdue,
                tuple(note for note in notes if note),
            )
        )
    return tuple(rows)


def is_overdue(action: ActionRecord, on: date) -> bool:
    return action.status in OPEN and action.due_on is not None and action.due_on < on


def action_standing(facts: DocumentFacts) -> str:
    """2 of 4 done, 1 in progress, 1 overdue, 1 declined. Only promises count."""
    actions = facts.postmortem.actions
    if not actions:
        return facts.postmortem.no_actions_reason or "None recorded."
    done, promised = completion(a.status for a in actions)
    number = Counter(a.status for a in actions)
    late = sum(is_overdue(a, facts.day) for a in actions)
    parts = [f"{done} of {promised} done"] if promised else []
    parts += _counted(number, ActionStatus.IN_PROGRESS)
    parts += [f"{late} overdue"] if late else []
    parts += _counted(number, ActionStatus.PROPOSED)
    parts += [count(ideas, "idea")] if (ideas := number[ActionStatus.IDEA]) else []
    parts += _counted(number, ActionStatus.DECLINED)
    return ", ".join(parts) + "."


def _counted(number: Counter[ActionStatus], status: ActionStatus) -> list[str]:
    return [f"{number[status]} {words(status)}"] if number[status] else []


def participants(facts: DocumentFacts) -> tuple[ParticipantRecord, ...]:
    """Everybody who took part, in the incidents or in the post-mortem, once in each role."""
    record = facts.postmortem
    everyone = (
        *record.participants,
        *(p for i in record.incidents for p in i.participants),
    )
    return tuple(dict.fromkeys(everyone))


def role_beside(person: ParticipantRecord, role: str, facts: DocumentFacts) -> str:
    """The role as it is written beside the name; "" when a role in place of the name says it."""
    name = person.name.rstrip(" 0123456789").casefold()
    said = facts.redacted and name.endswith(role_label(person.role).casefold())
    return "" if said else role
