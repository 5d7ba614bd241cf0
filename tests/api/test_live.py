"""Screens that wait hear of each change, and people without a name hear nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.live import APART, Turns, _stream
from api.routes import ROUTES
from models.rules.exercise import commands, facilitating
from models.rules.exercise.events import Improvised
from models.rules.policy import Who
from models.rules.scenario.shape import Channel
from services import exercises, people
from services.scenario_library import get_scenario


def run_apart(listen: Callable[[], Coroutine[None, None, list[str]]]) -> list[str]:
    """In a thread of its own: a browser test before this one may have left a loop running."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: asyncio.run(listen())).result()


def test_a_screen_hears_the_revision_at_once_and_at_each_change(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    news = exercises.get_news(ada, run_id)

    async def listen() -> list[str]:
        heard = []
        stream = _stream(exercises.get_news, ada, run_id, news)
        heard.append(await anext(stream))
        following = asyncio.create_task(anext(stream))  # type: ignore[arg-type]
        await asyncio.to_thread(exercises.act_as_seat, ada, run_id, commands.note, "I am here")
        heard.append(await asyncio.wait_for(following, 60))
        await stream.aclose()  # type: ignore[attr-defined]
        return heard

    assert run_apart(listen) == [
        f"retry: 1000\ndata: {news.revision}\n\n",
        f"data: {news.revision + 1}\n\n",
    ]


def test_the_title_of_a_message_is_told_at_once_to_the_seats_that_it_reaches(
    ada: Who, ben: Who
) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    first, second = (seat.id for seat in scenario.seats[:2])
    cleo = people.introduce("Cleo Tan")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, first)
    exercises.join_run(cleo, run_id, second)
    exercises.start_live(ben, run_id)
    known = {who: exercises.get_news(who, run_id) for who in (ada, cleo, ben)}
    a_call = Improvised(title="A call", body="The phone rings.", channel=Channel.PHONE, to=(first,))

    def throw_in() -> None:
        exercises.act_as_facilitator(ben, run_id, facilitating.improvise, a_call)

    async def listen() -> list[str]:
        stream = _stream(exercises.get_news, ada, run_id, known[ada])
        await anext(stream)
        await asyncio.to_thread(throw_in)
        heard = [await anext(stream), await anext(stream)]
        await stream.aclose()  # type: ignore[attr-defined]
        return heard

    revision = known[ada].revision + 1
    assert run_apart(listen) == [
        'event: headline\ndata: "A call"\n\n',
        f"data: {revision}\n\n",
    ]
    unreached = exercises.get_news(cleo, run_id, known[cleo])
    assert (unreached.headline, unreached.concerns) == ("", False)
    assert exercises.get_news(ben, run_id, known[ben]).headline == ""


def test_screens_are_told_to_draw_one_after_the_other() -> None:
    async def told() -> list[str]:
        turns, order = Turns(), []

        async def draw(name: str) -> None:
            await turns.wait()
            order.append(name)

        begun = asyncio.get_running_loop().time()
        await asyncio.gather(*(draw(name) for name in "abc"))
        assert asyncio.get_running_loop().time() - begun >= 2 * APART
        return order

    assert run_apart(told) == ["a", "b", "c"]


def test_a_screen_is_left_alone_when_another_seat_only_reads_or_notes(ada: Who, ben: Who) -> None:
    cleo = people.introduce("Cleo Tan")
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    exercises.join_run(cleo, run_id, scenario.seats[1].id)
    before = exercises.get_news(ada, run_id)
    led = exercises.get_news(ben, run_id)
    exercises.act_as_seat(cleo, run_id, commands.note, "I look at the graphs")
    after = exercises.get_news(ada, run_id, before)
    assert not after.concerns
    assert exercises.get_news(cleo, run_id, before).concerns
    assert exercises.get_news(ben, run_id, led).concerns
    assert not exercises.get_news(ben, run_id, exercises.get_news(ben, run_id)).concerns
    exercises.start_live(ben, run_id)
    assert exercises.get_news(ada, run_id, after).concerns


def test_without_a_name_there_is_nothing_to_hear(ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    with TestClient(Starlette(routes=ROUTES)) as client:
        assert client.get(f"/live/exercise/{run_id}").status_code == 404


def test_there_is_nothing_to_hear_of_a_kind_that_does_not_exist(ben: Who) -> None:
    with TestClient(Starlette(routes=ROUTES), cookies={"hotwash_person": ben.person_id}) as client:
        assert client.get("/live/nothing/abc").status_code == 404
