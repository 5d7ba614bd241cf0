"""The scenarios: those that are shipped, those that the team wrote, and the check of any text.

A scenario that the team saved under the id of a shipped one takes its place; the shipped text
stays in its file, and can be saved again as the newest version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from integrations.scenario_yaml import read_scenario
from models.rules.policy import Thing, Verb, Who, may
from models.rules.problems import BadFile, NotAllowed, NotFound, PlacedProblem, ProblemForUser
from models.rules.scenario.check import check
from models.rules.scenario.findings import Finding, Report
from models.rules.scenario.shape import Difficulty, Scenario
from services import scenario_versions
from services.settings import ROOT

FOLDER = ROOT / "scenarios"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True)
class ScenarioRow:
    """A line of the gallery. Without a readable text, `title` is its name and the rest is empty.
    `version` is the number of the team's version, 0 for a shipped one."""

    id: str
    title: str
    summary: str
    difficulty: Difficulty | None
    duration_min: int
    seats: int
    tags: tuple[str, ...]
    errors: int
    warnings: int
    version: int


def list_scenarios(who: Who) -> list[ScenarioRow]:
    """Every scenario, the easiest and shortest first; faulty ones last."""
    order = {difficulty: place for place, difficulty in enumerate(Difficulty)}
    rows = [_row(name, text, number) for name, (number, text) in _texts(who).items()]

    def easiest(row: ScenarioRow) -> tuple[int, int, str]:
        level = len(order) if row.difficulty is None else order[row.difficulty]
        return level, row.duration_min, row.title

    return sorted(rows, key=easiest)


def get_scenario(who: Who, scenario_id: str) -> tuple[Scenario, str]:
    """A scenario and its text, in the newest version. Raises NotFound, and BadFile with every
    error when it is not fit to be played."""
    text = get_text(who, scenario_id)
    report = _checked(text.encode())
    if report.scenario is None or report.errors:
        raise BadFile(
            f"The scenario “{scenario_id}” has errors and cannot be played. Correct them first.",
            [PlacedProblem(f.message, f.line) for f in report.findings if f.level == "error"],
        )
    return report.scenario, text


def list_playable(who: Who) -> tuple[Scenario, ...]:
    """Every scenario that passes its check, in its newest version, by title."""
    reports = (_checked(text.encode()) for _, text in _texts(who).values())
    fit = (report.scenario for report in reports if report.scenario and not report.errors)
    return tuple(sorted(fit, key=lambda scenario: scenario.title))


def find_seats(who: Who, scenario_id: str) -> dict[str, str]:
    """The titles of a scenario's seats by their ids; none where it is gone or cannot be read."""
    found = _texts(who).get(scenario_id)
    scenario = _checked(found[1].encode()).scenario if found else None
    return {seat.id: seat.title for seat in scenario.seats} if scenario else {}


def get_text(who: Who, scenario_id: str, *, shipped: bool = False) -> str:
    """The newest text of a scenario, or with `shipped` the one of its file, errors or not.
    Raises NotFound."""
    found = (_shipped(who) if shipped else _texts(who)).get(scenario_id)
    if found is None:
        raise NotFound("There is no such scenario. It may have been renamed or removed.")
    return found[1]


def check_text(who: Who, text: str | bytes) -> Report:
    """Everything that the check finds in a scenario's text. What cannot be read at all becomes
    findings too (E00)."""
    _require_reading(who)
    return _checked(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))


def save_scenario(
    who: Who,
    text: str,
    *,
    newest: int,
    note: str = "",
    postmortem_id: str | None = None,
    place: str | None = None,
) -> tuple[str, int]:
    """Keeps a text as a new version of the scenario that its `id` names; the id and the number.

    A text with errors is kept too, as a draft that cannot be played, as long as it can be read
    and has an id. `newest` is the number of the team's version that the author began with (0: a
    new or a shipped one). Raises Conflict when somebody else saved meanwhile. `place` is where
    the author wrote it (services/scenario_drafts.py): what was kept there is not needed any more.
    """
    _require_reading(who)
    scenario_id, title = named(text)
    number = scenario_versions.store_version(
        who,
        scenario_id,
        title,
        text,
        newest=newest,
        errors=_checked(text.encode()).errors,
        note=note,
        postmortem_id=postmortem_id,
        place=place,
    )
    return scenario_id, number


def named(text: str) -> tuple[str, str]:
    """The id and the title that a text gives itself. Raises ProblemForUser for unreadable YAML
    and for a missing id: such a text could not be found again."""
    try:
        document = read_scenario(text.encode("utf-8", "replace")).document
    except ProblemForUser as problem:
        raise ProblemForUser(
            f"This cannot be saved yet. {problem.message} Your text is still here.", field="text"
        ) from None
    scenario_id, title = document.get("id"), document.get("title")
    if not isinstance(scenario_id, str) or not _ID.fullmatch(scenario_id):
        raise ProblemForUser(
            "This cannot be saved yet: give the scenario an “id” of small letters, digits and "
            "hyphens, like slow-queue. Your text is still here.",
            field="text",
        )
    return scenario_id, title if isinstance(title, str) and title.strip() else scenario_id


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


def _row(name: str, text: str, number: int) -> ScenarioRow:
    report = _checked(text.encode())
    scenario = report.scenario
    counts = {"errors": report.errors, "warnings": report.warnings, "version": number}
    if scenario is None:
        return ScenarioRow(name, name, "", None, 0, 0, (), **counts)
    return ScenarioRow(
        id=name,
        title=scenario.title,
        summary=scenario.summary,
        difficulty=scenario.difficulty,
        duration_min=scenario.duration_min,
        seats=len(scenario.seats),
        tags=scenario.tags,
        **counts,
    )


def _texts(who: Who) -> dict[str, tuple[int, str]]:
    """By id, the number of the team's version (0: shipped) and the text."""
    own = scenario_versions.list_newest(who) if who.person_id is not None else {}
    return _shipped(who) | own


def _shipped(who: Who) -> dict[str, tuple[int, str]]:
    _require_reading(who)
    return {file.stem: (0, _text(file)) for file in FOLDER.glob("*.yaml")}


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig", "replace")


def _require_reading(who: Who) -> None:
    if not may(who, Verb.READ, Thing.SCENARIO):
        raise NotAllowed("You may not read scenarios here.")
