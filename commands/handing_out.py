"""hotwash export and hotwash wording: documents, and a text read for blame."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from commands.shell import (
    Line,
    Verb,
    acting,
    counted,
    json_option,
    print_json,
    read_input,
    say,
    write_to,
)
from models.rules.text import DOCUMENT, clean_line
from models.rules.vocabulary import Audience
from models.rules.wording import Finding, read_wording

if TYPE_CHECKING:
    from services.documents import Document

_MAY_BE_NAMES = (
    "Names became roles. These words may be names of people too, and are still in it; look at them "
    "before you hand it out:"
)


@click.command(cls=Verb)
@click.argument("what", type=click.Choice(["postmortem", "exercise"]))
@click.argument("object_id", metavar="ID", type=Line())
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["pdf", "html", "md", "json"]),
    default="pdf",
    show_default=True,
)
@click.option(
    "--audience",
    type=click.Choice([a.value for a in Audience]),
    show_default=True,
    default=Audience.FULL.value,
    help="leadership is the brief of one page.",
)
@click.option(
    "--redact/--no-redact",
    default=None,
    help="Whether names become roles; they do in the brief when nothing is said.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    required=True,
    type=click.Path(allow_dash=True),
    help="Where to; - is standard output.",
)
def export(
    what: str, object_id: str, format_name: str, audience: str, redact: bool | None, output: str
) -> None:
    """Write a post-mortem, or what an exercise showed, to a file, ready to hand out."""
    from services import documents

    make = _postmortem if what == "postmortem" else _exercise
    try:
        document = make(object_id, format_name, Audience(audience), redact)
    finally:
        documents.stop_printer()
    if document.may_be_names:
        names = clean_line(", ".join(document.may_be_names[:20]), limit=DOCUMENT)
        click.echo(f"{_MAY_BE_NAMES} {names}.", err=True)
    write_to(output, document.content)


def _postmortem(
    postmortem_id: str, format_name: str, audience: Audience, redact: bool | None
) -> Document:
    from services import documents

    return documents.export_postmortem(
        acting(),
        postmortem_id,
        format=format_name,
        audience=audience,
        redact=audience is Audience.LEADERSHIP if redact is None else redact,
    )


def _exercise(run_id: str, format_name: str, audience: Audience, redact: bool | None) -> Document:
    from services import exercise_documents
    from services.exercise_records import get_facts

    if format_name not in exercise_documents.FORMATS:
        raise click.UsageError("What an exercise showed comes as pdf, html or md.")
    if audience is not Audience.FULL:
        raise click.UsageError("What an exercise showed is written for one audience: full.")
    who = acting()
    return exercise_documents.export_exercise(
        who, get_facts(who, run_id), format=format_name, redact=bool(redact)
    )


@click.command(cls=Verb)
@click.argument("file", metavar="FILE|-", type=click.Path(allow_dash=True))
@click.option(
    "--names",
    type=Line(),
    default="",
    metavar="NAME,NAME",
    help="People who took part; common given names and roles are recognised without.",
)
@json_option
def wording(file: str, names: str, as_json: bool) -> None:
    """Read a text for blame, and suggest words about the system."""
    from services.bring_in import text_of

    acting()
    data = read_input(file)
    text = text_of(data) if data.strip() else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = read_wording(text, [name for part in names.split(",") if (name := part.strip())])
    if as_json:
        print_json({"findings": [asdict(finding) for finding in found]})
    else:
        _say_findings(found)


def _say_findings(found: tuple[Finding, ...]) -> None:
    for finding in found:
        say(f"Line {finding.line}, “{finding.span}”: {finding.why}")
        say(f"    {finding.suggestion}")
    say(f"{counted(len(found), 'finding')}." if found else "Nothing in it judges people.")
