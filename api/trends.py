"""Trends and the quarterly review as files; the person is checked at each download."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.visitor import for_visitor
from models.rules.following.loop import read_quarter
from models.rules.policy import Who
from services.documents import Document
from services.quarterly import export_quarterly as quarterly_document
from services.trend_documents import export_trends as trends_document

# A drawing that is opened by itself may do nothing but show itself.
_SEALED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


@for_visitor
def export_trends(request: Request, who: Who) -> Response:
    """GET /export/trends/{measure|summary|frequency}.{csv|svg} with the filters of the page:
    `from`, `to`, `severity`, `kind`, `service`, `team`, `by`. 200 with the file as an attachment,
    404 for an unknown person or name, 400 with a readable page for a word that there is not."""
    asked = request.path_params
    return _attached(trends_document(who, asked["name"], asked["format"], request.query_params))


@for_visitor
def export_quarterly(request: Request, who: Who) -> Response:
    """GET /export/quarterly/{2026-Q3}.{pdf|html|md} with `paper=A4|Letter` (without it: that of
    the settings). 200 with the file as an attachment, 404 for an unknown person, 400 with a
    readable page for a quarter, format or paper that there is not."""
    quarter = read_quarter(request.path_params["quarter"])
    paper = request.query_params.get("paper", "")
    document = quarterly_document(who, quarter, format=request.path_params["format"], paper=paper)
    return _attached(document)


def _attached(document: Document) -> Response:
    return Response(
        document.content,
        media_type=document.media_type,
        headers={"Content-Disposition": f'attachment; filename="{document.name}"', **_SEALED},
    )
