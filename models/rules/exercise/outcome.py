"""What a run left behind, for lists and trends that cannot read every log: points by rule, who sat
where, and how it was played."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from models.rules.exercise.events import Event, Mode
from models.rules.exercise.fold import fold
from models.rules.exercise.scoring import score
from models.rules.exercise.trends import Practised, RulePoints, points_of
from models.rules.scenario.shape import Policy, Scenario


@dataclass(frozen=True)
class Outcome:
    mode: Mode
    points: tuple[RulePoints, ...]
    seats: tuple[Practised, ...]


_AS_JSON = TypeAdapter(Outcome)


def outcome(scenario: Scenario, events: Iterable[Event], policy: Policy) -> Outcome:
    """The outcome of a log that has come to its end, measured by these thresholds; the `person` of
    a seat is an id."""
    log = tuple(events)
    play = fold(scenario, log)
    assert play.mode is not None  # nothing ends that has not begun
    titles = {seat.id: seat.title for seat in scenario.seats}
    return Outcome(
        mode=play.mode,
        points=points_of(score(scenario, log, policy)),
        seats=tuple(Practised(person, titles[seat]) for person, seat in play.seats.items()),
    )


def outcome_to_json(found: Outcome) -> str:
    return _AS_JSON.dump_json(found).decode()


def outcome_from_json(text: str) -> Outcome:
    return _AS_JSON.validate_json(text)
