from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import ROUTES
from models.rules.policy import Who
from models.rules.vocabulary import Audience
from services import documents
from services.distribution import Wish, prepare
from services.people import PERSON_COOKIE
from tests.services.mailing import list_with, published


@pytest.fixture
def visitor(database_file: object) -> Iterator[TestClient]:
    """Somebody who has not said who they are."""
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as client:
        yield client
    documents.stop_printer()


def test_the_document_and_the_draft_are_for_known_people_and_kept_nowhere(
    visitor: TestClient, ada: Who
) -> None:
    everyone = list_with(ada, "Everyone", "cleo@example.org")
    sending = prepare(
        ada, Wish(published(ada), 1, Audience.FULL, redact=False, list_ids=(everyone,)), link=""
    )
    strange = [visitor.get(f"/sending/{sending}.{kind}") for kind in ("pdf", "eml")]
    visitor.cookies.set(PERSON_COOKIE, ada.person_id or "")
    strange.append(visitor.get("/sending/unknown.eml"))
    assert {(answer.status_code, answer.text) for answer in strange} == {(404, strange[0].text)}
    document, draft = (visitor.get(f"/sending/{sending}.{kind}") for kind in ("pdf", "eml"))
    assert document.content.startswith(b"%PDF-")
    assert document.headers["content-disposition"].startswith("inline")
    assert draft.headers["content-type"] == "message/rfc822"
    assert b"X-Unsent: 1" in draft.content
    for answer in (document, draft):
        assert answer.headers["cache-control"] == "no-store"
