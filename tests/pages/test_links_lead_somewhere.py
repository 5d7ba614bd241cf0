"""Every page that a link or a button leads to is one that the frame knows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from models.rules.policy import Who
from tests.conftest import Browser
from tests.pages.screen import link_to, press

PAGES = Path(__file__).resolve().parents[2] / "pages"
SECTION_FOLDERS = ("overview/", "learn/", "train/", "setup/")


def named_pages(file: Path) -> set[str]:
    """The pages that a file names, like `train/plan.py`, wherever it hands them to."""
    texts = (
        node.value
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in texts if text.startswith(SECTION_FOLDERS) and text.endswith(".py")}


# The frame is read, not imported: it draws when it is.
REGISTERED = named_pages(PAGES / "shell.py")


@pytest.mark.parametrize("folder", ["components", "overview", "learn", "train", "setup"])
def test_every_page_that_is_named_is_registered(folder: str) -> None:
    files = list((PAGES / folder).rglob("*.py"))
    unknown = {str(file.relative_to(PAGES)): named_pages(file) - REGISTERED for file in files}
    assert {file: pages for file, pages in unknown.items() if pages} == {}


def test_the_pages_of_exercises_name_many_others() -> None:
    """So that the test above finds what it looks for."""
    found = set().union(*(named_pages(file) for file in (PAGES / "train").glob("*.py")))
    assert {"train/plan.py", "train/console.py", "train/after_action.py"} <= found


def test_planning_a_scenario_begins_with_it(ada: Who) -> None:
    page = Browser(ada).open("train/scenario.py", id="first-page")
    assert link_to(page, "Plan it for later") == ("plan", "scenario=first-page")
    page = Browser(ada).open("train/plan.py", scenario="first-page")
    assert page.selectbox(key="plan:new:scenario").value == "first-page"
    press(page, "Plan it")
    assert not page.exception
