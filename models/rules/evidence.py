"""What may be kept as evidence: links to the web, and pictures or small files."""

from __future__ import annotations

import re

from models.rules.problems import ProblemForUser
from models.rules.text import clean_line

LONGEST_LINK = 2_000
_LINK = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)


def check_link(url: str) -> str:
    """The link as it is kept. Raises ProblemForUser unless it is a whole http or https address
    without a name or password in it."""
    url = clean_line(url, limit=LONGEST_LINK, field="link")
    if not _LINK.fullmatch(url):
        raise ProblemForUser(
            "A link begins with https:// or http:// and has no spaces.", field="link"
        )
    return url
