"""Our own HTTP routes, beside the pages. What they answer with is documented at each function."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from api.action_export import export_actions
from api.calendars import (
    export_due_date,
    export_due_dates,
    export_meeting,
    export_plan,
    show_calendar,
)
from api.exercise_export import export_after_action
from api.exports import export_postmortem
from api.files import show_evidence
from api.health import is_alive, is_ready
from api.live import revisions
from api.sendings import export_draft, show_document
from api.trends import export_quarterly, export_trends

ROUTES: list[BaseRoute] = [
    Route("/export/postmortem/{postmortem_id}.{format}", export_postmortem, name="export"),
    Route("/export/exercise/{run_id}.{format}", export_after_action, name="export_exercise"),
    Route("/export/actions.csv", export_actions, name="export_actions"),
    Route("/export/trends/{name}.{format}", export_trends, name="export_trends"),
    Route("/export/quarterly/{quarter}.{format}", export_quarterly, name="export_quarterly"),
    Route("/export/exercise-plan/{plan_id}.ics", export_plan, name="export_plan"),
    Route("/export/meeting/{postmortem_id}.ics", export_meeting, name="export_meeting"),
    Route("/export/due-dates.ics", export_due_dates, name="export_due_dates"),
    Route("/export/due-date/{action_id}.ics", export_due_date, name="export_due_date"),
    Route("/calendar/{secret}.ics", show_calendar, name="calendar"),
    Route("/sending/{sending_id}.pdf", show_document, name="sending"),
    Route("/sending/{sending_id}.eml", export_draft, name="export_draft"),
    Route("/evidence/{evidence_id}", show_evidence, name="evidence"),
    Route("/live/{kind}/{object_id}", revisions, name="live"),
    Route("/health", is_alive, name="health"),
    Route("/ready", is_ready, name="ready"),
]
