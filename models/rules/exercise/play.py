"""The state of an exercise, as the log makes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from models.rules.exercise.clock import StoryClock
from models.rules.exercise.events import Ended, Mode, Verdict
from models.rules.scenario.expressions import State
from models.rules.scenario.shape import ALL, Channel, Evidence, Option, Scenario
from models.rules.scenario.story import initial_state
from models.rules.vocabulary import IncidentRole, Severity


@dataclass(frozen=True, slots=True)
class Delivery:
    """What reached some seats. `seq` is the event that brought it, and its name from then on."""

    seq: int
    at: datetime
    story: int
    source: Literal["node", "clock", "contingency", "improvised"]
    id: str
    channel: Channel
    sender: str
    to: tuple[str, ...]
    title: str
    body: str
    evidence: tuple[Evidence, ...] = ()

    def reaches(self, seat: str) -> bool:
        return ALL in self.to or seat in self.to


@dataclass(frozen=True, slots=True)
class Coming:
    """What the story does next, at `due`: deliver `node`, carry out its `option`, or end at it."""

    step: Literal["node", "option", "end"]
    node: str
    due: int
    option: str = ""
    override: bool = False


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """`options` are those that could be chosen when it opened; nothing changes them after."""

    delivery: int
    node: str
    opened: int
    deadline: int
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that was made, and what could have been chosen."""

    seq: int
    story: int
    by: str
    node: str
    option: str
    how: str
    available: tuple[str, ...]
    impact: bool
    override: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The state from `story` on. `progress`: the change to it was one that counts."""

    seq: int
    story: int
    state: State
    impact: bool
    progress: bool


@dataclass
class Play:
    """Read it, never change it: `fold` and `advance` make new ones. Times are seconds of the
    story, people and seats are ids, deliveries go by the number of their event."""

    scenario: Scenario
    state: State
    last_seq: int = 0
    last_at: datetime | None = None
    story: int = 0  # of the last event
    clock: StoryClock = field(default_factory=StoryClock)
    mode: Mode | None = None  # None until it starts
    solo: bool = False
    scripted: bool = False
    paused: bool = False
    interrupted: bool = False  # paused because no server was there, not by the facilitator
    ended: Ended | None = None
    called_off: bool = False
    revealed: bool = False
    node: str | None = None
    coming: Coming | None = None
    decision: OpenDecision | None = None
    severity: Severity | None = None
    declared: int | None = None
    visits: dict[str, int] = field(default_factory=dict)
    votes: dict[str, str] = field(default_factory=dict)
    commands: set[str] = field(default_factory=set)
    players: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)  # player -> seat
    roles: dict[IncidentRole, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)  # clock injects that came or will not come
    played: set[str] = field(default_factory=set)  # contingencies
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    seen: dict[tuple[int, str], int] = field(default_factory=dict)  # (delivery, seat) -> story
    answers: dict[tuple[int, str], str] = field(default_factory=dict)
    marks: dict[str, Verdict] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)  # when decisions opened

    @property
    def phase(self) -> Literal["lobby", "called_off", "running", "paused", "ended"]:
        if self.ended is not None:
            return "ended"
        if self.mode is None:
            return "called_off" if self.called_off else "lobby"
        return "paused" if self.paused else "running"

    @property
    def path(self) -> tuple[str, ...]:
        """The nodes in the order in which they came."""
        return tuple(d.id for d in self.deliveries.values() if d.source == "node")

    def delivered(self, node: str) -> Delivery | None:
        """The last delivery of a node."""
        found = [d for d in self.deliveries.values() if d.source == "node" and d.id == node]
        return found[-1] if found else None


def new_play(scenario: Scenario) -> Play:
    """Before anything has happened."""
    return Play(scenario, initial_state(scenario))


def story_now(play: Play, now: datetime) -> int:
    """Seconds of the story at a real time; never less than those of the last event. In turn mode
    the story stands where the last event left it."""
    return max(play.story, play.clock.at(now))


def moment(play: Play, story: int) -> datetime:
    """When something happened in the calendar of the story."""
    return play.scenario.clock.start + timedelta(seconds=story)


def option_of(scenario: Scenario, node: str, option: str) -> Option:
    """Raises KeyError when there is none."""
    decision = scenario.nodes[node].decision
    if decision is not None:
        for known in decision.options:
            if known.id == option:
                return known
    raise KeyError(option)


def covering(play: Play, seat: str) -> str | None:
    """The seat itself when somebody sits there, else the taken one that the scenario lets cover
    it; None when there is none."""
    taken = play.seats.values()
    if seat in taken:  # as nearly always: asked for every seat at each look
        return seat
    covers = {s.id: s.covered_by for s in play.scenario.seats}
    following: str | None = seat
    for _ in covers:
        if following is None or following in taken:
            return following
        following = covers.get(following)
    return None


def stands_in(play: Play, seat: str) -> str | None:
    """Who acts for a seat: `covering`, and where nobody does, the first taken seat of the scenario,
    so that no decision is left to an empty chair. None while all seats are free."""
    taken = play.seats.values()
    first = (s.id for s in play.scenario.seats if s.id in taken)
    return covering(play, seat) or next(first, None)


def speaks_for(play: Play, seat: str) -> frozenset[str]:
    """The seats whose injects a seat reads and whose decisions it makes. One who plays alone
    speaks for all."""
    if play.solo:
        return frozenset(s.id for s in play.scenario.seats)
    return frozenset({seat, *(s.id for s in play.scenario.seats if stands_in(play, s.id) == seat)})


def frozen_text(scenario: Scenario) -> str:
    """The content of a scenario as JSON, to be kept with a run: exactly what its file said, so
    that `Scenario.model_validate_json` gives back an equal one with the same hash."""
    return json.dumps(_content(scenario), ensure_ascii=False)


def content_hash(scenario: Scenario) -> str:
    """SHA-256 of the content, in hexadecimal; the order of keys does not matter."""
    text = json.dumps(_content(scenario), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _content(scenario: Scenario) -> Mapping[str, object]:
    return scenario.model_dump(mode="json", by_alias=True, exclude_unset=True)
