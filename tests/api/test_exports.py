from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import ROUTES
from models.rules.policy import Who
from services import documents, people, publishing
from services.people import PERSON_COOKIE
from tests.small_postmortem import stored


@pytest.fixture
def visitor(database_file: object) -> Iterator[TestClient]:
    """Somebody who has not said who they are."""
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as client:
        yield client
    documents.stop_printer()


@pytest.fixture
def client(visitor: TestClient, ada: Who) -> TestClient:
    """Ada's browser."""
    visitor.cookies.set(PERSON_COOKIE, ada.person_id or "")
    return visitor


def test_a_known_person_gets_the_file_to_keep(client: TestClient, ada: Who) -> None:
    answer = client.get(f"/export/postmortem/{stored(ada)}.pdf?audience=full&redact=0&paper=Letter")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="orders-waited-in-the-queue.pdf"'
    )


def test_an_unknown_person_and_an_unknown_document_are_answered_alike(
    visitor: TestClient, ada: Who
) -> None:
    url = f"/export/postmortem/{stored(ada)}.md"
    nobody = visitor.get(url)
    visitor.cookies.set(PERSON_COOKIE, "made-up")
    made_up = visitor.get(url)
    visitor.cookies.set(PERSON_COOKIE, ada.person_id or "")
    no_document = visitor.get("/export/postmortem/unknown.md")
    assert nobody.status_code == made_up.status_code == no_document.status_code == 404
    assert nobody.text == made_up.text == no_document.text
    assert "Orders" not in nobody.text
    assert nobody.headers["cache-control"] == "no-store"


def test_somebody_who_left_gets_nothing(client: TestClient, ada: Who, ben: Who) -> None:
    url = f"/export/postmortem/{stored(ada)}.md"
    assert client.get(url).status_code == 200
    people.save_active(ben, ada.person_id or "", False, True)
    assert client.get(url).status_code == 404


def test_names_go_from_the_brief_unless_asked_for(client: TestClient, ada: Who) -> None:
    url = f"/export/postmortem/{stored(ada)}.md"
    assert "Ada Brandt" in client.get(url).text
    assert "Ada Brandt" not in client.get(f"{url}?audience=leadership").text
    assert "Ada Brandt" not in client.get(f"{url}?redact=1").text
    assert "Ada Brandt" in client.get(f"{url}?audience=leadership&redact=0").text


def test_an_older_revision_can_be_asked_for(client: TestClient, ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    assert "Revision 1" in client.get(f"/export/postmortem/{pm}.md?revision=1").text
    assert client.get(f"/export/postmortem/{pm}.md?revision=2").status_code == 404


@pytest.mark.parametrize(
    "rest",
    [
        ".docx", ".md?audience=everyone", ".md?redact=yes", ".pdf?paper=A3", ".md?revision=one",
        ".md?revision=%D9%A3", ".md?revision=-1",
    ],
)  # fmt: skip
def test_a_wrong_address_gets_a_readable_page(client: TestClient, ada: Who, rest: str) -> None:
    answer = client.get(f"/export/postmortem/{stored(ada)}{rest}")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "That did not work" in answer.text


def test_what_was_typed_into_the_address_stays_text(client: TestClient, ada: Who) -> None:
    answer = client.get(f"/export/postmortem/{stored(ada)}.md?paper=<script>alert(1)</script>")
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
