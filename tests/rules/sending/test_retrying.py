from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.sending.retrying import PAUSES, After, End, MailState, after_try

NOW = datetime(2026, 5, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize("end", [End.LATER, End.UNREACHABLE])
def test_the_pauses_grow_and_then_somebody_has_to_look(end: End) -> None:
    minutes = [
        (after.next_try_at - NOW) / timedelta(minutes=1)
        for tries in range(1, len(PAUSES) + 1)
        if (after := after_try(end, tries, NOW)).next_try_at
    ]
    assert minutes == [1, 5, 30, 120, 720]
    assert after_try(end, len(PAUSES) + 1, NOW) == After(MailState.FAILED)


def test_what_was_taken_is_done_and_what_was_refused_is_not_tried_again() -> None:
    assert after_try(End.TAKEN, 1, NOW) == After(MailState.SENT)
    assert after_try(End.REFUSED, 1, NOW) == After(MailState.FAILED)


def test_a_try_without_a_known_end_is_not_repeated_by_itself() -> None:
    assert after_try(End.UNKNOWN, 1, NOW) == After(MailState.UNSURE)
