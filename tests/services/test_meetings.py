"""A meeting is opened once, people come and go, and its clock goes by stored times."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.rules.meeting.time_left import time_left
from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed, ProblemForUser
from services import announcements, meetings, postmortems
from services.join_codes import Joinable, find_by_code
from services.meeting_look import get_meeting
from tests.services.at_a_meeting import begun
from tests.services.conftest import Time
from tests.small_postmortem import small_postmortem, stored


def test_a_second_press_finds_the_meeting_that_is_open(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ben, small_postmortem())
    first = meetings.start_meeting(ben, postmortem_id)
    assert meetings.start_meeting(ada, postmortem_id, minutes=30) == first
    meetings.end_meeting(ben, first)
    assert meetings.start_meeting(ben, postmortem_id) != first


def test_two_people_who_open_it_at_once_open_one(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ben, small_postmortem())
    with ThreadPoolExecutor(max_workers=8) as pool:
        ids = set(pool.map(lambda who: meetings.start_meeting(who, postmortem_id), [ada, ben] * 8))
    assert len(ids) == 1


def test_its_code_leads_to_it_also_when_it_is_over(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    code = get_meeting(ben, meeting_id).join_code
    assert find_by_code(ada, code.lower()) == Joinable("meeting", meeting_id)
    meetings.end_meeting(ben, meeting_id)
    assert find_by_code(ada, code) == Joinable("meeting", meeting_id)


def test_people_come_go_and_come_back(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    assert not get_meeting(ada, meeting_id).attends
    for _ in range(2):
        meetings.join_meeting(ada, meeting_id)
    assert get_meeting(ada, meeting_id).here == 2
    meetings.leave_meeting(ada, meeting_id)
    view = get_meeting(ada, meeting_id)
    assert (view.here, [one.name for one in view.people]) == (1, ["Ada Brandt", "Ben Okafor"])
    meetings.join_meeting(ada, meeting_id)
    assert get_meeting(ada, meeting_id).here == 2


def test_without_a_name_nobody_sees_or_does_anything(ben: Who) -> None:
    meeting_id = begun(ben)
    acts: tuple[Callable[[Who, str], object], ...] = (
        get_meeting, meetings.get_news, meetings.join_meeting,
    )  # fmt: skip
    for act in acts:
        with pytest.raises(NotAllowed):
            act(NOBODY, meeting_id)


def test_only_the_facilitator_moves_it_until_somebody_takes_over(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada)
    with pytest.raises(NotAllowed, match="Only the facilitator"):
        meetings.move_to_part(ada, meeting_id, 1)
    meetings.lead_meeting(ada, meeting_id)
    meetings.move_to_part(ada, meeting_id, 1)
    with pytest.raises(NotAllowed, match="Only the facilitator"):
        meetings.end_meeting(ben, meeting_id)
    assert get_meeting(ben, meeting_id).facilitator == "Ada Brandt"


def test_who_has_not_come_in_cannot_take_over(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    with pytest.raises(NotAllowed, match="Come into the meeting first"):
        meetings.lead_meeting(ada, meeting_id)


def test_each_part_has_a_clock_of_its_own_that_goes_on_where_it_stood(ben: Who, time: Time) -> None:
    meeting_id = begun(ben)
    time.forward(minutes=9)
    meetings.move_to_part(ben, meeting_id, 1)
    time.forward(minutes=17)
    meetings.move_to_part(ben, meeting_id, 1)  # a second click
    now = get_meeting(ben, meeting_id).now
    assert time_left(now.minutes, now.seconds) == "2 minutes over, fine to go on"
    meetings.move_to_part(ben, meeting_id, 0)
    now = get_meeting(ben, meeting_id).now
    assert time_left(now.minutes, now.seconds) == "6 minutes left"


def test_a_break_takes_no_time(ben: Who, time: Time) -> None:
    meeting_id = begun(ben)
    time.forward(minutes=5)
    for _ in range(2):
        meetings.set_clock(ben, meeting_id, running=False)
        time.forward(minutes=10)
    meetings.set_clock(ben, meeting_id, running=True)
    time.forward(minutes=1)
    assert get_meeting(ben, meeting_id).now.seconds == 6 * 60


def test_what_is_over_cannot_be_joined_or_moved(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    meetings.end_meeting(ben, meeting_id)
    meetings.end_meeting(ben, meeting_id)
    with pytest.raises(ProblemForUser, match="This meeting is over"):
        meetings.join_meeting(ada, meeting_id)
    with pytest.raises(ProblemForUser, match="This meeting is over"):
        meetings.move_to_part(ben, meeting_id, 1)


def test_one_that_never_began_is_called_off_and_leaves_nothing(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ben, small_postmortem())
    meeting_id = meetings.start_meeting(ben, postmortem_id)
    meetings.end_meeting(ben, meeting_id)
    assert get_meeting(ada, meeting_id).phase == "called_off"
    assert meetings.list_meetings(ada, postmortem_id) == ()
    assert postmortems.get_postmortem(ada, postmortem_id).meetings == ()


def test_every_change_is_heard_once_and_what_changes_nothing_is_not(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada)
    news = meetings.get_news(ada, meeting_id)
    heard: list[str] = []
    with announcements.waiting_for(meeting_id, lambda: heard.append("heard")):
        meetings.move_to_part(ben, meeting_id, 1)
    assert heard == ["heard"]
    later = meetings.get_news(ada, meeting_id, news)
    assert later.concerns
    meetings.move_to_part(ben, meeting_id, 1)
    assert not meetings.get_news(ada, meeting_id, later).concerns
