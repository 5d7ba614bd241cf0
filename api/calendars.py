"""Exercises ahead for calendars: one as a file, and a person's own at an address that is a key."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.visitor import NEVER_KEPT, for_visitor, nothing_here
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from services import exercise_calendar
from services.documents import Document


@for_visitor
def export_plan(request: Request, who: Who) -> Response:
    """GET /export/exercise-plan/{id}.ics: an exercise ahead as iCalendar, METHOD:PUBLISH, or CANCEL
    when it was cancelled. 404 for an unknown person or plan."""
    plan_id = request.path_params["plan_id"]
    return _file(exercise_calendar.export_plan(who, plan_id, link=_link(request)))


def show_calendar(request: Request) -> Response:
    """GET /calendar/{secret}.ics: the exercises of the person whose address it is, for calendar
    programs, which send no cookie. 404 for everything else, as for whatever else is not there."""
    try:
        secret = request.path_params["secret"]
        response = _file(exercise_calendar.feed_of(secret, link=_link(request)))
    except ProblemForUser:
        return nothing_here()
    response.headers.update(NEVER_KEPT)
    return response


def _file(document: Document) -> Response:
    return Response(
        document.content,
        media_type=document.media_type,
        headers={"Content-Disposition": f'attachment; filename="{document.name}"'},
    )


def _link(request: Request) -> str:
    return str(request.base_url.replace(path="/exercises", query=""))
