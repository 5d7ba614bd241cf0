"""Four hundred public incidents, brought in as a file and measured; the same numbers calculated
here from the file, in plain Python. Skipped where the file is not there."""

from __future__ import annotations

import json
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from models.rules.metrics.measures import Exclusion, Key
from models.rules.metrics.selection import Selection
from models.rules.metrics.summaries import Summary
from models.rules.policy import Who
from models.rules.vocabulary import Severity
from services.bring_in import bring_in, read_options
from services.metrics import find_service, get_trends, list_dots

FILE = Path(__file__).resolve().parents[3] / "shared/samples/incident_history"
FILE /= "github_2022_2024.jsonl"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the shared samples are not here")

MEANS = {"minor": Severity.SEV2, "major": Severity.SEV1, "critical": Severity.SEV0}


@dataclass(frozen=True)
class Told:
    """An incident as the file tells it. Without a window of impact, a start or end within a
    minute of a notice is the notice, and no moment of its own."""

    id: str
    severity: Severity | None
    maintenance: bool
    began: datetime | None
    detected: datetime
    mitigated: datetime | None
    resolved: datetime
    services: frozenset[str]

    @property
    def start(self) -> datetime:
        return self.began or self.detected


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def apart(one: datetime, other: datetime) -> datetime | None:
    return one if abs(one - other) >= timedelta(minutes=1) else None


def told(row: Mapping[str, Any]) -> Told:
    detected = min(moment(update["at"]) for update in row["updates"])
    resolved = moment(row["resolved_at"])
    began, ended = moment(row["downtime_start"]), moment(row["downtime_end"])
    return Told(
        id=row["id"],
        severity=MEANS.get(row["impact"]),
        maintenance=row["impact"] == "maintenance",
        began=began if row["impact_window"] else apart(began, detected),
        detected=detected,
        mitigated=ended if row["impact_window"] else apart(ended, resolved),
        resolved=resolved,
        services=frozenset(name.casefold() for name in row.get("components") or ()),
    )


def from_to(told: Told, key: Key) -> tuple[datetime | None, datetime | None]:
    return {
        Key.DETECT: (told.began, told.detected),
        Key.ACKNOWLEDGE: (told.detected, None),
        Key.MITIGATE: (told.detected, told.mitigated),
        Key.RECOVER: (told.detected, told.resolved),
        Key.REVIEW: (told.resolved, None),
    }[key]


def lengths(every: Iterable[Told], key: Key) -> tuple[list[float], Counter[Exclusion]]:
    """The minutes of one measure, and why the others have none."""
    minutes, left_out = [], Counter[Exclusion]()
    for each in every:
        start, end = from_to(each, key)
        if each.maintenance:
            left_out[Exclusion.MAINTENANCE] += 1
        elif start is None or end is None:
            left_out[Exclusion.MISSING_CLOCK] += 1
        elif end <= start:
            left_out[Exclusion.ZERO_OR_NEGATIVE] += 1
        else:
            minutes.append((end - start).total_seconds() / 60)
    return minutes, left_out


def between(every: Iterable[Told], only: str = "") -> tuple[list[float], Counter[Exclusion]]:
    """The minutes between failures of each service, and why others do not count."""
    by_service, left_out = defaultdict(list), Counter[Exclusion]()
    for each in every:
        if each.maintenance:
            left_out[Exclusion.MAINTENANCE] += 1
        elif not each.services:
            left_out[Exclusion.MISSING_CLOCK] += 1
        for name in () if each.maintenance else each.services:
            by_service[name].append(each)
    minutes = []
    for name, failures in by_service.items():
        if len(failures) < 3 or (only and name != only):
            continue
        failures.sort(key=lambda each: each.start)
        for before, after in pairwise(failures):
            gap = (after.start - before.resolved).total_seconds() / 60
            if gap > 0:
                minutes.append(gap)
            else:
                left_out[Exclusion.ZERO_OR_NEGATIVE] += 1
    return minutes, left_out


def agrees(found: Summary, minutes: list[float], left_out: Counter[Exclusion]) -> None:
    assert found.spread.n == found.estimated == len(minutes)  # a status page only estimates
    assert found.excluded == {reason: left_out[reason] for reason in Exclusion}
    if not minutes:
        assert (found.spread.median, found.spread.p90) == (None, None)
        return
    assert found.spread.median == pytest.approx(statistics.median(minutes))
    p90 = statistics.quantiles(minutes, n=10, method="inclusive")[8]
    assert found.spread.p90 == pytest.approx(p90)
    for side in (found.spread.median_interval.low, found.spread.median_interval.high):
        assert any(side == pytest.approx(each) for each in minutes)


@pytest.fixture
def history(ada: Who) -> list[Told]:
    """The history brought in; what the file tells."""
    bring_in(ada, FILE.read_bytes(), read_options(name=FILE.name))
    return [told(json.loads(line)) for line in FILE.read_text("utf-8").splitlines()]


def test_the_trends_of_a_history_are_what_anybody_calculates(ada: Who, history: list[Told]) -> None:
    of_2023 = Selection(first=date(2023, 1, 1), last=date(2023, 12, 31))
    major = Selection(severities=frozenset({Severity.SEV1}))
    actions = Selection(service_id=find_service(ada, "Actions"))
    groups = [
        (Selection(), "", history),
        (of_2023, "", [each for each in history if each.start.year == 2023]),
        (major, "", [each for each in history if each.severity is Severity.SEV1]),
        (actions, "actions", [each for each in history if "actions" in each.services]),
    ]
    for selection, service, told_of in groups:
        trends = get_trends(ada, selection)
        assert trends.incidents == len(told_of)
        for found in trends.measures:
            if found.measure.key is Key.BETWEEN:
                agrees(found, *between(told_of, service))
            elif found.measure.key is not Key.PUBLISH:
                agrees(found, *lengths(told_of, found.measure.key))
        counted = Counter(
            (f"{each.start:%Y-%m}", each.severity) for each in told_of if not each.maintenance
        )
        assert {(row.month, row.severity): row.incidents for row in trends.frequency} == counted
    wanted, _ = lengths(history, Key.RECOVER)
    dots = list_dots(ada, Key.RECOVER)
    assert sorted(dot.minutes for dot in dots) == pytest.approx(sorted(wanted))
    assert all(dot.title and dot.estimated for dot in dots)
