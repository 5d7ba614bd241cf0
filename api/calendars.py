"""What is ahead for calendars: as files, and a person's own at an address that is a key."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.visitor import NEVER_KEPT, for_visitor, nothing_here
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from services import calendar_feed, exercise_calendar
from services.documents import Document
from services.settings import settings


@for_visitor
def export_plan(request: Request, who: Who) -> Response:
    """GET /export/exercise-plan/{id}.ics: an exercise ahead as iCalendar, METHOD:PUBLISH, or CANCEL
    when it was cancelled. 404 for an unknown person or plan."""
    plan_id = request.path_params["plan_id"]
    return _file(exercise_calendar.export_plan(who, plan_id, link=f"{_base(request)}/exercises"))


@for_visitor
def export_meeting(request: Request, who: Who) -> Response:
    """GET /export/meeting/{post-mortem}.ics: its review meeting as iCalendar. 404 for an unknown
    person or post-mortem, 400 with a readable page while the meeting has no time."""
    postmortem_id = request.path_params["postmortem_id"]
    return _file(calendar_feed.export_meeting(who, postmortem_id, base=_base(request)))


@for_visitor
def export_due_dates(request: Request, who: Who) -> Response:
    """GET /export/due-dates.ics: the due dates of the person's own actions as iCalendar."""
    return _file(calendar_feed.export_due_dates(who, base=_base(request)))


@for_visitor
def export_due_date(request: Request, who: Who) -> Response:
    """GET /export/due-date/{action}.ics: the due date of an action as iCalendar. 404 for an unknown
    person, and for an action that is not there, over, or without a date."""
    action_id = request.path_params["action_id"]
    return _file(calendar_feed.export_due_date(who, action_id, base=_base(request)))


def show_calendar(request: Request) -> Response:
    """GET /calendar/{secret}.ics: exercises, meetings and due dates of the person whose address it
    is, for calendar programs, which send no cookie. 404 for everything else, as for whatever else
    is not there."""
    try:
        secret = request.path_params["secret"]
        response = _file(calendar_feed.feed_of(secret, base=_base(request)))
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


def _base(request: Request) -> str:
    """Where people reach Hotwash: as the settings say, or as it was asked."""
    return settings().address or str(request.base_url).rstrip("/")
