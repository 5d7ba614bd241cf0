"""A scenario as a picture and as a story in lines: plain data for drawing, text for comparing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from models.rules.problems import ProblemForUser
from models.rules.scenario.expressions import State, holds
from models.rules.scenario.shape import Channel, ClockInject, Node, Scenario
from models.rules.scenario.story import (
    Position,
    apply_effect,
    available_options,
    begin,
    choose,
    follow,
    impact,
    severity_answer,
)


@dataclass(frozen=True)
class GraphNode:
    """A node to draw. `kind` is `decision`, the kind of an ending, or `message`."""

    id: str
    title: str
    kind: Literal["message", "decision", "good", "mixed", "bad"]
    channel: Channel
    start: bool


@dataclass(frozen=True)
class GraphEdge:
    """From node to node. `label` is the option's, empty for `next`; `minutes` until delivery."""

    source: str
    target: str
    label: str
    option: str | None
    minutes: int


@dataclass(frozen=True)
class Graph:
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


def graph_of(scenario: Scenario) -> Graph:
    """Every node and every way on, in the order of the file. Ways to nowhere are left out, so
    that a faulty draft can be drawn too."""
    nodes = tuple(
        GraphNode(name, node.title, _kind(node), node.channel, name == scenario.opening.start)
        for name, node in scenario.nodes.items()
    )
    edges = [edge for name, node in scenario.nodes.items() for edge in _edges(scenario, name, node)]
    return Graph(nodes, tuple(edges))


def _kind(node: Node) -> Literal["message", "decision", "good", "mixed", "bad"]:
    if node.ending is not None:
        return node.ending.value
    return "decision" if node.decision is not None else "message"


def _edges(scenario: Scenario, name: str, node: Node) -> list[GraphEdge]:
    edges: list[GraphEdge] = []
    if node.next in scenario.nodes:
        edges.append(GraphEdge(name, node.next, "", None, scenario.nodes[node.next].delay_min))
    for option in node.decision.options if node.decision else ():
        if option.next in scenario.nodes:
            minutes = option.takes_min + scenario.nodes[option.next].delay_min
            edges.append(GraphEdge(name, option.next, option.label, option.id, minutes))
    return edges


# --- the story in lines -----------------------------------------------------------------------


def transcript(scenario: Scenario, choices: Sequence[str]) -> str:
    """What happens in turn mode when these options are chosen, one at each decision: a line for
    every delivery, decision and change, with minutes of the story.

    Raises ProblemForUser when an option is not available, or when there are too few or too many.
    """
    teller = _Teller(scenario)
    remaining = list(choices)
    while teller.deliver():
        decision = scenario.nodes[teller.position.node].decision
        if decision is None:
            teller.follow()
            continue
        if not remaining:
            raise ProblemForUser(f"No choice is left for the decision at {teller.position.node}.")
        teller.decide(remaining.pop(0))
    if remaining:
        raise ProblemForUser(f"The story has ended; left over: {', '.join(remaining)}.")
    return "\n".join([f"{scenario.title} ({scenario.id} {scenario.version})", *teller.lines]) + "\n"


class _Teller:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.position: Position = begin(scenario)
        self.minute = scenario.nodes[self.position.node].delay_min
        self.lines: list[str] = []
        self.injects = list(scenario.clock_injects)

    def deliver(self) -> bool:
        """Tells the node; False at an ending."""
        node = self.scenario.nodes[self.position.node]
        self.say(f"{node.channel.value} to {', '.join(node.to)}: {node.title}")
        if node.ending is not None:
            self.say(f"ending {node.ending.value}")
        return node.ending is None

    def follow(self) -> None:
        following = follow(self.scenario, self.position)
        assert following is not None  # the check refuses a node without a way on
        self.arrive(following, self.position.state)

    def decide(self, choice: str) -> None:
        at, scenario = self.position, self.scenario
        options = available_options(scenario, at.node, at.state, at.visits)
        option = next((o for o in options if o.id == choice), None)
        if option is None:
            listed = ", ".join(o.id for o in options)
            raise ProblemForUser(f"“{choice}” is not available at {at.node}; there is {listed}.")
        self.say(f"decided {option.id}: {option.label} ({option.takes_min} min, {option.score})")
        self.until(self.minute + option.takes_min, at.state)
        after = apply_effect(scenario, at.state, option)
        self.changes(at.state, after)
        self.arrive(choose(scenario, at, option), after)

    def arrive(self, position: Position, before: State) -> None:
        self.until(self.minute + self.scenario.nodes[position.node].delay_min, before)
        self.changes(before, position.state)
        self.position = position

    def until(self, minute: int, state: State) -> None:
        """Lets time pass; what comes at a fixed time before then is told."""
        while self.injects and self.injects[0].at_min < minute:
            inject = self.injects.pop(0)
            if self.comes(inject, state):
                self.say(f"{inject.channel.value} to {', '.join(inject.to)}: {inject.title}",
                         inject.at_min)  # fmt: skip
        self.minute = minute

    def comes(self, inject: ClockInject, state: State) -> bool:
        seen = inject.after is None or self.position.visits.get(inject.after, 0) > 0
        return seen and holds(inject.when, state)

    def changes(self, before: State, after: State) -> None:
        parts = [
            f"{name} {_plain(before[name])} → {_plain(after[name])}"
            for name in after
            if before[name] != after[name]
        ]
        old, new = (severity_answer(self.scenario, state) for state in (before, after))
        if old is not None and new is not None and old.level != new.level:
            parts.append(f"{old.level} → {new.level}")
        if impact(self.scenario, before) != impact(self.scenario, after):
            parts.append("impact begins" if impact(self.scenario, after) else "impact ends")
        if parts:
            self.say("; ".join(parts))

    def say(self, words: str, minute: int | None = None) -> None:
        self.lines.append(f"{self.minute if minute is None else minute:>5}  {words}")


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
