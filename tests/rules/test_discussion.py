"""Which part of a post-mortem a comment is about, and who decides about corrections."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.discussion import EventWords, may_decide, parts_of, step_of
from models.rules.problems import ProblemForUser
from models.rules.review import Step
from models.rules.vocabulary import EventKind
from tests.small_postmortem import small_postmortem

AT = datetime(2026, 3, 10, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("part", "step"),
    [
        ("timeline", Step.TIMELINE),
        ("event:e1", Step.TIMELINE),
        ("impact:customers", Step.IMPACT),
        ("summary", Step.REVIEW),
        ("why:w", Step.WHY),
        ("lesson:l", Step.LEARNED),
        ("action:a", Step.ACTIONS),
    ],
)
def test_every_part_stands_on_a_step(part: str, step: Step) -> None:
    assert step_of(part) is step


@pytest.mark.parametrize("part", ["", "event", "event:", "summary:x", "nothing:1"])
def test_what_is_no_part_is_refused(part: str) -> None:
    with pytest.raises(ProblemForUser):
        step_of(part)


def test_the_parts_of_a_post_mortem_stand_on_their_steps_in_order() -> None:
    parts = parts_of(small_postmortem())
    places = [list(Step).index(step_of(part)) for part in parts]
    assert places == sorted(places)
    assert parts["event:e2"] == "Queue age alert fired."


def test_a_part_is_named_in_short() -> None:
    parts = parts_of(small_postmortem())
    assert all(len(words) <= 90 for words in parts.values())


def test_only_what_differs_is_changed() -> None:
    now = EventWords(AT, "Alert", EventKind.ALERT)
    assert EventWords(AT, "The alert fired", EventKind.ALERT).changes_from(now) == ("text",)


def test_whoever_owns_or_leads_decides_and_anybody_while_nobody_does() -> None:
    assert may_decide("ada", frozenset({"ada", "ben"}))
    assert not may_decide("cleo", frozenset({"ada", "ben"}))
    assert may_decide("cleo", frozenset())
    assert not may_decide(None, frozenset())
