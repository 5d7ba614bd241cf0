"""Cards at a meeting: silent writing, the reveal, groups, votes, and the way into the post-mortem.

Where cards are anonymous, nothing here passes on who wrote one: the row has no author, the audit
line names the meeting only, and the transaction itself runs as nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import delete, func
from sqlmodel import col, select

from models.rules.meeting.board import COLUMNS, LONGEST_CARD, column_of, lesson_text, votes_each
from models.rules.policy import NOBODY, Thing, Verb, Who
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from models.rules.text import LINE, clean, clean_line
from models.rules.vocabulary import LessonKind
from models.tables.meeting import Card, CardGroup, CardVote, Meeting
from models.tables.postmortem import Lesson
from services.announcements import announce
from services.meeting_records import keep_record, show_all
from services.meetings import changed, leading, open_meeting, require_attending
from services.people import person_of
from services.postmortem_state import editable_postmortem
from services.unit_of_work import Work, compare_and_set, reading, writing


def write_card(
    who: Who,
    meeting_id: str,
    kind: LessonKind,
    text: str,
    *,
    secret: str,
    card_id: str = "",
    is_late: bool = False,
) -> None:
    """A card in silent writing, or, when its writer knows that all are shown (`is_late`), one that
    everybody sees at once. `secret` is the browser tab's: in an anonymous meeting nothing but it
    knows a hidden card again. The same `card_id` adds nothing.

    Others hear of a hidden card within a second, by the number of cards; they are not told at
    once, so that fifty writers do not draw fifty screens at each card."""
    text = _card_text(text)
    if not text:
        raise ProblemForUser("Write a few words first.", field="card")
    if kind not in COLUMNS:
        raise ProblemForUser("The board has no such column.", field="card")
    with _writing_card(who, meeting_id) as (work, row):
        if card_id and work.session.get(Card, card_id) is not None:
            return
        if row.revealed_at is not None and not is_late:
            raise ProblemForUser(
                "The cards have just been shown to everybody. Add it once more if everybody may "
                "see it at once."
            )
        card = Card(meeting_id=meeting_id, kind=kind, text=text)
        card.id = card_id or card.id
        if not row.is_anonymous:
            card.person_id = who.person_id
        elif row.revealed_at is None:
            card.key = _key(secret, card.id)
        if row.revealed_at is not None:
            card.group_id = _new_group(work, row).id
        work.add(card)
        changed(work, row, "meeting.card_written")
        shown = row.revealed_at is not None
    if shown:
        announce(meeting_id)


def change_card(who: Who, card_id: str, text: str, was: str, *, secret: str) -> None:
    """Rewrites one's own card while cards are hidden; an empty text takes it away. Raises Conflict
    when it was rewritten elsewhere meanwhile."""
    text = _card_text(text)
    with _own(who, card_id, secret) as (work, row, card):
        if compare_and_set(card, "text", text, was, words="card"):
            if not text:
                work.session.delete(card)
            changed(work, row, "meeting.card_changed")


def take_back_card(who: Who, card_id: str, *, secret: str) -> None:
    """Takes one's own card away while cards are hidden; again is no harm. `write_card` with the
    same id brings it back."""
    with reading(who) as work:
        if work.find(Card, card_id) is None:
            return
    with _own(who, card_id, secret) as (work, row, card):
        work.session.delete(card)
        changed(work, row, "meeting.card_taken_back")


def reveal_cards(who: Who, meeting_id: str) -> None:
    """The facilitator ends the silent writing: everybody reads every card from this moment on, in
    an order that says nothing about when it was written. Voting begins with it."""
    with leading(who, meeting_id) as (work, row):
        if row.started_at is None:
            raise ProblemForUser("Begin the meeting first; then people can write cards.")
        if row.revealed_at is None:
            show_all(work, row)
            changed(work, row, "meeting.cards_revealed")


def group_together(who: Who, meeting_id: str, group_ids: Sequence[str]) -> None:
    """The cards of several groups become one, with the first one's name and everybody's votes. A
    person's two votes for what is one now are one vote."""
    with leading(who, meeting_id) as (work, row):
        groups = _groups(work, row, group_ids)
        if len(groups) < 2:
            raise ProblemForUser("Choose two cards or more that say the same.")
        _refuse_carried(work, groups)
        first, rest = groups[0], [group.id for group in groups[1:]]
        cards = select(Card).where(col(Card.group_id).in_(rest))
        for card in work.session.exec(cards).all():
            card.group_id = first.id
        votes = select(CardVote.person_id).where(
            col(CardVote.group_id).in_([first.id, *rest])
        ).distinct()  # fmt: skip
        voters = work.session.exec(votes).all()
        every = [first.id, *rest]
        work.session.execute(delete(CardVote).where(col(CardVote.group_id).in_(every)))
        work.session.add_all(CardVote(group_id=first.id, person_id=one) for one in voters)
        first.title = next((group.title for group in groups if group.title), "")
        work.session.flush()
        for group in groups[1:]:
            work.session.delete(group)
        changed(work, row, "meeting.cards_grouped")


