"""The after-action report of an exercise as a file. The facts are handed in: whoever has the run
knows who may read it."""

from __future__ import annotations

from typing import cast

from models.rules.exercise.hotwash import AfterActionFacts
from models.rules.policy import Thing, Verb, Who, may
from models.rules.problems import NotAllowed, ProblemForUser
from reports.exercise_facts import ExerciseDocument, prepare_exercise
from reports.exercise_html import exercise_html
from reports.exercise_markdown import exercise_markdown
from reports.facts import Paper
from services import clock
from services.documents import MEDIA_TYPES, Document, plain_name, printer
from services.settings import settings

FORMATS = ("pdf", "html", "md")


def export_exercise(
    who: Who, facts: AfterActionFacts, *, format: str, paper: str = "", redact: bool = False
) -> Document:
    """The report as pdf, html or md, ready to hand out. `paper` is A4 or Letter, by default that
    of the settings; `redact` puts seats in place of names. Raises ProblemForUser for a format or
    paper that there is not, and when the PDF cannot be made."""
    if not may(who, Verb.EXPORT, Thing.EXERCISE):
        raise NotAllowed("Choose your name first: Hotwash notes who writes and signs.")
    if format not in FORMATS:
        raise ProblemForUser(f"“{format}” is not a format. Choose pdf, html or md.")
    paper = paper or settings().paper
    if paper not in ("A4", "Letter"):
        raise ProblemForUser(f"“{paper}” is not a paper size. Choose A4 or Letter.")
    doc = prepare_exercise(
        facts, redact=redact, paper=cast(Paper, paper), zone=who.zone, as_of=clock.now()
    )
    return Document(_file_name(doc, format), MEDIA_TYPES[format], _content(doc, format))


def read_report(who: Who, facts: AfterActionFacts) -> ExerciseDocument:
    """The report with names, to be shown on the screen in the person's zone."""
    return prepare_exercise(facts, redact=False, paper="A4", zone=who.zone, as_of=clock.now())


def _content(doc: ExerciseDocument, format: str) -> bytes:
    if format == "pdf":
        return printer().render(doc)
    write = exercise_html if format == "html" else exercise_markdown
    return write(doc).encode()


def _file_name(doc: ExerciseDocument, format: str) -> str:
    """`your-first-page-2026-11-23-after-action.pdf`: the day on which it was held."""
    started = doc.facts.record.started_at
    parts = [plain_name(doc.title, otherwise="exercise")]
    parts += [f"{started:%Y-%m-%d}"] if started else []
    parts += ["after-action", *(["redacted"] if doc.redacted else [])]
    return f"{'-'.join(parts)}.{format}"
