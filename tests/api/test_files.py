from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import ROUTES
from models.rules.policy import Who
from models.rules.record import EventRecord, EvidenceRecord, IncidentRecord
from services import postmortems, timeline
from services.people import PERSON_COOKIE
from services.record_in import store_incident
from services.unit_of_work import writing
from tests.small_postmortem import at, stored


@pytest.fixture
def client(database_file: object, ada: Who) -> Iterator[TestClient]:
    """Ada's browser."""
    with TestClient(Starlette(routes=ROUTES)) as client:
        client.cookies.set(PERSON_COOKIE, ada.person_id or "")
        yield client


def evidence_id(who: Who, name: str, content: bytes) -> str:
    record = postmortems.get_postmortem(who, stored(who))
    timeline.add_file(who, record.events[0].id, name, content)
    [row] = timeline.list_evidence(who, [i.id for i in record.incidents])
    return row.id


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    return content.getvalue()


def test_a_picture_is_shown_to_a_known_person(client: TestClient, ada: Who) -> None:
    answer = client.get(f"/evidence/{evidence_id(ada, 'queue age.png', picture())}")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == 'inline; filename="queue-age.png"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_another_file_is_handed_over_to_keep(client: TestClient, ada: Who) -> None:
    answer = client.get(f"/evidence/{evidence_id(ada, 'queue.log', b'<b>09:00 full</b>')}")
    assert answer.content == b"<b>09:00 full</b>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="queue.log"'


def test_a_file_that_calls_itself_a_page_is_not_shown_as_one(client: TestClient, ada: Who) -> None:
    page = EvidenceRecord("x.html", media_type="text/html", content=b"<script>alert(1)</script>")
    event = EventRecord(at("09:00"), "Something", evidence=(page,))
    with writing(ada) as work:
        incident = store_incident(work, IncidentRecord("Brought in", events=(event,))).id
    [row] = timeline.list_evidence(ada, [incident])
    answer = client.get(f"/evidence/{row.id}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_nobody_and_nothing_are_answered_alike(client: TestClient, ada: Who) -> None:
    known = evidence_id(ada, "queue age.png", picture())
    nothing = client.get("/evidence/unknown")
    client.cookies.clear()
    nobody = client.get(f"/evidence/{known}")
    assert nobody.status_code == nothing.status_code == 404
    assert nobody.text == nothing.text


def test_the_server_says_that_it_is_alive_and_ready(client: TestClient) -> None:
    client.cookies.clear()
    assert client.get("/health").text == "ok"
    assert (client.get("/ready").status_code, client.get("/ready").text) == (200, "ready")


def test_the_server_is_not_ready_without_its_tables(
    client: TestClient, database_file: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.settings import settings

    monkeypatch.setenv("HOTWASH_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    settings.cache_clear()
    assert client.get("/ready").status_code == 503
    assert client.get("/health").status_code == 200
