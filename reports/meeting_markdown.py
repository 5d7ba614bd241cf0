"""The review meetings of a post-mortem as Markdown: tables without headings of their own, so that
what was said there is not taken for the lessons of the post-mortem when the file is read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.rules.meeting.record import MeetingRecord
from reports import meeting_contents
from reports.markdown_text import Written, escaped, inline, table
from reports.meeting_contents import CardRow


def meetings_markdown(meetings: Sequence[MeetingRecord], zone: str) -> Iterator[str]:
    """Blocks of Markdown, for each meeting a section."""
    for meeting in meetings:
        yield f"## Review meeting of {meeting_contents.day_of(meeting, zone)}"
        known = meeting_contents.facts_of(meeting, zone)
        yield table(("What", "Value"), [*known, *meeting_contents.survey_of(meeting)])
        if meeting.parts:
            yield table(("Part", "Planned", "Spent"), meeting_contents.parts_of(meeting))
        cards = [
            (column, _words(row), row.by, row.votes, row.carried)
            for column, rows in meeting_contents.cards_of(meeting)
            for row in rows
        ]
        if cards:
            yield table(("Column", "Card", "By", "Votes", "Carried"), cards)


def _words(row: CardRow) -> Written:
    said = inline("; ".join(row.words))
    return Written(f"{escaped(row.title)}: {said}") if row.title else said
