"""Who asks over HTTP, and what is said when something is not there or cannot be done.

A document and a person that are not known are answered alike, so that nobody learns from the
answer whether a document exists.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from models.rules.policy import Who
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from services.people import PERSON_COOKIE, find_who

NEVER_KEPT = {"Cache-Control": "no-store"}
NOTHING_HERE = (
    "There is nothing at this address. It may have been removed, or this browser has not said "
    "who you are: open Hotwash, choose your name, and follow the link again."
)
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Hotwash</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0;
padding: 0 1.5rem }}</style></head>
<body><h1>{title}</h1><p>{message}</p><p><a href="/">Go to Hotwash</a></p></body></html>
"""

Answer = Callable[[Request, Who], Response]


def for_visitor(answer: Answer) -> Callable[[Request], Response]:
    """A route for a known person; problems become a page with their sentence. Starlette runs a
    plain function in a thread, so that a slow answer holds up nobody else."""

    def route(request: Request) -> Response:
        who = find_who(request.cookies.get(PERSON_COOKIE, ""))
        try:
            if who.person_id is None:
                raise NotAllowed(NOTHING_HERE)
            response = answer(request, who)
        except (NotFound, NotAllowed):
            return nothing_here()
        except ProblemForUser as problem:
            return _problem_page("That did not work", problem.message, 400)
        response.headers.update(NEVER_KEPT)
        return response

    return route


def nothing_here() -> Response:
    """The one answer to whatever is not there, or not for whoever asks."""
    return _problem_page("Not found", NOTHING_HERE, 404)


def _problem_page(title: str, message: str, status: int) -> HTMLResponse:
    page = _PAGE.format(title=escape(title), message=escape(message))
    return HTMLResponse(page, status_code=status, headers=NEVER_KEPT)
