from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from models.rules.policy import Who
from models.rules.problems import NotFound, ProblemForUser
from models.rules.vocabulary import Audience
from services import documents, people, postmortems, publishing
from tests.small_postmortem import small_postmortem, stored


@pytest.fixture(autouse=True)
def printer_ends() -> Iterator[None]:
    yield
    documents.stop_printer()


def exported(who: Who, pm: str, format: str = "md", **options: object) -> str:
    document = documents.export_postmortem(who, pm, format=format, **options)  # type: ignore[arg-type]
    return document.content.decode()


def test_a_draft_is_exported_as_it_stands(ada: Who) -> None:
    text = exported(ada, stored(ada))
    assert "Orders waited for 100 minutes" in text
    assert "Draft, not published" in text


def test_a_published_one_is_exported_as_its_newest_revision(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.back_to_draft(ada, pm, "More is known")
    postmortems.save_title(ada, pm, "Second thoughts", "Orders waited in the queue")
    publishing.publish_postmortem(ada, pm, 2)
    assert "Second thoughts" in exported(ada, pm)
    first = exported(ada, pm, revision=1)
    assert "Second thoughts" not in first
    assert "Revision 1, published by Ada Brandt" in first


def test_a_reopened_one_is_exported_as_the_draft_it_is(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.back_to_draft(ada, pm, "More is known")
    assert "Draft, not published" in exported(ada, pm)


def test_every_format_is_made(ada: Who) -> None:
    pm = stored(ada)
    for audience in Audience:
        pdf = documents.export_postmortem(ada, pm, format="pdf", audience=audience)
        assert pdf.content.startswith(b"%PDF-")
        assert pdf.media_type == "application/pdf"
        assert exported(ada, pm, "html", audience=audience).startswith("<!DOCTYPE html>")
    assert json.loads(exported(ada, pm, "json"))["postmortem"]["id"] == pm


def test_a_redacted_document_has_no_name_in_it_nor_on_its_file(ada: Who) -> None:
    pm = stored(ada, small_postmortem("Ada Brandt restarted the queue"))
    for kind in ("md", "html", "json"):
        document = documents.export_postmortem(ada, pm, format=kind, redact=True)
        assert "Brandt" not in document.content.decode()
        assert "Okafor" not in document.content.decode()
        assert "ada" not in document.name
        assert "redacted" in document.name


def test_people_of_the_team_who_are_only_mentioned_lose_their_names_too(ada: Who) -> None:
    people.introduce("Zoë Quist")
    pm = stored(ada, small_postmortem("Paged zoe.quist, and asked Zoe"))
    text = exported(ada, pm, redact=True)
    assert "zoe" not in text.lower()
    assert "Paged a colleague, and asked a colleague" in text
    assert "zoe.quist" in exported(ada, pm)


def test_the_file_name_is_plain_letters(ada: Who) -> None:
    pm = stored(ada, small_postmortem('Größe\r\nSet-Cookie: x "../ 100 %'))
    brief = documents.export_postmortem(ada, pm, format="md", audience=Audience.LEADERSHIP)
    assert brief.name == "groe-set-cookie-x-100-leadership.md"


def test_what_there_is_not_is_said(ada: Who) -> None:
    pm = stored(ada)
    with pytest.raises(ProblemForUser, match="not a format"):
        documents.export_postmortem(ada, pm, format="docx")
    with pytest.raises(ProblemForUser, match="paper"):
        documents.export_postmortem(ada, pm, format="pdf", paper="A3")
    with pytest.raises(NotFound):
        documents.export_postmortem(ada, pm, format="md", revision=7)
    with pytest.raises(NotFound):
        documents.export_postmortem(ada, "unknown", format="md")


def test_a_page_reads_a_published_revision_only(ada: Who) -> None:
    pm = stored(ada)
    with pytest.raises(NotFound):
        documents.read_published(ada, pm)
    publishing.publish_postmortem(ada, pm, 1)
    assert documents.read_published(ada, pm).postmortem.publication is not None