def take_apart(who: Who, meeting_id: str, group_id: str) -> None:
    """Each card of a group stands alone again; the votes stay with the first of them."""
    with leading(who, meeting_id) as (work, row):
        groups = _groups(work, row, [group_id])
        _refuse_carried(work, groups)
        cards = work.session.exec(
            select(Card).where(Card.group_id == group_id).order_by(Card.id)
        ).all()
        if len(cards) < 2:
            return
        groups[0].title = ""
        for card in cards[1:]:
            card.group_id = _new_group(work, row).id
        changed(work, row, "meeting.cards_taken_apart")


def rename_group(who: Who, group_id: str, title: str, was: str) -> None:
    """What the cards of a group have in common, in a few words; "" for no name."""
    title = clean_line(title, limit=LINE, field="name")
    with leading(who, _meeting_of(who, group_id)) as (work, row):
        group = _groups(work, row, [group_id])[0]
        if compare_and_set(group, "title", title, was, words="name of the group"):
            changed(work, row, "meeting.group_renamed")


def vote(who: Who, group_id: str, *, on: bool) -> None:
    """Gives a group one's vote, or takes it back; again is no harm. Raises ProblemForUser when all
    votes are given, or voting is over."""
    person, meeting_id = person_of(who), _meeting_of(who, group_id)
    with writing(who) as work:
        row = open_meeting(work, meeting_id)
        require_attending(work, row)
        _groups(work, row, [group_id])
        if row.votes_shown_at is not None:
            raise ProblemForUser("Voting is over: the votes have been shown.")
        given = work.session.get(CardVote, (group_id, person))
        if on == (given is not None):
            return
        if given is not None:
            work.session.delete(given)
        else:
            _require_votes_left(work, row, person)
            work.session.add(CardVote(group_id=group_id, person_id=person))
        changed(work, row, "meeting.voted" if on else "meeting.vote_taken_back")
    announce(meeting_id)


def show_votes(who: Who, meeting_id: str) -> None:
    """The facilitator ends the voting: everybody sees how many votes each group has, and the one
    with the most comes first."""
    with leading(who, meeting_id) as (work, row):
        if row.revealed_at is None:
            raise ProblemForUser("Show the cards first; then people can vote.")
        if row.votes_shown_at is None:
            row.votes_shown_at = work.now
            changed(work, row, "meeting.votes_shown")


def carry(who: Who, meeting_id: str, group_ids: Sequence[str]) -> int:
    """Writes groups into the post-mortem as lessons, in the words of their cards; how many were
    not there yet. A lesson has the id of its group, so there is only one. After the meeting too.
    Raises ProblemForUser when the words of the post-mortem are frozen."""
    with leading(who, meeting_id, ended_too=True) as (work, row):
        work.require(Verb.EDIT, Thing.POSTMORTEM)
        postmortem_id = editable_postmortem(work, row.postmortem_id).id
        last = select(func.max(Lesson.position)).where(Lesson.postmortem_id == postmortem_id)
        position = work.session.exec(last).one() or 0
        new = 0
        for group in _groups(work, row, group_ids):
            if work.session.get(Lesson, group.id) is not None:
                continue
            cards = work.session.exec(
                select(Card).where(Card.group_id == group.id).order_by(Card.id)
            ).all()
            text = clean(lesson_text(group.title, [card.text for card in cards]), field="lesson")
            new += 1
            work.add(
                Lesson(
                    id=group.id, postmortem_id=postmortem_id, text=text, position=position + new,
                    kind=column_of(card.kind for card in cards),
                )
            )  # fmt: skip
        if new:
            keep_record(work, row)
            row.revision += 1
            work.session.add(row)
            work.audit("postmortem.lessons_carried", Thing.POSTMORTEM, postmortem_id)
    announce(postmortem_id)
    return new


