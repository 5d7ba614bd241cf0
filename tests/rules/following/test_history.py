"""How often a promised date was moved, and what a change says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.rules.following.history import (
    Change,
    change_words,
    due_moves,
    ever_promised,
    moves_words,
)
from models.rules.vocabulary import ActionStatus

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
S = ActionStatus


def change(field: str, before: str, after: str) -> Change:
    return Change(AT, "Ada Brandt", field, before, after)


MAY, JUNE, JULY = "2026-05-01", "2026-06-01", "2026-07-01"
TO_JUNE, TO_JULY = change("due_on", MAY, JUNE), change("due_on", JUNE, JULY)
PUBLISHED = change("status", "proposed", "accepted")


@pytest.mark.parametrize(
    ("changes", "now", "said"),
    [
        ([], S.ACCEPTED, ""),
        ([TO_JUNE], S.ACCEPTED, ""),
        ([TO_JUNE, TO_JULY], S.ACCEPTED, "moved 2 times, first due 1 May 2026"),
        ([TO_JUNE, TO_JULY, PUBLISHED], S.ACCEPTED, ""),
        ([TO_JUNE, PUBLISHED, TO_JULY], S.ACCEPTED, ""),
        ([change("due_on", "", MAY), TO_JUNE], S.ACCEPTED, ""),
        ([PUBLISHED, TO_JUNE, TO_JULY, change("due_on", JULY, "")], S.IN_PROGRESS,
         "moved 3 times, first due 1 May 2026"),
        ([TO_JUNE, TO_JULY], S.PROPOSED, ""),
    ],
)  # fmt: skip
def test_a_date_moved_twice_while_promised_is_told(
    changes: list[Change], now: ActionStatus, said: str
) -> None:
    assert moves_words(due_moves(changes, now)) == said


def test_one_move_is_known_and_not_told() -> None:
    moves = due_moves([PUBLISHED, TO_JUNE], S.ACCEPTED)
    assert moves is not None
    assert (moves.count, moves.first, moves.is_telling) == (1, date(2026, 5, 1), False)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (change("status", "accepted", "in_progress"), "Status: Accepted → In progress"),
        (change("due_on", MAY, JUNE), "Due date: 1 May 2026 → 1 Jun 2026"),
        (change("owner", "", "Ada Brandt"), "Owner: Ada Brandt"),
        (change("owner", "Ada Brandt", ""), "Owner: “Ada Brandt” was taken away"),
        (change("helped", "", "cannot_tell"), "Did it help: cannot tell"),
    ],
)
def test_a_change_in_words(one: Change, said: str) -> None:
    assert change_words(one) == said


def test_a_promise_stays_one_in_its_history() -> None:
    taken_up = [change("status", "accepted", "declined"), change("status", "declined", "proposed")]
    assert ever_promised(taken_up, S.PROPOSED)
    assert not ever_promised([change("status", "idea", "proposed")], S.PROPOSED)
