from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed, ProblemForUser
from services import documents
from services.exercise_documents import export_exercise
from tests.reports.exercise_sample import nothing_yet, team_facts

ADA = Who("ada", "Ada Brandt", "Europe/Berlin")


@pytest.fixture(autouse=True)
def printer_ends() -> Iterator[None]:
    yield
    documents.stop_printer()


@pytest.mark.parametrize(
    ("format", "start", "media_type"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("html", b"<!DOCTYPE html>", "text/html; charset=utf-8"),
        ("md", b"# After-action report", "text/markdown; charset=utf-8"),
    ],
)
def test_every_format_is_made(format: str, start: bytes, media_type: str) -> None:
    made = export_exercise(ADA, team_facts(), format=format)
    assert made.content.startswith(start)
    assert (made.media_type, made.name) == (
        media_type,
        f"the-queue-that-filled-2026-05-04-after-action.{format}",
    )


def test_a_redacted_one_says_so_in_its_name_and_holds_no_person() -> None:
    made = export_exercise(ADA, team_facts(), format="md", redact=True)
    assert made.name.endswith("-after-action-redacted.md")
    assert "Castellanos" not in made.content.decode()


def test_a_name_in_the_title_is_not_in_the_name_of_the_file() -> None:
    facts = team_facts()
    titled = replace(facts, record=replace(facts.record, title="The queue of Mira Castellanos"))
    made = export_exercise(ADA, titled, format="md", redact=True)
    assert "mira" not in made.name


def test_a_run_that_never_started_has_a_report_without_a_day() -> None:
    made = export_exercise(ADA, nothing_yet(), format="html")
    assert made.name == "the-queue-that-filled-after-action.html"


def test_what_there_is_not_is_said() -> None:
    with pytest.raises(ProblemForUser, match="not a format"):
        export_exercise(ADA, team_facts(), format="json")
    with pytest.raises(ProblemForUser, match="paper size"):
        export_exercise(ADA, team_facts(), format="pdf", paper="A3")


def test_who_has_no_name_exports_nothing() -> None:
    with pytest.raises(NotAllowed):
        export_exercise(NOBODY, team_facts(), format="md")