@contextmanager
def _writing_card(who: Who, meeting_id: str) -> Iterator[tuple[Work, Meeting]]:
    """A write of somebody at the meeting to a card; as nobody where cards are anonymous."""
    with reading(who) as work:
        row = open_meeting(work, meeting_id)
        require_attending(work, row)
        writer = NOBODY if row.is_anonymous else who
    with writing(writer) as work:
        row = work.get(Meeting, meeting_id, "meeting")
        if row.started_at is None:
            raise ProblemForUser(
                "The meeting has not begun yet. Cards can be written from then on."
            )
        yield work, row


@contextmanager
def _own(who: Who, card_id: str, secret: str) -> Iterator[tuple[Work, Meeting, Card]]:
    with reading(who) as work:
        meeting_id = work.get(Card, card_id, "card").meeting_id
    with _writing_card(who, meeting_id) as (work, row):
        card = work.get(Card, card_id, "card")
        if row.revealed_at is not None:
            raise ProblemForUser(
                "The cards have been shown to everybody, so this one stays as it was. What is "
                "missing can be added as a new card."
            )
        if not is_own(card, who.person_id, secret):
            raise NotAllowed(
                "Only the browser tab in which a card was written can change it."
                if row.is_anonymous
                else "Only the person who wrote a card can change it."
            )
        yield work, row, card


def is_own(card: Card, person_id: str | None, secret: str) -> bool:
    """Whether this person wrote the card, or where nobody is kept, this browser tab."""
    if card.person_id is not None:
        return card.person_id == person_id
    return bool(card.key and secret) and card.key == _key(secret, card.id)


def _key(secret: str, card_id: str) -> str:
    return hashlib.sha256(f"{secret} {card_id}".encode()).hexdigest()


def _card_text(text: str) -> str:
    return clean(text, limit=LONGEST_CARD, field="card")


def _meeting_of(who: Who, group_id: str) -> str:
    with reading(who) as work:
        work.require(Verb.READ, Thing.MEETING)
        return work.get(CardGroup, group_id, "card").meeting_id


def _groups(work: Work, row: Meeting, group_ids: Sequence[str]) -> list[CardGroup]:
    """The groups of these ids in the order of the board. Raises NotFound when one is not there
    (any more)."""
    found = work.session.exec(
        select(CardGroup)
        .where(CardGroup.meeting_id == row.id, col(CardGroup.id).in_(group_ids))
        .order_by(col(CardGroup.position))
    ).all()
    if len(found) < len(set(group_ids)):
        raise NotFound("One of these cards is not there any more: the board has changed.")
    return list(found)


def _new_group(work: Work, row: Meeting) -> CardGroup:
    last = select(func.max(CardGroup.position)).where(CardGroup.meeting_id == row.id)
    position = (work.session.exec(last).one() or 0) + 1
    return work.add(CardGroup(meeting_id=row.id, position=position))


def _refuse_carried(work: Work, groups: Sequence[CardGroup]) -> None:
    ids = [group.id for group in groups]
    carried = select(Lesson.id).where(col(Lesson.id).in_(ids))
    if work.session.exec(carried).first() is not None:
        raise ProblemForUser(
            "One of these cards stands in the post-mortem already. Change it there, under "
            "What we learned."
        )


def _require_votes_left(work: Work, row: Meeting, person: str) -> None:
    groups = select(func.count()).where(CardGroup.meeting_id == row.id)
    most = votes_each(work.session.exec(groups).one())
    given = (
        select(func.count())
        .select_from(CardVote)
        .join(CardGroup, col(CardVote.group_id) == col(CardGroup.id))
        .where(CardGroup.meeting_id == row.id, CardVote.person_id == person)
    )
    if work.session.exec(given).one() >= most:
        raise ProblemForUser(
            f"All {most} of your votes are given. Take one back to give it to another card."
        )
