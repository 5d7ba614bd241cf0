"""Moving answers in the why-tree."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.whys import MOST_LEVELS
from services import incidents, postmortems, whys


@pytest.fixture
def postmortem(ada: Who) -> str:
    began = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    return postmortems.start_postmortem(
        ada, [incidents.create_incident(ada, "Mails late", began_at=began)]
    )


def chain(who: Who, postmortem: str, levels: int) -> list[str]:
    ids: list[str] = []
    for level in range(levels):
        ids.append(whys.add_why(who, postmortem, ids[-1] if ids else None, f"level {level}"))
    return ids


def test_an_answer_moves_with_all_below_it(ada: Who, postmortem: str) -> None:
    first, second, third = chain(ada, postmortem, 3)
    other = whys.add_why(ada, postmortem, None, "something else happened")
    whys.move_why(ada, second, other)
    roots = {r.id: r for r in postmortems.get_postmortem(ada, postmortem).whys}
    assert roots[first].children == ()
    assert roots[other].children[0].children[0].id == third


def test_a_move_cannot_make_the_tree_deeper_than_it_may_be(ada: Who, postmortem: str) -> None:
    deep, short = chain(ada, postmortem, MOST_LEVELS - 1), chain(ada, postmortem, 2)
    with pytest.raises(ProblemForUser, match="levels deep"):
        whys.move_why(ada, short[0], deep[-1])


def test_an_answer_cannot_hang_below_itself(ada: Who, postmortem: str) -> None:
    first, _, third = chain(ada, postmortem, 3)
    with pytest.raises(ProblemForUser, match="below itself"):
        whys.move_why(ada, first, third)
