"""The scenarios that are shipped, and the check of any scenario's text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from integrations.scenario_yaml import read_scenario
from models.rules.policy import Thing, Verb, Who, may
from models.rules.problems import BadFile, NotAllowed, NotFound, PlacedProblem, ProblemForUser
from models.rules.scenario.check import check
from models.rules.scenario.findings import Finding, Report
from models.rules.scenario.shape import Difficulty, Scenario
from services.settings import ROOT

FOLDER = ROOT / "scenarios"


@dataclass(frozen=True)
class ScenarioRow:
    """A line of the gallery. Without a readable file, `title` is its name and the rest is empty."""

    id: str
    title: str
    summary: str
    difficulty: Difficulty | None
    duration_min: int
    seats: int
    tags: tuple[str, ...]
    errors: int
    warnings: int


def list_scenarios(who: Who) -> list[ScenarioRow]:
    """Every shipped scenario, the easiest and shortest first; faulty files last."""
    _require_reading(who)
    order = {difficulty: place for place, difficulty in enumerate(Difficulty)}
    rows = [_row(file) for file in FOLDER.glob("*.yaml")]

    def easiest(row: ScenarioRow) -> tuple[int, int, str]:
        level = len(order) if row.difficulty is None else order[row.difficulty]
        return level, row.duration_min, row.title

    return sorted(rows, key=easiest)


def get_scenario(who: Who, scenario_id: str) -> tuple[Scenario, str]:
    """A shipped scenario and its text. Raises NotFound, and BadFile with every error when the
    file is not fit to be played."""
    _require_reading(who)
    file = next((f for f in FOLDER.glob("*.yaml") if f.stem == scenario_id), None)
    if file is None:
        raise NotFound("There is no such scenario. It may have been renamed or removed.")
    data = file.read_bytes()
    report = _checked(data)
    if report.scenario is None or report.errors:
        raise BadFile(
            f"The scenario “{scenario_id}” has errors and cannot be played. Correct them first.",
            [PlacedProblem(f.message, f.line) for f in report.findings if f.level == "error"],
        )
    return report.scenario, data.decode("utf-8-sig")


def check_text(who: Who, text: str | bytes) -> Report:
    """Everything that the check finds in a scenario's text. What cannot be read at all becomes
    findings too (E00)."""
    _require_reading(who)
    return _checked(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))


@lru_cache(maxsize=64)
def _checked(data: bytes) -> Report:
    try:
        source = read_scenario(data)
    except BadFile as problem:
        places = problem.problems or (PlacedProblem(problem.message),)
        return Report(None, tuple(_unread(place) for place in places))
    except ProblemForUser as problem:
        return Report(None, (_unread(PlacedProblem(problem.message)),))
    return check(source)


def _unread(problem: PlacedProblem) -> Finding:
    fix = "Correct this first; nothing else could be checked."
    return Finding("E00", "error", problem.message, "the file", problem.line, fix)


def _row(file: Path) -> ScenarioRow:
    report = _checked(file.read_bytes())
    counts = {"errors": report.errors, "warnings": report.warnings}
    scenario = report.scenario
    if scenario is None:
        return ScenarioRow(file.stem, file.stem, "", None, 0, 0, (), **counts)
    return ScenarioRow(
        id=file.stem,
        title=scenario.title,
        summary=scenario.summary,
        difficulty=scenario.difficulty,
        duration_min=scenario.duration_min,
        seats=len(scenario.seats),
        tags=scenario.tags,
        **counts,
    )


def _require_reading(who: Who) -> None:
    if not may(who, Verb.READ, Thing.SCENARIO):
        raise NotAllowed("You may not read scenarios here.")
