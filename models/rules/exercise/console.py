"""What the facilitator sees: the story behind the story, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from models.rules.exercise.clock import MINUTE
from models.rules.exercise.due import upcoming
from models.rules.exercise.play import (
    Coming,
    Delivery,
    OpenDecision,
    Play,
    moment,
    option_of,
    speaks_for,
)
from models.rules.scenario.expressions import State
from models.rules.scenario.shape import (
    ClockInject,
    Contingency,
    Expectation,
    FacilitatorNotes,
    Option,
    SeverityAnswer,
)
from models.rules.scenario.story import impact, severity_answer
from models.rules.vocabulary import IncidentRole, Severity


@dataclass(frozen=True)
class Received:
    """A delivery, and which of its seats have it before their eyes or answered. Seats that
    nobody took are not waited for."""

    delivery: Delivery
    waiting: tuple[str, ...]
    seen: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Next:
    """Something to come: `name` for hold, play and drop, its title, and when."""

    name: str
    title: str
    due: int
    held: bool
    is_story: bool
    condition: str


@dataclass(frozen=True)
class OpenQuestion:
    """The open decision with its key. `available` are ids of options."""

    opened: OpenDecision
    seat: str
    by: str
    options: tuple[Option, ...]
    available: tuple[str, ...]
    votes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Console:
    phase: str
    story: int
    at: datetime
    speed: int
    node: str | None
    script: FacilitatorNotes | None
    state: State
    impact: bool
    right_severity: SeverityAnswer | None
    severity: Severity | None
    declared: int | None
    roles: tuple[tuple[IncidentRole, str], ...]
    people: tuple[tuple[str, str], ...]  # name, seat ("" without one)
    received: tuple[Received, ...]
    question: OpenQuestion | None
    following: tuple[Next, ...]
    contingencies: tuple[tuple[Contingency, bool], ...]  # with: played already
    expectations: tuple[Expectation, ...]  # of the nodes that came, not marked yet


def console(play: Play, story: int) -> Console:
    """Everything about a run when the story's clock shows `story` (`story_now`)."""
    scenario = play.scenario
    return Console(
        phase=play.phase,
        story=story,
        at=moment(play, story),
        speed=play.clock.speed,
        node=play.node,
        script=scenario.nodes[play.node].facilitator if play.node else None,
        state=play.state,
        impact=impact(scenario, play.state),
        right_severity=severity_answer(scenario, play.state),
        severity=play.severity,
        declared=play.declared,
        roles=tuple(play.roles.items()),
        people=tuple((name, play.seats.get(p, "")) for p, name in play.players.items()),
        received=_received(play),
        question=_question(play),
        following=_following(play),
        contingencies=tuple((one, one.id in play.played) for one in scenario.contingencies),
        expectations=tuple(
            expected
            for node in dict.fromkeys(play.path)
            for expected in scenario.nodes[node].expects
            if expected.detect == "facilitator" and expected.id not in play.marks
        ),
    )


def _received(play: Play) -> tuple[Received, ...]:
    taken = tuple(dict.fromkeys(play.seats.values()))
    seen: dict[int, list[str]] = defaultdict(list)
    for number, seat in play.seen:
        seen[number].append(seat)
    answers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for (number, seat), text in play.answers.items():
        answers[number].append((seat, text))
    return tuple(
        Received(
            one,
            tuple(
                seat
                for seat in taken
                if any(one.reaches(spoken) for spoken in speaks_for(play, seat))
                and seat not in seen[one.seq]
            ),
            tuple(seen[one.seq]),
            tuple(answers[one.seq]),
        )
        for one in play.deliveries.values()
    )


def _question(play: Play) -> OpenQuestion | None:
    opened = play.decision
    decision = play.scenario.nodes[opened.node].decision if opened else None
    if opened is None or decision is None:
        return None
    return OpenQuestion(
        opened, decision.seat, decision.by, decision.options, opened.options,
        tuple(play.votes.items()),
    )  # fmt: skip


def _following(play: Play) -> tuple[Next, ...]:
    found = []
    for one in upcoming(play):
        if isinstance(one.what, ClockInject):
            after = f"after {one.what.after}" if one.what.after else ""
            condition = " and ".join(part for part in (one.what.when, after) if part)
            found.append(Next(one.name, one.what.title, one.due, one.held, False, condition))
        elif isinstance(one.what, Coming) and one.what.step != "end":
            name, due = one.name, one.due
            if one.what.step == "option":
                name = option_of(play.scenario, name, one.what.option).next
                due += play.scenario.nodes[name].delay_min * MINUTE
            title = play.scenario.nodes[name].title
            found.append(Next(name, title, due, name in play.held, True, ""))
    return tuple(sorted(found, key=lambda one: one.due))
