"""What a seat may see, and nothing else.

The answer key stays behind: points, effects, where an option leads, hidden variables, what the
facilitator reads, and until the reveal the feedback. Who plays alone reads the feedback right
after each decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.rules.exercise.play import (
    Delivery,
    OpenDecision,
    Play,
    moment,
    option_of,
    speaks_for,
    stands_in,
)
from models.rules.problems import NotFound
from models.rules.scenario.expressions import Value
from models.rules.scenario.shape import ALL, Channel, Ending
from models.rules.vocabulary import IncidentRole, Severity


@dataclass(frozen=True)
class EvidenceView:
    id: str
    type: str
    title: str
    text: str | None
    csv: str | None


@dataclass(frozen=True)
class Inbox:
    """A message in the order of arrival. `story` in seconds, `at` in the story's calendar."""

    delivery: int
    story: int
    at: datetime
    channel: Channel
    sender: str
    to: tuple[str, ...]
    title: str
    body: str
    evidence: tuple[EvidenceView, ...]
    seen: bool
    answer: str


@dataclass(frozen=True)
class OptionView:
    id: str
    label: str
    takes_min: int


@dataclass(frozen=True)
class DecisionView:
    """`deadline` is None where the story waits. `may_decide` and `may_vote` are for this seat."""

    delivery: int
    node: str
    seat: str
    by: str
    options: tuple[OptionView, ...]
    deadline: int | None
    rationale_required: bool
    may_decide: bool
    may_vote: bool
    own_vote: str | None
    votes: int


@dataclass(frozen=True)
class VariableView:
    name: str
    value: Value
    unit: str


@dataclass(frozen=True)
class Feedback:
    title: str
    chosen: str
    feedback: str


@dataclass(frozen=True)
class SeatView:
    """The whole screen of a seat. `under_way` is what the team is doing, until `under_way_until`
    seconds of the story."""

    seat: str
    title: str
    brief: str
    scenario: str
    opening: str
    phase: str
    story: int
    at: datetime
    speed: int
    inbox: tuple[Inbox, ...]
    decision: DecisionView | None
    under_way: str
    under_way_until: int | None
    variables: tuple[VariableView, ...]
    severity: Severity | None
    declared: int | None
    roles: tuple[tuple[IncidentRole, str], ...]
    feedback: tuple[Feedback, ...]
    ending: Ending | None


def view(play: Play, seat: str, story: int) -> SeatView:
    """What a seat sees when the story's clock shows `story` (`story_now`). Who comes late or
    reloads sees all that reached the seat. Raises NotFound when there is no such seat."""
    scenario = play.scenario
    own = next((one for one in scenario.seats if one.id == seat), None)
    if own is None:
        raise NotFound(f"There is no seat “{seat}” in this scenario.", field="seat")
    spoken_for = speaks_for(play, seat)
    coming = play.coming
    working = coming is not None and coming.step == "option"
    return SeatView(
        seat=seat,
        title=own.title,
        brief=own.brief,
        scenario=scenario.title,
        opening=scenario.opening.text,
        phase=play.phase,
        story=story,
        at=moment(play, story),
        speed=play.clock.speed,
        inbox=_inbox(play, seat, spoken_for),
        decision=_decision(play, seat, spoken_for) if play.decision else None,
        under_way=option_of(scenario, coming.node, coming.option).label
        if coming is not None and working
        else "",
        under_way_until=coming.due if coming is not None and working else None,
        variables=tuple(
            VariableView(name, play.state[name], variable.unit)
            for name, variable in scenario.state.items()
            if variable.visible == "all"
        ),
        severity=play.severity,
        declared=play.declared,
        roles=tuple(play.roles.items()),
        feedback=_feedback(play) if play.solo or play.revealed else (),
        ending=play.ended.ending if play.ended else None,
    )


def newest_title(play: Play, seat: str, after: int) -> str:
    """The title of the last message for a seat that came after the event with this number; "" for
    none."""
    newer = [d for d in reversed(play.deliveries.values()) if d.seq > after]
    spoken_for = speaks_for(play, seat) if newer else frozenset()
    return next((d.title for d in newer if any(d.reaches(one) for one in spoken_for)), "")


def _inbox(play: Play, seat: str, spoken_for: frozenset[str]) -> tuple[Inbox, ...]:
    return tuple(
        Inbox(
            delivery=d.seq,
            story=d.story,
            at=moment(play, d.story),
            channel=d.channel,
            sender=d.sender,
            to=d.to,
            title=d.title,
            body=d.body,
            evidence=_evidence(d, spoken_for),
            seen=(d.seq, seat) in play.seen,
            answer=play.answers.get((d.seq, seat), ""),
        )
        for d in play.deliveries.values()
        if any(d.reaches(one) for one in spoken_for)
    )


def _evidence(delivery: Delivery, spoken_for: frozenset[str]) -> tuple[EvidenceView, ...]:
    return tuple(
        EvidenceView(one.id, one.type, one.title, one.text, one.csv)
        for one in delivery.evidence
        if ALL in one.for_ or spoken_for & set(one.for_)
    )


def _decision(play: Play, seat: str, spoken_for: frozenset[str]) -> DecisionView | None:
    opened = play.decision
    decision = play.scenario.nodes[opened.node].decision if opened else None
    if opened is None or decision is None or not _concerns(play, opened, spoken_for):
        return None
    voting = decision.by == "vote" and not play.solo
    return DecisionView(
        delivery=opened.delivery,
        node=opened.node,
        seat=decision.seat,
        by=decision.by,
        options=tuple(
            OptionView(one.id, one.label, one.takes_min)
            for one in decision.options
            if one.id in opened.options
        ),
        deadline=opened.deadline if play.clock.since is not None else None,
        rationale_required=decision.rationale == "required",
        may_decide=play.solo or (decision.by == "seat" and stands_in(play, decision.seat) == seat),
        may_vote=voting and seat in play.seats.values(),
        own_vote=play.votes.get(seat),
        votes=len(play.votes),
    )


def _concerns(play: Play, opened: OpenDecision, spoken_for: frozenset[str]) -> bool:
    """A decision is shown to who received its node, to who makes it, and to all who vote."""
    decision = play.scenario.nodes[opened.node].decision
    delivery = play.deliveries[opened.delivery]
    return decision is not None and (
        decision.by == "vote"
        or decision.seat in spoken_for
        or any(delivery.reaches(seat) for seat in spoken_for)
    )


def _feedback(play: Play) -> tuple[Feedback, ...]:
    found = []
    for choice in play.choices:
        option = option_of(play.scenario, choice.node, choice.option)
        title = play.scenario.nodes[choice.node].title
        found.append(Feedback(title, option.label, option.feedback))
    return tuple(found)
