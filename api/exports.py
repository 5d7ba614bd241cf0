"""Documents leave the house here, and nowhere else: the person is checked at each download."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from api.visitor import for_visitor
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.vocabulary import Audience
from services import documents

Word = TypeVar("Word", bound=StrEnum)


@for_visitor
def export_postmortem(request: Request, who: Who) -> Response:
    """GET /export/postmortem/{id}.{pdf|html|md|json} with `audience=full|leadership`,
    `redact=1|0` (without it: names go from the brief and stay in the full report),
    `paper=A4|Letter` and `revision=N` (without it: the newest one, or the draft as it stands).

    200 with the file as an attachment, 404 for an unknown person or post-mortem, 400 with a
    readable page for anything else that is wrong.
    """
    asked = request.query_params
    audience = one_of(Audience, asked.get("audience", Audience.FULL.value), "audience")
    hidden = asked.get("redact", "1" if audience is Audience.LEADERSHIP else "0")
    document = documents.export_postmortem(
        who,
        request.path_params["postmortem_id"],
        format=request.path_params["format"],
        audience=audience,
        redact=one_of(YesNo, hidden, "redact") is YesNo.YES,
        paper=asked.get("paper", ""),
        revision=_number(asked.get("revision", "")),
    )
    return Response(
        document.content,
        media_type=document.media_type,
        headers={"Content-Disposition": f'attachment; filename="{document.name}"'},
    )


class YesNo(StrEnum):
    YES = "1"
    NO = "0"


def one_of(kind: type[Word], value: str, name: str) -> Word:
    """The value of a word in the address. Raises ProblemForUser when there is no such word."""
    try:
        return kind(value)
    except ValueError:
        choices = " or ".join(kind)
        raise ProblemForUser(
            f"The address says {name}={value[:40]}; it can be {choices}."
        ) from None


def _number(value: str) -> int | None:
    if not value:
        return None
    if not value.isascii() or not value.isdecimal() or len(value) > 6:
        raise ProblemForUser(f"The address asks for revision {value[:40]}, which is not a number.")
    return int(value)
