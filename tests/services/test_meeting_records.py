"""What a meeting leaves behind: who was there, the survey, the cards, when it was held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from models.rules.meeting.agenda import PartKind
from models.rules.meeting.record import held_at
from models.rules.meeting.survey import Answer, SurveyQuestion
from models.rules.policy import Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.tables.postmortem import Postmortem
from services import meeting_board as board
from services import meetings, postmortems, publishing
from services.meeting_look import get_meeting
from services.meeting_records import answer_survey, held_at_column
from services.people import introduce
from services.unit_of_work import reading
from tests.services.at_a_meeting import WELL, begun, cleo, group_of, write
from tests.services.conftest import START, Time
from tests.small_postmortem import small_postmortem, stored
from tests.statements import statements


def test_the_record_says_who_was_there_what_was_said_and_how_long_it_took(
    ada: Who, ben: Who, time: Time
) -> None:
    meeting_id = begun(ben, ada)
    write(ada, meeting_id, "The alert came late")
    write(ben, meeting_id, "The runbook helped", WELL)
    time.forward(minutes=16, seconds=5)
    meetings.move_to_part(ben, meeting_id, 2)
    board.reveal_cards(ben, meeting_id)
    board.vote(ada, group_of(ada, meeting_id, "The runbook helped").id, on=True)
    board.carry(ben, meeting_id, [group_of(ben, meeting_id, "The runbook helped").id])
    meetings.leave_meeting(ada, meeting_id)
    time.forward(minutes=10)
    postmortem_id = get_meeting(ben, meeting_id).postmortem_id
    assert postmortems.get_postmortem(ben, postmortem_id).meetings == ()
    meetings.end_meeting(ben, meeting_id)
    [record] = postmortems.get_postmortem(ben, postmortem_id).meetings
    assert (record.facilitator, record.began_at, record.ended_at) == (
        "Ben Okafor", START, time.now,
    )  # fmt: skip
    assert [(one.name, one.left_at) for one in record.attendance] == [
        ("Ada Brandt", START + timedelta(minutes=16, seconds=5)),
        ("Ben Okafor", None),
    ]
    assert [(p.kind, p.planned, p.spent) for p in record.parts][:3] == [
        (PartKind.TIMELINE, 15, 17), (PartKind.WHYS, 15, 0), (PartKind.LESSONS, 15, 10),
    ]  # fmt: skip
    best = record.groups[0]
    said = [(card.text, card.by) for card in best.cards]
    assert (best.kind, said, best.votes, best.is_carried) == (
        WELL,
        [("The runbook helped", "Ben Okafor")],
        1,
        True,
    )


def test_cards_that_were_never_shown_are_shown_at_the_end(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada, anonymous=True)
    write(ada, meeting_id, "Nobody asked")
    meetings.end_meeting(ben, meeting_id)
    view = get_meeting(ben, meeting_id)
    assert view.is_revealed
    assert view.are_votes_shown
    [record] = postmortems.get_postmortem(ben, view.postmortem_id).meetings
    assert [card.text for group in record.groups for card in group.cards] == ["Nobody asked"]


def test_what_is_carried_after_the_end_is_in_the_record_too(ben: Who) -> None:
    meeting_id = begun(ben)
    write(ben, meeting_id, "Later")
    meetings.end_meeting(ben, meeting_id)
    board.carry(ben, meeting_id, [group_of(ben, meeting_id, "Later").id])
    view = get_meeting(ben, meeting_id)
    [record] = postmortems.get_postmortem(ben, view.postmortem_id).meetings
    assert record.groups[0].is_carried


def test_the_survey_is_shown_from_three_answers_on_and_each_counts_once(ada: Who, ben: Who) -> None:
    others = [cleo(), introduce("Dora Lind")]
    meeting_id = begun(ben, ada, *others)
    meetings.end_meeting(ben, meeting_id)
    postmortem_id = get_meeting(ben, meeting_id).postmortem_id
    for _ in range(2):
        answer_survey(ada, meeting_id, Answer.YES, Answer.YES)
    answer_survey(ben, meeting_id, Answer.YES, Answer.NO)
    view = get_meeting(ada, meeting_id)
    assert (view.survey, view.answers, view.has_answered) == ((), 2, True)
    assert postmortems.get_postmortem(ben, postmortem_id).meetings[0].survey == ()
    answer_survey(others[0], meeting_id, Answer.PARTLY, Answer.YES)
    learned, again = postmortems.get_postmortem(ben, postmortem_id).meetings[0].survey
    assert (learned.question, learned.answers) == (SurveyQuestion.LEARNED, 3)
    assert learned.counts == {Answer.YES: 2, Answer.PARTLY: 1, Answer.NO: 0}
    assert again.counts == {Answer.YES: 2, Answer.PARTLY: 0, Answer.NO: 1}


def test_who_was_not_there_is_not_asked_and_nobody_before_the_beginning(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    with pytest.raises(NotAllowed, match="those who were at the meeting"):
        answer_survey(ada, meeting_id, Answer.YES, Answer.YES)
    meetings.end_meeting(ben, meeting_id)
    postmortem_id = get_meeting(ben, meeting_id).postmortem_id
    gathering = meetings.start_meeting(ben, postmortem_id)
    with pytest.raises(ProblemForUser, match="not begun"):
        answer_survey(ben, gathering, Answer.YES, Answer.YES)


def test_a_sign_off_stays_valid_when_a_meeting_is_held_after_it(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ben, small_postmortem())
    publishing.ask_reviewer(ben, postmortem_id, ada.name)
    publishing.sign_off(ada, postmortem_id)
    meeting_id = meetings.start_meeting(ben, postmortem_id)
    meetings.begin_meeting(ben, meeting_id)
    meetings.end_meeting(ben, meeting_id)
    record = postmortems.get_postmortem(ben, postmortem_id)
    assert record.meetings
    assert [review.stale for review in record.reviews] == [False]


@pytest.mark.parametrize("planned", [None, START - timedelta(hours=1), START + timedelta(days=9)])
@pytest.mark.parametrize("led", [0, 1, 2])
def test_metrics_find_when_a_meeting_was_held_as_the_rule_says(
    ben: Who, time: Time, planned: datetime | None, led: int
) -> None:
    postmortem_id = stored(ben, replace(small_postmortem(), meeting_at=planned))
    began = []
    for _ in range(led):
        time.forward(minutes=30)
        meeting_id = meetings.start_meeting(ben, postmortem_id)
        meetings.begin_meeting(ben, meeting_id)
        began.append(time.now)
        meetings.end_meeting(ben, meeting_id)
    with reading(ben) as work:
        found = work.session.exec(
            select(held_at_column(work.now)).where(Postmortem.id == postmortem_id)
        ).one()
    assert found == held_at(began, planned, time.now)
    assert found is None or found.tzinfo is UTC


def test_looking_at_a_meeting_takes_as_many_statements_with_one_card_as_with_many(
    ben: Who,
) -> None:
    sent_for = []
    for cards in (1, 12):
        meeting_id = begun(ben, *[introduce(f"Guest {n}") for n in range(cards)])
        for n in range(cards):
            write(ben, meeting_id, f"Card {n}")
        board.reveal_cards(ben, meeting_id)
        get_meeting(ben, meeting_id)
        with statements() as sent:
            get_meeting(ben, meeting_id)
        sent_for.append(len(sent))
    assert sent_for[0] == sent_for[1]


def test_a_meeting_that_a_file_brings_along_is_the_same_meeting(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada)
    write(ada, meeting_id, "The alert came late")
    meetings.end_meeting(ben, meeting_id)
    record = postmortems.get_postmortem(ben, get_meeting(ben, meeting_id).postmortem_id)
    again = postmortems.get_postmortem(ben, stored(ben, replace(record, id="")))
    assert [replace(m, id="") for m in again.meetings] == [
        replace(m, id="") for m in record.meetings
    ]
