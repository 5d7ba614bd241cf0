"""Screens that wait hear of each change, and people without a name hear nothing."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.live import _revisions
from api.routes import ROUTES
from models.rules.exercise import commands
from models.rules.policy import Who
from services import exercises
from services.scenario_library import get_scenario


def test_a_screen_hears_the_revision_at_once_and_at_each_change(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    revision = exercises.get_revision(ada, run_id)

    async def listen() -> list[str]:
        heard = []
        stream = _revisions(ada, run_id, revision)
        heard.append(await anext(stream))
        following = asyncio.create_task(anext(stream))  # type: ignore[arg-type]
        await asyncio.to_thread(exercises.act_as_seat, ada, run_id, commands.note, "I am here")
        heard.append(await asyncio.wait_for(following, 5))
        await stream.aclose()  # type: ignore[attr-defined]
        return heard

    assert asyncio.run(listen()) == [
        f"retry: 1000\ndata: {revision}\n\n",
        f"data: {revision + 1}\n\n",
    ]


def test_without_a_name_there_is_nothing_to_hear(ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    with TestClient(Starlette(routes=ROUTES)) as client:
        assert client.get(f"/live/exercise/{run_id}").status_code == 404
