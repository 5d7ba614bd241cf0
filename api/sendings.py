"""What goes out by mail, to look at before: the document itself, and a draft of the mail."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.visitor import for_visitor
from models.rules.policy import Who
from services import distribution


@for_visitor
def show_document(request: Request, who: Who) -> Response:
    """GET /sending/{id}.pdf: the document byte for byte as it is sent, to look at. 404 for an
    unknown person or sending."""
    document = distribution.document_of(who, request.path_params["sending_id"])
    return Response(
        document.content,
        media_type=document.media_type,
        headers={
            "Content-Disposition": f'inline; filename="{document.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@for_visitor
def export_draft(request: Request, who: Who) -> Response:
    """GET /sending/{id}.eml: the whole mail for one's own mail program, which opens it as a draft.
    404 for an unknown person or sending."""
    document = distribution.draft_of(who, request.path_params["sending_id"])
    return Response(
        document.content,
        media_type=document.media_type,
        headers={"Content-Disposition": f'attachment; filename="{document.name}"'},
    )
