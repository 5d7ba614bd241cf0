"""For whoever watches over the server. Open to anyone, and says nothing about what is inside."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from services import database


async def is_alive(_request: Request) -> PlainTextResponse:
    """GET /health: 200 while the process answers at all."""
    return PlainTextResponse("ok")


def is_ready(_request: Request) -> PlainTextResponse:
    """GET /ready: 200 when the database answers too, else 503. Runs in a thread."""
    if database.is_ready():
        return PlainTextResponse("ready")
    return PlainTextResponse("the database does not answer", status_code=503)
