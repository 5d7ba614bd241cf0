"""What another push does, by how the one before ended and how long ago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.problems import ProblemForUser
from models.rules.tickets.draft import mark_of
from models.rules.tickets.states import (
    FORSAKEN,
    SETTLING,
    PushState,
    Step,
    may_make_again,
    next_step,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
A_MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "ago", "step"),
    [
        (PushState.MADE, FORSAKEN + A_MOMENT, Step.LEAVE),
        (PushState.FAILED, A_MOMENT, Step.MAKE),
        (PushState.UNSURE, A_MOMENT, Step.LOOK),
        (PushState.SENDING, FORSAKEN, Step.WAIT),
        (PushState.SENDING, FORSAKEN + A_MOMENT, Step.LOOK),
    ],
)
def test_the_next_step(state: PushState, ago: timedelta, step: Step) -> None:
    assert next_step(state, NOW - ago, NOW) is step


def test_a_try_settles_before_another_is_made() -> None:
    assert not may_make_again(NOW - SETTLING, NOW)
    assert may_make_again(NOW - SETTLING - A_MOMENT, NOW)


@pytest.mark.parametrize("action_id", ["", "a b", 'a"', "a" * 65, "ä"])
def test_an_id_that_could_end_a_query_is_no_mark(action_id: str) -> None:
    with pytest.raises(ProblemForUser):
        mark_of(action_id)
