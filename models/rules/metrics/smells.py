"""Smells of a process: habits that the records show, each with its evidence and what to try.

A smell is about the way of working, never about somebody: no evidence names a person. Each is
looked for only where the record holds what it takes to judge, and says how many those were.
Source: FIELD.md, "Smells", "Roles", "On-call", "Post-mortem".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from models.rules.clocks import length_in_words
from models.rules.review import DUE_AFTER
from models.rules.vocabulary import IncidentKind, Severity

MAJOR = (Severity.SEV0, Severity.SEV1)  # a commander is assigned, experts do the work
REVIEWED = (*MAJOR, Severity.SEV2)
NIGHT_BEGINS, NIGHT_ENDS = 22, 6  # o'clock
PAGES_A_NIGHT = 3
HANDS_ON = 2  # steps that somebody took; one alone is no habit
IGNORED_AFTER = timedelta(days=14)


class SmellKey(StrEnum):
    LATE_DECLARATION = "late_declaration"
    NO_REVIEW = "no_review"
    BLAME = "blame"
    IGNORED_ACTIONS = "ignored_actions"
    NO_COMMANDER = "no_commander"
    NOISY_PAGING = "noisy_paging"
    HANDS_ON_COMMANDER = "hands_on_commander"


class Shown(StrEnum):
    """What a piece of evidence is; its id is that of such a thing."""

    INCIDENT = "incident"
    POSTMORTEM = "postmortem"
    ACTION = "action"


@dataclass(frozen=True)
class SeenIncident:
    """An incident as the smells see it. `commanders` are names, casefolded; `steps` counts the
    actions and mitigations in its timeline by their author, casefolded; `pages` are the moments
    at which a machine or a colleague called somebody (alerts and escalations). `names_people`
    where it or its post-mortem says who took part, in any role."""

    id: str
    title: str
    kind: IncidentKind
    severity: Severity | None
    detected_at: datetime | None = None
    declared_at: datetime | None = None
    resolved_at: datetime | None = None
    names_people: bool = False
    commanders: frozenset[str] = frozenset()
    steps: Mapping[str, int] = field(default_factory=dict)
    pages: Sequence[datetime] = ()
    postmortem_id: str | None = None
    met_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True)
class SeenPostmortem:
    """A published post-mortem and its sentences that judge somebody and were not kept on
    purpose."""

    id: str
    title: str
    judging: Sequence[str] = ()


@dataclass(frozen=True)
class SeenAction:
    """A promise that is neither done nor declined."""

    id: str
    text: str
    due_on: date | None


@dataclass(frozen=True)
class Evidence:
    """Where it shows, and what is to be seen there."""

    shown: Shown
    id: str
    title: str
    what: str


@dataclass(frozen=True)
class Smell:
    """`evidence` is empty where it was not found, among the `looked_at` records that could show
    it. `unit` says what those are, as in `incidents with both times`."""

    key: SmellKey
    name: str
    meaning: str
    to_try: str
    unit: str
    looked_at: int
    evidence: tuple[Evidence, ...]


def smells(
    incidents: Sequence[SeenIncident],
    postmortems: Sequence[SeenPostmortem],
    actions: Sequence[SeenAction],
    *,
    now: datetime,
    zone: tzinfo,
    declare_within: timedelta,
    reviewing_since: datetime | None,
) -> tuple[Smell, ...]:
    """All seven, in the order in which an incident meets them. `declare_within` is the team's own
    threshold; nights are those of `zone`. `reviewing_since` is the first post-mortem: when it was
    begun, or when the first incident that has one was resolved; None without any."""
    real = [each for each in incidents if each.kind is IncidentKind.INCIDENT]
    return (
        late_declaration(real, declare_within),
        no_commander(real),
        hands_on_commander(real),
        noisy_paging(real, zone),
        no_review(real, now, reviewing_since),
        blame(postmortems),
        ignored_actions(actions, now.date()),
    )


def late_declaration(incidents: Iterable[SeenIncident], within: timedelta) -> Smell:
    """Major incidents that were detected long before they were called incidents."""
    looked_at, evidence = 0, []
    for each in incidents:
        if each.severity not in MAJOR or each.detected_at is None or each.declared_at is None:
            continue
        looked_at += 1
        waited = each.declared_at - each.detected_at
        if waited > within:
            what = f"Declared {length_in_words(waited)} after it was detected."
            evidence.append(_of(each, what))
    return Smell(
        SmellKey.LATE_DECLARATION,
        "Late declaration",
        f"More than {length_in_words(within)} passed between the detection and the declaration. "
        "Until then nobody coordinates, and customers hear nothing.",
        "Write down two or three signs that are enough to declare, and say aloud that lowering a "
        "severity later costs nothing. Practise the first five minutes in an exercise.",
        "SEV0 and SEV1 incidents with both times",
        looked_at,
        tuple(evidence),
    )


def no_commander(incidents: Iterable[SeenIncident]) -> Smell:
    """Major incidents whose record says who took part, and names no commander."""
    major = [each for each in incidents if each.severity in MAJOR and each.names_people]
    return Smell(
        SmellKey.NO_COMMANDER,
        "No clear commander",
        "It is recorded who took part, and nobody as commander. Decisions then wait for whoever "
        "feels able to take them.",
        "Let the first responder be commander until they hand it over in so many words, and pin "
        "the name in the channel. A rota for commanders helps when the same few always step in.",
        "SEV0 and SEV1 incidents that say who took part",
        len(major),
        tuple(
            _of(each, "No commander is named, here or in the post-mortem.")
            for each in major
            if not each.commanders
        ),
    )


def hands_on_commander(incidents: Iterable[SeenIncident]) -> Smell:
    """Major incidents whose commander also took steps of the repair."""
    looked_at, evidence = 0, []
    for each in incidents:
        if each.severity not in MAJOR or not each.commanders or not each.steps:
            continue
        looked_at += 1
        steps = sum(each.steps.get(name, 0) for name in each.commanders)
        if steps >= HANDS_ON:
            what = (
                f"{steps} of {sum(each.steps.values())} steps in the timeline are the commander’s."
            )
            evidence.append(_of(each, what))
    return Smell(
        SmellKey.HANDS_ON_COMMANDER,
        "Hands-on commander",
        "The commander also worked on the repair. Who looks into a system loses sight of the "
        "whole: of updates, of other ideas, of the time.",
        "Page a second person early, so that the commander has somebody to delegate to. If the "
        "commander is the expert who is needed, hand the command over first.",
        "SEV0 and SEV1 incidents with a commander and steps that name who took them",
        looked_at,
        tuple(evidence),
    )


def noisy_paging(incidents: Iterable[SeenIncident], zone: tzinfo) -> Smell:
    """Nights with more pages than somebody can answer and still rest."""
    nights: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    seen = {each.id: each for each in incidents}
    for each in seen.values():
        for at in each.pages:
            if (night := night_of(at.astimezone(zone))) is not None:
                nights[night][each.id] += 1
    evidence = []
    for night, pages in sorted(nights.items()):
        total = sum(pages.values())
        if total > PAGES_A_NIGHT:
            said = f"of {total} pages in the night to {night.day} {night:%B %Y}."
            evidence += [_of(seen[i], f"{count} {said}") for i, count in pages.items()]
    return Smell(
        SmellKey.NOISY_PAGING,
        "Noisy paging",
        f"More than {PAGES_A_NIGHT} pages in one night (between {NIGHT_BEGINS}:00 and "
        f"0{NIGHT_ENDS}:00). Who is woken often answers slower, and begins to trust alerts less.",
        "Look at each of these alerts: which called for a step that could not wait until the "
        "morning? Join those that fire together, and let the others open a ticket.",
        "nights with a page",
        len(nights),
        tuple(evidence),
    )


def night_of(local: datetime) -> date | None:
    """The day on which the night ends that the local time lies in; None in the daytime."""
    if local.hour >= NIGHT_BEGINS:
        return local.date() + timedelta(days=1)
    return local.date() if local.hour < NIGHT_ENDS else None


def no_review(incidents: Iterable[SeenIncident], now: datetime, since: datetime | None) -> Smell:
    """Incidents that were reviewed later than 48 hours after they were resolved, or not at all.
    What was resolved before `since` and has no post-mortem was brought in from a time before this
    way of working, and tells nothing of it."""
    looked_at, evidence = 0, []
    for each in incidents:
        resolved = each.resolved_at
        if each.severity not in REVIEWED or resolved is None or resolved + DUE_AFTER > now:
            continue
        if each.postmortem_id is None and (since is None or resolved < since):
            continue
        looked_at += 1
        if what := _review_problem(each, resolved, now):
            evidence.append(_of(each, what))
    return Smell(
        SmellKey.NO_REVIEW,
        "Post-mortem skipped or late",
        "No review within 48 hours of the resolution. Memory fades in days, and what was learned "
        "stays with the few who were there. What was resolved before the first post-mortem here "
        "is not asked for one.",
        "Put the meeting into calendars when the incident is resolved, not when the document is "
        "ready. For small incidents, half an hour and half a page are enough.",
        "SEV0 to SEV2 incidents resolved more than 48 hours ago",
        looked_at,
        tuple(evidence),
    )


def _review_problem(each: SeenIncident, resolved: datetime, now: datetime) -> str:
    if each.met_at is not None:
        waited = each.met_at - resolved
        late = waited > DUE_AFTER
        return f"Reviewed {length_in_words(waited)} after it was resolved." if late else ""
    if each.postmortem_id is None:
        return f"No post-mortem, {length_in_words(now - resolved)} after it was resolved."
    if each.published_at is None:
        return f"No review yet, {length_in_words(now - resolved)} after it was resolved."
    return ""


def blame(postmortems: Sequence[SeenPostmortem]) -> Smell:
    """Published post-mortems that still judge somebody."""
    found = [each for each in postmortems if each.judging]
    return Smell(
        SmellKey.BLAME,
        "Blame left in",
        "Published sentences judge what somebody did. Who expects to be judged will tell less the "
        "next time.",
        "Read the sentence and ask what made the step look right at that moment. Write that down "
        "instead; the reading in the workspace suggests words.",
        "published post-mortems",
        len(postmortems),
        tuple(
            Evidence(Shown.POSTMORTEM, each.id, each.title, f"“{sentence}”")
            for each in found
            for sentence in each.judging
        ),
    )


def ignored_actions(actions: Sequence[SeenAction], today: date) -> Smell:
    """Promises that are long overdue, or that nobody gave a date."""
    evidence = []
    for each in actions:
        if each.due_on is None:
            evidence.append(Evidence(Shown.ACTION, each.id, each.text, "It has no due date."))
        elif today - each.due_on > IGNORED_AFTER:
            days = (today - each.due_on).days
            what = f"Due on {each.due_on.day} {each.due_on:%B %Y}, {days:,} days ago."
            evidence.append(Evidence(Shown.ACTION, each.id, each.text, what))
    return Smell(
        SmellKey.IGNORED_ACTIONS,
        "Actions ignored",
        f"Promises that are overdue for more than {IGNORED_AFTER.days} days, or have no date. A "
        "list that nobody works on teaches that reviews change nothing.",
        "Go through them once: do it, give it to another sprint, or decline it with a reason, "
        "which is honourable. Then promise fewer at the next review.",
        "open promises",
        len(actions),
        tuple(evidence),
    )


def _of(incident: SeenIncident, what: str) -> Evidence:
    return Evidence(Shown.INCIDENT, incident.id, incident.title, what)
