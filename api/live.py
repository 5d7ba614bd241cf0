"""Revisions as they come, for screens that wait: server-sent events, numbers and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.visitor import NEVER_KEPT
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from services.exercise_wakes import waiting_for
from services.exercises import News, get_news
from services.people import PERSON_COOKIE, find_who

HEARTBEAT = 15.0  # seconds; proxies hang up on what is silent for longer


async def exercise_revisions(request: Request) -> Response:
    """GET /live/exercise/{run_id}: the revision as `data: 17` at once and whenever something has
    changed that shows on the person's screen, a comment as a heartbeat. 404 for an unknown person
    or run. Screens fetch what changed themselves: nothing of the exercise is in here."""
    who = await asyncio.to_thread(find_who, request.cookies.get(PERSON_COOKIE, ""))
    run_id = request.path_params["run_id"]
    try:
        news = await asyncio.to_thread(get_news, who, run_id)
    except ProblemForUser:
        return Response(status_code=404, headers=NEVER_KEPT)
    return StreamingResponse(
        _revisions(who, run_id, news),
        media_type="text/event-stream",
        headers={**NEVER_KEPT, "X-Accel-Buffering": "no"},
    )


async def _revisions(who: Who, run_id: str, news: News) -> AsyncIterator[str]:
    changed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        loop.call_soon_threadsafe(changed.set)

    with waiting_for(run_id, tell):
        yield f"retry: 1000\ndata: {news.revision}\n\n"
        while True:
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            changed.clear()
            try:
                news = await asyncio.to_thread(get_news, who, run_id, news)
            except ProblemForUser:
                return
            if news.concerns:
                yield f"data: {news.revision}\n\n"
