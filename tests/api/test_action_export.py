"""The actions leave as CSV: for known persons, filtered as on the page, safe for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import ROUTES
from models.rules.policy import Who
from models.rules.record import ActionRecord, IncidentRecord, PostmortemRecord
from models.rules.vocabulary import ActionStatus
from reports.action_csv import safe_cell
from services.people import PERSON_COOKIE
from services.record_in import store_postmortem
from services.unit_of_work import writing


@pytest.fixture
def client(ada: Who) -> TestClient:
    """Ada's browser, with two actions stored."""
    with writing(ada) as work:
        actions = (
            ActionRecord('=HYPERLINK("http://x.test","Add")', owner="Ada Brandt"),
            ActionRecord("Limit, and\nmeasure", owner="@Ben", status=ActionStatus.DONE),
        )
        incidents = (IncidentRecord(title="Down"),)
        store_postmortem(work, PostmortemRecord("-1 day", incidents=incidents, actions=actions))
    client = TestClient(Starlette(routes=ROUTES))
    client.cookies.set(PERSON_COOKIE, ada.person_id or "")
    return client


def rows(answer_text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer_text.removeprefix("\ufeff"), newline="")))


def test_every_action_is_a_line_and_no_cell_a_formula(client: TestClient) -> None:
    answer = client.get("/export/actions.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="actions.csv"'
    assert answer.headers["cache-control"] == "no-store"
    first, second = rows(answer.text)
    assert first["Action"].startswith("'=HYPERLINK")
    assert second["Action"] == "Limit, and\nmeasure"
    assert (second["Owner"], second["Source"]) == ("'@Ben", "'-1 day")


def test_the_filters_of_the_page_hold(client: TestClient) -> None:
    done = rows(client.get("/export/actions.csv?status=done").text)
    assert [row["Owner"] for row in done] == ["'@Ben"]
    assert len(rows(client.get("/export/actions.csv?owner=ada%20brandt").text)) == 1
    wrong = client.get("/export/actions.csv?type=<b>")
    assert wrong.status_code == 400
    assert "<b>" not in wrong.text


def test_an_unknown_person_gets_nothing(client: TestClient) -> None:
    client.cookies.set(PERSON_COOKIE, "made-up")
    answer = client.get("/export/actions.csv")
    assert answer.status_code == 404
    assert "HYPERLINK" not in answer.text


@pytest.mark.parametrize("start", list("=+-@\t\r＝"))
def test_a_cell_that_begins_like_a_formula_is_marked(start: str) -> None:
    assert safe_cell(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("text", ["", "a=b", "1-2", "Add a check", "2024-05-06"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_the_format_of_a_tracker_can_be_chosen(client: TestClient) -> None:
    answer = client.get("/export/actions.csv?format=jira&status=done")
    assert answer.headers["content-disposition"] == 'attachment; filename="actions-jira.csv"'
    [row] = rows(answer.text)
    assert row["Summary"] == "Limit, and measure"
    assert client.get("/export/actions.csv?format=trello").status_code == 400
