"""The life of a post-mortem: every move there is, and those that there are not."""

from __future__ import annotations

import pytest

from models.rules.lifecycle import check_editable, check_move
from models.rules.problems import ProblemForUser
from models.rules.vocabulary import PostmortemStatus

D, R, P, C = PostmortemStatus

# from → {to: what the move takes}; what is missing cannot be done.
MOVES = {
    D: {R: "nothing", P: "nothing"},
    R: {D: "nothing", P: "nothing"},
    P: {C: "nothing", D: "a reason"},
    C: {D: "a reason", P: "a reason"},
}
ALL = [(old, new) for old in PostmortemStatus for new in PostmortemStatus]


@pytest.mark.parametrize(("old", "new"), [(a, b) for a, b in ALL if MOVES[a].get(b) == "nothing"])
def test_a_step_ahead_and_back_from_review_take_nothing(
    old: PostmortemStatus, new: PostmortemStatus
) -> None:
    check_move(old, new, "")
    check_move(old, new, "a reason may be given")


@pytest.mark.parametrize(("old", "new"), [(a, b) for a, b in ALL if MOVES[a].get(b) == "a reason"])
def test_reopening_takes_a_reason(old: PostmortemStatus, new: PostmortemStatus) -> None:
    check_move(old, new, "A customer wrote")
    with pytest.raises(ProblemForUser, match="Say why") as problem:
        check_move(old, new, "")
    assert problem.value.field == "reason"


@pytest.mark.parametrize(("old", "new"), [(a, b) for a, b in ALL if b not in MOVES[a]])
def test_other_moves_do_not_exist_whatever_the_reason(
    old: PostmortemStatus, new: PostmortemStatus
) -> None:
    with pytest.raises(ProblemForUser, match="in one step"):
        check_move(old, new, "Because")


@pytest.mark.parametrize(("status", "is_open"), [(D, True), (R, True), (P, False), (C, False)])
def test_words_are_open_until_they_are_published(status: PostmortemStatus, is_open: bool) -> None:
    if is_open:
        check_editable(status)
    else:
        with pytest.raises(ProblemForUser, match=f"is {status.value}, so its words are frozen"):
            check_editable(status)
