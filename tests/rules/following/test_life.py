"""Idea, proposed, accepted, in progress, done or declined: which move may follow which."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from models.rules.following.life import MOVES, OVER, check_move, word_after
from models.rules.problems import ProblemForUser
from models.rules.vocabulary import ActionStatus

S = ActionStatus
FORWARD = [S.IDEA, S.PROPOSED, S.ACCEPTED, S.IN_PROGRESS, S.DONE]


@pytest.mark.parametrize(("old", "new"), list(pairwise(FORWARD)))
def test_every_step_of_the_life_can_be_taken(old: S, new: S) -> None:
    check_move(old, new, "Release 41")


@pytest.mark.parametrize(("old", "new"), list(product(S, S)))
def test_only_the_moves_of_the_table_are_allowed(old: S, new: S) -> None:
    if old == new or new in MOVES[old]:
        check_move(old, new, "a word")
    else:
        with pytest.raises(ProblemForUser, match="cannot become"):
            check_move(old, new, "a word")


def test_an_idea_is_not_done_before_anybody_agreed_to_it() -> None:
    with pytest.raises(ProblemForUser, match="only an idea cannot become done"):
        check_move(S.IDEA, S.DONE, "Release 41")


@pytest.mark.parametrize("old", [status for status in S if status not in OVER])
def test_whatever_is_open_can_be_declined_with_a_reason(old: S) -> None:
    check_move(old, S.DECLINED, "The queue goes away in May")
    with pytest.raises(ProblemForUser, match="why"):
        check_move(old, S.DECLINED, "")


def test_done_needs_a_proof_also_later() -> None:
    for old in (S.IN_PROGRESS, S.DONE):
        with pytest.raises(ProblemForUser, match="what shows that it is done"):
            check_move(old, S.DONE, "")


def test_nothing_returns_from_a_promise_to_an_idea() -> None:
    assert not any(S.IDEA in MOVES[old] for old in (S.ACCEPTED, S.IN_PROGRESS, S.DONE))


@pytest.mark.parametrize("old", OVER)
def test_what_is_opened_again_loses_its_word(old: S) -> None:
    check_move(old, S.ACCEPTED, "")
    assert word_after(old, S.ACCEPTED, "PR 12") == ""
    assert word_after(old, old, "PR 12") == "PR 12"
