"""What the tests of meetings share: one about a small post-mortem that has begun."""

from __future__ import annotations

from models.rules.policy import Who
from models.rules.vocabulary import LessonKind
from services import meeting_board, meetings, people
from services.meeting_look import GroupRow, get_meeting
from tests.small_postmortem import small_postmortem, stored

WELL, WRONG = LessonKind.WENT_WELL, LessonKind.WENT_WRONG


def tab(who: Who) -> str:
    """The secret of a person's browser tab."""
    return f"secret of {who.name}"


def begun(facilitator: Who, *others: Who, anonymous: bool = False) -> str:
    """A meeting that has begun, with everybody in it; its id."""
    postmortem_id = stored(facilitator, small_postmortem())
    meeting_id = meetings.start_meeting(facilitator, postmortem_id, anonymous=anonymous)
    for who in others:
        meetings.join_meeting(who, meeting_id)
    meetings.begin_meeting(facilitator, meeting_id)
    return meeting_id


def write(who: Who, meeting_id: str, text: str, kind: LessonKind = WRONG) -> None:
    meeting_board.write_card(who, meeting_id, kind, text, secret=tab(who))


def own_cards(who: Who, meeting_id: str) -> dict[str, str]:
    """The words of one's own cards, with their ids."""
    view = get_meeting(who, meeting_id, secret=tab(who))
    return {card.text: card.id for card in view.cards}


def group_of(who: Who, meeting_id: str, text: str) -> GroupRow:
    """The group that holds a card of these words."""
    groups = get_meeting(who, meeting_id).groups
    return next(group for group in groups if text in [card.text for card in group.cards])


def cleo() -> Who:
    return people.introduce("Cleo Tan")
