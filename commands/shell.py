"""What every verb shares: who acts, how problems end it, reading input, printing."""

from __future__ import annotations

import errno
import json
import os
import sys
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import click

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.text import DOCUMENT, clean, clean_line

READ_AT_MOST = 100 * 1024 * 1024  # bytes; importers refuse far smaller files in their own words
_FOLDER = Path(__file__).parents[1]
_PERSON = "hotwash.person"
_READER_LEFT = 128 + 13  # as a shell reports an end by SIGPIPE


class Failed(click.ClickException):
    """The work could not be done: one line on standard error, exit status 1."""

    def show(self, file: Any = None) -> None:
        click.echo(f"hotwash: {clean_line(self.message, limit=DOCUMENT)}", file=file, err=True)


class Verb(click.Command):
    """A verb that takes --as too, so that it can stand before or after it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(as_option())


class Hotwash(click.Group):
    """Turns what a person can do something about into one line."""

    command_class = Verb

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProblemForUser as problem:
            raise Failed(problem.message) from problem
        except OSError as error:
            write_nowhere()
            if error.errno == errno.EPIPE:
                raise click.exceptions.Exit(_READER_LEFT) from error
            raise Failed(f"The system refused: {error.strerror or error}.") from error


def write_nowhere() -> None:
    """What Python still writes at the very end must not fail again: the reader has left
    (`… | head -1`), or the disk is full, and the status of that would hide ours."""
    with suppress(OSError, ValueError):  # there may be no such file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Line(click.ParamType[str]):
    """A line of text. Bytes that are no text arrive from the shell as lone surrogates."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return clean_line(value)
        except ProblemForUser as problem:
            self.fail(problem.message, param, ctx)


def as_option() -> click.Option:
    """The option --as, which names the acting person."""
    return click.Option(
        ["--as", "person"],
        type=Line(),
        metavar="NAME",
        help="Who acts. Otherwise HOTWASH_PERSON, else the name of the account.",
        expose_value=False,
        callback=_remember,
    )


def _remember(ctx: click.Context, _param: click.Parameter, name: str | None) -> None:
    if name is not None:
        ctx.meta[_PERSON] = name


def say_version(ctx: click.Context, _param: click.Parameter, is_asked: bool) -> None:
    """Says the version and ends. It stands in pyproject.toml alone: Hotwash runs from its folder
    and is not installed as a package."""
    if is_asked:
        project = tomllib.loads((_FOLDER / "pyproject.toml").read_text(encoding="utf-8"))
        say(f"hotwash {project['project']['version']}")
        ctx.exit()


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def acting() -> Who:
    """The person who acts, in a database that is there and up to date."""
    from services.database import migrate
    from services.people import introduce
    from services.settings import login_name, settings

    migrate()
    given = click.get_current_context().meta.get(_PERSON)
    return introduce(given if given is not None else settings().person or login_name())


def read_input(file: str) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises ProblemForUser."""
    try:
        if file != "-":
            with open(file, "rb") as opened:
                return opened.read(READ_AT_MOST)
        if sys.stdin is None:
            raise ProblemForUser("Standard input is closed. Name a file instead of “-”.")
        return sys.stdin.buffer.read(READ_AT_MOST)
    except OSError as error:
        raise ProblemForUser(
            f"“{clean_line(file, limit=DOCUMENT)}” cannot be read: {error.strerror or error}."
        ) from error


def write_output(content: bytes) -> None:
    """Bytes to standard output, and at once: a full disk is told, not found out at the end."""
    if sys.stdout is None:
        raise ProblemForUser("Standard output is closed, so there is nowhere to write to.")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_to(output: str, content: bytes) -> None:
    """Bytes to a file, which is then named, or to standard output for "-". Raises
    ProblemForUser."""
    if output == "-":
        write_output(content)
        return
    name = clean_line(output, limit=DOCUMENT)
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise ProblemForUser(f"“{name}” cannot be written: {error.strerror or error}.") from error
    say(f"Wrote {name} ({counted(len(content), 'byte')}).")


def print_json(value: Any) -> None:
    """JSON in UTF-8, whatever the terminal takes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    write_output(text.encode("utf-8", "replace") + b"\n")


def say(text: str = "") -> None:
    """Words for a person: control characters of the input do not reach the terminal."""
    if sys.stdout is None:
        raise ProblemForUser("Standard output is closed, so there is nowhere to write to.")
    indent = text[: len(text) - len(text.lstrip(" "))]
    click.echo(indent + clean(text, limit=sys.maxsize))


def say_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, none: str) -> None:
    """Rows in columns as wide as they need; `none` when there are no rows."""
    if not rows:
        say(none)
        return
    table = [tuple(heads), *(tuple(clean_line(c, limit=DOCUMENT) for c in row) for row in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(heads))]
    for row in table:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def counted(number: int, thing: str) -> str:
    """`1 incident`, `3 incidents`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def plain(value: Any) -> Any:
    """Records and rows as JSON takes them: times in UTC with Z, durations in seconds. The bytes
    of kept files are left out (None)."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, bytes):
        return None
    if isinstance(value, tuple) and hasattr(value, "_asdict"):  # a row that is a named tuple
        value = value._asdict()
    if isinstance(value, dict):
        return {plain(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value
