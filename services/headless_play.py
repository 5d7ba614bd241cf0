"""A scenario played from a list of answers, without a run being kept."""

from __future__ import annotations

from integrations.scenario_yaml import read_answers as answers_from_yaml
from models.rules.exercise.headless import HeadlessResult, play, read_answers
from models.rules.policy import Who
from models.rules.problems import BadFile, PlacedProblem
from models.rules.scenario.shape import Scenario
from services.scenario_library import check_text


def play_text(
    who: Who, scenario_text: bytes, answers_text: bytes
) -> tuple[Scenario, HeadlessResult]:
    """Plays the scenario of a file with the answers of another one. Raises BadFile when the
    scenario has errors (a broken one never starts) or an answer is not possible."""
    report = check_text(who, scenario_text)
    errors = [f for f in report.findings if f.level == "error"]
    if report.scenario is None or errors:
        raise BadFile(
            f"The scenario has errors and cannot be played. The first of {len(errors)}: "
            f"{errors[0].message} “hotwash scenario check” shows all.",
            [PlacedProblem(f.message, f.line) for f in errors],
        )
    items, lines = answers_from_yaml(answers_text)
    return report.scenario, play(report.scenario, read_answers(report.scenario, items, lines))
