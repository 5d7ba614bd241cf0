"""The words of the mail that a post-mortem goes out with, the same for every recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.record import PostmortemRecord
from models.rules.times import zone_named
from models.rules.vocabulary import Audience

SUBJECT = 150  # characters; mail programs cut longer ones


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str


def letter_for(
    record: PostmortemRecord,
    audience: Audience,
    *,
    lists: Sequence[str],
    link: str,
    zone: str,
) -> Letter:
    """`record` is the one that the document is made from: where that is redacted, no name is left
    in the title either. `lists` are the names of the lists it goes to, `link` leads to it in
    Hotwash ("" for none), dates are those of `zone`."""
    brief = audience is Audience.LEADERSHIP
    title = record.title if len(record.title) <= SUBJECT else f"{record.title[: SUBJECT - 1]}…"
    lines = [
        f"Attached is the {'one-page brief' if brief else 'full report'} of the post-mortem",
        f"“{record.title}”{_facts(record)}.",
    ]
    if record.publication:
        lines.append(_published(record.publication.number, record.publication.at, zone))
    if link:
        lines += ["", "Read it in Hotwash:", link]
    if lists:
        lines += ["", f"You get this because you are on the list {_joined(lists)}."]
    subject = f"{'Brief of the post-mortem' if brief else 'Post-mortem'}: {title}"
    return Letter(subject, "\n".join(lines) + "\n")


def _facts(record: PostmortemRecord) -> str:
    severity = record.severity
    return f" ({severity.value})" if severity else ""


def _published(number: int, at: datetime, zone: str) -> str:
    return f"It is revision {number}, published on {at.astimezone(zone_named(zone)):%-d %B %Y}."


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
