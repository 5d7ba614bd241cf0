"""Where the boxes and lines of a why-tree stand: from the top down while that is narrow enough,
otherwise indented from left to right, which works at any size and can be cut between rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.record import WhyRecord
from reports.lettering import Theme, text_width, wrapped
from reports.prose import prose_plain

SIZE, SMALL = 11.5, 9.5
LEADING, SMALL_LEADING = 15.0, 13.0
PAD_X, PAD_Y = 9.0, 7.0
GAP_X, GAP_Y = 14.0, 26.0  # between neighbours and between levels, from the top down
INDENT, ROW_GAP = 26.0, 8.0
NARROWEST_COLUMN, WIDEST_BOX, MOST_COLUMNS = 138.0, 330.0, 4
TALLEST = 560.0  # what stands on one page without being cut
MOST_LINES, MOST_FOOT_LINES = 14, 4


@dataclass(frozen=True)
class Box:
    """One why, placed; `foot` are its factors. `number` is 1, 1.1, 1.2…; `cut` when not all the
    words fit."""

    number: str
    depth: int
    why: WhyRecord
    lines: tuple[str, ...]
    foot: tuple[str, ...]
    cut: bool
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0

    @property
    def height(self) -> float:
        return 2 * PAD_Y + len(self.lines) * LEADING + len(self.foot) * SMALL_LEADING


@dataclass(frozen=True)
class Line:
    """Upright or level, from a parent to its children."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class TreeLayout:
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    in_rows: bool = False  # one box below the other, so that it can be cut in between


@dataclass(frozen=True)
class Node:
    number: str
    depth: int
    parent: int  # place of the parent in the list, -1 for a root
    why: WhyRecord


def lay_out(whys: Sequence[WhyRecord], width: float, theme: Theme) -> TreeLayout:
    """The whole tree, all its roots, within `width` pixels."""
    nodes = numbered(whys)
    parents = {node.parent for node in nodes}
    leaves = sum(place not in parents for place in range(len(nodes)))
    if 1 < leaves <= MOST_COLUMNS and width / leaves >= NARROWEST_COLUMN:
        tree = _from_the_top(nodes, width, leaves, theme)
        if tree.height <= TALLEST:
            return tree
    return _indented(nodes, width, theme)


def in_slices(tree: TreeLayout, most: float) -> list[TreeLayout]:
    """The layout cut between boxes into pieces of at most `most` pixels (one box may be taller),
    each starting at 0, for pages to break between. A tree from the top down stays whole."""
    if not tree.in_rows:
        return [tree]
    slices, start, at = [], 0, 0.0
    for place in range(len(tree.boxes)):
        last = place == len(tree.boxes) - 1
        end = tree.height if last else tree.boxes[place + 1].y
        too_much = not last and tree.boxes[place + 1].y + tree.boxes[place + 1].height - at > most
        if last or too_much:
            slices.append(_slice(tree, start, place + 1, at, end))
            start, at = place + 1, end
    return slices


def _slice(tree: TreeLayout, first: int, last: int, top: float, bottom: float) -> TreeLayout:
    boxes = (_moved(box, box.x, box.y - top, box.width) for box in tree.boxes[first:last])
    lines = (
        Line(line.x1, max(line.y1, top) - top, line.x2, min(line.y2, bottom) - top)
        for line in tree.lines
        if line.y2 > top and line.y1 < bottom
    )
    return TreeLayout(tree.width, bottom - top, tuple(boxes), tuple(lines), in_rows=True)


def numbered(whys: Sequence[WhyRecord]) -> list[Node]:
    """All nodes, parents before their children; without recursion, for trees of any depth."""
    nodes: list[Node] = []
    waiting = [(str(i), 0, -1, why) for i, why in reversed(list(enumerate(whys, 1)))]
    while waiting:
        number, depth, parent, why = waiting.pop()
        place = len(nodes)
        nodes.append(Node(number, depth, parent, why))
        for i, child in reversed(list(enumerate(why.children, 1))):
            waiting.append((f"{number}.{i}", depth + 1, place, child))
    return nodes


