"""What a check says about a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.rules.scenario.shape import Scenario
from models.rules.scenario.source import Path, ScenarioSource

CODES: Mapping[str, str] = {
    "E00": "the file cannot be read",
    "E01": "unknown key or wrong value",
    "E02": "something stands twice",
    "E03": "a reference to nothing",
    "E04": "unknown seat",
    "E05": "unknown variable, faulty expression or value out of range",
    "E06": "the first node is missing",
    "E07": "unreachable node",
    "E08": "dead end",
    "E09": "circle without a limit",
    "E10": "time runs backwards",
    "E11": "no ending can be reached",
    "E12": "severity outside the scale, or without an answer",
    "E13": "unknown rule",
    "E14": "no default when time runs out",
    "W01": "option never available",
    "W02": "a choice that is none",
    "W03": "objective that nothing shows",
    "W04": "a required seat is idle",
    "W05": "too long without a decision",
    "W06": "a severe incident without pressure",
    "W07": "the best option can be guessed",
    "W08": "longer than the session",
    "W09": "the cause is given away",
    "W10": "a clock inject that never comes",
    "W11": "decision without help",
    "W12": "the perfect score is out of reach",
    "W13": "a rule that no path can score",
}


@dataclass(frozen=True)
class Finding:
    """One fault. `place` says in words where it is, `path` in keys. `reproduce` has the options
    (`node: option`) to choose to get there from the start; it is empty for what can be seen
    without playing."""

    code: str
    level: Literal["error", "warning"]
    message: str
    place: str
    line: int | None
    fix: str
    reproduce: tuple[str, ...] = ()
    path: Path = ()


@dataclass(frozen=True)
class Exploration:
    """What playing every path showed. `partial` when the bound was met before all was seen;
    `longest_min` are story minutes, `longest_table_min` minutes of the people at the table;
    `visits` counts each node over `plays` random plays."""

    states: int
    endings: tuple[str, ...]
    longest_min: int
    longest_table_min: int
    partial: bool
    plays: int
    visits: Mapping[str, int]


@dataclass(frozen=True)
class Report:
    """All of a check. `scenario` is None when the file has not the shape of one; `explored` is
    None when errors kept it from being played."""

    scenario: Scenario | None
    findings: tuple[Finding, ...]
    explored: Exploration | None = None

    @property
    def errors(self) -> int:
        return sum(f.level == "error" for f in self.findings)

    @property
    def warnings(self) -> int:
        return sum(f.level == "warning" for f in self.findings)


@dataclass
class Notes:
    """Collects findings while a source is checked."""

    source: ScenarioSource
    found: list[Finding] = field(default_factory=list)
    guesses: dict[Path, dict[str, str]] = field(default_factory=dict)  # what words mean, where

    def add(
        self,
        code: str,
        path: Path,
        message: str,
        fix: str,
        reproduce: tuple[str, ...] = (),
        line: int | None = None,
    ) -> None:
        self.found.append(
            Finding(
                code,
                "error" if code.startswith("E") else "warning",
                message,
                place_in_words(self.source.document, path),
                line or self.source.line_of(path),
                fix,
                reproduce,
                path,
            )
        )

    def has(self, *codes: str) -> bool:
        return any(f.code in codes for f in self.found)

    def guess(self, path: Path, word: str, meant: str | None) -> None:
        """Remembers what an unknown word most probably means."""
        if meant is not None:
            self.guesses.setdefault(path, {})[word] = meant

    def broken(self) -> bool:
        """Whether faults that were found without playing, and are no mere misspellings, keep the
        scenario from being played."""
        return any(
            f.path not in self.guesses
            and (
                f.code in ("E05", "E06", "E08")
                or (f.code == "E03" and f.path[0] == "nodes" and f.path[-1] != "default")
            )
            for f in self.found
        )

    def sorted(self) -> tuple[Finding, ...]:
        """Each once, errors first, then in the order of the file."""
        once = dict.fromkeys(self.found)
        return tuple(sorted(once, key=lambda f: (f.level, f.line or 0, f.code)))


_ONE_OF = {
    "nodes": "node",
    "seats": "seat",
    "options": "option",
    "objectives": "objective",
    "clock_injects": "clock inject",
    "contingencies": "contingency",
    "evidence": "evidence",
    "expects": "expectation",
    "answers": "answer",
    "questions": "question",
    "state": "variable",
    "inspired_by": "source",
    "rules": "rule",
    "values": "value",
}


def place_in_words(document: object, path: Path) -> str:
    """`node d1, option declare, effect, error_rate` for a path in the document."""
    words: list[str] = []
    inside = document
    previous: str | int = ""
    for key in path:
        inside = _inside(inside, key)
        if isinstance(key, int):
            name = inside.get("id") if isinstance(inside, Mapping) else None
            words[-1] = f"{_ONE_OF.get(str(previous), previous)} {name or key + 1}"
        elif previous in ("nodes", "state"):
            words[-1] = f"{_ONE_OF[str(previous)]} {key}"
        elif key != "decision" or key == path[-1]:
            words.append(key)
        previous = key
    return ", ".join(words) or "the file"


def _inside(value: object, key: str | int) -> object:
    if isinstance(value, Mapping) and isinstance(key, str):
        return value.get(key)
    if isinstance(value, list | tuple) and isinstance(key, int) and key < len(value):
        return value[key]
    return None
