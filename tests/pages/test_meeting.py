"""The page of a review meeting: rules at the door, silent cards, votes, the way into the draft."""

from __future__ import annotations

import pytest

from models.rules.meeting.survey import Answer
from models.rules.policy import Who
from models.rules.vocabulary import LessonKind
from services import meeting_board, meetings, postmortems
from services.meeting_look import get_meeting
from services.meeting_records import answer_survey
from services.people import introduce
from tests.conftest import Browser
from tests.pages.screen import labels, press, said
from tests.services.at_a_meeting import begun, write
from tests.small_postmortem import stored

PAGE = "learn/meeting.py"


def test_from_the_first_step_a_meeting_is_opened_and_begun(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open("learn/workspace.py", id=pm)
    at.slider(key=f"{pm}:minutes").set_value(30)
    at.checkbox(key=f"{pm}:anonymous").check()
    at = press(at, "Open the meeting")
    [row] = meetings.list_meetings(ada, pm)
    assert row.is_anonymous
    at = browser.open(PAGE, id=row.id)
    assert "How we talk here" in said(at)
    assert "who wrote one is kept nowhere" in said(at)
    at = press(at, "Begin the meeting")
    assert "Read aloud" in said(at)
    assert "What did you see at that moment" in said(at)


def test_at_the_door_stand_the_ground_rules(browser: Browser, ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    at = browser.open(PAGE, id=meeting_id)
    assert "Everybody did what made sense" in said(at)
    assert "Read aloud" not in said(at)
    at = press(at, "Come in")
    assert get_meeting(ada, meeting_id).attends
    assert "Everybody writes alone" in said(at)
    assert not any(label.startswith("Next:") for label in labels(at))


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_card_is_written_changed_taken_back_and_brought_back(
    browser: Browser, ada: Who, ben: Who, anonymous: bool
) -> None:
    meeting_id = begun(ben, ada, anonymous=anonymous)
    write(ben, meeting_id, "A card of somebody else")
    at = browser.open(PAGE, id=meeting_id)
    assert "1 card" in said(at)
    new = f"meeting:{meeting_id}:new:went_wrong"
    at.text_input(key=new).input("The alert came lat").run()
    [own] = [area for area in at.text_area if area.value == "The alert came lat"]
    own.input("The alert came late").run()
    assert "Saved" in said(at)
    assert "A card of somebody else" not in said(at)
    next(b for b in at.button if (b.key or "").endswith(":take_back")).click()
    at.run()
    assert get_meeting(ada, meeting_id).others + len(get_meeting(ada, meeting_id).cards) == 1
    at = press(at, "Undo")
    assert [a.value for a in at.text_area] == ["The alert came late"]


def test_a_half_written_card_is_not_shown_to_all_before_its_writer_says_so(
    browser: Browser, ada: Who, ben: Who
) -> None:
    meeting_id = begun(ben, ada)
    meeting_board.reveal_cards(ben, meeting_id)
    at = browser.open(PAGE, id=meeting_id)
    at.text_input(key=f"meeting:{meeting_id}:new:surprised").input("half a th").run()
    assert "everybody sees a new one at once" in said(at)
    assert get_meeting(ada, meeting_id).groups == ()
    press(at, "Add it")
    assert [g.cards[0].text for g in get_meeting(ada, meeting_id).groups] == ["half a th"]


def test_people_vote_and_take_their_vote_back(browser: Browser, ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada)
    write(ben, meeting_id, "One")
    meeting_board.reveal_cards(ben, meeting_id)
    at = press(browser.open(PAGE, id=meeting_id), "Vote")
    assert get_meeting(ada, meeting_id).votes_given == 1
    press(at, "Your vote")
    assert get_meeting(ada, meeting_id).votes_given == 0
    assert "Choose cards with the boxes" not in said(at)


def test_the_facilitator_groups_and_carries_chosen_cards(browser: Browser, ada: Who) -> None:
    meeting_id = begun(ada)
    for text in ("One", "Two", "Three"):
        write(ada, meeting_id, text)
    at = press(browser.open(PAGE, id=meeting_id), "Show them to everybody")
    groups = {g.cards[0].text: g.id for g in get_meeting(ada, meeting_id).groups}
    for text in ("One", "Two"):
        at.checkbox(key=f"meeting:{meeting_id}:choose:{groups[text]}").check().run()
    at = press(at, "Group the chosen cards")
    [one] = [g for g in get_meeting(ada, meeting_id).groups if len(g.cards) == 2]
    at.checkbox(key=f"meeting:{meeting_id}:choose:{one.id}").check().run()
    at = press(at, "Carry the chosen into the post-mortem")
    assert "stand under What we learned" in said(at)
    assert "In the post-mortem" in said(at)
    record = postmortems.get_postmortem(ada, get_meeting(ada, meeting_id).postmortem_id)
    [lesson] = [x for x in record.lessons if x.id == one.id]
    assert (lesson.kind, set(lesson.text.split("\n"))) == (LessonKind.WENT_WRONG, {"One", "Two"})


def test_after_the_end_the_survey_shows_its_result_from_three_answers_on(
    browser: Browser, ada: Who, ben: Who
) -> None:
    others = [introduce("Cleo Tan"), introduce("Dora Lind")]
    meeting_id = begun(ben, ada, *others)
    for who in others:
        answer_survey(who, meeting_id, Answer.YES, Answer.YES)
    meetings.end_meeting(ben, meeting_id)
    at = browser.open(PAGE, id=meeting_id)
    assert "The result is shown from 3 answers on" in said(at)
    for question in ("learned", "again"):
        at.radio(key=f"meeting:{meeting_id}:survey:{question}").set_value(Answer.NO)
    at = press(at.run(), "Hand in both answers")
    assert "yes **2**, a little **0**, no **1**" in said(at)


def test_the_screen_on_the_wall_shows_no_controls(browser: Browser, ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada)
    write(ben, meeting_id, "A card")
    at = browser.open(PAGE, id=meeting_id, view="screen")
    assert "What did you see at that moment" in said(at)
    assert labels(at) == ["Somebody else"]
    assert not at.text_input
    meetings.move_to_part(ben, meeting_id, 2)
    meeting_board.reveal_cards(ben, meeting_id)
    assert "A card" in said(at.run())


@pytest.mark.parametrize("query", [{}, {"id": "nowhere"}])
def test_an_address_that_leads_nowhere_says_so(browser: Browser, query: dict[str, str]) -> None:
    at = browser.open(PAGE, **query)
    assert "No meeting is open here" in said(at) or "There is no such meeting" in said(at)


def test_a_code_of_a_meeting_leads_to_its_door(browser: Browser, ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    at = browser.open("train/join.py")
    at.text_input(key="join:code").input(get_meeting(ben, meeting_id).join_code)
    at = press(at, "Join")
    assert "How we talk here" in said(at)
