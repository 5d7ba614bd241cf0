"""Running the hotwash command, inside this process and as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import main

ROOT = Path(__file__).resolve().parents[2]


class Command:
    """`command("list", "incidents")` gives click's Result; `.json(…)` what was printed."""

    def __call__(self, *words: str, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, ["--as", "Ada Brandt", *words], input=given)

    def json(self, *words: str, given: str | bytes | None = None) -> Any:
        result = self(*words, "--json", given=given)
        assert result.exit_code == 0, result.output
        assert result.stderr == ""
        return json.loads(result.stdout)


@pytest.fixture
def command(database_file: Path) -> Command:
    """The command as Ada Brandt types it, on a fresh database."""
    return Command()


@pytest.fixture
def process(database_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The command as a process of its own, started from another folder; its result as bytes."""

    def run(*words: str | bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *words],
            cwd=tmp_path,
            check=False,
            timeout=120,
            **({"capture_output": True, "stdin": subprocess.DEVNULL} | options),
        )

    monkeypatch.setenv("HOTWASH_PERSON", "Ada Brandt")
    return run
