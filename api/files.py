"""Files that are kept as evidence: pictures are shown, everything else is handed over to keep."""

from __future__ import annotations

import re
import unicodedata

from starlette.requests import Request
from starlette.responses import Response

from api.visitor import for_visitor
from models.rules.policy import Who
from services.timeline import get_file

PICTURES = {"image/png": ".png", "image/jpeg": ".jpg"}
_SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@for_visitor
def show_evidence(request: Request, who: Who) -> Response:
    """GET /evidence/{id}: a kept picture to look at, any other file as a download. 404 for an
    unknown person or file, and for evidence that is a link."""
    title, media_type, content = get_file(who, request.path_params["evidence_id"])
    shown = media_type in PICTURES
    disposition = "inline" if shown else "attachment"
    return Response(
        content,
        # Another type could be a page with a script in it, brought in with somebody's export.
        media_type=media_type if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f'{disposition}; filename="{_file_name(title, media_type)}"',
            **_SEALED,
        },
    )


def _file_name(title: str, media_type: str) -> str:
    """A name of plain letters, with the ending that fits a picture as it is kept."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:80] or "evidence"
    ending = PICTURES.get(media_type, "")
    return name if not ending or name.lower().endswith(ending) else f"{name}{ending}"
