"""A scenario file as it was read, before anything is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]  # keys and places in lists, from the top of the file


@dataclass(frozen=True)
class Repeated:
    """A key that stands twice in one mapping; the first one counts."""

    path: Path
    line: int
    first_line: int


@dataclass(frozen=True)
class ScenarioSource:
    """`lines` has the line, from 1, of every key and of every item of a list."""

    document: Mapping[str, object]
    lines: Mapping[Path, int]
    text: str
    repeated: tuple[Repeated, ...] = ()

    def line_of(self, path: Path) -> int | None:
        """The line of the nearest thing around the path that has one."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None
