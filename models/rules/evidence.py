"""What may be kept as evidence: links to the web, and pictures or small files."""

from __future__ import annotations

import re

from models.rules.problems import ProblemForUser
from models.rules.text import clean_line

LONGEST_LINK = 2_000
_LINK = re.compile(r"https?://(?P<host>[^\s/?#]+)(?:[/?#]\S*)?", re.IGNORECASE)


def check_link(url: str) -> str:
    """The link as it is kept. Raises ProblemForUser unless it is a whole http or https address
    without a name or password in it."""
    url = clean_line(url, limit=LONGEST_LINK, field="link")
    found = _LINK.fullmatch(url)
    if not found:
        raise ProblemForUser(
            "A link begins with https:// or http:// and has no spaces.", field="link"
        )
    if "@" in found["host"]:
        raise ProblemForUser(
            "This link has a name or password before the @. Take it out: everybody who reads the "
            "post-mortem would see it.",
            field="link",
        )
    return url
