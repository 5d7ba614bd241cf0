"""Plays a scenario every way it can go, within a bound, and a thousand times at random.

A position is a node, the state, and the visits of the nodes that have a limit; time is left out,
so that ways that come together are walked once. Where times matter they are the earliest and the
latest over all ways to a position. Story minutes are those of turn mode, where deciding takes none;
table minutes are what people wait (`delay_min`) and at most talk (`timeout_min`), while the time
that work takes is skipped.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from models.rules.scenario.shape import Option, Scenario
from models.rules.scenario.story import Position, available_options, begin, choose, follow

STATES_AT_MOST = 10_000
PLAYS = 1_000
_STEPS_AT_MOST = 500  # of a random play; a circle without a limit would have no end

Key = tuple[object, ...]


@dataclass(frozen=True)
class Step:
    """From one position to the next, by an option or (None) by the node's `next`."""

    before: Key
    option: Option | None
    after: Key
    minutes: int  # of the story
    table: int  # of the people at the table


@dataclass
class Explored:
    """Every position that was met, in the order of meeting, and the steps between them."""

    scenario: Scenario
    start: Key
    positions: dict[Key, Position] = field(default_factory=dict)
    steps: dict[Key, list[Step]] = field(default_factory=dict)
    came_by: dict[Key, Step] = field(default_factory=dict)
    available: dict[Key, tuple[Option, ...]] = field(default_factory=dict)  # at decisions
    partial: bool = False

    def at(self, node: str) -> Iterator[tuple[Key, Position]]:
        """The positions of a node."""
        return ((key, p) for key, p in self.positions.items() if p.node == node)

    def options_to(self, key: Key, came_by: Mapping[Key, Step] | None = None) -> tuple[str, ...]:
        """The options to choose to get to a position: the fewest, or along `came_by`."""
        steps = self.came_by if came_by is None else came_by
        chosen: list[str] = []
        while key in steps:
            step = steps[key]
            if step.option is not None:
                chosen.append(f"{self.positions[step.before].node}: {step.option.id}")
            key = step.before
        return tuple(reversed(chosen))

    def in_order(self) -> list[Key] | None:
        """Every position after all that lead to it; None when the story runs in a circle."""
        waiting = Counter(s.after for steps in self.steps.values() for s in steps)
        ready = deque([self.start] if not waiting[self.start] else [])
        order: list[Key] = []
        while ready:
            key = ready.popleft()
            order.append(key)
            for step in self.steps.get(key, ()):
                waiting[step.after] -= 1
                if not waiting[step.after]:
                    ready.append(step.after)
        return order if len(order) == len(self.positions) else None


def explore(scenario: Scenario) -> Explored:
    """All positions that can be reached, breadth first, so that `came_by` is a shortest way."""
    limited = [name for name, node in scenario.nodes.items() if node.max_visits is not None]

    def key_of(position: Position) -> Key:
        visits = tuple(position.visits.get(name, 0) for name in limited)
        return (position.node, *position.state.values(), visits)

    first = begin(scenario)
    explored = Explored(scenario, key_of(first), {key_of(first): first})
    waiting = deque([explored.start])
    while waiting:
        key = waiting.popleft()
        steps = explored.steps[key] = []
        for option, position in _ways_on(explored, key):
            after = key_of(position)
            if after not in explored.positions:
                if len(explored.positions) >= STATES_AT_MOST:
                    explored.partial = True
                    continue
                explored.positions[after] = position
                waiting.append(after)
            step = _step(explored, key, option, after)
            if after != explored.start:
                explored.came_by.setdefault(after, step)
            steps.append(step)
    return explored


def _ways_on(explored: Explored, key: Key) -> Iterator[tuple[Option | None, Position]]:
    scenario, position = explored.scenario, explored.positions[key]
    following = follow(scenario, position)
    if following is not None:
        yield None, following
    if scenario.nodes[position.node].decision is not None:
        options = available_options(scenario, position.node, position.state, position.visits)
        explored.available[key] = options
        for option in options:
            yield option, choose(scenario, position, option)


def _step(explored: Explored, key: Key, option: Option | None, after: Key) -> Step:
    nodes = explored.scenario.nodes
    delay = nodes[explored.positions[after].node].delay_min
    decision = nodes[explored.positions[key].node].decision
    return Step(
        key,
        option,
        after,
        minutes=delay + (option.takes_min if option else 0),
        table=delay + (decision.timeout_min if decision else 0),
    )


@dataclass(frozen=True)
class Times:
    """A number for every position, and the steps by which it came to be."""

    at: Mapping[Key, int]
    came_by: Mapping[Key, Step]


def over_all_ways(
    explored: Explored,
    order: list[Key],
    first: int,
    add: Callable[[int, Step], int],
    better: Callable[[int, int], bool],
) -> Times:
    """The best number of each position over all ways to it: `add` carries one over a step."""
    at: dict[Key, int] = {explored.start: first}
    came_by: dict[Key, Step] = {}
    for key in order:
        for step in explored.steps.get(key, ()):
            number = add(at[key], step)
            if step.after not in at or better(number, at[step.after]):
                at[step.after] = number
                came_by[step.after] = step
    return Times(at, came_by)


def random_plays(explored: Explored) -> Mapping[str, int]:
    """How often each node came in a thousand plays of people who choose by lot; the same plays
    for the same scenario."""
    lot = random.Random(explored.scenario.id)
    visits: Counter[str] = Counter(dict.fromkeys(explored.scenario.nodes, 0))
    for _ in range(PLAYS):
        key = explored.start
        for _ in range(_STEPS_AT_MOST):
            visits[explored.positions[key].node] += 1
            steps = explored.steps.get(key)
            if not steps:
                break
            key = lot.choice(steps).after
    return visits
