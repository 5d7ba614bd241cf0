"""The library lists what is shipped, gives only what can be played, and checks any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import BadFile, Conflict, NotFound, ProblemForUser
from models.rules.scenario.shape import Difficulty
from services import scenario_library
from services.scenario_library import (
    check_text,
    get_scenario,
    get_text,
    list_scenarios,
    save_scenario,
)
from services.scenario_versions import get_version, list_versions

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "scenarios"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two good scenarios and a broken one."""
    for name in ("queue", "wide"):
        text = (FIXTURES / f"{name}.yaml").read_text("utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "broken.yaml").write_text("title: [", "utf-8")
    monkeypatch.setattr(scenario_library, "FOLDER", tmp_path)
    return tmp_path


def test_the_easiest_comes_first_and_the_broken_last(shelf: Path) -> None:
    rows = list_scenarios(NOBODY)
    assert [row.id for row in rows] == ["queue", "wide", "broken"]
    assert rows[0].title == "Orders without an answer"
    assert (rows[0].difficulty, rows[0].duration_min) == (Difficulty.INTERMEDIATE, 45)
    assert (rows[0].seats, rows[0].tags, rows[0].errors) == (3, ("queue", "communication"), 0)
    assert (rows[2].difficulty, rows[2].errors) == (None, 1)


def test_a_scenario_comes_with_its_text(shelf: Path) -> None:
    scenario, text = get_scenario(NOBODY, "queue")
    assert scenario.title == "Orders without an answer"
    assert text == (shelf / "queue.yaml").read_text("utf-8")


def test_a_changed_file_is_read_again(shelf: Path) -> None:
    get_scenario(NOBODY, "queue")
    text = (shelf / "queue.yaml").read_text("utf-8").replace("title: Orders", "title: Letters", 1)
    (shelf / "queue.yaml").write_text(text, "utf-8")
    assert get_scenario(NOBODY, "queue")[0].title == "Letters without an answer"


def test_a_broken_scenario_is_not_given_out(shelf: Path) -> None:
    with pytest.raises(BadFile, match="cannot be played") as caught:
        get_scenario(NOBODY, "broken")
    assert caught.value.problems[0].line == 1


@pytest.mark.parametrize("name", ["nothing", "../queue", "queue.yaml", ""])
def test_an_unknown_scenario_is_not_found(shelf: Path, name: str) -> None:
    with pytest.raises(NotFound):
        get_scenario(NOBODY, name)


def test_a_text_that_cannot_be_read_has_findings() -> None:
    report = check_text(NOBODY, "a: 1\nb: *a\nc: !t 2\n")
    assert [(f.code, f.line) for f in report.findings] == [("E00", 2), ("E00", 3)]
    assert report.scenario is None


def test_a_text_is_checked_whole() -> None:
    text = (FIXTURES / "queue.yaml").read_text("utf-8")
    assert check_text(NOBODY, text).findings == ()
    assert [
        f.code for f in check_text(NOBODY, text.replace("kind: help", "kind: redirect")).findings
    ]


def renamed(text: str, title: str) -> str:
    return text.replace("Orders without an answer", title).replace("id: stuck-queue", "id: queue")


def test_a_version_of_the_team_takes_the_place_of_the_shipped_one(shelf: Path, ada: Who) -> None:
    shipped = get_text(ada, "queue")
    assert save_scenario(ada, renamed(shipped, "Our queue"), newest=0) == ("queue", 1)
    assert get_scenario(ada, "queue")[0].title == "Our queue"
    assert get_text(ada, "queue", shipped=True) == shipped
    assert {row.id: row.version for row in list_scenarios(ada)}["queue"] == 1


def test_saving_the_same_text_twice_makes_one_version(shelf: Path, ada: Who) -> None:
    text = renamed(get_text(ada, "queue"), "Our queue")
    assert save_scenario(ada, text, newest=0) == save_scenario(ada, text, newest=0)
    assert [row.number for row in list_versions(ada, "queue")] == [1]


def test_the_second_of_two_authors_sees_both_texts(shelf: Path, ada: Who, ben: Who) -> None:
    text = get_text(ada, "queue")
    save_scenario(ada, renamed(text, "Hers"), newest=0)
    with pytest.raises(Conflict) as conflict:
        save_scenario(ben, renamed(text, "His"), newest=0)
    assert conflict.value.theirs == renamed(text, "Hers")
    assert save_scenario(ben, renamed(text, "His"), newest=1) == ("queue", 2)
    assert get_version(ada, "queue", 1) == renamed(text, "Hers")


def test_a_text_with_errors_is_kept_as_a_draft_that_cannot_be_played(shelf: Path, ada: Who) -> None:
    faulty = get_text(ada, "queue").replace("duration_min: 45", "duration_min: 1")
    faulty = renamed(faulty, "Half a queue")
    save_scenario(ada, faulty, newest=0, note="half way")
    [row] = list_versions(ada, "queue")
    assert row.errors > 0
    assert (row.by, row.note) == ("Ada Brandt", "half way")
    with pytest.raises(BadFile):
        get_scenario(ada, "queue")


def test_what_is_no_scenario_at_all_is_not_saved(shelf: Path, ada: Who) -> None:
    with pytest.raises(ProblemForUser):
        save_scenario(ada, "title: [", newest=0)
    with pytest.raises(NotFound):
        get_version(ada, "queue", 1)


@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_story_in_a_far_year_is_a_finding(year: str) -> None:
    text = (FIXTURES / "queue.yaml").read_text("utf-8")
    far = re.sub(r"start: .?\d{4}-", lambda m: m[0][:-5] + year + "-", text, count=1)
    assert far != text
    assert check_text(NOBODY, far).errors
