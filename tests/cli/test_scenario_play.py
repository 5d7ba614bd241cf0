from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.rules.exercise.events import event_from_json
from models.rules.exercise.fold import fold
from tests.rules.exercise.queue_scenario import DOCUMENT, queue_scenario

ANSWERS = """\
- {node: first, option: declare, at_min: 4}
- node: repair
  option: drain
- {node: quiet, option: hold}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The scenario and answers that lead to its good ending."""
    scenario, answers = tmp_path / "queue.yaml", tmp_path / "answers.yaml"
    scenario.write_text(yaml.safe_dump(DOCUMENT, sort_keys=False), "utf-8")
    answers.write_text(ANSWERS, "utf-8")
    return str(scenario), str(answers)


def test_the_json_has_path_log_ending_and_the_score_of_each_rule(
    command: Any, files: tuple[str, str]
) -> None:
    result = command.json("scenario", "play", files[0], "--answers", files[1])
    assert result["path"] == ["page", "first", "board", "repair", "quiet", "end_good"]
    assert (result["ending"], result["minutes"], result["unused"]) == ("good", 44, [])
    assert result["score"]["decision"] == 1
    rules = {rule["rule"]: (rule["verdict"], rule["value"]) for rule in result["score"]["rules"]}
    assert rules["declare_early"] == ("met", 1)
    assert rules["severity"] == ("not_observed", None)
    log = [event_from_json(event) for event in result["log"]]
    assert fold(queue_scenario(), log).path == tuple(result["path"])


def test_without_json_it_is_told_in_lines(command: Any, files: tuple[str, str]) -> None:
    result = command("scenario", "play", files[0], "--answers", files[1])
    assert result.exit_code == 0
    assert "Path: page → first → board → repair → quiet → end_good" in result.stdout
    assert "Ending: good, after 44 minutes of the story." in result.stdout


def test_a_faulty_answer_ends_it_with_its_line(
    command: Any, files: tuple[str, str], tmp_path: Path
) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(ANSWERS.replace("drain", "drane"), "utf-8")
    result = command("scenario", "play", files[0], "--answers", str(faulty))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Answer 2 (line 2)" in result.stderr
    assert "Did you mean “drain”?" in result.stderr


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("node: first", "are a list of items"),
        ("- {node: a, node: b}", "stands twice"),
        ("- !!python/name:os.system x", "Tags"),
        ("- [", "not finished"),
    ],
)
def test_what_is_not_a_plain_list_is_refused(
    command: Any, files: tuple[str, str], tmp_path: Path, answers: str, words: str
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(answers, "utf-8")
    result = command("scenario", "play", files[0], "--answers", str(other))
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_scenario_with_errors_does_not_start(
    command: Any, files: tuple[str, str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    document = json.loads(json.dumps(DOCUMENT))
    document["opening"]["start"] = "nowhere"
    broken.write_text(yaml.safe_dump(document), "utf-8")
    result = command("scenario", "play", str(broken), "--answers", files[1])
    assert result.exit_code == 1
    assert "has errors and cannot be played" in result.stderr
