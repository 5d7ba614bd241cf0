"""The rules of the house that no linter knows: sizes, arrows of the two top modules, migrations."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    "api", "bench", "commands", "integrations", "models", "pages", "reports", "services", "tests"
)  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION = 400, 50

# Exceptions, each with its reason.
LONG_FILES: dict[str, str] = {
    "models/rules/wording_rules.py": "one readable table with its examples, which are its tests",
}
LONG_FUNCTIONS: dict[str, str] = {}


def sources() -> list[Path]:
    files = [f for folder in FOLDERS for f in (ROOT / folder).rglob("*.py")]
    return sorted([*files, ROOT / "app.py", ROOT / "cli.py"])


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_files_are_short() -> None:
    long = {
        name_of(f): count
        for f in sources()
        if (count := len(f.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert set(long) == set(LONG_FILES), long


def test_functions_are_short() -> None:
    long = {}
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                if size > LONGEST_FUNCTION:
                    long[f"{name_of(file)}:{node.name}"] = size
    assert set(long) == set(LONG_FUNCTIONS), long


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("app.py", {"sqlalchemy", "sqlmodel", "jinja2", "weasyprint", "integrations", "reports"}),
        ("cli.py", {"streamlit", "sqlalchemy", "sqlmodel", "jinja2", "weasyprint", "pages"}),
    ],
)
def test_the_top_modules_are_doors_and_nothing_more(module: str, forbidden: set[str]) -> None:
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.split(".")[0])
    assert not imported & forbidden


def test_the_migrations_make_exactly_the_tables_of_the_code(database_file: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    command.check(config)


def test_the_project_speaks_only_of_itself() -> None:
    listed = subprocess.run(
        ["git", "grep", "-InE", r"/(work|root)/[a-z.]|pypi\.org|files\.pythonhosted", "--", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line for line in listed.stdout.splitlines() if "test_house_rules" not in line]
    assert not found
