"""Markdown that reads as the text that somebody wrote."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~!]")
_REFERENCE = re.compile(r"(?<=[@#])")


def plain_markdown(line: str) -> str:
    """A line in which nothing is markup. A `#` is left: it is a heading at the beginning only,
    where a word of ours stands."""
    return _SPECIAL.sub(r"\\\g<0>", line)


def plain_on_github(line: str) -> str:
    """The same on GitHub: nobody is notified, and no other issue is referred to."""
    return _REFERENCE.sub("<!-- -->", plain_markdown(line))
