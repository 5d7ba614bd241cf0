"""The after-action report of an exercise as a file; who may read it is checked at each download."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.exports import YesNo, one_of
from api.visitor import for_visitor
from models.rules.policy import Who
from services.exercise_documents import export_exercise
from services.exercise_records import get_facts


@for_visitor
def export_after_action(request: Request, who: Who) -> Response:
    """GET /export/exercise/{id}.{pdf|md|html} with `redact=1|0` (without it: names stay) and
    `paper=A4|Letter` (without it: that of the settings).

    200 with the file as an attachment; 404 for an unknown person or exercise, and for one whose
    report the person may not read yet; 400 with a readable page for anything else that is wrong.
    """
    asked = request.query_params
    document = export_exercise(
        who,
        get_facts(who, request.path_params["run_id"]),
        format=request.path_params["format"],
        paper=asked.get("paper", ""),
        redact=one_of(YesNo, asked.get("redact", "0"), "redact") is YesNo.YES,
    )
    return Response(
        document.content,
        media_type=document.media_type,
        headers={"Content-Disposition": f'attachment; filename="{document.name}"'},
    )
