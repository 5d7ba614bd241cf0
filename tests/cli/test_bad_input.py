"""As a process of its own: whatever comes in, one clear line and the right status."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT

GARBAGE = random.Random(7).randbytes(20_000)


def refused(result: subprocess.CompletedProcess[bytes]) -> str:
    """The one line with which a command said that it could not."""
    said = result.stderr.decode()
    assert result.returncode == 1, said
    assert result.stdout == b""
    assert len(said.splitlines()) == 1, said
    assert said.startswith("hotwash: ")
    return said


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\n\n",
        GARBAGE,
        b"2024-05-06 14:02 disk \xff\xfe full\n",
        b"PK\x03\x04" + GARBAGE,
        b"\xff\xfe" + b"\xd8\x00" * 9,
        b'{"incidents": [NaN',
        b"[" * 100_000,
        b'{"hotwash": 1, "postmortem": {"title": "\\ud800"}',
        b"%PDF-1.7 and so on",
    ],
)
def test_a_file_that_cannot_be_read(process: Any, given: bytes) -> None:
    refused(process("import", "-", "--json", input=given, stdin=None))


def test_a_file_that_is_not_there_and_a_folder(process: Any, tmp_path: Path) -> None:
    assert "missing.txt" in refused(process("import", "missing.txt"))
    refused(process("import", str(tmp_path)))
    refused(process("wording", b"\xff\xfe.txt"))


def test_closed_standard_streams(database_file: Path) -> None:
    def shell(words: str) -> subprocess.CompletedProcess[bytes]:
        line = f'"{sys.executable}" "{ROOT}/cli.py" {words}'
        return subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False)

    refused(shell("import - <&-"))
    refused(shell("list incidents --json >&-"))
    refused(shell("list incidents >&-"))
    assert b"Traceback" not in shell("list incidents | true").stderr


def test_a_reader_that_leaves_early_gets_no_traceback(process: Any) -> None:
    process("seed")
    reader = subprocess.Popen(["/bin/true"], stdin=subprocess.PIPE)
    reader.wait()
    result = process("list", "incidents", "--json", capture_output=False, stdout=reader.stdin,
                     stderr=subprocess.PIPE)  # fmt: skip
    assert result.stderr == b""
    assert result.returncode == 141


def test_the_version_is_said(process: Any) -> None:
    result = process("--version")
    assert (result.returncode, result.stderr) == (0, b"")
    assert re.fullmatch(rb"hotwash [0-9]+(\.[0-9]+)+\s*", result.stdout)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_told(process: Any) -> None:
    with open("/dev/full", "wb") as full:
        result = process("list", "incidents", "--json", capture_output=False, stdout=full,
                         stderr=subprocess.PIPE)  # fmt: skip
    assert result.returncode == 1
    assert b"No space left" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOTWASH_DATABASE_URL", "no address"),
        ("HOTWASH_DATABASE_URL", "sqlite:////proc/nowhere/x.db"),
        ("HOTWASH_DATABASE_URL", "sqlite:////"),
        ("HOTWASH_PORT", "eighty"),
        ("HOTWASH_ZONE", "Mars"),
        ("HOTWASH_PERSON", "x" * 5_000),
    ],
)
def test_settings_that_cannot_be_meant(
    process: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv(name, value)
        refused(process("list", "incidents", "--json"))


def test_a_database_that_is_damaged(process: Any, database_file: Path) -> None:
    process("seed")
    content = bytearray(database_file.read_bytes())
    for start in range(4096, len(content), 4096):  # every page but the first
        content[start : start + 200] = b"\xff" * 200
    database_file.write_bytes(content)
    for rest in ("-wal", "-shm"):
        database_file.with_name(database_file.name + rest).unlink(missing_ok=True)
    refused(process("list", "incidents", "--json"))


def test_a_database_that_is_none(process: Any, database_file: Path) -> None:
    database_file.write_bytes(GARBAGE)
    refused(process("list", "incidents"))


@pytest.mark.parametrize(
    "words",
    [(), ("list",), ("list", "people"), ("dance",), ("show", "incident"), ("list", "--json", "-x")],
)
def test_wrong_usage_is_2(process: Any, words: tuple[str, ...]) -> None:
    result = process(*words)
    assert result.returncode == 2
    assert result.stdout == b""
    assert b"Traceback" not in result.stderr


def test_bytes_that_are_no_text_among_the_words(process: Any) -> None:
    refused(process("show", "incident", b"\xff\xfe"))
    assert process("list", "incidents", b"--as=Z\xffoe").returncode == 0
    assert process("wording", "-", b"--names=\xff,Ada").returncode == 0


def test_every_verb_makes_the_database(process: Any, database_file: Path) -> None:
    for words in (("migrate",), ("list", "actions"), ("wording", "-"), ("seed",)):
        database_file.unlink(missing_ok=True)
        assert process(*words).returncode == 0
        assert database_file.exists()


def test_a_narrow_terminal_encoding_does_not_matter(
    process: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    process("import", "-", input="2024-05-06 14:02 Überlauf\n".encode(), stdin=None)
    assert "Überlauf" in json.loads(process("list", "incidents", "--json").stdout)[0]["title"]
    assert process("list", "incidents").returncode == 0
