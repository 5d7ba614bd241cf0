"""The graph of a story without its state: what leads where, and what cannot be right."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from models.rules.scenario.findings import Notes
from models.rules.scenario.shape import Node, Scenario

Links = Mapping[str, tuple[str, ...]]
Place = TypeVar("Place", bound=Hashable)


def ways_on(node: Node) -> tuple[str, ...]:
    """The nodes that a node leads to, each once."""
    named = [node.next] if node.next is not None else []
    named += [option.next for option in node.decision.options] if node.decision else []
    return tuple(dict.fromkeys(named))


def links(scenario: Scenario) -> Links:
    """Every node with the existing nodes that it leads to."""
    return {
        name: tuple(following for following in ways_on(node) if following in scenario.nodes)
        for name, node in scenario.nodes.items()
    }


def reachable(graph: Mapping[Place, Sequence[Place]], starts: Iterable[Place]) -> set[Place]:
    """All that can be reached, the starts included."""
    seen = {start for start in starts if start in graph}
    waiting = deque(seen)
    while waiting:
        for following in graph[waiting.popleft()]:
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def check_flow(scenario: Scenario, notes: Notes) -> None:
    """E07, E09 and E11, as far as they can be seen without playing."""
    graph = links(scenario)
    seen = reachable(graph, [scenario.opening.start])
    if scenario.opening.start in graph:
        if notes.broken():  # what lies behind a broken link is not lost, only what nothing names
            seen |= {to for name, following in graph.items() for to in following if to != name}
        for name in graph:
            if name not in seen:
                notes.add(
                    "E07",
                    ("nodes", name),
                    f"Nothing leads to the node “{name}”.",
                    "Let an option or a “next” lead here, or remove the node.",
                )
        if not notes.broken() and not any(scenario.nodes[name].ending for name in seen):
            notes.add(
                "E11",
                ("nodes",),
                "No way leads to an ending.",
                "Add a node with “ending: good”, mixed or bad, and let the story lead to it.",
            )
    _circles(scenario, graph, notes)


def _circles(scenario: Scenario, graph: Links, notes: Notes) -> None:
    unlimited = {
        name: tuple(f for f in following if scenario.nodes[f].max_visits is None)
        for name, following in graph.items()
        if scenario.nodes[name].max_visits is None
    }
    told: set[str] = set()
    for name in unlimited:
        circle = _way_back(unlimited, name)
        if circle and not told & set(circle):
            told |= set(circle)
            notes.add(
                "E09",
                ("nodes", name),
                f"The story can go round for ever: {' → '.join([*circle, name])}.",
                "Give one node of the circle a “max_visits”, at a place that an option leads to.",
            )
    fixed = {
        name: graph[name] if node.next is not None else () for name, node in scenario.nodes.items()
    }
    for name in fixed:
        circle = _way_back(fixed, name)
        if circle and not told & set(circle):
            told |= set(circle)
            notes.add(
                "E09",
                ("nodes", name),
                f"No decision leads out of this circle: {' → '.join([*circle, name])}.",
                "Put a decision into it.",
            )


def _way_back(graph: Links, start: str) -> list[str]:
    """The nodes of a shortest circle through a node, from it on; empty when there is none."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        for following in graph[name]:
            if following == start:
                circle = [name]
                while circle[-1] != start:
                    circle.append(came_from[circle[-1]])
                return circle[::-1]
            if following not in came_from:
                came_from[following] = name
                waiting.append(following)
    return []