def _box(node: Node, width: float, theme: Theme) -> Box:
    inner = width - 2 * PAD_X
    number = node.number if len(node.number) <= 12 else f"…{node.number[-10:]}"
    words = f"{number}  {prose_plain(node.why.text)}"
    lines = wrapped(words, SIZE, inner, MOST_LINES, theme)
    factors = " · ".join(node.why.factors)
    foot = wrapped(factors, SMALL, inner, MOST_FOOT_LINES, theme)
    cut = _is_cut(words, lines) or _is_cut(factors, foot)
    return Box(number, node.depth, node.why, lines, foot, cut)


def _is_cut(words: str, lines: Sequence[str]) -> bool:
    return bool(lines) and lines[-1].endswith("…") and not words.endswith("…")


def _moved(box: Box, x: float, y: float, width: float) -> Box:
    return Box(
        box.number,
        box.depth,
        box.why,
        box.lines,
        box.foot,
        box.cut,
        x=x,
        y=y,
        width=width,
    )


def _from_the_top(nodes: list[Node], width: float, leaves: int, theme: Theme) -> TreeLayout:
    column = (width + GAP_X) / leaves
    size = min(column - GAP_X, WIDEST_BOX)
    centres = _centres(nodes, column, size)
    boxes = [_box(node, size, theme) for node in nodes]
    tops, y = [], 0.0
    for depth in range(max(box.depth for box in boxes) + 1):
        tops.append(y)
        y += max(box.height for box in boxes if box.depth == depth) + GAP_Y
    placed = [
        _moved(box, centre - size / 2, tops[box.depth], size)
        for box, centre in zip(boxes, centres, strict=True)
    ]
    lines: list[Line] = []
    for node, box, centre in zip(nodes, placed, centres, strict=True):
        if node.parent < 0:
            continue
        above, above_centre = placed[node.parent], centres[node.parent]
        bend = box.y - GAP_Y / 2
        lines.append(Line(above_centre, above.y + above.height, above_centre, bend))
        lines.append(Line(min(centre, above_centre), bend, max(centre, above_centre), bend))
        lines.append(Line(centre, bend, centre, box.y))
    seen = tuple(line for line in dict.fromkeys(lines) if (line.x1, line.y1) != (line.x2, line.y2))
    return TreeLayout(width, y - GAP_Y, tuple(placed), seen)


def _centres(nodes: list[Node], column: float, size: float) -> list[float]:
    """Leaves side by side from the left; a parent in the middle of its outermost children."""
    parents = {node.parent for node in nodes}
    centres = [0.0] * len(nodes)
    next_leaf = 0
    for place, _ in enumerate(nodes):
        if place not in parents:
            centres[place] = next_leaf * column + (column - GAP_X) / 2
            next_leaf += 1
    for place in range(len(nodes) - 1, -1, -1):
        below = [centres[i] for i, node in enumerate(nodes) if node.parent == place]
        if below:
            centres[place] = (min(below) + max(below)) / 2
    return centres


def _indented(nodes: list[Node], width: float, theme: Theme) -> TreeLayout:
    deepest = max((node.depth for node in nodes), default=0)
    indent = min(INDENT, (width * 0.55) / max(deepest, 1))
    boxes: list[Box] = []
    y = 0.0
    for node in nodes:
        x = node.depth * indent
        box = _box(node, width - x, theme)
        if len(box.lines) == 1 and not box.foot:
            snug = text_width(box.lines[0], SIZE, theme) + 2 * PAD_X + 2
        else:
            snug = width - x
        boxes.append(_moved(box, x, y, min(snug, width - x)))
        y += box.height + ROW_GAP
    lines: list[Line] = []
    lowest: dict[int, float] = {}
    for node, box in zip(nodes, boxes, strict=True):
        if node.parent >= 0:
            spine = boxes[node.parent].x + indent / 2
            arm = box.y + PAD_Y + LEADING / 2
            lines.append(Line(spine, arm, box.x, arm))
            lowest[node.parent] = arm
    for parent, arm in lowest.items():
        above = boxes[parent]
        spine = above.x + indent / 2
        lines.append(Line(spine, above.y + above.height, spine, arm))
    return TreeLayout(width, max(y - ROW_GAP, 0), tuple(boxes), tuple(lines), in_rows=True)
