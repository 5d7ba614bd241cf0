"""Trends and the quarterly review leave as files: for known persons, filtered as on the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import ROUTES
from models.rules.policy import Who
from services import clock, documents
from services.people import PERSON_COOKIE
from tests.small_postmortem import small_incident, small_postmortem, stored

HOSTILE = '=HYPERLINK("http://x.test","Open")'


@pytest.fixture
def client(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Ada's browser, with an incident of March 2026 in the database."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 5, 4, 9, tzinfo=UTC))
    incident = replace(small_incident(), title=HOSTILE)
    stored(ada, replace(small_postmortem(), incidents=(incident,)))
    client = TestClient(Starlette(routes=ROUTES))
    client.cookies.set(PERSON_COOKIE, ada.person_id or "")
    yield client
    documents.stop_printer()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_values_of_a_measure_are_lines_and_no_cell_a_formula(client: TestClient) -> None:
    answer = client.get("/export/trends/time_to_recover.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    disposition = 'attachment; filename="time-to-recover.csv"'
    assert answer.headers["content-disposition"] == disposition
    assert answer.headers["cache-control"] == "no-store"
    [only] = rows(answer.text)
    assert (only["Incident"], only["Minutes"], only["Severity"]) == (f"'{HOSTILE}", "88", "SEV1")


def test_the_summary_has_every_measure_over_all_and_by_period(client: TestClient) -> None:
    found = {
        (r["Measure"], r["Period"]): r for r in rows(client.get("/export/trends/summary.csv").text)
    }
    assert found["Time to recover", "all"]["Median (minutes)"] == "88"
    assert found["Time to recover", "2026-03"]["n"] == "1"
    assert found["Time to acknowledge", "all"]["Left out: missing_clock"] == "1"
    quarters = rows(client.get("/export/trends/summary.csv?by=quarter").text)
    assert "2026-Q1" in {row["Period"] for row in quarters}


@pytest.mark.parametrize("name", ["time_to_recover", "frequency"])
def test_a_drawing_is_an_svg_that_can_do_nothing(client: TestClient, name: str) -> None:
    answer = client.get(f"/export/trends/{name}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "attachment" in answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.text.startswith("<svg")
    assert "HYPERLINK" not in answer.text


@pytest.mark.parametrize(
    "query", ["severity=SEV2", "from=2026-04-01", "to=2026-03-09", "kind=drill"]
)
def test_the_filters_of_the_page_hold(client: TestClient, query: str) -> None:
    assert rows(client.get(f"/export/trends/time_to_recover.csv?{query}").text) == []
    assert client.get(f"/export/trends/time_to_recover.svg?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=tomorrow", "which is no day"),
        ("from=2026-03-02&to=2026-03-01", "before it begins"),
        ("severity=SEV9", "it can be SEV0, SEV1"),
        ("service=<b>", "There is no service"),
        ("by=week", "it can be month, quarter"),
    ],
)
def test_a_bad_address_is_told_in_words(client: TestClient, query: str, said: str) -> None:
    answer = client.get(f"/export/trends/summary.csv?{query}")
    assert answer.status_code == 400
    assert said in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["trends/secrets.csv", "trends/summary.exe", "trends/time_to_recover.pdf"],
)
def test_there_are_no_other_files(client: TestClient, path: str) -> None:
    assert client.get(f"/export/{path}").status_code == 404


@pytest.mark.parametrize(
    ("format", "start"), [("pdf", "%PDF-"), ("html", "<!DOCTYPE html>"), ("md", "# Quarterly")]
)
def test_the_quarterly_review_comes_in_three_formats(
    client: TestClient, format: str, start: str
) -> None:
    answer = client.get(f"/export/quarterly/2026-Q1.{format}")
    assert answer.status_code == 200
    assert answer.content.startswith(start.encode())
    assert f'"quarterly-review-2026-q1.{format}"' in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    "path", ["2026-Q5.pdf", "2027-Q1.md", "2026-Q1.docx", "2026-Q1.md?paper=A5"]
)
def test_a_review_that_there_is_not_is_told_in_words(client: TestClient, path: str) -> None:
    answer = client.get(f"/export/quarterly/{path}")
    assert answer.status_code == 400
    assert "That did not work" in answer.text


@pytest.mark.parametrize("path", ["trends/summary.csv", "quarterly/2026-Q1.md"])
def test_an_unknown_person_gets_nothing(client: TestClient, path: str) -> None:
    client.cookies.set(PERSON_COOKIE, "made-up")
    answer = client.get(f"/export/{path}")
    assert answer.status_code == 404
    assert "HYPERLINK" not in answer.text
