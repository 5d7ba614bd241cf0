"""When a review meeting was held: the start of one that was led here, else the time planned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.meeting.record import held_at

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=3), NOW + timedelta(hours=3)


@pytest.mark.parametrize(
    ("began", "planned", "held"),
    [
        ([], None, None),
        ([], LATER, None),
        ([], EARLIER, EARLIER),
        ([], NOW, NOW),
        ([NOW], EARLIER, NOW),
        ([NOW, EARLIER], LATER, EARLIER),
    ],
)
def test_a_meeting_counts_from_its_start_and_a_planned_one_when_its_time_is_past(
    began: list[datetime], planned: datetime | None, held: datetime | None
) -> None:
    assert held_at(began, planned, NOW) == held
