"""The why-tree as a list: every answer with its number, its depth and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.record import WhyRecord


@dataclass(frozen=True)
class Node:
    """`number` is 1, 1.1, 1.2…, as in the drawing; `position` the place among its neighbours."""

    number: str
    depth: int
    position: int
    parent_id: str
    why: WhyRecord


def outline(whys: Sequence[WhyRecord]) -> dict[str, Node]:
    """Every answer by its id, depth first."""
    nodes: dict[str, Node] = {}

    def add(siblings: Sequence[WhyRecord], parent: Node | None) -> None:
        for position, why in enumerate(siblings):
            number = f"{parent.number}.{position + 1}" if parent else str(position + 1)
            depth, parent_id = (parent.depth + 1, parent.why.id) if parent else (0, "")
            nodes[why.id] = Node(number, depth, position, parent_id, why)
            add(why.children, nodes[why.id])

    add(whys, None)
    return nodes
