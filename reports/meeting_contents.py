"""What the appendix says of a review meeting, in words and in order, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass

from models.rules.meeting.agenda import AGENDA
from models.rules.meeting.board import COLUMNS
from models.rules.meeting.record import CardGroupRecord, MeetingRecord
from models.rules.meeting.survey import ANSWERS, QUESTIONS
from models.rules.times import zone_named
from models.rules.vocabulary import label
from reports.phrasing import count, day, moment

_TITLES = {part.kind: part.title for part in AGENDA}


@dataclass(frozen=True)
class CardRow:
    """A group of cards: its name ("" for none) and words, who wrote them ("" when anonymous), its
    votes and whether it is among the lessons."""

    title: str
    words: tuple[str, ...]
    by: str
    votes: str
    carried: str


def day_of(meeting: MeetingRecord, zone: str) -> str:
    """10 March 2026, in that zone."""
    return day(meeting.began_at.astimezone(zone_named(zone)))


def facts_of(meeting: MeetingRecord, zone: str) -> tuple[tuple[str, str], ...]:
    """When it was, who led it and who was there; nothing that is not known."""
    there = "; ".join(
        f"{one.name} (left at {one.left_at.astimezone(zone_named(zone)):%H:%M})"
        if one.left_at
        else one.name
        for one in meeting.attendance
    )
    cards = "Anonymous: who wrote a card is kept nowhere." if meeting.is_anonymous else ""
    rows = (
        ("Began", moment(meeting.began_at, zone)),
        ("Ended", moment(meeting.ended_at, zone)),
        ("Led by", meeting.facilitator),
        (f"Who was there ({len(meeting.attendance)})", there),
        ("Cards", cards),
    )
    return tuple((name, value) for name, value in rows if value)


def parts_of(meeting: MeetingRecord) -> tuple[tuple[str, str, str], ...]:
    """Each part with its planned and spent minutes."""
    return tuple(
        (_TITLES[part.kind], f"{part.planned} min", f"{part.spent} min" if part.spent else "–")
        for part in meeting.parts
    )


def cards_of(meeting: MeetingRecord) -> tuple[tuple[str, tuple[CardRow, ...]], ...]:
    """The cards under the heading of their column, those with the most votes first; columns
    without one are left out."""
    columns = (
        (label(kind), tuple(_row(group) for group in meeting.groups if group.kind is kind))
        for kind in COLUMNS
    )
    return tuple((name, rows) for name, rows in columns if rows)


def _row(group: CardGroupRecord) -> CardRow:
    return CardRow(
        title=group.title,
        words=tuple(card.text for card in group.cards),
        by=", ".join(dict.fromkeys(card.by for card in group.cards if card.by)),
        votes=count(group.votes, "vote"),
        carried="among the lessons" if group.is_carried else "",
    )


def survey_of(meeting: MeetingRecord) -> tuple[tuple[str, str], ...]:
    """Each question with how many gave which answer."""
    return tuple(
        (
            QUESTIONS[one.question],
            ", ".join(
                f"{ANSWERS[one.question][answer].lower()} {given}"
                for answer, given in one.counts.items()
            )
            + f" (n = {one.answers})",
        )
        for one in meeting.survey
    )
