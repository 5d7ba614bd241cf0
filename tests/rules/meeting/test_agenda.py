"""The agenda of a review meeting fits its minutes, and every question says why it works."""

from __future__ import annotations

import pytest

from models.rules.meeting.agenda import AGENDA, LONGEST_MIN, SHORTEST_MIN, PartKind, time_boxes
from models.rules.problems import ProblemForUser
from models.rules.wording import read_wording


@pytest.mark.parametrize("minutes", range(SHORTEST_MIN, LONGEST_MIN + 1))
def test_the_parts_take_together_exactly_the_minutes_of_the_meeting(minutes: int) -> None:
    boxes = time_boxes(minutes)
    assert sum(boxes) == minutes
    assert min(boxes) >= 2
    for part, box in zip(AGENDA, boxes, strict=True):
        assert abs(box - part.share * minutes / 60) < 1


def test_an_hour_is_cut_as_it_is_written() -> None:
    assert time_boxes(60) == (15, 15, 15, 10, 5)


@pytest.mark.parametrize("minutes", [0, 24, 91, -5])
def test_a_meeting_that_is_too_short_or_too_long_is_refused(minutes: int) -> None:
    with pytest.raises(ProblemForUser, match="25 to 90 minutes"):
        time_boxes(minutes)


def test_what_happened_comes_before_why_and_solutions_come_last_but_one() -> None:
    assert [part.kind for part in AGENDA] == list(PartKind)


def test_every_question_asks_how_or_what_and_says_why_it_works() -> None:
    for part in AGENDA:
        assert part.questions
        for question in part.questions:
            assert question.text.endswith("?")
            assert not question.text.startswith("Why")
            assert question.why.endswith(".")


def test_nothing_that_is_said_to_all_reads_as_blame() -> None:
    for part in AGENDA:
        said = [part.read_aloud, *(question.text for question in part.questions)]
        assert [found for text in said for found in read_wording(text)] == []
