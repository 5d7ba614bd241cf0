"""docs/command-line.md shows what the command really does: its examples are run here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")
EXAMPLES = [
    example
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for example in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


def test_every_example_prints_what_the_page_says(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "hotwash"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("HOTWASH_PERSON", "Ada Brandt")
    assert len(EXAMPLES) >= 8
    for line, wanted in EXAMPLES:
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, capture_output=True, check=False, timeout=60
        )
        printed = (done.stdout + done.stderr).decode()
        printed += f"[{done.returncode}]\n" if done.returncode else ""
        pattern = re.escape(wanted).replace("…", ".*?")
        assert re.fullmatch(pattern, printed, re.DOTALL), f"$ {line}\n{printed}"


@pytest.mark.parametrize(
    "verb", ["import", "list", "show", "export", "wording", "serve", "migrate", "seed"]
)
def test_every_verb_is_on_the_page(verb: str) -> None:
    assert f"`hotwash {verb}" in PAGE
