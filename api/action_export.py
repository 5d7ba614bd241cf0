"""The actions of all post-mortems, as the Actions page shows them, in a file."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.visitor import for_visitor
from models.rules.policy import Who
from services import documents
from services.action_list import wanted_actions


@for_visitor
def export_actions(request: Request, who: Who) -> Response:
    """GET /export/actions.csv with the filters of the page: `owner` (a name), `status` and `type`
    (several with commas between), `overdue=1`, `sort`; and `format` (csv, or jira, github and
    linear for what imports it there). 200 with the file as an attachment, 404 for an unknown
    person, 400 for a word that there is not."""
    asked = request.query_params
    document = documents.export_actions(who, wanted_actions(asked), asked.get("format", "csv"))
    return Response(
        document.content,
        media_type=document.media_type,
        headers={"Content-Disposition": f'attachment; filename="{document.name}"'},
    )
