"""Who is told of what, and when: once each, one message a person a day, in the morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.rules.following.reminders import (
    LISTED,
    Batch,
    Kind,
    Person,
    Promise,
    Sent,
    line_words,
    message,
    reminders_due,
    subject,
)
from models.rules.vocabulary import ActionStatus

ADA, BEN = Person("ada"), Person("ben")
DUE = date(2026, 3, 20)
ALERT = Promise("a1", "Add an alert", ActionStatus.ACCEPTED, DUE, None, owner=ADA, answers=BEN)


def at(days: int, hour: int = 9) -> datetime:
    """So many days after the due date."""
    return datetime(2026, 3, 20, hour, tzinfo=UTC) + timedelta(days=days)


def told(promise: Promise, now: datetime) -> list[tuple[str, Kind]]:
    batches = reminders_due([promise], [], now)
    return [(batch.person.id, line.kind) for batch in batches for line in batch.lines]


def noted(batches: tuple[Batch, ...], now: datetime) -> list[Sent]:
    return [
        Sent(line.promise.id, line.kind, line.due_on, batch.person.id, now)
        for batch in batches
        for line in batch.lines
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-4, []),
        (-3, [("ada", Kind.SOON)]),
        (0, [("ada", Kind.SOON)]),
        (1, [("ada", Kind.LATE)]),
        (6, [("ada", Kind.LATE)]),
        (7, [("ada", Kind.LATE), ("ben", Kind.LONG_LATE)]),
        (400, [("ada", Kind.LATE), ("ben", Kind.LONG_LATE)]),
    ],
)
def test_the_owner_first_then_who_owns_the_postmortem(
    days: int, expected: list[tuple[str, Kind]]
) -> None:
    assert told(ALERT, at(days)) == expected


def test_over_a_month_everybody_is_told_once_of_each() -> None:
    sent: list[Sent] = []
    for hours in range(-5 * 24, 30 * 24):
        now = at(0, 0) + timedelta(hours=hours)
        sent += noted(reminders_due([ALERT], sent, now), now)
    assert [(s.person_id, s.kind, (s.at - at(0, 8)).days) for s in sent] == [
        ("ada", Kind.SOON, -3),
        ("ada", Kind.LATE, 1),
        ("ben", Kind.LONG_LATE, 7),
    ]


def test_who_owns_both_is_told_twice_after_and_not_twice_at_once() -> None:
    own = replace(ALERT, answers=ADA)
    assert told(own, at(1)) == [("ada", Kind.LATE)]
    assert told(own, at(7)) == [("ada", Kind.LONG_LATE)]
    assert told(replace(own, answers=None), at(7)) == [("ada", Kind.LONG_LATE)]


def test_without_an_owner_only_who_owns_the_postmortem_hears_of_it() -> None:
    nobodys = replace(ALERT, owner=None)
    assert told(nobodys, at(1)) == []
    assert told(nobodys, at(7)) == [("ben", Kind.LONG_LATE)]


@pytest.mark.parametrize(
    "promise",
    [
        *(replace(ALERT, status=s) for s in (ActionStatus.IDEA, ActionStatus.PROPOSED,
                                             ActionStatus.DONE, ActionStatus.DECLINED)),
        replace(ALERT, due_on=None),
    ],
)  # fmt: skip
def test_what_is_no_open_promise_with_a_date_reminds_nobody(promise: Promise) -> None:
    assert told(promise, at(1)) == []


def test_all_that_is_due_goes_into_one_message_the_longest_overdue_first() -> None:
    later = replace(ALERT, id="a2", due_on=DUE + timedelta(days=2))
    [batch] = reminders_due([later, ALERT], [], at(1))
    assert [line.promise.id for line in batch.lines] == ["a1", "a2"]
    assert subject(batch) == "2 actions wait for you"


def test_nobody_gets_two_messages_on_a_day() -> None:
    first = reminders_due([ALERT], [], at(1))
    another = replace(ALERT, id="a2")
    sent = noted(first, at(1))
    assert reminders_due([ALERT, another], sent, at(1, 18)) == ()
    [batch] = reminders_due([ALERT, another], sent, at(2))
    assert [line.promise.id for line in batch.lines] == ["a2"]


def test_a_moved_date_reminds_anew() -> None:
    sent = noted(reminders_due([ALERT], [], at(1)), at(1))
    moved = replace(ALERT, due_on=DUE + timedelta(days=10))
    [batch] = reminders_due([moved], sent, at(11))
    assert batch.lines[0].kind is Kind.LATE


def test_nobody_is_told_at_night_where_they_are() -> None:
    tokyo = replace(ALERT, owner=Person("kenji", "Asia/Tokyo"))
    assert told(tokyo, datetime(2026, 3, 20, 22, 59, tzinfo=UTC)) == []  # 07:59 on the next day
    assert told(tokyo, datetime(2026, 3, 20, 23, 0, tzinfo=UTC)) == [("kenji", Kind.LATE)]
    assert told(ALERT, at(1, 7)) == []


def test_peace_lasts_until_its_day_and_then_the_owner_is_told_again() -> None:
    quiet = replace(ALERT, snoozed_until=DUE + timedelta(days=10))
    assert told(quiet, at(8)) == []
    sent = noted(reminders_due([ALERT], [], at(1)), at(1))
    batches = reminders_due([quiet], sent, at(10))
    assert [(b.person.id, b.lines[0].kind) for b in batches] == [
        ("ada", Kind.AGAIN),
        ("ben", Kind.LONG_LATE),
    ]
    assert reminders_due([quiet], [*sent, *noted(batches, at(10))], at(11)) == ()


def test_a_message_says_which_when_and_whose() -> None:
    [_, batch] = reminders_due([ALERT], [], at(7))
    text = message(batch, at(7), {"ada": "Ada Brandt"}, "https://hotwash.example.com")
    assert "- Add an alert\n  due 20 Mar 2026, 7 days ago. Its owner is Ada Brandt." in text
    assert "https://hotwash.example.com/action?id=a1" in text


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "due in 3 days, on 20 Mar 2026"), (-1, "due in 1 day, on 20 Mar 2026"),
     (0, "due today, 20 Mar 2026"), (1, "due 20 Mar 2026, 1 day ago")],
)  # fmt: skip
def test_how_far_it_is(days: int, said: str) -> None:
    [batch] = reminders_due([ALERT], [], at(days))
    assert line_words(batch.lines[0], at(days).date()) == said


def test_a_long_message_counts_what_it_does_not_list() -> None:
    many = [replace(ALERT, id=f"a{n:03}") for n in range(LISTED + 5)]
    [batch] = reminders_due(many, [], at(1))
    assert "And 5 more" in message(batch, at(1), {})
