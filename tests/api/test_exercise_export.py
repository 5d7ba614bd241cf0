"""After-action reports as files: for known people, and only when the report may be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.routes import ROUTES
from models.rules.exercise import commands, facilitating
from models.rules.policy import Who
from services import debriefs, documents, exercises
from services.people import PERSON_COOKIE
from services.scenario_library import get_scenario
from services.solo_play import play_alone


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


@pytest.fixture
def ended(ada: Who, ben: Who) -> str:
    """Ben led and Ada played; the talk has not begun."""
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    exercises.start_live(ben, run_id)
    exercises.act_as_seat(ada, run_id, commands.declare, "errors at the shop")
    exercises.act_as_facilitator(ben, run_id, facilitating.end, "Time was over")
    return run_id


def test_the_report_is_a_file_to_keep_and_no_cache_keeps_it(
    client: TestClient, ben: Who, ended: str
) -> None:
    debriefs.start_debrief(ben, ended, 15)
    answer = client.get(f"/export/exercise/{ended}.pdf?paper=Letter")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    for kind in ("md", "html"):
        assert "errors at the shop" in client.get(f"/export/exercise/{ended}.{kind}").text


def test_names_can_be_left_out(client: TestClient, ben: Who, ended: str) -> None:
    debriefs.start_debrief(ben, ended, 15)
    url = f"/export/exercise/{ended}.md"
    assert "Ada Brandt" in client.get(url).text
    assert "Ada Brandt" not in client.get(f"{url}?redact=1").text


def test_what_may_not_be_read_yet_is_answered_like_what_there_is_not(
    visitor: TestClient, ada: Who, ben: Who, ended: str
) -> None:
    url = f"/export/exercise/{ended}.md"
    nobody = visitor.get(url)
    visitor.cookies.set(PERSON_COOKIE, ada.person_id or "")
    answers = [nobody, visitor.get(url), visitor.get("/export/exercise/unknown.md")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    visitor.cookies.set(PERSON_COOKIE, ben.person_id or "")
    assert visitor.get(url).status_code == 200


def test_nobody_takes_along_an_exercise_that_somebody_plays(client: TestClient, ada: Who) -> None:
    run_id = play_alone(ada, get_scenario(ada, "first-page")[0])
    assert client.get(f"/export/exercise/{run_id}.md").status_code == 404


@pytest.mark.parametrize("rest", ["json", "md?redact=maybe", "pdf?paper=A3"])
def test_what_there_is_not_is_said_on_a_page(
    client: TestClient, ben: Who, ended: str, rest: str
) -> None:
    debriefs.start_debrief(ben, ended, 15)
    answer = client.get(f"/export/exercise/{ended}.{rest}")
    assert answer.status_code == 400
    assert "That did not work" in answer.text
