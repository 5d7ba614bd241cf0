"""Revisions as they come, for screens that wait: server-sent events.

A message for the person who waits has its title told at once; then the screens are told to draw
themselves anew, one after the other.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.visitor import NEVER_KEPT
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from services import draft_news, exercises, meetings
from services.announcements import News, waiting_for
from services.people import PERSON_COOKIE, find_who

HEARTBEAT = 15.0  # seconds; proxies hang up on what is silent for longer
APART = 0.006  # seconds; a process draws its screens one after the other
# What can be listened to: (who, id) gives where it stands; with what is known already as a third,
# whether there is more for this person's screen. Raises ProblemForUser for what is not there.
GetNews = Callable[..., News]
NEWS_OF: dict[str, GetNews] = {
    "exercise": exercises.get_news,
    "meeting": meetings.get_news,
    "postmortem": draft_news.get_news,
}


async def revisions(request: Request) -> Response:
    """GET /live/{kind}/{object_id}: the revision as `data: 17` at once and whenever something has
    changed that shows on the person's screen; before it the title of a message that came for them,
    as `event: headline` and a JSON string; a comment as a heartbeat. 404 for an unknown person or
    object. Screens fetch what changed themselves: nothing else of the object is in here."""
    who = await asyncio.to_thread(find_who, request.cookies.get(PERSON_COOKIE, ""))
    get_news, object_id = NEWS_OF.get(request.path_params["kind"]), request.path_params["object_id"]
    if get_news is None:
        return Response(status_code=404, headers=NEVER_KEPT)
    try:
        news = await asyncio.to_thread(get_news, who, object_id)
    except ProblemForUser:
        return Response(status_code=404, headers=NEVER_KEPT)
    return StreamingResponse(
        _stream(get_news, who, object_id, news),
        media_type="text/event-stream",
        headers={**NEVER_KEPT, "X-Accel-Buffering": "no"},
    )


async def _stream(get_news: GetNews, who: Who, object_id: str, news: News) -> AsyncIterator[str]:
    changed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        loop.call_soon_threadsafe(changed.set)

    with waiting_for(object_id, tell):
        yield f"retry: 1000\ndata: {news.revision}\n\n"
        while True:
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            changed.clear()
            try:
                news = await asyncio.to_thread(get_news, who, object_id, news)
            except ProblemForUser:
                return
            if news.headline:
                yield f"event: headline\ndata: {json.dumps(news.headline)}\n\n"
            if news.concerns:
                await _turns.wait()
                yield f"data: {news.revision}\n\n"


class Turns:
    """Whose turn it is to draw."""

    def __init__(self) -> None:
        self.next = 0.0

    async def wait(self) -> None:
        """Until no other screen was told to draw for a moment: at once where few wait."""
        now = asyncio.get_running_loop().time()
        self.next = max(now, self.next + APART)
        await asyncio.sleep(self.next - now)


_turns = Turns()
